"""An office, a body or a person as its page shows it: the entry, and what of the cases and threads has to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from projections.case_pages import Sought, page_of_cases
from projections.demarche_lists import FIRST, Listed, Wanted, page_of_threads, threads_by_office
from services import access
from services.home import Home
from services.reading.cases import cases
from services.reading.demarches import listed as threads_then
from services.reading.demarches import told
from services.reading.directory import offices, parties
from services.reading.names import looked_up, named
from services.reading.when import When
from services.refs import EntryUnknown, Refs

Row = dict[str, Any]
MOST = 150  # threads that are compared, and cases that a page of the directory lists


@dataclass(frozen=True)
class OfficeSheet:
    """An office with its threads, by number; those of every office, where they are few enough to be compared; the titles
    of the cases that they serve, by REF."""

    row: Row
    threads: list[Row]
    everyone: list[Row]
    titles: dict[str, str]


@dataclass(frozen=True)
class PartySheet:
    """A body or a person: the cases that were referred to it, those that it follows, the charges that it holds or held.
    `more`: whether there are other cases than those."""

    row: Row
    referred: list[Row] = field(default_factory=list)
    followed: list[Row] = field(default_factory=list)
    charges: list[Row] = field(default_factory=list)
    more: bool = False


def offices_with_threads(home: Home, when: When) -> list[Row]:
    """Every office by name, with `threads` and `unanswered`: how many of them the viewer may see now."""
    viewer = home.viewer()
    counts = threads_by_office(home.reader, viewer.person, sorted(viewer.roles))
    return [row | dict(zip(("threads", "unanswered"), counts.get(row["ref"], (0, 0)), strict=True))
            for row in offices(home, when)]  # fmt: skip


def office_sheet(home: Home, key: str, when: When) -> OfficeSheet:
    """One office, by its key."""
    row = _found(offices(home, when), f"office:{key}", "office")
    every = _threads(home, when)
    looked = looked_up(home, [[one.row, one.cases] for one in every])
    rows = told(home, every, when, looked)
    titles = {case["ref"]: case["title"] for one in every for case in one.cases}
    if len(every) > MOST:
        rows = told(home, _threads(home, when, Refs(home.store).key("office", key)), when)
    mine = [one for one in rows if one["office"] and one["office"]["ref"] == row["ref"]]
    return OfficeSheet(row, mine, rows if len(every) <= MOST else [], titles)


def _threads(home: Home, when: When, office: UUID | None = None) -> Sequence[Listed]:
    """Up to one more thread than are compared."""
    wanted = Wanted(office=office)
    if not when.now:
        return threads_then(home, when, wanted)
    viewer = home.viewer()
    return page_of_threads(home.reader, wanted, viewer.person, sorted(viewer.roles), FIRST, MOST + 1)


def body_sheet(home: Home, key: str, when: When) -> PartySheet:
    """One body, by its key."""
    row, stream = _party(parties(home, when, "body"), f"body:{key}", "body")
    (referred, more), (followed, others) = _cases(home, when, row["ref"], Sought(body=stream), Sought(owner=stream))
    return PartySheet(row, referred, followed, more=more or others)


def person_sheet(home: Home, key: str, when: When) -> PartySheet:
    """One person, by their key."""
    every = parties(home, when, "person", "body", "office")
    row, stream = _party(every, f"person:{key}", "person")
    ((followed, more),) = _cases(home, when, row["ref"], Sought(owner=stream))
    charges = [
        term | {"of": {"ref": one["ref"], "name": one["name"]}}
        for one, _ in every
        for term in one.get("terms", ())
        if isinstance(term["person"], dict) and term["person"]["ref"] == row["ref"]
    ]
    return PartySheet(row, followed=followed, charges=charges, more=more)


def _found(rows: Sequence[Row], ref: str, kind: str) -> Row:
    return _party([(row, UUID(int=0)) for row in rows], ref, kind)[0]


def _party(rows: Sequence[tuple[Row, UUID]], ref: str, kind: str) -> tuple[Row, UUID]:
    for pair in rows:
        if pair[0]["ref"] == ref:
            return pair
    raise EntryUnknown(ref=ref, kind=kind)


def _cases(home: Home, when: When, ref: str, *several: Sought) -> list[tuple[list[Row], bool]]:
    """For each, the cases of a body or of a person, and whether there are more."""
    if not when.now:
        found = [cases(home, when, body=ref) if one.body else cases(home, when, owner=ref) for one in several]
        return [(rows[:MOST], len(rows) > MOST) for rows in found]
    viewer = home.viewer()
    pages = [page_of_cases(home.reader, one, "", MOST + 1, viewer.person, sorted(viewer.roles)) for one in several]
    access.note_named(home, [row for rows in pages for row in rows[:MOST]])
    known = looked_up(home, pages)
    return [(named(home, rows[:MOST], known), len(rows) > MOST) for rows in pages]
