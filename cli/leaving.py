"""`export`: what the organisation holds, for whoever leaves Suivi."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryFile
from typing import Annotated

import typer

from cli.options import Json
from cli.reporting import Progress, pieces
from cli.terminal import Terminal, here
from projections.phrases.catalogue import N_

DONE = N_("{count} entries of the log are in “{file}”.")
WITH_FILES = N_("“{file}” holds the log (entries: {count}), the tables and the attached files ({files}).")
WITHHELD = N_("Entries left out, being of cases that you may not read: {count}. To take them all: --everything")
DAMAGED = N_("Attached files that did not leave, being damaged or gone ({count}): {names}. suivi doctor says more.")
FEW = 5  # names that a sentence holds


def export(
    context: typer.Context,
    out: Annotated[
        Path, typer.Option(metavar=N_("FILE"), help=N_("Where to write it: an archive if the name ends in .zip, else the log."))
    ],
    everything: Annotated[
        bool, typer.Option("--everything", help=N_("Also what is shown to named people only, as in a backup."))
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=N_("Replace a file of that name."))] = False,
    as_json: Json = False,
) -> None:
    """Writes the whole log as CloudEvents, or an archive that has it with tables and files; all of it or nothing."""
    from services.attachments import paths
    from services.leaving import Form
    from services.leaving import export as leave

    terminal = here(context)
    form: Form = "zip" if out.suffix.lower() == ".zip" else "jsonl"
    with TemporaryFile() as made:
        with terminal.reading() as home, Progress(terminal) as progress:
            left = leave(home, made, form, everything=everything, lang=terminal.settings.lang, progress=progress.tell)
        made.seek(0)
        size = paths.write(pieces(made), out, over=force)
    _warn(terminal, left.withheld, left.damaged)
    told = terminal.say(WITH_FILES if form == "zip" else DONE, count=left.entries, file=out, files=left.files)
    answer = {"file": str(out), "bytes": size, "entries": left.entries, "withheld": left.withheld, "files": left.files,
              "damaged": list(left.damaged)}  # fmt: skip
    terminal.answer(answer, as_json, lambda: terminal.print(told))


def _warn(terminal: Terminal, withheld: int, damaged: tuple[str, ...]) -> None:
    """Says what did not leave."""
    if withheld:
        terminal.tell(WITHHELD, count=withheld)
    if damaged:
        terminal.tell(DAMAGED, count=len(damaged), names=list(damaged[:FEW]))

