"""Inviting someone to open an account, a way back in for who forgot their password, and what becomes of both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.directory import Person
from services.accounts import Account, administrators_only, keep_address, person_of
from services.execute import Actor
from services.settings import Settings
from services.signing_in import links
from services.signing_in.links import Kind, Link, LinkOpensNothing, make, secret_of
from services.signing_in.messages import post
from services.signing_in.opening import (
    account_named,
    account_of,
    open_account,
    own_address,
    person_with,
    to_invite,
)
from services.signing_in.passwords import choose
from services.signing_in.sessions import end_all
from services.store import Store


class Sent(NamedTuple):
    """A link on its way to someone, at `mail`; `address`: the same, to be handed over where no mail leaves."""

    id: UUID
    kind: Kind
    person: Person
    address: str
    mail: str | None
    until: datetime


def invite(
    store: Store, settings: Settings, actor: Actor, name: str, roles: Sequence[str], mail: str | None = None
) -> Sent:  # fmt: skip
    """Sends a link by which someone of the directory, entered there if need be, opens an account with these roles. A former
    one of theirs serves no more. Raises what keeps them from having one."""
    person = to_invite(store, actor, name, roles, mail)
    return _send(store, settings, "invitation", person, person.mail, actor.person, roles)


def reset(store: Store, settings: Settings, actor: Actor, login: str) -> Sent:
    """An administrator has a link sent by which someone chooses another password. Raises `LoginUnknown`."""
    administrators_only(store, actor)
    person = person_with(store, login)
    return _send(store, settings, "reset", person, person.mail, actor.person)


def forgot(store: Store, settings: Settings, word: str) -> bool:
    """The same, for whoever knows a login or an address; nothing is sent where no account has an address of its own. Whether
    a link was sent is for the log: nobody who asks is told."""
    account = account_named(store, word)
    mail = own_address(store, account.person) if account else None
    person = person_of(store, account.person) if account and mail else None
    if person is None:
        return False
    _send(store, settings, "reset", person, mail, person.id)
    return True


def withdraw(store: Store, actor: Actor, id: UUID) -> bool:
    """An administrator takes an invitation back; whether there was one."""
    administrators_only(store, actor)
    return links.revoke(store, id)


def accept(store: Store, secret: str, password: str | None) -> tuple[Link, Account]:
    """Takes the link: an account for who was invited, with a password if one was chosen; another password, and no session
    left, for who had forgotten theirs. Raises `LinkOpensNothing`, or what is wrong with the password: the link still serves."""
    link = links.read(store, secret)
    with store.connection.transaction():
        links.use(store, link)
        account = account_of(store, link.person)
        if link.kind == "invitation":
            account = open_account(store, link.person, link.roles, link.added_by, link.mail)
        elif link.mail:
            keep_address(store, link.person, link.mail)
        if account is None:
            raise LinkOpensNothing()
        if password is not None:
            person = person_of(store, link.person)
            choose(store, link.person, password, account.login, person.name if person else "")
        end_all(store, link.person)
    return link, account


def _send(
    store: Store, settings: Settings, kind: Kind, person: Person, mail: str | None, by: UUID, roles: Sequence[str] = ()
) -> Sent:  # fmt: skip
    with store.connection.transaction():
        id = make(store, kind, person.id, mail, by, roles)
        post(store, settings, kind, id, person, by)
        made = links.standing(store, id)
    if made is None:
        raise LinkOpensNothing()
    return Sent(id, kind, person, f"{settings.url}{links.PATH}?lien={secret_of(store, id)}", mail, made.expires_at)
