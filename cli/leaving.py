"""`export`: everything that was recorded, for whoever leaves Suivi."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryFile
from typing import Annotated

import typer

from cli.options import Json
from cli.reporting import Progress, pieces
from cli.terminal import here
from projections.phrases.catalogue import N_

DONE = N_("{count} entries of the log are in “{file}”.")


def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option(metavar=N_("FILE"), help=N_("Where to write it."))],
    force: Annotated[bool, typer.Option("--force", help=N_("Replace a file of that name."))] = False,
    as_json: Json = False,
) -> None:
    """Writes the whole log as CloudEvents, all of it or nothing."""
    from services.attachments import paths
    from services.leaving import export as leave

    terminal = here(context)
    with TemporaryFile() as made:
        with terminal.reading() as home, Progress(terminal) as progress:
            count = leave(home, made, progress.tell)
        made.seek(0)
        size = paths.write(pieces(made), out, over=force)
    told = terminal.say(DONE, count=count, file=out)
    terminal.answer({"file": str(out), "bytes": size, "entries": count}, as_json, lambda: terminal.print(told))
