"""`calendar`, `meetings`: what is due and who meets when, here or as a file for a calendar program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.layout import Column, table
from cli.options import Json
from cli.terminal import Terminal, here
from projections.phrases.catalogue import N_

if TYPE_CHECKING:
    from services.calendars import Entry


def calendar(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option("--out", metavar=N_("FILE"), help=N_("Write an iCalendar file."))] = None,
    mine: Annotated[bool, typer.Option("--mine", help=N_("Only what you see to."))] = False,
    as_json: Json = False,
) -> None:
    """Lists the dates to come, or writes them as iCalendar."""
    from services import calendars
    from services.attachments.paths import write

    terminal = here(context)
    with terminal.reading() as home:
        found = calendars.entries(home, terminal.lang, "mine" if mine else "all")
        content = calendars.calendar(home, found, terminal.lang) if out else b""
    if out:
        write([content], out, over=True)  # a calendar of before is replaced: that is what the file is for
    shape: dict[str, Any] = {"items": [calendars.shape(one) for one in found]}
    terminal.answer(shape | ({"file": str(out)} if out else {}), as_json, lambda: show(terminal, found, out))


def show(terminal: Terminal, found: list[Entry], out: Path | None) -> None:
    """A line for each date; of a file, how many it holds."""
    if out:
        terminal.print(terminal.count(N_("{n} date written."), "{n} dates written.", len(found)))
        return
    from projections.phrases.dates import write_date

    columns = [Column(terminal.say(N_("Date")), 24), Column(terminal.say(N_("Reference")), 20), Column(terminal.say(N_("Step")))]
    rows = [(write_date(one.when, terminal.lang), one.ref, _step(terminal, one)) for one in found]
    terminal.print(*(table(columns, rows) if rows else [terminal.say(N_("Nothing is due, and nobody meets."))]))


def _step(terminal: Terminal, one: Entry) -> str:
    said = {"CANCELLED": N_("{step} (cancelled)"), "TENTATIVE": N_("{step} (to be confirmed)"), "CONFIRMED": "{step}"}
    return terminal.say(said[one.status], step=one.step)


def meetings(
    context: typer.Context,
    body: Annotated[str | None, typer.Option("--body", metavar="REF", help=N_("Of one body."))] = None,
    as_json: Json = False,
) -> None:
    """Lists the meetings of bodies."""
    from services.reading.meetings import meetings as read

    terminal = here(context)
    with terminal.reading() as home:
        found = read(home, f"body:{body.removeprefix('body:')}" if body else None)
    terminal.answer({"items": found}, as_json, lambda: show_meetings(terminal, found))


MEETING_STATES = {"announced": N_("announced"), "cancelled": N_("cancelled"), "held": N_("held")}


def show_meetings(terminal: Terminal, found: list[dict[str, Any]]) -> None:
    """A line for each."""
    from projections.phrases.dates import write_date

    columns = [Column(terminal.say(N_("Date")), 24), Column(terminal.say(N_("Body")), 32), Column(terminal.say(N_("State")))]
    rows = [
        (write_date(one["date"], terminal.lang), one["body"]["name"],
         terminal.say(MEETING_STATES[one["state"]] if one["confirmed"] else N_("to be confirmed")))
        for one in found
    ]  # fmt: skip
    terminal.print(*(table(columns, rows) if rows else [terminal.say(N_("No body has a meeting."))]))
