"""The cells of a printed table, from words and from facts."""

from __future__ import annotations

from collections.abc import Iterable

from domain.time import earliest, latest
from services.reports.printed import Cell, Item, Items, Row, Text
from services.reports.words import runs

EMPTY = Cell()


def words(text: str, *, down: int = 1, across: int = 1, header: bool = False, centred: bool = False) -> Cell:
    """Words as they are, with « 1er » raised; nothing for none."""
    blocks = (Text(runs(text)),) if text else ()
    return Cell(blocks, across, down, header, centred)


def lines(texts: Iterable[str], *, down: int = 1) -> Cell:
    """One paragraph alone, or a list of several."""
    told = list(texts)
    if len(told) < 2:
        return words("".join(told), down=down)
    return Cell((Items(tuple(Item(runs(text)) for text in told)),), down=down)


def day(edtf: str | None, written: str, *, down: int = 1) -> Cell:
    """A date in words, which a spreadsheet holds as a date where it is one day."""
    found = latest(edtf) if edtf else None
    certain = found if found is not None and edtf and found == earliest(edtf) else None
    return Cell((Text(runs(written)),) if written else (), down=down, value=certain)


def number(count: int | None, written: str, *, down: int = 1) -> Cell:
    """A number in words, which a spreadsheet holds as a number."""
    return Cell((Text(runs(written)),) if written else (), down=down, value=count)


def head(*names: str) -> tuple[Row, ...]:
    """One row of headings."""
    return (Row(tuple(words(name, header=True) for name in names)),)
