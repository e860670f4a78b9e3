"""`report`: a document to print, of what became of resolutions; and the Word template that it is laid out by."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from cli.letters import LANGUAGES
from cli.options import AsOf, Json, KnownAt
from cli.terminal import Terminal, here, write
from cli.usage import one_of
from projections.phrases.catalogue import N_

if TYPE_CHECKING:
    from services.reports.asked import Asked

PATH = "suivi report"
FORMATS = {name: name for name in ("docx", "pdf", "xlsx", "html", "csv")}
EVERY = 0.5  # seconds between two tellings
PIECE = 1 << 16  # bytes

Out = Annotated[
    Path | None, typer.Option(metavar=N_("FILE"), help=N_("Where to write it; here, under a name of its own, unless said."))
]
Template = Annotated[
    bool, typer.Option("--template", help=N_("Write the Word template of this report instead, to make it your own."))
]
Standing = Annotated[
    bool, typer.Option("--standing", help=N_("A plan as a work plan, with the state of each item."))
]
Gaps = Annotated[
    bool, typer.Option("--gaps", help=N_("At the end of a follow-up, the numbers of which it says nothing."))
]
Year = Annotated[
    str | None, typer.Option(metavar=N_("YEAR"), help=N_("Of an annual report: the year in which it begins."))
]


def report(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar=N_("NAME"), help=N_("Which report; without one, they are listed."))
    ] = None,
    form: Annotated[str, typer.Option("--format", metavar="docx|pdf|xlsx|html|csv", help=N_("What kind of file."))] = "docx",
    out: Out = None,
    to: Annotated[
        str | None, typer.Option(metavar=N_("KEY"), help=N_("The assembly, or the plan, that it is about or goes to."))
    ] = None,
    large: Annotated[bool, typer.Option("--large", help=N_("In large letters, to be read aloud from the floor."))] = False,
    lang: Annotated[
        str | None, typer.Option(metavar=N_("LANGUAGE"), help=N_("fr or en; in the organisation’s unless said."))
    ] = None,
    standing: Standing = False,
    gaps: Gaps = False,
    year: Year = None,
    template: Template = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    force: Annotated[bool, typer.Option("--force", help=N_("Replace a file of that name."))] = False,
    as_json: Json = False,
) -> None:
    """Prints a report."""
    from services.reports.asked import Asked, filters_of

    terminal = here(context)
    if name is None:
        return show_reports(terminal, as_json)
    if template:
        return give_template(terminal, name, out, force, as_json)
    form = one_of(form, FORMATS, "--format", PATH)
    language = None if lang is None else one_of(lang, LANGUAGES, "--lang", PATH)
    asked = Asked(as_of, known_at, to, filters_of(standing, gaps, year), language, large)
    return print_report(terminal, name, form, asked, out, force, as_json)


def print_report(
    terminal: Terminal, name: str, form: str, asked: Asked, out: Path | None, force: bool, as_json: bool
) -> None:
    """Writes it, all of it or nothing."""
    from services.attachments import paths
    from services.reports import registry

    with TemporaryFile() as made:
        with terminal.reading() as home, Progress(terminal) as progress:
            _, called = registry.write(home, name, asked, form, made, progress.tell)
        made.seek(0)
        file = out or Path(called)
        size = paths.write(pieces(made), file, over=force)
    done = terminal.say(N_("The report is in “{file}”."), file=file)
    terminal.answer({"file": str(file), "bytes": size}, as_json, lambda: terminal.print(done))


def show_reports(terminal: Terminal, as_json: bool) -> None:
    """Their names, and what each says."""
    from cli.layout import Column, table
    from services.reports.registry import REPORTS

    rows = [(name, terminal.say(report.said)) for name, report in REPORTS.items()]
    items = [{"name": name, "says": said, "fields": list(REPORTS[name].fields)} for name, said in rows]
    columns = [Column(terminal.say(N_("Name")), 20), Column(terminal.say(N_("What it says")))]
    hint = terminal.say(N_("To print one: suivi report {name} --format pdf"), name=rows[0][0])
    terminal.answer({"items": items}, as_json, lambda: terminal.print(*table(columns, rows), "", hint))


def give_template(terminal: Terminal, name: str, out: Path | None, force: bool, as_json: bool) -> None:
    """Writes the template that comes with Suivi, and says which fields it may name and where to put it."""
    from services.attachments import paths
    from services.reports.registry import COMMON, report_of
    from services.reports.templates import name_of, shipped
    from services.templates import FOLDER

    fields = [*COMMON, *report_of(name).fields]
    file = out or Path(f"{name_of(name)}.docx")
    size = paths.write([shipped().read_bytes()], file, over=force)
    place = terminal.settings.home / FOLDER / f"{name_of(name)}.docx"
    told = [
        terminal.say(N_("The template is in “{file}”. Once you have changed it, put it there: {place}"), file=file, place=place),
        terminal.say(N_("Its fields: {fields}."), fields=fields),
    ]
    answer: dict[str, Any] = {"file": str(file), "bytes": size, "place": str(place), "fields": fields}
    terminal.answer(answer, as_json, lambda: terminal.print(*told))


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """What a file holds from where it stands, piece by piece."""
    while piece := file.read(PIECE):
        yield piece


class Progress:
    """How far a document is printed, on standard error: on one line that changes where a person looks on, else now and
    then."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal, self._next, self._shown = terminal, time.monotonic() + EVERY, False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown and sys.stderr.isatty():
            write(sys.stderr, "\r\033[K")

    def tell(self, done: int, of: int) -> None:
        """So many, of so many."""
        if time.monotonic() < self._next:
            return
        self._next, self._shown = time.monotonic() + EVERY * (1 if sys.stderr.isatty() else 4), True
        self._terminal.told += 1
        said = self._terminal.say(N_("{done} of {all}"), done=done, all=of)
        write(sys.stderr, f"\r\033[K{said}" if sys.stderr.isatty() else f"{said}\n")
