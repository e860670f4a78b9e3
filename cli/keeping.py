"""`rebuild`, `projections`, `backup`, `restore`, `doctor`, `version`: keeping the house in order."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.layout import Column, card, table, wrapped
from cli.options import Json
from cli.terminal import PATIENCE, Terminal, here
from projections.phrases.catalogue import N_

PROJECT = Path(__file__).parents[1] / "pyproject.toml"  # Suivi runs from its checkout, or from an image of it
File = Annotated[Path, typer.Argument(metavar=N_("FILE"), readable=False, help=N_("One file, attachments included."))]

FACTS = {
    "home": N_("Data folder"),
    "log": N_("Log"),
    "events": N_("Recorded entries"),
    "server_version": N_("PostgreSQL, version"),
    "data_checksums": N_("Checksums"),
    "python": N_("Python, version"),
    "mail": N_("Mail server"),
}  # the rest are settings of PostgreSQL, by their own names


def rebuild(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar=N_("NAME"), help=N_("One projection: cases or directory; all without a name.")),
    ] = None,
    as_json: Json = False,
) -> None:
    """Makes the lists anew from the log."""
    from services.rebuilding import rebuild as make

    terminal = here(context)
    with terminal.home() as home:
        rows = make(home, name, Progress(terminal))
    terminal.answer({"items": rows}, as_json, lambda: show_projections(terminal, rows))


class Progress:
    """Tells how far a long work is, every few seconds."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal, self._told = terminal, time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self._told >= PATIENCE:
            self._told = time.monotonic()
            self._terminal.tell(N_("{done} of {total} entries"), done=done, total=total)


def projections(context: typer.Context, as_json: Json = False) -> None:
    """Says where the lists stand."""
    from services.rebuilding import status

    terminal = here(context)
    with terminal.home() as home:
        rows = status(home)
    terminal.answer({"items": rows}, as_json, lambda: show_projections(terminal, rows))


def show_projections(terminal: Terminal, rows: list[dict[str, Any]]) -> None:
    """Each with its version, its place in the log and how far behind it is."""
    heads = (N_("Name"), N_("Version"), N_("Position"), N_("Behind by"), N_("Stopped by"))
    listed = [
        [row["name"], str(row["version"]), str(row["position"]), str(row["lag"]), row["failed"] or ""] for row in rows
    ]
    columns = [Column(terminal.say(head), 16) for head in heads[:-1]]
    terminal.print(*table([*columns, Column(terminal.say(heads[-1]))], listed))


def backup(context: typer.Context, file: File, as_json: Json = False) -> None:
    """Saves everything in one file."""
    from services.backup import backup as save

    terminal = here(context)
    with terminal.reading() as home:
        save(home, file, terminal.progress)
    size = file.stat().st_size
    done = terminal.say(N_("Everything is saved in “{file}” ({size} kB)."), file=file, size=-(-size // 1000))
    terminal.answer({"file": str(file), "bytes": size}, as_json, lambda: terminal.print(done))


def restore(context: typer.Context, file: File, as_json: Json = False) -> None:
    """Puts a backup back, into an empty home."""
    from services.backup import restore as put_back

    terminal = here(context)
    put_back(terminal.settings, file, terminal.progress)
    done = terminal.say(N_("“{file}” is restored in “{home}”."), file=file, home=terminal.settings.home)
    hint = terminal.say(N_("To see the cases: suivi cases"))
    shape = {"file": str(file), "home": str(terminal.settings.home)}
    terminal.answer(shape, as_json, lambda: terminal.print(done, hint))


def doctor(context: typer.Context, as_json: Json = False) -> None:
    """Examines the installation."""
    from services.doctor import examine

    terminal = here(context)
    with terminal.home() as home:
        seen = examine(home)
    found = [terminal.say(finding) for finding in seen.findings]
    kinds = [type(finding).__name__ for finding in seen.findings]
    items = [{"kind": kind, "message": message} for kind, message in zip(kinds, found, strict=True)]
    terminal.answer({"facts": seen.facts, "items": items}, as_json, lambda: show_findings(terminal, seen.facts, found))
    if found:
        for message in found if as_json else ():
            terminal.tell("{message}", message=message)
        raise typer.Exit(1)


def show_findings(terminal: Terminal, facts: dict[str, str], found: list[str]) -> None:
    """The settings looked at, then what is to be mended."""
    terminal.print(*card((terminal.say(FACTS.get(name, "{name}"), name=name), said) for name, said in facts.items()), "")
    for message in found:
        terminal.print(*wrapped(f"– {message}"))
    if not found:
        terminal.print(terminal.say(N_("All is well.")))


def version(context: typer.Context, as_json: Json = False) -> None:
    """Says which Suivi this is."""
    import tomllib

    terminal = here(context)
    number = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"]
    terminal.answer({"version": number}, as_json, lambda: terminal.print(f"Suivi {number}"))
