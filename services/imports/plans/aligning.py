"""Rows whose cells slid by a column: put back where each is most like the other cells of its column, and told."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from services.imports.documents.document import Cell
from services.imports.plans import notices
from services.imports.plans.columns import Role
from services.imports.plans.entries import entries
from services.imports.plans.numbers import read_name, read_number
from services.imports.plans.sheet import Laid, Sheet
from services.imports.plans.shifts import named
from services.imports.plans.timing import Findings

_ROWS = 5  # rows from which a column is known
_PASSES = 3
_SURE = 2.0  # by how much (natural logarithm of the odds) another place must be likelier
_SHORT, _PHRASE = 3, 12  # words
_KINDS = 10  # of cells
_UNSEEN = 0.5  # how often what was never seen in a column counts as seen

Cells = Mapping[int, Cell]


def aligned(sheet: Sheet, findings: Findings) -> Sheet:
    """The sheet with its slid rows put straight, the surest first: each shows better what the columns hold. As it is where too
    few rows show it."""
    body = list(sheet.body)
    for _ in range(_PASSES):
        rows = {at: part for at, part in enumerate(body) if isinstance(part, Laid) and _may_slide(part)}
        usual = _Usual.of(rows.values())
        moved = {at: cells for at, row in rows.items() if (cells := _slid(row, usual))} if len(rows) >= _ROWS else {}
        for at, cells in moved.items():
            _tell(rows[at], cells, findings)
            body[at] = replace(rows[at], cells=dict(cells))
        if not moved:
            break
    return replace(sheet, body=tuple(body))


def kind(cell: Cell | None) -> str:
    """What a cell looks like: how it is numbered or marked, else how long it is."""
    told = entries(cell.lines) if cell else []
    if not told:
        return "empty"
    first = told[0]
    if read_name(first.text):
        return "named"
    if number := read_number(f"{first.mark} {first.text}" if first.mark[:1].isalnum() else first.text):
        return f"number {min(number.depth, 3)}"
    if first.letter:
        return "letter"
    if first.mark:
        return "bullet"
    words = sum(len(each.text.split()) for each in told)
    return "short" if words <= _SHORT else "phrase" if words <= _PHRASE else "long"


def _may_slide(row: Laid) -> bool:
    """Not a row that says one thing, nor one with a cell over several columns."""
    return len(row.filled) > 1 and all(row.cells[at].across == 1 for at in row.filled)


@dataclass(frozen=True)
class _Usual:
    """How often each kind of cell stands in the column of each role."""

    seen: Mapping[Role, Counter[str]]

    @classmethod
    def of(cls, rows: Iterable[Laid]) -> _Usual:
        seen: dict[Role, Counter[str]] = {}
        for row in rows:
            for at, role in row.columns.roles.items():
                seen.setdefault(role, Counter())[kind(row.cells.get(at))] += 1
        return cls(seen)

    def likelihood(self, cells: Cells, row: Laid) -> float:
        """How like their columns cells are, as a logarithm; `row` as it stands is left out of the count."""
        total = 0.0
        for at, role in row.columns.roles.items():
            counts, said = self.seen[role], kind(cells.get(at))
            itself = kind(row.cells.get(at)) == said
            total += math.log((counts[said] - itself + _UNSEEN) / (counts.total() - 1 + _UNSEEN * _KINDS))
        return total


def _slid(row: Laid, usual: _Usual) -> Cells | None:
    """Where the cells of a row belong, if that is elsewhere."""
    width = max(row.columns.roles) + 1
    found = [(usual.likelihood(cells, row), cells) for cells in _slides(row, width)]
    if not found:
        return None
    best, cells = max(found, key=lambda each: each[0])
    return cells if row.filled[-1] >= width or best >= usual.likelihood(row.cells, row) + _SURE else None


def _tell(row: Laid, cells: Cells, findings: Findings) -> None:
    at = next(at for at in sorted(cells) if cells[at] is not row.cells.get(at))
    if role := row.columns.roles.get(at):
        told = notices.RowShifted(line=row.line, text=cells[at].text[:80], column=named(role))
        findings.warn(row.line, told)


def _slides(row: Laid, width: int) -> Iterator[Cells]:
    """The row with what stands right of an empty place moved to the left, for each such place; and with all of it moved to the
    right, where the last column is empty. Nothing that holds words is lost."""
    filled, last = row.filled, row.filled[-1]
    for gap in range(last):
        if gap not in filled and (gap == 0 or gap - 1 in filled):
            cells = {at - (at > gap): row.cells[at] for at in filled}
            if last - 1 < width:
                yield cells
    if last < width - 1:
        yield {at + 1: row.cells[at] for at in filled}
