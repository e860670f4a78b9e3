"""The one shape between what a report says and the formats that it is printed in. All words are ready to print: in the
language of the report, typeset, dates written out. Nothing here depends on a format."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Lang = Literal["fr", "en"]


@dataclass(frozen=True)
class Run:
    """Words of one appearance. `underlined` carries a verdict; `raised` the « er » of « 1er »."""

    text: str
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    raised: bool = False


Words = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """`level` 1 is the title of the document (on as many lines as it has), 2 a section, 3 one case or item. A line break
    (“\n” in a run) of a heading of level 3 parts its label, such as « RÉSOLUTION 17 », from its title."""

    words: Words
    level: Literal[1, 2, 3] = 2
    new_page: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph. `look`: ordinary text, a lead that opens a part of it, or a remark in small type."""

    words: Words
    look: Literal["text", "lead", "remark", "subtitle"] = "text"


@dataclass(frozen=True)
class Items:
    """A list. `mark`: what stands before each (“-”, “•”, “1.”, “a.”: numbers and letters count on); an item may hold a
    list of its own."""

    items: tuple[Item, ...]
    mark: Literal["-", "•", "1.", "a."] = "-"


@dataclass(frozen=True)
class Item:
    words: Words
    within: Items | None = None


@dataclass(frozen=True)
class Cell:
    """A cell of a printed table: blocks, over `across` columns and `down` rows. A place that another cell covers is
    left out of its row. `centred` for short words such as a first name; `together`: its rows stay on one page, where a format
    can. `value`: what a spreadsheet should hold instead
    of the words (a number, a date), so that it can be sorted and summed; words where a page says only part of them."""

    blocks: tuple[Text | Items, ...] = ()
    across: int = 1
    down: int = 1
    header: bool = False
    centred: bool = False
    together: bool = False
    value: date | int | float | str | None = None


@dataclass(frozen=True)
class Row:
    """`whole`: a row of one cell over the whole width, such as a section's sentence."""

    cells: tuple[Cell, ...]
    whole: bool = False


@dataclass(frozen=True)
class Table:
    """`head` is repeated on each page; `widths` are the columns' shares of the width; `name`: what it is of, for a
    spreadsheet's tab and for readers who do not see."""

    name: str
    head: tuple[Row, ...]
    rows: Iterable[Row]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Columns:
    """Lists side by side, such as three columns of delegations."""

    columns: tuple[Items, ...]


Block = Heading | Text | Items | Table | Columns


@dataclass(frozen=True)
class Printed:
    """One document. `blocks` may be a generator, walked once: a report of a thousand cases is never held whole.

    `title` is its lines; `organisation` prints above; `as_of` on every page; `landscape` for wide tables; `large` for
    the version read aloud from the floor. Blocks that begin with a heading of level 1, or with a lead above one, open the
    document themselves: then neither `organisation` nor `title` prints above them.

    `template`: the words by name that a DOCX template of one's own may use (the shape of each is told in
    docs/reports.md); `steps`: how many cases and rows there are to print, for progress: each heading of level 3 and each
    row of a table that is neither of its head nor over its whole width is one."""

    name: str
    title: tuple[str, ...]
    lang: Lang
    as_of: date
    blocks: Iterable[Block]
    organisation: str = ""
    landscape: bool = False
    large: bool = False
    template: Callable[[], dict[str, Any]] | None = None
    steps: int = 0
    subject: str = field(default="")
