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
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from threading import BoundedSemaphore
from typing import Any, BinaryIO

from domain.errors import Invalid, SuiviError, Unavailable
from projections.phrases.catalogue import say
from services.reports.chapters import lay_out
from services.reports.grid import Grid, Place, is_short, shares
from services.reports.joining import NotJoined
from services.reports.printed import Block, Cell, Columns, Heading, Items, Printed, Run, Table, Text, Words
from services.reports.words import PAGES, Outline, Progress, Steps, batches, fit, foot, lines, opening, title

ROOT = Path(__file__).parents[2]
DATA, TEMPLATE, PLACES, PDF = "printed.json", "page.typ", "places.json", "printed.pdf"
MEMORY = 2 << 30  # bytes of addresses of the process that lays a document out: see docs/reports.md
SECONDS = 300  # of work on all of a document, after which a document is given up
AT_ONCE = 2  # documents that one server lays out, each of which may take much memory
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
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
    """Writes the PDF. Neither this process nor the other holds more of it than a chapter."""
    with TemporaryDirectory(prefix="suivi-") as name, TemporaryFile() as units:
        front, blocks = opening(printed)
        facts = _facts(printed, front)
        for piece in batches(_units(blocks, Steps(printed, progress), facts)):
            units.write(piece)
        shutil.copy(Path(__file__).with_name(TEMPLATE), name)
        with _TURNS:
            try:
                lay_out(units, facts, Layout(Path(name)), out)
            except NotJoined as error:
                raise PdfNotMade(reason=str(error)) from error


class Layout:
    """Lays out chapters in a folder, each in a process of its own; all of them in `SECONDS` at most."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._until = folder, time.monotonic() + SECONDS

    def places(self, data: bytes) -> list[tuple[int, int]]:
        """The pages, from 1, on which blocks begin or end: (number of the block, page), as often as need be."""
        self._typeset(data, "places")
        found: list[tuple[int, int]] = json.loads((self._folder / PLACES).read_bytes())
        return found

    def pdf(self, data: bytes) -> bytes:
        """The chapter itself."""
        self._typeset(data)
        return (self._folder / PDF).read_bytes()

    def _typeset(self, data: bytes, *asked: str) -> None:
        (self._folder / DATA).write_bytes(data)
        limits = str(MEMORY), str(SECONDS)
        command = [sys.executable, "-m", "services.reports.typesetting", str(self._folder), *limits, *asked]
        kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        left = self._until - time.monotonic()
        theirs, ours = os.pipe()  # `ours` is closed with this process, however it ends
        try:
            done = subprocess.run(command, cwd=ROOT, env=kept, stdin=theirs, capture_output=True, timeout=left, check=False)
        except subprocess.TimeoutExpired as error:
            raise PdfTooLong() from error
        finally:
            os.close(ours)
            os.close(theirs)
        if done.returncode:
            raise _refusal(done)


def _refusal(done: subprocess.CompletedProcess[bytes]) -> SuiviError:
    """Why a chapter could not be laid out."""
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    if done.returncode < 0 or any("memory" in line for line in said):  # ended by a limit
        return PdfTooLong()
    if missing := _UNSHOWN.search(said[-1] if said else ""):
        return PdfLetterMissing(letters=missing[1])
    return PdfNotMade(reason=said[-1][:300] if said else str(done.returncode))


def _facts(printed: Printed, front: bool) -> dict[str, Any]:
    """What every chapter is told."""
    return {
        "title": title(printed), "lines": [_line((Run(fit(each)),)) for each in printed.title], "front": front,
        "author": fit(printed.organisation), "lang": printed.lang, "foot": foot(printed), "large": printed.large,
        "landscape": printed.landscape, "wide": printed.landscape,
        "pages": say(PAGES, printed.lang, page="\x01", pages="\x02"),
    }  # fmt: skip


def _units(blocks: Iterable[Block], steps: Steps, facts: dict[str, Any]) -> Iterator[str]:
    """The document as JSON, a line for each block, and for each row of a table after that of the table. A table makes all
    its pages wide."""
    outline = Outline()
    for block in steps.blocks(blocks):
        if isinstance(block, Table):
            facts["wide"] = True
            yield from (_json(each) + "\n" for each in _table(block, steps))
        else:
            yield _json(_block(block, outline)) + "\n"


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


def _table(table: Table, steps: Steps) -> Iterator[dict[str, Any]]:
    grid = Grid(table)
    head, widths = [_row(grid.places(row), head=True) for row in table.head], shares(table, grid.columns)
    yield {"k": "table", "widths": widths, "head": head}
    for row in steps.rows(table):
        places = grid.places(row)
        tied = any(place.cell is None for place in places)
        yield {"k": "row", "whole": row.whole, "tied": tied, "cells": _row(places, row.whole, short=is_short(places, widths))}


def _row(places: list[Place], head: bool, short: bool = False) -> list[Any]:
    return [_cell(place.cell, place.across, head, short) for place in places if place.cell]


def _cell(cell: Cell, across: int, head: bool, short: bool) -> tuple[int, int, str, list[Any]]:
    kept = cell.together or (short and cell.down == 1)
    looks = ("h" if head or cell.header else "") + ("c" if cell.centred else "") + ("t" if kept else "")
    return across, cell.down, looks, [_flow(block) for block in cell.blocks]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
