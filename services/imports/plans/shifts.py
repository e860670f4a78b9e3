"""Rows of an axes plan whose cells slid by a column, as extractors leave them: put straight, and told."""

from __future__ import annotations

from dataclasses import replace

from domain.errors import Word
from projections.phrases.catalogue import N_
from services.imports.documents.document import Cell
from services.imports.plans import notices
from services.imports.plans.columns import Role
from services.imports.plans.entries import entries
from services.imports.plans.numbers import read_name
from services.imports.plans.sheet import Laid
from services.imports.plans.timing import Findings

COLUMN_NAMES: dict[str, str] = {
    "axis": N_("axis"), "means": N_("means"), "activities": N_("activities"), "results": N_("expected results"),
    "goal": N_("goals"), "objective": N_("objectives"), "action": N_("actions"), "schedule": N_("times"),
    "what": N_("what"), "how": N_("how"), "when": N_("when"), "who": N_("who"), "follow_up": N_("follow-up"),
}  # fmt: skip


def named(role: Role) -> Word:
    """What a column is called in a sentence."""
    return Word(COLUMN_NAMES[role])


def straighten(row: Laid, begun: bool, findings: Findings) -> Laid:
    """The row with its cells in their columns. Three slips are known: the name of the axis one column to the right, with
    all that follows it; all one column to the left; the means alone in the column of the axis. `begun`: an axis is open,
    so that the first column may be empty."""
    at = _columns(row)
    if at is None:
        return row
    axis, means, *_ = at
    if read_name(_text(row, means)) and not _text(row, axis):
        return _to_the_left(row, at, findings)
    if not begun or not _text(row, axis) or not _is_item(row, axis):
        return row
    if not _text(row, means):
        return _moved(row, {means: row.cells[axis]}, (axis,), row.cells[axis], "means", findings)
    if not _text(row, at[3]):
        cells = {at[index + 1]: row.cells[at[index]] for index in range(3) if at[index] in row.cells}
        return _moved(row, cells, (axis,), row.cells[axis], "means", findings)
    return row


def _columns(row: Laid) -> tuple[int, int, int, int] | None:
    found = [row.columns.column(role) for role in ("axis", "means", "activities", "results")]
    a, b, c, d = found
    return None if a is None or b is None or c is None or d is None else (a, b, c, d)


def _text(row: Laid, at: int) -> str:
    return row.cells[at].text.strip() if at in row.cells else ""


def _is_item(row: Laid, at: int) -> bool:
    """Whether a cell of the first column holds a bullet and no name of an axis."""
    told = entries(row.cells[at].lines)
    return bool(told) and told[0].listed and not read_name(told[0].text)


def _to_the_left(row: Laid, at: tuple[int, int, int, int], findings: Findings) -> Laid:
    """The axis stands over the means, the means over the activities …: what was in the last column is lost."""
    cells = {at[index]: row.cells[at[index + 1]] for index in range(3) if at[index + 1] in row.cells}
    return _moved(row, cells, (at[3],), row.cells[at[1]], "axis", findings)


def _moved(
    row: Laid, cells: dict[int, Cell], emptied: tuple[int, ...], told: Cell, role: Role, findings: Findings
) -> Laid:
    findings.warn(row.line, notices.RowShifted(line=row.line, text=told.text[:80], column=named(role)))
    left = {at: cell for at, cell in row.cells.items() if at not in emptied}
    return replace(row, cells=left | cells)
