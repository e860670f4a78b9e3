"""`deadlines`, `sweep`: what is due, and one pass of the clocks."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.layout import Column, table
from cli.options import Json
from cli.terminal import Terminal, here
from projections.phrases.catalogue import N_
from projections.phrases.clocks import clock_said, deadline_name
from projections.phrases.rows import Row, brief, date_of, joined, who

MOST = 200  # lines of a list for a person; --json has them all


def deadlines(
    context: typer.Context,
    state: Annotated[
        str | None, typer.Option(metavar=N_("STATE"), help=N_("Only these: running, acknowledged, lapsed or spent."))
    ] = None,
    before: Annotated[
        str | None, typer.Option(metavar=N_("DATE"), help=N_("Only those that end by that date."))
    ] = None,
    as_json: Json = False,
) -> None:
    """Lists what is due."""
    from services.reading.deadlines import deadlines as read

    terminal = here(context)
    rows: list[Row] = []
    with terminal.reading() as home:
        page = read(home, MOST, None, state, before)
        rows += page.items
        while as_json and page.next:
            page = read(home, MOST, page.next, state, before)
            rows += page.items
    narrowed = state is not None or before is not None
    terminal.answer({"items": rows}, as_json, lambda: show_deadlines(terminal, rows, narrowed, bool(page.next)))


def show_deadlines(terminal: Terminal, rows: list[Row], narrowed: bool, more: bool) -> None:
    """By date, with the reminder that comes next."""
    if not rows and narrowed:
        return terminal.print(terminal.say(N_("No deadline is as asked.")))
    if not rows:
        return terminal.print(terminal.say(N_("Nothing is due. Give a case a date: suivi act REF set-due --set due=DATE")))
    heads = ((N_("Case"), 14), (N_("Title"), None), (N_("What is due"), 28), (N_("Date"), 20), (N_("Next reminder"), 26))
    columns = [Column(terminal.say(head), width) for head, width in heads]
    lang, zone = terminal.lang, terminal.zone
    listed = [
        [row["ref"], brief(joined((who(row["office"]), row["title"]))), deadline_name(row, lang),
         date_of(row["due"], lang), clock_said(row, lang, zone)]
        for row in rows
    ]  # fmt: skip
    terminal.print(*table(columns, listed))
    if more:
        terminal.print("", terminal.say(N_("Only the first {count} are shown: --before narrows the list."), count=MOST))


def sweep(
    context: typer.Context,
    now: Annotated[
        str | None,
        typer.Option("--now", metavar=N_("INSTANT"), help=N_("First move the time of a simulated store on to then.")),
    ] = None,
    as_json: Json = False,
) -> None:
    """Makes one pass of the clocks."""
    from domain.time import parse_instant
    from services.simulation import advance
    from services.sweeping import sweep as make

    terminal = here(context)
    with terminal.home() as home:
        if now is not None:
            advance(home.store, parse_instant(now, terminal.zone))
        swept = make(home.store)
        home.catch_up()
        at = home.store.present.now
    shape = {"now": at.isoformat(), "steps": swept.steps, "recomputed": swept.recomputed, "turns": swept.turns,
             "failed": swept.failed}  # fmt: skip
    terminal.answer(shape, as_json, lambda: show_swept(terminal, swept.steps, swept.failed))
    if swept.failed:
        raise typer.Exit(1)


def show_swept(terminal: Terminal, steps: int, failed: int) -> None:
    """How many reminders, and what could not be done."""
    if steps:
        terminal.print(terminal.count("{n} reminder recorded.", "{n} reminders recorded.", steps))
        hint = N_("suivi up writes the messages by itself; else: suivi deliver. To read them: suivi outbox")
        terminal.print(terminal.say(hint))
    else:
        terminal.print(terminal.say(N_("No reminder was due.")))
    if failed:
        terminal.tell(terminal.count("{n} reminder could not be recorded; it will be tried again. Details: suivi doctor",
                                     "{n} reminders could not be recorded; they will be tried again. Details: suivi doctor",
                                     failed))  # fmt: skip
