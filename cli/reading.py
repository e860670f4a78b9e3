"""`assemblies`, `cases`, `case`, `history`: what became of each resolution."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cli.cards import case_card, history_lines
from cli.layout import Column, table
from cli.options import AsOf, Json, KnownAt, Ref
from cli.terminal import Terminal, here
from cli.usage import NotTogether, Usage, one_of
from projections.phrases.catalogue import N_
from projections.phrases.rows import (
    Row,
    accepted_states,
    brief,
    date_of,
    joined,
    numbers,
    outcomes,
    proposed,
    state_of,
    who,
)

if TYPE_CHECKING:
    from services.home import Home

PATH = "suivi cases"
FORMATS = {"csv": "csv", "xlsx": "xlsx"}


class ToAFile(Usage):
    """An xlsx file is not for the screen. Send it to a file: suivi cases --format xlsx > cases.xlsx"""


def assemblies(context: typer.Context, as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False) -> None:
    """Lists the assemblies."""
    from services.reading import When
    from services.reading import assemblies as read

    terminal = here(context)
    with terminal.reading() as home:
        rows = read(home, When(as_of, known_at))
    terminal.answer({"items": rows}, as_json, lambda: show_assemblies(terminal, rows))


def show_assemblies(terminal: Terminal, rows: list[Row]) -> None:
    """Key, name, date, and how many of its numbers were adopted."""
    if not rows:
        return terminal.print(terminal.say(N_("No assembly here yet. Bring one in: suivi import FILE")))
    columns = [Column(terminal.say(head), most) for head, most in
               ((N_("Key"), 20), (N_("Name"), None), (N_("Date"), 20), (N_("Resolutions"), 14))]  # fmt: skip
    listed = [(r["key"], r["name"], date_of(r["date"], terminal.lang), _adopted(r)) for r in rows]
    terminal.print(*table(columns, listed), "", terminal.say(N_("To see its cases: suivi cases")))


def _adopted(row: Row) -> str:
    return str(sum(fate == "adopted" for fate in row["numbers"].values()) or "")


def cases(
    context: typer.Context,
    state: Annotated[
        str | None,
        typer.Option(metavar=N_("STATE"), help=N_("Only these: in_progress or “in progress”, blocked, done…")),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help=N_("Only open cases whose due date is over."))] = False,
    standing: Annotated[bool, typer.Option("--standing", help=N_("Only those that go on, and are reviewed."))] = False,
    owner: Annotated[
        str | None, typer.Option(metavar=N_("NAME"), help=N_("Only those that someone follows up."))
    ] = None,
    body: Annotated[str | None, typer.Option(metavar=N_("NAME"), help=N_("Only those referred to a body."))] = None,
    query: Annotated[
        str | None, typer.Option(metavar=N_("TEXT"), help=N_("Only those with these words, accents or not."))
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="csv|xlsx", help=N_("As a file for a spreadsheet, on standard output.")),
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """Lists the cases."""
    from services.reading import When
    from services.reading import cases as read

    terminal = here(context)
    form = None if form is None else as_file(form, as_json)
    wanted = None if state is None else one_of(state, accepted_states(), "--state", PATH, outcomes(terminal.lang))
    with terminal.reading() as home:
        rows = read(home, When(as_of, known_at), state=wanted, overdue=overdue, owner=owner, body=body, query=query,
                    standing=standing)  # fmt: skip
        whole = need_assembly(home, rows)
    if form:
        from services.spreadsheet import FILES, case_cells

        return terminal.bytes(FILES[form](case_cells(rows, terminal.lang)))
    chosen = any((wanted, overdue, standing, owner, body, query, as_of, known_at))
    return terminal.answer({"items": rows}, as_json, lambda: show_cases(terminal, rows, whole, chosen))


def as_file(form: str, as_json: bool) -> str:
    """The format of a file, if it can go to standard output."""
    form = one_of(form, FORMATS, "--format", PATH)
    if as_json:
        raise NotTogether(PATH, first="--format", second="--json")
    if form == "xlsx" and sys.stdout.isatty():
        raise ToAFile(PATH)
    return form


def show_cases(terminal: Terminal, rows: list[Row], whole: bool, chosen: bool) -> None:
    """The list, and what to type next."""
    if not rows:
        none = N_("No case matches.") if chosen else N_("No case here yet. Bring some in: suivi import FILE")
        return terminal.print(terminal.say(none))
    example = rows[0]["ref"] if whole else rows[0]["numbers"][0]
    hint = terminal.say(N_("To see one: suivi case {ref}"), ref=example)
    return terminal.print(*case_lines(terminal, rows, whole), hint)


def need_assembly(home: Home, rows: list[Row]) -> bool:
    """Whether a number alone would say too little: it means a case of the latest assembly."""
    from services.refs import Refs

    return bool(rows) and {row["home"] for row in rows} != {Refs(home.store).latest_assembly()}


def case_lines(terminal: Terminal, rows: list[Row], whole: bool) -> list[str]:
    """Numbers (`whole`: with their assembly), title, state, who follows it, when it is due; the count."""
    heads = ((N_("No."), 16 if whole else 10), (N_("Title"), None), (N_("State"), 26), (N_("Proposed"), 20),
             (N_("Followed by"), 22), (N_("Due"), 16))  # fmt: skip
    columns = [Column(terminal.say(head), most) for head, most in heads]
    listed = [
        (
            numbers(row, whole),
            brief(row["title"]),
            state_of(row, terminal.lang),
            proposed(row, terminal.lang),
            who(row["owner"]),
            date_of(row["due"], terminal.lang),
        )
        for row in rows
    ]
    count = joined([terminal.count(N_("{n} case"), "{n} cases", len(rows)), _proposed(terminal, rows)])
    return [*table(columns, listed), "", count]


def _proposed(terminal: Terminal, rows: list[Row]) -> str:
    n = sum(bool(row["proposal"]) for row in rows)
    return terminal.count(N_("{n} with a proposed state"), "{n} with a proposed state", n) if n else ""


def case(context: typer.Context, ref: Ref, as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False) -> None:
    """Shows one case."""
    from services.reading import When
    from services.reading import case as read
    from services.reading.demarches import Asked, demarches

    terminal = here(context)
    when = When(as_of, known_at)
    with terminal.reading() as home:
        found = read(home, ref, when)
        threads = demarches(home, when, Asked(case=found["ref"])) if not as_json else []
    terminal.answer(found, as_json, lambda: terminal.print(*case_card(terminal, found, threads, acting=when.now)))


def history(
    context: typer.Context, ref: Ref, as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False
) -> None:
    """Tells a whole history."""
    from services.reading import When
    from services.reading import history as read

    terminal = here(context)
    with terminal.reading() as home:
        entries = read(home, ref, When(as_of, known_at), terminal.lang)
    terminal.answer({"items": entries}, as_json, lambda: terminal.print(*history_lines(terminal, ref, entries)))
