"""`make up`: a home of the checkout's own with the demonstration assembly, its list, and what to type next."""

from __future__ import annotations

import sys
from pathlib import Path
from shlex import quote
from typing import NoReturn

from cli.main import guarded, opened
from cli.reading import case_lines, need_assembly
from cli.terminal import Terminal
from projections.phrases.catalogue import N_

KEY = "demo-2023"  # a key of its own: a real assembly of 2023 can stand beside it
SAMPLE = Path(__file__).parents[1] / "services" / "imports" / "samples" / "suivi_2023.txt"
DATED = "2024-09~"  # about when the sample was written


def up(terminal: Terminal) -> None:
    """Brings the demonstration in, once, then shows it."""
    from services.imports.service import record_import
    from services.reading import When, cases
    from services.refs import Refs

    with terminal.reading() as home:
        if Refs(home.store).key("assembly", KEY) is None:
            actor = terminal.actor(home)
            terminal.tell(N_("Bringing the demonstration assembly in, once."))
            _, outcome = record_import(home, actor, SAMPLE, "follow-up", KEY, DATED)
            home.settle(outcome)
        rows = cases(home, When())
        whole = need_assembly(home, rows)
    terminal.print(*case_lines(terminal, rows, whole), "", *following(terminal))


def following(terminal: Terminal) -> list[str]:
    """Commands to type, whole: nothing else needs to be set."""
    program = f"SUIVI_HOME={quote(str(terminal.settings.home))} {quote(str(Path(sys.prefix) / 'bin' / 'suivi'))}"
    commands = [
        (N_("One case, and what is possible now"), f"case {KEY}:17"),
        (N_("Refer it to a committee"), f"act {KEY}:17 refer --set body={quote('Comité de l’environnement')}"),
        (N_("Its whole history"), f"history {KEY}:17"),
        (N_("Establish the proposed states that are sure"), "confirm --all --confidence high"),
        (N_("Bring your own report in"), f"import {terminal.say('FILE')} --dry-run"),
        (N_("All commands"), "--help"),
    ]
    lines = [terminal.say(N_("What to type next:"))]
    for said, command in commands:
        lines += [f"  {terminal.say(said)}", f"    {program} {command}"]
    return lines


def main() -> NoReturn:
    """Run as `python -m cli.up`."""
    terminal = opened()
    sys.exit(guarded(terminal, ["up"], lambda: up(terminal)))


if __name__ == "__main__":
    main()
