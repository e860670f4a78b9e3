"""`user add|list|disable`: who may act, and as what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.layout import Column, table
from cli.options import As, Json
from cli.terminal import Terminal, here
from cli.usage import one_of
from projections.phrases.catalogue import N_

if TYPE_CHECKING:
    from domain.values import Lang
    from services.accounts import Account

ROLES = {
    "officer": "officer", "officier": "officer", "officiere": "officer",
    "secretary": "secretary", "secretaire": "secretary", "secretariat": "secretary",
    "administrator": "administrator", "administrateur": "administrator", "administratrice": "administrator",
    "administration": "administrator",
    "auditor": "auditor", "verificateur": "auditor", "verificatrice": "auditor", "verification": "auditor",
    "member": "member", "membre": "member",
}  # fmt: skip

LANGUAGES: dict[str, Lang] = {
    "fr": "fr", "francais": "fr", "french": "fr", "en": "en", "anglais": "en", "english": "en",
}  # fmt: skip

ADDED = N_(
    "“{login}” may now act here: {roles}. If their account on the computer has another name: SUIVI_USER={login}"
)


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("The account’s name, or the person’s."))],
    role: Annotated[
        list[str],
        typer.Option(metavar=N_("ROLE"), help=N_("officer, secretary, administrator or auditor; may be repeated.")),
    ],
    login: Annotated[
        str | None, typer.Option(metavar=N_("LOGIN"), help=N_("The account, if it is not NAME: marie"))
    ] = None,
    mail: Annotated[str | None, typer.Option(metavar=N_("ADDRESS"), help=N_("The person’s address."))] = None,
    lang: Annotated[
        str | None,
        typer.Option(metavar="fr|en", help=N_("The language they are written to in, if not the organisation’s.")),
    ] = None,
    acting_as: As = None,
    as_json: Json = False,
) -> None:
    """Lets someone act."""
    from domain.words import slug
    from services.accounts import add as open_account

    terminal = here(context)
    roles = [one_of(each, ROLES, "--role", "suivi user add") for each in role]
    language = None if lang is None else one_of(lang, LANGUAGES, "--lang", "suivi user add")
    account = login or (name if name.split() == [name] else slug(name))
    with terminal.acting() as (home, actor):
        added = open_account(home.store, actor, account, list(dict.fromkeys(roles)), name, mail, language)
        home.catch_up()
    show(terminal, added, ADDED, as_json)


def list_(context: typer.Context, as_json: Json = False) -> None:
    """Lists who may act."""
    from services.accounts import all_accounts

    terminal = here(context)
    with terminal.reading() as home:
        accounts = all_accounts(home.store)
    rows = [shape(account) for account in accounts]
    terminal.answer({"items": rows}, as_json, lambda: show_accounts(terminal, accounts))


def disable(
    context: typer.Context,
    login: Annotated[str, typer.Argument(metavar=N_("LOGIN"), help=N_("The account, as “suivi user list” prints it."))],
    acting_as: As = None,
    as_json: Json = False,
) -> None:
    """Closes an account."""
    from services.accounts import disable as close

    terminal = here(context)
    with terminal.acting() as (home, actor):
        closed = close(home.store, actor, login)
    show(
        terminal,
        closed,
        N_("“{login}” can no longer act here. To open it again: suivi user add {login} --role ROLE"),
        as_json,
    )


def show(terminal: Terminal, account: Account, said: str, as_json: bool) -> None:
    """What became of an account."""
    line = terminal.say(said, login=account.login, roles=_roles(terminal, account))
    terminal.answer(shape(account), as_json, lambda: terminal.print(line))


def show_accounts(terminal: Terminal, accounts: list[Account]) -> None:
    """Logins with their roles."""
    if not accounts:
        return terminal.print(terminal.say(N_("No account yet: the first person who writes becomes administrator.")))
    columns = [Column(terminal.say(N_("Account")), 30), Column(terminal.say(N_("Roles"))), Column("", 12)]
    closed = terminal.say(N_("disabled"))
    rows = [(a.login, ", ".join(_roles(terminal, a)), closed if a.disabled else "") for a in accounts]
    terminal.print(*table(columns, rows))
    return None


def shape(account: Account) -> dict[str, Any]:
    """An account as plain data."""
    return {"login": account.login, "person": str(account.person), "roles": sorted(account.roles),
            "disabled": account.disabled}  # fmt: skip


def _roles(terminal: Terminal, account: Account) -> list[str]:
    from workflows.vocabulary import ROLES as NAMES

    return [terminal.say(NAMES[role]) for role in sorted(account.roles)]
