"""`offices`: the offices of authorities, who speaks for each on a day, and the file that carries them all."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.layout import Column, table
from cli.options import AsOf, Json, KnownAt
from cli.terminal import Terminal, here
from cli.usage import NotTogether, Usage, one_of
from domain.errors import Invalid
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row, date_of, joined, who

PATH = "suivi offices"
FORMATS = {"csv": "csv"}


class OutWithoutFormat(Usage):
    """--out goes with a format: suivi offices --format csv --out FILE"""


class NotWritten(Invalid):
    """“{file}” cannot be written there: check that its folder exists and that your account may write in it."""


def offices(
    context: typer.Context,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="csv", help=N_("As a file for a spreadsheet, which suivi import reads back.")),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar=N_("FILE"), help=N_("Where to write that file."))] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """Lists the offices."""
    from services.reading import When, people
    from services.reading import offices as read

    terminal, when = here(context), When(as_of, known_at)
    if form is None and out is not None:
        raise OutWithoutFormat(PATH)
    if form is not None and as_json:
        raise NotTogether(PATH, first="--format", second="--json")
    form = None if form is None else one_of(form, FORMATS, "--format", PATH)
    with terminal.reading() as home:
        rows = read(home, when)
        persons = people(home, when) if form else []
    if form:
        return _file(terminal, rows, persons, out)
    return terminal.answer({"items": rows}, as_json, lambda: show_offices(terminal, rows))


def _file(terminal: Terminal, rows: list[Row], persons: list[Row], out: Path | None) -> None:
    from services.directory_file import table as lines
    from services.spreadsheet import sheet_file

    content = sheet_file(lines(rows, persons, terminal.lang), terminal.lang)
    if out is None:
        return terminal.bytes(content)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise NotWritten(file=out) from error
    return terminal.print(terminal.count(N_("{n} office written: {file}"), "{n} offices written: {file}", len(rows), file=out))


def show_offices(terminal: Terminal, rows: list[Row]) -> None:
    """Reference, title, who speaks for it, and what became of it."""
    if not rows:
        return terminal.print(terminal.say(N_("No office here yet. Bring them in: suivi import FILE --kind directory")))
    heads = ((N_("Reference"), 42), (N_("Title"), None), (N_("Holder"), 32), (N_("Legislature"), 12), (N_("Ended"), 28))
    columns = [Column(terminal.say(head), most) for head, most in heads]
    listed = [(r["ref"], r["name"], _spoken_for(terminal, r), r["legislature"] or "", _ended(terminal, r)) for r in rows]
    return terminal.print(*table(columns, listed))


def _spoken_for(terminal: Terminal, row: Row) -> str:
    """The holder, and the chief of staff where one is named."""
    holder = who(row["holder"])
    if row["interim"]:
        holder = terminal.say(N_("{person} (interim)"), person=holder)
    chief = who(row["chief_of_staff"])
    return "\n".join(filter(None, [holder, terminal.say(N_("{person}, chief of staff"), person=chief) if chief else ""]))


def _ended(terminal: Terminal, row: Row) -> str:
    if not row["closed"]:
        return ""
    heirs = ", ".join(who(heir) for heir in row["successors"])
    return joined([date_of(row["closed"], terminal.lang), f"→ {heirs}" if heirs else ""])
