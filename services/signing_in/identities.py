"""Who someone is here, by what the provider says of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import psycopg

from domain.errors import Forbidden, Refused
from services.accounts import Account
from services.signing_in import links
from services.signing_in.opening import account_of, open_account, take_roles
from services.signing_in.provider import Provider
from services.store import Store

_FIND = "SELECT person FROM suivi.identities WHERE issuer = %s AND subject = %s"
_ADD = "INSERT INTO suivi.identities VALUES (%s, %s, %s, clock_timestamp())"
_LINKED = "SELECT EXISTS (SELECT FROM suivi.identities WHERE person = %s AND issuer = %s)"


class NotInvited(Forbidden):
    """The provider knows you, but you have no account here, and no invitation to that address. Ask an administrator for one."""


class NoRoleInGroups(Forbidden):
    """None of your groups at the provider opens anything here. Ask an administrator."""


class IdentityTaken(Refused):
    """Another account is linked with this identity already."""


def enter(store: Store, provider: Provider, claims: Mapping[str, Any]) -> Account:
    """The account of who came, opened by their invitation the first time, with the roles that their groups have now.
    Raises `NotInvited`, `NoRoleInGroups`."""
    with store.connection.transaction():
        roles = roles_of(provider, claims)
        person = _known(store, claims) or _invited(store, claims, roles)
        account = account_of(store, person)
        if account is None or account.disabled:
            raise NotInvited()
        if roles is not None:
            take_roles(store, person, sorted(roles))
        found = account_of(store, person)
        assert found
        return found


def link(store: Store, person: UUID, claims: Mapping[str, Any]) -> None:
    """Someone who is in enters by the provider from now on as well. Raises `IdentityTaken`."""
    if (known := _known(store, claims)) not in (None, person):
        raise IdentityTaken()
    if known is None:
        _add(store, claims, person)


def linked(store: Store, provider: Provider, person: UUID) -> bool:
    """Whether the person enters by the provider."""
    return store.connection.execute(_LINKED, (person, provider.issuer)).fetchone() == (True,)


def unlink(store: Store, provider: Provider, person: UUID) -> None:
    """The person enters by the provider no more."""
    store.connection.execute("DELETE FROM suivi.identities WHERE person = %s AND issuer = %s", (person, provider.issuer))


def roles_of(provider: Provider, claims: Mapping[str, Any]) -> frozenset[str] | None:
    """The roles of the groups of who came; null where groups have none here. Raises `NoRoleInGroups`."""
    if not provider.roles:
        return None
    told = claims.get(provider.group_claim)
    groups = told if isinstance(told, list) else [told]
    roles = frozenset[str]().union(*(provider.roles.get(each, ()) for each in groups if isinstance(each, str)))
    if not roles:
        raise NoRoleInGroups()
    return roles


def _known(store: Store, claims: Mapping[str, Any]) -> UUID | None:
    row = store.connection.execute(_FIND, (claims["iss"], claims["sub"])).fetchone()
    return row[0] if row else None


def _invited(store: Store, claims: Mapping[str, Any], roles: frozenset[str] | None) -> UUID:
    """Takes the invitation that went to an address of theirs, if the provider has verified that it is. `xms_edov` is how
    Microsoft says so."""
    mail = claims.get("email")
    verified = claims.get("email_verified") is True or claims.get("xms_edov") in (True, 1, "1", "true")
    found = links.invitation_to(store, mail) if isinstance(mail, str) and verified else None
    if found is None:
        raise NotInvited()
    links.use(store, found)
    open_account(store, found.person, sorted(roles or found.roles), found.added_by, found.mail)
    _add(store, claims, found.person)
    return found.person


def _add(store: Store, claims: Mapping[str, Any], person: UUID) -> None:
    try:
        with store.connection.transaction():
            store.connection.execute(_ADD, (claims["iss"], claims["sub"], person))
    except psycopg.errors.UniqueViolation as error:
        raise IdentityTaken() from error
