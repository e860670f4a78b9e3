"""Documents to print, made up: one of prose, one of a table, one that would do harm; and what a format holds of them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from services.reports.printed import Block, Cell, Columns, Heading, Item, Items, Printed, Row, Run, Table, Text
from services.reports.words import Progress, runs
from services.reports.writing import write

DAY = date(2024, 9, 1)
LONG = "x" * 200
HOSTILE = f"#{{1+1}} #eval(\"2\") *gras* _i_ $x$ `c` <script>alert(1)</script> {{{{ organisation }}}} =cmd() \\ \"&amp;\" {LONG}"
UNFIT = "a\0b\x1bc\u202ed\ufffe"


def words(*texts: str | Run) -> tuple[Run, ...]:
    return tuple(Run(text) if isinstance(text, str) else text for text in texts)


def cell(text: str, **more: Any) -> Cell:
    return Cell((Text(words(text)),), **more)


def items(*texts: str | Item, mark: Any = "-") -> Items:
    return Items(tuple(text if isinstance(text, Item) else Item(words(text)) for text in texts), mark)


def printed(*blocks: Block, **more: Any) -> Printed:
    """A document of those blocks."""
    title = ("Suivi des résolutions de", "l’assemblée annuelle 2023")
    plain = Printed("essai", title, "fr", DAY, list(blocks), "Fédération des essais")
    return replace(plain, **more)


def prose(cases: int = 3, **more: Any) -> Printed:
    """A follow-up of so many cases, its blocks as they come."""

    def blocks() -> Iterator[Block]:
        yield Text(runs("État des suites au 1er septembre 2024."), "subtitle")
        for n in range(1, cases + 1):
            yield Heading(words(f"RÉSOLUTION {n}\nUn jardin collectif no {n}"), 3)
            yield Text(words("Nous avons écrit au ministre le 1", Run("er", raised=True), " juin."))
            yield items("Que l’eau soit taxée;", Item(words("Que ce soit dit :"), items("ici,", "là.", mark="a.")))
            yield items("la première lettre,", "la deuxième.", mark="1.")

    return printed(**{"blocks": blocks(), "steps": cases} | more)


def plan(rows: int = 4, **more: Any) -> Printed:
    """A work plan of a table whose head has two rows, of items over two rows each, and of three columns of lists."""

    def lines() -> Iterator[Row]:
        yield Row((cell("1. Vie syndicale"),), whole=True)
        for n in range(1, rows + 1):
            verdict = Text(words(Run("Action non réalisée", underlined=True), " (pandémie)"))
            yield Row((cell(f"1.{n} Former", down=2), Cell((items("Offrir une formation", "Relancer"),)),
                       cell("Ana", centred=True), Cell((verdict,), value=DAY)))  # fmt: skip
            yield Row((cell("Évaluer"), cell("Denis", centred=True), cell(f"{n}", value=n)))

    heads = (Row((cell("QUOI", header=True, down=2), cell("COMMENT et QUI", header=True, across=2), cell("SUIVI", header=True))),
             Row((cell("Comment", header=True), cell("Qui", header=True), cell("Verdict", header=True))))  # fmt: skip
    blocks: list[Block] = [
        Heading(words("Les sections")), Table("Plan de travail", heads, lines(), (2, 4, 1.3, 3)),
        Heading(words("Dossiers statutaires"), new_page=True), Columns((items("un", "deux"), items("trois"), items("quatre"))),
    ]  # fmt: skip
    return printed(**{"title": ("Plan de travail 2019-2022",), "blocks": blocks, "landscape": True, "steps": 2 * rows} | more)


def hostile() -> Printed:
    """What would do harm, wherever words may stand."""
    heads = (Row((cell(HOSTILE, header=True), cell("B", header=True))),)
    rows = [Row((cell(HOSTILE), cell("=1+1"))), Row((cell(UNFIT), cell("@SUM(A1)")))]
    return printed(
        Heading(words(HOSTILE)), Text(words(HOSTILE)), Text(words(UNFIT)), items(HOSTILE), Table(HOSTILE, heads, rows, (1, 1)),
        title=(HOSTILE,), organisation=HOSTILE, subject=HOSTILE,
    )  # fmt: skip


def file_of(document: Printed, format: str, progress: Progress | None = None, folder: Path | None = None) -> bytes:
    """The document in a format."""
    out = io.BytesIO()
    write(document, format, out, progress, folder)
    return out.getvalue()


def spaced(text: str) -> str:
    """Without what a page breaks."""
    return " ".join(text.replace("\u00a0", " ").replace("\u200b", "").split())
