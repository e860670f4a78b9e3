"""Accounts for those who were invited, and the account that a login or an address means."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.directory import CreatePerson, Person
from domain.errors import Invalid, Refused
from domain.words import slug
from services.accounts import (
    GRANTED,
    Account,
    HasAccount,
    LastAdministrator,
    LoginUnknown,
    RoleUnknown,
    administrators,
    administrators_only,
    all_accounts,
    entered,
    keep_address,
    one_at_a_time,
    person_of,
)
from services.execute import Actor
from services.mail.messages import address
from services.store import Store

_NAMED = """SELECT a.login, a.person, a.roles, a.login = %(word)s FROM suivi.accounts a
              LEFT JOIN suivi.own_addresses o USING (person)
             WHERE NOT a.disabled AND (a.login = %(word)s OR lower(o.mail) = lower(%(word)s))
             ORDER BY a.login <> %(word)s LIMIT 2"""
_INSERT = "INSERT INTO suivi.accounts (login, person, roles, added_by) VALUES (%s, %s, %s, %s)"
_ROLES = """UPDATE suivi.accounts SET roles = %s, changed_at = clock_timestamp()
             WHERE person = %s AND NOT (roles @> %s AND roles <@ %s)"""


class RolesNeeded(Invalid):
    """Say what this person may do: {roles}."""


class AddressNeeded(Refused):
    """“{name}” has no address for mail that a link could be sent to. Give one."""


def account_named(store: Store, word: str) -> Account | None:
    """The open account of a login, else of an address that only one account has."""
    found = (
        store.connection.execute(_NAMED, {"word": word.strip()}, prepare=True).fetchall() if "\0" not in word else []
    )
    if not found or (len(found) > 1 and not found[0][3]):
        return None
    login, person, roles, _ = found[0]
    return Account(login, person, frozenset(roles))


def account_of(store: Store, person: UUID) -> Account | None:
    """The account of a person, closed or not."""
    row = store.connection.execute(
        "SELECT login, person, roles, disabled FROM suivi.accounts WHERE person = %s", (person,)
    ).fetchone()
    return Account(row[0], row[1], frozenset(row[2]), row[3]) if row else None


def own_address(store: Store, person: UUID) -> str | None:
    """Where the ways back into the account are sent."""
    row = store.connection.execute("SELECT mail FROM suivi.own_addresses WHERE person = %s", (person,)).fetchone()
    return row[0] if row else None


def person_with(store: Store, login: str) -> Person:
    """The person of an open account. Raises `LoginUnknown`."""
    account = account_named(store, login)
    person = person_of(store, account.person) if account else None
    if person is None:
        raise LoginUnknown(login=login, logins=sorted(a.login for a in all_accounts(store)))
    return person


def to_invite(store: Store, actor: Actor, name: str, roles: Sequence[str], mail: str | None) -> Person:
    """Someone of the directory, entered there if need be, who may be sent an invitation. Raises what keeps them from it."""
    administrators_only(store, actor)
    check_roles(roles)
    if mail and address(mail) is None:
        raise AddressNeeded(name=name)
    person = person_of(store, entered(store, CreatePerson(name=name, mail=mail), actor, None))
    assert person
    if other := account_of(store, person.id):
        raise HasAccount(name=person.name, login=other.login)
    if address(person.mail or "") is None:
        raise AddressNeeded(name=person.name)
    return person


def check_roles(roles: Sequence[str]) -> None:
    """Raises what is wrong with roles that someone is to have."""
    if not roles:
        raise RolesNeeded(roles=list(GRANTED))
    for role in roles:
        if role not in GRANTED:
            raise RoleUnknown(role=role, roles=list(GRANTED))


def open_account(store: Store, person: UUID, roles: Sequence[str], by: UUID, mail: str | None) -> Account:
    """An account for someone who has none, under a login made of their name."""
    check_roles(roles)
    found = person_of(store, person)
    name = slug(found.name if found else "")
    with one_at_a_time(store):
        taken = {account.login for account in all_accounts(store)}
        login = next(each for each in (name, *(f"{name}-{n}" for n in range(2, len(taken) + 3))) if each not in taken)
        store.connection.execute(_INSERT, (login, person, sorted(set(roles)), by))
    if mail:
        keep_address(store, person, mail)
    return Account(login, person, frozenset(roles))


def take_roles(store: Store, person: UUID, roles: Sequence[str]) -> None:
    """The account has these roles from now on. Raises `LastAdministrator` rather than leave nobody to open accounts."""
    check_roles(roles)
    with one_at_a_time(store):
        account = account_of(store, person)
        if account and "administrator" not in roles and administrators(all_accounts(store)) == [account.login]:
            raise LastAdministrator(login=account.login)
        given = sorted(set(roles))
        store.connection.execute(_ROLES, (given, person, given, given))
