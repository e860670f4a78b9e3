"""`organisation`: the name, the working days and hours, the language that hold for everyone here."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Any

import typer

from cli.acting import read_id, tell
from cli.given import read_given
from cli.layout import Column, bold, card, table
from cli.options import As, CommandId, Json
from cli.terminal import Terminal, here
from projections.phrases.catalogue import N_

PATH = "suivi organisation"


def organisation(
    context: typer.Context,
    given: Annotated[
        list[str] | None,
        typer.Option("--set", metavar=N_("NAME=VALUE"), help=N_("What holds from now on; as many as needed.")),
    ] = None,
    command_id: CommandId = None,
    acting_as: As = None,
    as_json: Json = False,
) -> None:
    """Shows, or configures, the organisation."""
    from services.organisation import configure, shape

    terminal = here(context)
    if not given:
        with terminal.home() as home:
            shown = shape(home.store, terminal.lang)
        return terminal.answer(shown, as_json, lambda: show(terminal, shown))
    typed, id = read_given(given, PATH), read_id(command_id)
    with terminal.acting() as (home, actor):
        outcome = configure(home.store, actor, typed, id)
        home.settle(outcome)
        shown = shape(home.store, terminal.lang)
    tell(terminal, outcome)
    return terminal.answer(shown, as_json, lambda: show(terminal, shown, terminal.say(N_("Recorded.")), ""))


def show(terminal: Terminal, shown: dict[str, Any], *before: str) -> None:
    """The settings, then the holidays to come."""
    columns = [Column(terminal.say(N_("Date")), 24), Column(terminal.say(N_("Holiday")))]
    rows = [(_day(terminal, each["date"]), each["name"]) for each in shown["holidays"]]
    heading = bold(terminal.say(N_("Holidays of the next twelve months, weekends apart")))
    terminal.print(*before, *card(settings(terminal, shown)))
    if rows:
        terminal.print("", heading, *table(columns, rows))
    hint = N_("To change: suivi organisation --set NAME=VALUE; the names are in suivi organisation --help")
    terminal.print("", terminal.say(hint))


def settings(terminal: Terminal, shown: dict[str, Any]) -> list[tuple[str, str]]:
    """Each setting under its label."""
    from domain.time import spans
    from projections.phrases.catalogue import listed
    from projections.phrases.choices import INCLUSIVE, JURISDICTIONS, LANGUAGES, SPACED
    from projections.phrases.dates import write_hour

    say, lang = terminal.say, terminal.lang
    days = [_day(terminal, each) for each in spans(map(date.fromisoformat, shown["days_off"]))]
    opens, closes = (write_hour(time.fromisoformat(shown[each]), lang) for each in ("opens", "closes"))
    return [
        (say(N_("Name")), shown["name"] or say(N_("not given yet"))),
        (say(N_("Time zone")), shown["zone"]),
        (say(N_("Holidays")), listed([say(JURISDICTIONS[each]) for each in shown["jurisdictions"]], lang)),
        (say(N_("Own days off")), "\n".join(days) or say(N_("none"))),
        *recesses(terminal, shown),
        (say(N_("Working hours")), say(N_("from {opens} to {closes}"), opens=opens, closes=closes)),
        (
            say(N_("Late, very late")),
            say(N_("after {late} and {very} days of waiting"), late=shown["late_after"], very=shown["very_late_after"]),
        ),
        (say(N_("Seasons begin")), listed([_day(terminal, f"XXXX-{day}") for day in shown["seasons"].values()], lang)),
        (say(N_("Year begins in")), _day(terminal, f"XXXX-{shown['year_begins']:02}")),
        (say(N_("Inclusive writing")), say(INCLUSIVE[shown["inclusive"]])),
        (say(N_("Double punctuation")), say(SPACED[shown["spaced_signs"]])),
        (say(N_("Language")), say(LANGUAGES[shown["lang"]])),
    ]


def recesses(terminal: Terminal, shown: dict[str, Any]) -> list[tuple[str, str]]:
    """Those of each legislature that has any, by the year in which they begin; else that there are none."""
    from projections.phrases.choices import LEGISLATURES

    label = terminal.say(N_("Recesses"))
    held = {terminal.say(LEGISLATURES[whose]): periods for whose, periods in shown["recesses"].items()}
    lines = [
        line for name, periods in held.items() for line in (name, *(f"  {_day(terminal, each)}" for each in periods))
    ]
    return [(label, "\n".join(lines) or terminal.say(N_("none")))]


def _day(terminal: Terminal, edtf: str) -> str:
    from projections.phrases.dates import write_date

    return write_date(edtf, terminal.lang)
