"""The lists printed after a plan: statutory files, delegations. No step, no date, no outcome: columns of words."""

from __future__ import annotations

from services.imports.documents.document import Line, Table
from services.imports.plans import notices
from services.imports.plans.entries import entries, unpunctuated, written
from services.imports.plans.reading import StandingList
from services.imports.plans.sheet import Sheet, grid
from services.imports.plans.timing import Findings
from services.imports.plans.words import plain


def read_lists(sheet: Sheet, findings: Findings) -> tuple[StandingList, ...]:
    """Each list under the line that stands above it. What is in one twice stays, and is told."""
    found = tuple(_list(title, table) for title, table in sheet.lists)
    for each in found:
        known: set[str] = set()
        for entry in (entry for column in each.columns for entry in column):
            if plain(entry) in known:
                findings.warn(each.line, notices.ListedTwice(line=each.line, text=entry, title=each.title))
            known.add(plain(entry))
    return found


def _list(title: Line | None, table: Table) -> StandingList:
    columns: dict[int, list[str]] = {}
    for _, cells in grid(table):
        for at, cell in cells.items():
            columns.setdefault(at, []).extend(unpunctuated(each.text) for each in entries(cell.lines))
    words = tuple(tuple(column) for _, column in sorted(columns.items()) if column)
    place = title.place if title else table.place
    return StandingList(written(title.text) if title else "", words, place.line)
