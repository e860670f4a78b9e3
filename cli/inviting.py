"""`user invite|reset`: links by which people open their account, or come back into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import As, Json
from cli.terminal import Terminal, here
from cli.usage import one_of
from cli.users import ROLES
from projections.phrases.catalogue import N_

if TYPE_CHECKING:
    from services.signing_in.invitations import Sent

GOES = N_("A message is on its way to {mail}. The link serves once, until {instant}.")
HAND = N_("No mail server is set (SMTP_URL). Hand this link over yourself; it serves once, until {instant}:")


def invite(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("The person, of the directory or new."))],
    role: Annotated[
        list[str],
        typer.Option(metavar=N_("ROLE"), help=N_("officer, secretary, administrator or auditor; may be repeated.")),
    ],
    mail: Annotated[str | None, typer.Option(metavar=N_("ADDRESS"), help=N_("The person’s address."))] = None,
    acting_as: As = None,
    as_json: Json = False,
) -> None:
    """Invites someone to open an account."""
    from services import access
    from services.signing_in.invitations import invite as send

    terminal = here(context)
    roles = [one_of(each, ROLES, "--role", "suivi user invite") for each in role]
    with terminal.acting() as (home, actor):
        sent = send(home.store, home.settings, actor, name, list(dict.fromkeys(roles)), mail)
        access.record(home.store, "invited", actor.person, str(sent.person.id))
        home.catch_up()
        show(terminal, sent, home.settings.smtp_url is None, as_json)


def reset(
    context: typer.Context,
    login: Annotated[str, typer.Argument(metavar=N_("LOGIN"), help=N_("The account, as “suivi user list” prints it."))],
    acting_as: As = None,
    as_json: Json = False,
) -> None:
    """Sends someone a way back into their account."""
    from services import access
    from services.signing_in.invitations import reset as send

    terminal = here(context)
    with terminal.acting() as (home, actor):
        sent = send(home.store, home.settings, actor, login)
        access.record(home.store, "account-changed", actor.person, str(sent.person.id))
        show(terminal, sent, home.settings.smtp_url is None, as_json)


def show(terminal: Terminal, sent: Sent, by_hand: bool, as_json: bool) -> None:
    """Where the link goes; the link itself, where no mail can take it there."""
    said = terminal.say(HAND if by_hand else GOES, mail=sent.mail or "", instant=sent.until)
    shape = {"person": str(sent.person.id), "kind": sent.kind, "mail": sent.mail, "until": sent.until.isoformat()}
    lines = [said, *([sent.address] if by_hand else [])]
    terminal.answer(shape | ({"link": sent.address} if by_hand else {}), as_json, lambda: terminal.print(*lines))
