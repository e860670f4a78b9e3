"""`token add|list|revoke`: what programs enter through HTTP with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.layout import Column, table
from cli.options import As, Json
from cli.terminal import Terminal, here
from cli.usage import one_of
from projections.phrases.catalogue import N_

if TYPE_CHECKING:
    from services.tokens import Token

SCOPES = {"read": "read", "lecture": "read", "lire": "read", "write": "write", "ecriture": "write", "ecrire": "write"}
MEANT = {"read": N_("read"), "write": N_("write")}
DAYS = 90
Name = Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("What the token is for: “statistics”, “website”."))]


def add(
    context: typer.Context,
    name: Name,
    scope: Annotated[
        list[str] | None, typer.Option(metavar="read|write", help=N_("What it allows; who may write may read."))
    ] = None,
    days: Annotated[int, typer.Option(metavar="N", help=N_("For how many days it serves, 365 at most."))] = DAYS,
    acting_as: As = None,
    as_json: Json = False,
) -> None:
    """Makes a token."""
    from services.tokens import add as make

    terminal = here(context)
    scopes = [one_of(each, SCOPES, "--scope", "suivi token add") for each in scope or ["read"]]
    with terminal.acting() as (home, actor):
        token, secret = make(home.store, actor, name, scopes, days)
    if not as_json:
        terminal.tell(N_("This token is shown once. Keep it as you keep a password: whoever has it acts in your name."))
    terminal.answer(shape(token) | {"secret": secret}, as_json, lambda: terminal.print(secret))


def list_(context: typer.Context, acting_as: As = None, as_json: Json = False) -> None:
    """Lists the tokens that serve."""
    from services.tokens import all_tokens

    terminal = here(context)
    with terminal.acting() as (home, actor):
        tokens = all_tokens(home.store, actor)
    terminal.answer({"items": [shape(t) for t in tokens]}, as_json, lambda: show(terminal, tokens))


def revoke(context: typer.Context, name: Name, acting_as: As = None, as_json: Json = False) -> None:
    """Ends a token."""
    from services.tokens import revoke as end

    terminal = here(context)
    with terminal.acting() as (home, actor):
        token = end(home.store, actor, name)
    line = terminal.say(N_("The token “{name}” opens nothing any more."), name=name)
    terminal.answer(shape(token), as_json, lambda: terminal.print(line))


def show(terminal: Terminal, tokens: list[Token]) -> None:
    """Names, whose they are, what they allow, until when."""
    if not tokens:
        return terminal.print(terminal.say(N_("No token serves. To make one: suivi token add NAME")))
    heads = (N_("Name"), N_("Account"), N_("Allows"), N_("Until"))
    columns = [Column(terminal.say(head), 30) for head in heads]
    rows = [
        (t.name, t.login or "", ", ".join(terminal.say(MEANT[s]) for s in t.scopes),
         terminal.say("{day}", day=t.expires_at.date()))
        for t in tokens
    ]  # fmt: skip
    terminal.print(*table(columns, rows))
    return None


def shape(token: Token) -> dict[str, Any]:
    """A token as plain data, without its secret."""
    from services.reading.histories import utc

    return {"name": token.name, "login": token.login, "scopes": list(token.scopes),
            "created_at": utc(token.created_at), "expires_at": utc(token.expires_at)}  # fmt: skip
