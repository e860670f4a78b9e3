"""A draft as a file of each format."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import docx
import typst
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from bench.variants.draft import Draft, Grid, lines_of, text_of
from bench.variants.pages import paragraphs

_UNDERLINED = re.compile(r"(</?u>)")
_BARRED = re.compile(r"\s*(?:[-•] )?\|(?P<cells>.*\|.*)\|\s*")
_TAGS = re.compile(r"<[^>]*>")


def laid(draft: Draft) -> Draft:
    """The draft as a file holds it: tables that were drawn with bars (« | a | b | ») as tables, a paragraph on one line."""
    made: list[str | Grid] = []
    rows: list[tuple[str, ...]] = []
    for block in (*draft.blocks, ""):
        if isinstance(block, str) and (barred := _BARRED.fullmatch(block)):
            cells = tuple(cell.strip() for cell in barred["cells"].split("|"))
            rows += [cells] if any(cell.strip(" -:") for cell in cells) else []
            continue
        if rows:
            made.append(Grid(tuple(rows), 0))
            rows = []
        made.append(block)
    return paragraphs(replace(draft, blocks=tuple(made[:-1])))


def as_text(draft: Draft) -> bytes:
    """As it is, cells between tabulators."""
    return text_of(draft).encode()


def as_word(draft: Draft) -> bytes:
    """Paragraphs and tables of Word, what is underlined underlined."""
    made = docx.Document()
    for block in laid(draft).blocks:
        if isinstance(block, str):
            if block.strip():
                _run(made.add_paragraph(), block.strip())
            continue
        table = made.add_table(len(block.rows), block.width, "Table Grid")
        for at, row in enumerate(block.rows):
            for beside, cell in enumerate(row):
                lines = lines_of(cell)
                for number, line in enumerate(lines):
                    holder = table.cell(at, beside)
                    _run(holder.paragraphs[0] if not number else holder.add_paragraph(), line)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _run(paragraph: Any, words: str) -> None:
    under = False
    for part in _UNDERLINED.split(words):
        if _UNDERLINED.fullmatch(part):
            under = part == "<u>"
        elif part:
            paragraph.add_run(_TAGS.sub("", part)).underline = under or None


def as_sheet(draft: Draft) -> bytes:
    """One sheet: the lines in its first column, the tables under them, what is underlined underlined."""
    book = Workbook()
    sheet = book.create_sheet("Feuille", 0)
    for block in laid(draft).blocks:
        rows = ((block,),) if isinstance(block, str) else block.rows
        for row in rows:
            if isinstance(block, Grid) or block.strip():
                sheet.append([_rich("\n".join(lines_of(cell))) for cell in row])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _rich(words: str) -> str | CellRichText:
    if not _UNDERLINED.search(words):
        return _TAGS.sub("", words)
    rich, under = CellRichText(), False
    for part in _UNDERLINED.split(words):
        if _UNDERLINED.fullmatch(part):
            under = part == "<u>"
        elif said := _TAGS.sub("", part):
            rich.append(TextBlock(InlineFont(u="single"), said) if under else said)
    return rich


def as_page(draft: Draft) -> bytes:
    """A page of the web: paragraphs, tables with headings."""
    parts = ["<!doctype html><html><head><meta charset='utf-8'><title>—</title></head><body>"]
    for block in laid(draft).blocks:
        parts += _table(block) if isinstance(block, Grid) else [f"<p>{html.escape(block, quote=False)}</p>"]
    return "\n".join([*parts, "</body></html>"]).encode()


def _table(grid: Grid) -> Iterator[str]:
    yield "<table>"
    for at, row in enumerate(grid.rows):
        tag = "th" if at < grid.heads else "td"
        cells = ("<br>".join(_escaped(line) for line in lines_of(cell)) for cell in row)
        yield "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"
    yield "</table>"


def _escaped(line: str) -> str:
    return "".join(
        part if _UNDERLINED.fullmatch(part) else html.escape(_TAGS.sub("", part), quote=False)
        for part in _UNDERLINED.split(line)
    )


def as_print(draft: Draft, rules: bool = True) -> bytes:
    """A printed document (PDF): ruled tables with headings that come again, page numbers. Without `rules`, alignment alone
    shows the tables."""
    wide = any(isinstance(block, Grid) for block in draft.blocks)
    parts = [f'#set page(paper: "us-letter", flipped: {str(wide).lower()}, numbering: "1", margin: 2cm)',
             "#set text(size: 10pt, hyphenate: false)", *([] if rules else ["#set table(stroke: none)"])]  # fmt: skip
    for block in laid(draft).blocks:
        parts.append(_printed_table(block) if isinstance(block, Grid) else f"{_typed(block)}\n")
    return bytes(typst.compile("\n".join(parts).encode(), format="pdf"))


def _printed_table(grid: Grid) -> str:
    def cell(words: str) -> str:
        return "[" + " \\ ".join(_typed(line) for line in lines_of(words)) + "]"

    rows = [", ".join(cell(one) for one in (*row, *[""] * (grid.width - len(row)))) for row in grid.rows]
    heads, rest = rows[: grid.heads], rows[grid.heads :]
    head = f"table.header({', '.join(heads)})," if heads else ""
    return f"#table(columns: ({'1fr, ' * grid.width}), {head}\n" + ",\n".join(rest) + ")\n"


def _typed(words: str) -> str:
    """Words for Typst: each run a string, so that no letter of theirs is a sign."""
    under, made = False, []
    for part in _UNDERLINED.split(words):
        if _UNDERLINED.fullmatch(part):
            under = part == "<u>"
        elif part:
            bare = _TAGS.sub("", part).replace("\\", "\\\\").replace('"', '\\"')
            made.append(f'#underline("{bare}")' if under else f'#"{bare}"')
    return "".join(made)


FORMATS: dict[str, tuple[str, Callable[[Draft], bytes]]] = {
    "docx": ("docx", as_word),
    "xlsx": ("xlsx", as_sheet),
    "html": ("html", as_page),
    "pdf": ("pdf", as_print),
}
