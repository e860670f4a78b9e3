"""Lists page by page: a page begins after the last item of the one before, whatever others wrote meanwhile."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from domain.errors import Invalid
from projections.case_pages import Sought, page_of_cases
from projections.case_rows import place_of
from services.home import Home
from services.reading.cases import cases, entry_id, having
from services.reading.names import named
from services.reading.when import When, today

MOST = 200
Row = dict[str, Any]


class CursorUnreadable(Invalid):
    """This is not the place where a page ended. Take the address of the next page as it was given."""


@dataclass(frozen=True)
class Page:
    """Some items, and the cursor of the next page: null at the end."""

    items: list[Row]
    next: str | None = None


def page_of(rows: Sequence[Row], key: Callable[[Row], list[str]], after: str | None, limit: int) -> Page:
    """The page of a list whose items `key` puts in order."""
    start = None if after is None else read_cursor(after)
    following = [row for row in sorted(rows, key=key) if start is None or key(row) > start]
    return paged(following[: limit + 1], key, limit)


def paged(rows: list[Row], key: Callable[[Row], list[str]], limit: int) -> Page:
    """Of `limit` + 1 rows, the page; the one too many says that there is another."""
    return Page(rows[:limit], cursor(key(rows[limit - 1])) if len(rows) > limit else None)


def cursor(place: Sequence[str]) -> str:
    """A place in a list, as an opaque word."""
    return base64.urlsafe_b64encode(msgspec.json.encode(list(place))).decode().rstrip("=")


def read_cursor(word: str, parts: int | None = None) -> list[str]:
    """The place that a cursor means. Raises `CursorUnreadable`."""
    try:
        place = msgspec.json.decode(base64.b64decode(word + "=" * (-len(word) % 4), b"-_", validate=True), type=list[str])
    except (ValueError, binascii.Error, msgspec.MsgspecError) as error:
        raise CursorUnreadable() from error
    if "\0" in "".join(place) or (parts is not None and len(place) != parts):
        raise CursorUnreadable()
    return place


def cases_page(
    home: Home, when: When, limit: int, after: str | None, *, state: str | None = None, overdue: bool = False,
    owner: str | None = None, body: str | None = None, query: str | None = None, standing: bool = False,
) -> Page:  # fmt: skip
    """A page of `cases`, in the same order and with the same filters."""
    if not when.now:
        rows = cases(home, when, state=state, overdue=overdue, owner=owner, body=body, query=query, standing=standing)
        return page_of(rows, _place, after, limit)
    sought = Sought(
        state=state,
        due_before=date.fromisoformat(today(home)) if overdue else None,
        owner=None if owner is None else UUID(entry_id(home, owner, "person", "body")),
        body=None if body is None else UUID(entry_id(home, body, "body")),
        standing=True if standing else None,
    )
    start = "" if after is None else read_cursor(after, 1)[0]
    viewer = home.viewer()
    found = page_of_cases(home.reader, sought, start, limit + 1, viewer.person, sorted(viewer.roles),
                          None if query is None else having(query))  # fmt: skip
    page = paged(found, _place, limit)
    return Page(named(home, page.items), page.next)


def _place(row: Row) -> list[str]:
    return [place_of(row)]
