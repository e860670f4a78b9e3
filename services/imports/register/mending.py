"""Rows whose cells moved by a column: put back where only one place of an empty cell makes sense of the row, and said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.errors import Invalid
from services.imports.documents.document import Cell
from services.imports.documents.reading import words
from services.imports.register import statuses
from services.imports.register.columns import Column
from services.imports.register.numbers import numbers_of

_MOST = 40  # columns


class RowMended(Invalid):
    """The cells of this row stood a column away from their headings. They were put back: number “{number}”, title “{title}”. Check the row against the document."""  # noqa: E501 - one sentence


def mended(cells: Sequence[Cell], columns: Sequence[Column], width: int) -> tuple[list[Cell], RowMended | None]:
    """The cells of a row under their headings, `width` of them, and what is to be said if they moved. A row that makes sense
    as it is, or in several ways as well as in one, stays."""
    as_it_is = list(cells)
    fields = {column.at: column.field for column in columns if column.field}
    if len(as_it_is) > _MOST or _sense(as_it_is, fields, width) is not None:
        return as_it_is, None
    ways = {tuple(map(words, way)): way for way in _ways(as_it_is, width)}
    scored = sorted(
        ((sense, told) for told, way in ways.items() if (sense := _sense(way, fields, width)) is not None), reverse=True
    )
    least = 1 if {"decision", "status"} & set(fields.values()) else 0
    if not scored or scored[0][0] < least or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return as_it_is, None
    told = scored[0][1]
    named = {field: " ".join(told[at].split())[:80] for at, field in fields.items() if at < width}
    return ways[told], RowMended(number=named["number"], title=named.get("title", ""))


def _sense(cells: Sequence[Cell], fields: dict[int, str], width: int) -> int | None:
    """In how many columns a row says what the column holds; null if it has no number, no title, or what is no decision in
    place of one. A status may say anything."""
    said = [words(cell).strip() for cell in cells]
    if len(said) < width or any(said[width:]):
        return None
    of = {field: said[at] if at < width else "" for at, field in fields.items()}
    number, title, decision, status = (of.get(field, "") for field in ("number", "title", "decision", "status"))
    if not numbers_of(number) or not title or numbers_of(title) or (decision and not statuses.fate_of(decision)):
        return None
    return bool(decision) + bool(status and statuses.status_of(status))


def _ways(cells: Sequence[Cell], width: int) -> Iterator[list[Cell]]:
    """The row with all that follows a place moved by one column: to the left over an empty cell, or to the right."""
    filler = [Cell()] * max(0, width - len(cells) + 1)
    for at, cell in enumerate(cells):
        if not words(cell).strip():
            yield [*cells[:at], *cells[at + 1 :], *filler]
    ends = not words(cells[-1]).strip() if cells else False
    base = list(cells[:-1] if ends and len(cells) >= width else cells)
    yield from ([*base[:at], Cell(), *base[at:]] for at in range(len(base)))
