"""`letter`: the reminder that may be sent to an office, as a file to read, change and send."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.options import Json
from cli.terminal import here
from cli.usage import one_of
from domain.values import Lang
from projections.phrases.catalogue import N_

PATH = "suivi letter"
LANGUAGES: dict[str, Lang] = {"fr": "fr", "francais": "fr", "french": "fr", "en": "en", "anglais": "en", "english": "en"}


def letter(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help=N_("A thread with an office: demarche:3, or 3."))],
    out: Annotated[
        Path | None, typer.Option(metavar=N_("FILE"), help=N_("Where to write it; here, under a name of its own, unless said."))
    ] = None,
    lang: Annotated[
        str | None, typer.Option(metavar=N_("LANGUAGE"), help=N_("fr or en; in the organisation’s unless said."))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=N_("Replace a file of that name."))] = False,
    as_json: Json = False,
) -> None:
    """Prepares a reminder letter."""
    from services.attachments.paths import write
    from services.letters.drafting import letter_to

    terminal = here(context)
    language = None if lang is None else one_of(lang, LANGUAGES, "--lang", PATH)
    with terminal.home() as home:
        made = letter_to(home, ref, language)
    file = out or Path(made.name)
    size = write([made.content], file, over=force)
    done = terminal.say(N_("The letter is in “{file}”: read it, fill in what is between brackets, and send it."), file=file)
    hint = terminal.say(N_("Once it has gone: suivi act {ref} remind"), ref=made.ref)
    terminal.answer({"file": str(file), "bytes": size}, as_json, lambda: terminal.print(done, hint))
