"""The arguments and options that several verbs share."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.terminal import here
from projections.phrases.catalogue import N_


def _act_as(context: typer.Context, login: str | None) -> str | None:
    if login is not None:
        here(context).as_login = login
    return login


Ref = Annotated[
    str,
    typer.Argument(
        metavar="REF", help=N_("A case: 17, 2023:17, or any number of a bundle. Also body:KEY, person:KEY…")
    ),
]
Json = Annotated[bool, typer.Option("--json", help=N_("Answer with one JSON document."))]
AsOf = Annotated[
    str | None,
    typer.Option(metavar="DATE", help=N_("As things stood at the end of that day, from all that is known today.")),
]
KnownAt = Annotated[
    str | None,
    typer.Option(metavar="INSTANT", help=N_("As it was known here at that instant, such as 2024-06-26T12:00.")),
]
As = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar=N_("LOGIN"),
        callback=_act_as,
        help=N_("For administrators: act for someone else; it is recorded."),
    ),
]
Part = Annotated[
    str | None,
    typer.Option(metavar=N_("PART"), help=N_("One part only: its label, or one of its numbers.")),
]
Occurred = Annotated[
    str | None,
    typer.Option(metavar="DATE", help=N_("When it happened, if it was not today: 2024-06-26, 2024-06, 26 juin 2024…")),
]
CommandId = Annotated[
    str | None,
    typer.Option(
        "--command-id", metavar="ID", help=N_("A UUID of your own: sent again, the same request is recorded once.")
    ),
]
