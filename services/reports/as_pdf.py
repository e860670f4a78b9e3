"""A printed document as a tagged PDF (PDF/UA-1), by Typst in a process of its own.

The page is a template of ours; what it says goes to it as a file of data, never as words of its language. That process
has limits of memory and time, reads no other fonts than its own, and gives its memory back when it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Any, BinaryIO

from domain.errors import Invalid, Unavailable
from projections.phrases.catalogue import say
from services.reports.grid import Grid, shares
from services.reports.printed import Cell, Columns, Heading, Items, Printed, Row, Run, Table, Text, Words
from services.reports.words import PAGES, Outline, Progress, Steps, batches, fit, foot, lines, opening, title

ROOT = Path(__file__).parents[2]
DATA, TEMPLATE, PDF = "printed.json", "page.typ", "printed.pdf"
MEMORY = 2 << 30  # bytes of addresses of the process that lays a document out: see docs/reports.md
SECONDS = 300  # of work, after which a document is given up
AT_ONCE = 2  # documents that one server lays out, each of which may take much memory
LONG = 30  # characters of a word that may be broken anywhere

_TURNS = BoundedSemaphore(AT_ONCE)
_UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')


class PdfNotMade(Unavailable):
    """This document could not be laid out as a PDF ({reason}). Ask for it as docx or html."""


class PdfLetterMissing(Invalid):
    """This document has letters or signs that the PDF cannot show: “{letters}”. Write them otherwise, or ask for it as docx or html."""  # noqa: E501 - one sentence


class PdfTooLong(Unavailable):
    """This document is too long for one PDF on this machine. Ask for it as docx or html, or for less at once."""


def write(printed: Printed, out: BinaryIO, progress: Progress | None = None) -> None:
    """Writes the PDF. What this process holds at once does not grow with the blocks; the other's does."""
    with TemporaryDirectory(prefix="suivi-") as folder:
        with (Path(folder) / DATA).open("wb") as data:
            for piece in batches(_data(printed, Steps(printed, progress))):
                data.write(piece)
        shutil.copy(Path(__file__).with_name(TEMPLATE), folder)
        _typeset(Path(folder))
        with (Path(folder) / PDF).open("rb") as made:
            shutil.copyfileobj(made, out)


def _typeset(folder: Path) -> None:
    command = [sys.executable, "-m", "services.reports.typesetting", str(folder), str(MEMORY), str(SECONDS)]
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH") if name in os.environ}
    try:
        with _TURNS:
            done = subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise PdfTooLong() from error
    if done.returncode == 0:
        return
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    if done.returncode < 0 or any("memory" in line for line in said):  # ended by a limit
        raise PdfTooLong()
    if missing := _UNSHOWN.search(said[-1] if said else ""):
        raise PdfLetterMissing(letters=missing[1])
    raise PdfNotMade(reason=said[-1][:300] if said else str(done.returncode))


def _data(printed: Printed, steps: Steps) -> Iterator[str]:
    """The document as JSON, block by block. Whether it has tables, which change its margins, is known at the end."""
    front, blocks = opening(printed)
    facts = {
        "title": title(printed), "lines": [_line((Run(fit(each)),)) for each in printed.title], "front": front,
        "author": fit(printed.organisation), "lang": printed.lang, "foot": foot(printed), "large": printed.large,
        "landscape": printed.landscape, "pages": say(PAGES, printed.lang, page="\x01", pages="\x02"),
    }  # fmt: skip
    yield _json(facts)[:-1] + ',"blocks":['
    outline, between, tables = Outline(), "", False
    for block in steps.blocks(blocks):
        yield between
        between = ",\n"
        if isinstance(block, Table):
            tables = True
            yield from _table(block, steps)
        else:
            yield _json(_block(block, outline))
    yield f'],"tables":{_json(tables)}}}'


def _block(block: Heading | Text | Items | Columns, outline: Outline) -> dict[str, Any]:
    if isinstance(block, Columns):
        return {"k": "columns", "columns": [_flow(items) for items in block.columns]}
    if not isinstance(block, Heading):
        return _flow(block)
    told = _words(block.words)
    label = {"label": told.pop(0)} if block.level == 3 and len(told) > 1 else {}
    level = outline.level(block)
    return {"k": "heading", "level": level, "look": block.level, "page": block.new_page, "words": told, **label}


def _flow(block: Text | Items) -> dict[str, Any]:
    if isinstance(block, Text):
        return {"k": "text", "look": block.look, "words": _words(block.words)}
    told = [[_words(item.words), *([_flow(item.within)] if item.within else [])] for item in block.items]
    return {"k": "items", "mark": block.mark, "items": told}


def _words(words: Words) -> list[Any]:
    return [_line(line) for line in lines(words)]


def _line(runs: Any) -> list[tuple[str, str]]:
    """The runs of a line: what each says, and how it looks by letters."""
    return [(run.text, _looks(run)) for run in runs]


def _looks(run: Run) -> str:
    worn = (("b", run.bold), ("i", run.italic), ("u", run.underlined), ("r", run.raised),
            ("w", any(len(word) >= LONG for word in run.text.split())))  # fmt: skip
    return "".join(letter for letter, on in worn if on)


def _table(table: Table, steps: Steps) -> Iterator[str]:
    grid = Grid(table)
    head = [_row(row, grid, head=True) for row in table.head]
    yield _json({"k": "table", "widths": shares(table, grid.columns), "head": head})[:-1] + ',"rows":['
    between = ""
    for row in steps.rows(table):
        yield between + _json(_row(row, grid))
        between = ",\n"
    yield "]}"


def _row(row: Row, grid: Grid, head: bool = False) -> tuple[bool, list[Any]]:
    found = [_cell(place.cell, place.across, head or row.whole) for place in grid.places(row) if place.cell]
    return row.whole, found


def _cell(cell: Cell, across: int, head: bool) -> tuple[int, int, str, list[Any]]:
    looks = ("h" if head or cell.header else "") + ("c" if cell.centred else "") + ("t" if cell.together else "")
    return across, cell.down, looks, [_flow(block) for block in cell.blocks]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
