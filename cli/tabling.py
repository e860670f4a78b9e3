"""`draft`: what may be approved for a report; `table`: a report that is given to an assembly; `tabled`: had again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.acting import read_id
from cli.layout import Column
from cli.layout import table as laid_out
from cli.letters import LANGUAGES
from cli.options import As, AsOf, CommandId, Json, KnownAt
from cli.reporting import FORMATS, Gaps, Progress, Year
from cli.terminal import Terminal, here
from cli.usage import one_of
from projections.phrases.catalogue import N_

if TYPE_CHECKING:
    from services.home import Home

PATH = "suivi table"


def draft(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help=N_("A case: 17, 2023:17."))],
    lang: Annotated[
        str | None, typer.Option(metavar=N_("LANGUAGE"), help=N_("fr or en; in the organisation’s unless said."))
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """Drafts the paragraph of a case."""
    from services.reading.when import When
    from services.reports.drafts import draft_of

    terminal = here(context)
    language = None if lang is None else one_of(lang, LANGUAGES, "--lang", "suivi draft")
    with terminal.reading() as home:
        made = draft_of(home, ref, When(as_of, known_at), language or home.store.present.organisation.lang)
    hint = terminal.say(N_("To keep it, as you change it: suivi act {ref} approve-report --set text=…"), ref=made.ref)
    terminal.answer({"ref": made.ref, "text": made.text}, as_json, lambda: terminal.print(made.text, "", hint))


def table(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("Which report: follow-up above all."))],
    to: Annotated[str, typer.Option(metavar=N_("KEY"), help=N_("The assembly that is given it."))],
    form: Annotated[
        str, typer.Option("--format", metavar="docx|pdf|xlsx|html|csv", help=N_("What kind of file."))
    ] = "docx",
    occurred: Annotated[str | None, typer.Option(metavar=N_("DATE"), help=N_("When it was given, if not now."))] = None,
    lang: Annotated[
        str | None, typer.Option(metavar=N_("LANGUAGE"), help=N_("fr or en; in the organisation’s unless said."))
    ] = None,
    large: Annotated[
        bool, typer.Option("--large", help=N_("In large letters, to be read aloud from the floor."))
    ] = False,
    gaps: Gaps = False,
    year: Year = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    command_id: CommandId = None,
    acting_as: As = None,
    as_json: Json = False,
) -> None:
    """Gives a report to an assembly."""
    from services.reports import tabling
    from services.reports.asked import Asked, filters_of

    terminal = here(context)
    form, id = one_of(form, FORMATS, "--format", PATH), read_id(command_id)
    language = None if lang is None else one_of(lang, LANGUAGES, "--lang", PATH)
    asked = Asked(as_of, known_at, to, filters_of(gaps=gaps, year=year), language, large)
    with terminal.acting() as (home, actor), Progress(terminal) as progress:
        home.catch_up()
        home.settle(outcome := tabling.table(home, actor, name, asked, form, id, occurred, progress.tell))
        row = tabling.made(home, outcome, to.removeprefix("assembly:"))
    done = terminal.say(N_("Recorded: “{name}” was tabled."), name=row["name"])
    hint = terminal.say(N_("To have it again: suivi tabled {key} {version}"), key=to, version=str(row["version"]))
    terminal.answer(row, as_json, lambda: terminal.print(done, hint))


def tabled(
    context: typer.Context,
    key: Annotated[
        str | None, typer.Argument(metavar=N_("KEY"), help=N_("An assembly; without one, those that were given something."))
    ] = None,
    number: Annotated[
        int | None, typer.Argument(metavar=N_("NUMBER"), help=N_("Which report; without one, they are listed."))
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar=N_("FILE"), help=N_("Where to write it; here, under its name, unless said."))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=N_("Replace a file of that name."))] = False,
    as_json: Json = False,
) -> None:
    """Lists the reports that an assembly was given, or writes one again."""
    from services.attachments.contents import pieces
    from services.attachments.paths import write
    from services.reports import tabling

    terminal, key = here(context), (key or "").removeprefix("assembly:")
    with terminal.reading() as home:
        if not key:
            given = _given(home)
            return terminal.answer({"items": given}, as_json, lambda: terminal.print(*_assemblies(terminal, given)))
        if number is None:
            rows = tabling.tabled(home, key)
            return terminal.answer({"items": rows}, as_json, lambda: terminal.print(*_listed(terminal, rows)))
        found = tabling.document(home, key, number)
        file = out or Path(found.event.name)
        size = write(pieces(home.reader, found), file, over=force)
    done = terminal.say(N_("The report is in “{file}”."), file=file)
    return terminal.answer(
        {"file": str(file), "bytes": size, "sha256": found.event.file}, as_json, lambda: terminal.print(done)
    )


def _given(home: Home) -> list[dict[str, Any]]:
    """The assemblies that were given reports, the last that was given one first: how many, and when the last."""
    from services.reports.shelf import shelf

    found: dict[str, dict[str, Any]] = {}
    for one in shelf(home):
        row = found.setdefault(one.key, {"key": one.key, "name": one.assembly, "reports": 0, "last": one.day.isoformat()})
        row["reports"] += 1
    return list(found.values())


def _assemblies(terminal: Terminal, rows: list[dict[str, Any]]) -> list[str]:
    from projections.phrases.dates import write_date

    if not rows:
        return [terminal.say(N_("No report was tabled here."))]
    heads = ((N_("Assembly"), 40), (N_("Reports"), 10), (N_("Last"), None))
    columns = [Column(terminal.say(head), most) for head, most in heads]
    lines = [
        (terminal.say(N_("{name} ({key})"), name=row["name"], key=row["key"]), str(row["reports"]),
         write_date(row["last"], terminal.lang))
        for row in rows
    ]  # fmt: skip
    hint = terminal.say(N_("To see those of one: suivi tabled {key}"), key=rows[0]["key"])
    return [*laid_out(columns, lines), "", hint]


def _listed(terminal: Terminal, rows: list[dict[str, Any]]) -> list[str]:
    from projections.phrases.dates import write_date

    columns = [
        Column(terminal.say(N_("Number")), 8),
        Column(terminal.say(N_("As of")), 22),
        Column(terminal.say(N_("Document"))),
    ]
    lines = [(str(row["version"]), write_date(row["as_of"], terminal.lang), row["name"]) for row in rows]
    return laid_out(columns, lines) if lines else [terminal.say(N_("No report was tabled here."))]
