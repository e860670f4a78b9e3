"""`demo`: the demonstration assembly, loaded once; and the store whose time is moved by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from cli.layout import bold, wrapped
from cli.options import As, Json
from cli.terminal import Terminal, here
from domain.time import local_day
from projections.phrases.catalogue import N_

if TYPE_CHECKING:
    from services.demonstration import Loaded

ON = timedelta(days=7)  # how far a person is shown to move the time: in such a week something rings


def demo(
    context: typer.Context,
    simulated: Annotated[
        bool,
        typer.Option(
            "--simulated",
            help=N_("In an empty store, whose time then begins on 18 September 2024 and is moved by hand."),
        ),
    ] = False,
    login: As = None,
    as_json: Json = False,
) -> None:
    """Loads the demonstration."""
    from services.demonstration import STANDS_AT, load
    from services.reading.histories import utc
    from services.simulation import begin, simulated_at

    terminal = here(context)
    with terminal.home() as home:
        if simulated and simulated_at(home.store) is None:
            begin(home.store, STANDS_AT)
        loaded = load(home, terminal.actor(home))
        now = simulated_at(home.store)
    if loaded.notice:
        raise loaded.notice
    unchanged = [ref for ref in loaded.cases if ref not in loaded.created]
    shape = {"assembly": loaded.key, "created": loaded.created, "unchanged": unchanged, "simulated_at": utc(now)}
    terminal.answer(shape, as_json, lambda: terminal.print(*told(terminal, loaded, now)))


def told(terminal: Terminal, loaded: Loaded, now: datetime | None) -> list[str]:
    """What a person reads: what was loaded, which time it is there, what to type next."""
    lines = [bold(verdict(terminal, loaded))]
    if now:
        day = local_day(now + ON, terminal.zone)
        lines += wrapped(terminal.say(N_("The time of this store is simulated: it is {now}."), now=now))
        lines += wrapped(terminal.say(N_("To move it on: suivi sweep --now {later}"), later=f"{day}T12:00"))
    lines.append(terminal.say(N_("To see the cases: suivi cases")))
    lines.append(terminal.say(N_("To see one, and what is possible now: suivi case {ref}"), ref=f"{loaded.key}:17"))
    return lines


def verdict(terminal: Terminal, loaded: Loaded) -> str:
    """In one sentence."""
    n, total = len(loaded.created), len(loaded.cases)
    if not n:
        return terminal.say(N_("The demonstration is here already: nothing was loaded."))
    if n < total:
        one = N_("The demonstration is complete: {n} case was missing.")
        return terminal.count(one, "The demonstration is complete: {n} cases were missing.", n)
    say = N_("The demonstration is loaded: {cases} cases for {numbers} numbers. Nothing was sent to anyone.")
    return terminal.say(say, cases=total, numbers=loaded.numbers)
