"""The threads with offices as their list shows them: a view, page by page, and how many each view has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from domain.words import sort_key
from projections.demarche_lists import counts_of_threads, offices_of_threads
from services.home import Home
from services.reading.demarches import Asked, demarches, demarches_page
from services.reading.pages import page_of
from services.reading.when import When

Row = dict[str, Any]


@dataclass(frozen=True)
class Correspondence:
    """A page of threads and the cursor of the next; how many threads each view has: `all`, `unanswered`, `them`, `us`;
    and the offices that were written to, by name: REF, name."""

    rows: Sequence[Row]
    next: str | None
    counts: dict[str, int]
    offices: list[tuple[str, str]]


def correspondence(
    home: Home, when: When, view: Asked, office: str | None, after: str | None, limit: int
) -> Correspondence:
    """The threads of a view, with one office if one is said, those that have waited longest first."""
    asked = replace(view, office=office)
    if not when.now:
        return _then(home, when, asked, after, limit)
    viewer = home.viewer()
    reader = viewer.person, sorted(viewer.roles)
    page = demarches_page(home, when, limit, after, asked)
    counts = counts_of_threads(home.reader, office, *reader)
    return Correspondence(page.items, page.next, counts, _by_name(offices_of_threads(home.reader, *reader)))


def _then(home: Home, when: When, asked: Asked, after: str | None, limit: int) -> Correspondence:
    """The same at a time that is over: every thread is told as it stood, and counted."""
    rows = demarches(home, when)
    offices = {row["office"]["ref"]: row["office"]["name"] for row in rows if row["office"]}
    of_office = [row for row in rows if asked.office in (None, (row["office"] or {}).get("ref"))]
    kept = [row for row in of_office if (row["unanswered"] or not asked.unanswered) and asked.turn in (None, row["whose_turn"])]
    oldest = asked.unanswered or asked.turn == "them"
    page = page_of(kept, lambda row: [(row["since"] or "9999-12-31") if oldest else "", f"{row['number']:09}"], after, limit)
    counts = {
        "all": len(of_office),
        "unanswered": sum(row["unanswered"] for row in of_office),
        "them": sum(row["whose_turn"] == "them" for row in of_office),
        "us": sum(row["whose_turn"] == "us" for row in of_office),
    }
    return Correspondence(page.items, page.next, counts, _by_name(offices.items()))


def _by_name(offices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(offices, key=lambda pair: sort_key(pair[1]))
