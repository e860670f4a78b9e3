"""Who may act: a person of the directory, under a login, with roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from domain.directory import CreatePerson, Person, SetAddress, SetLanguage
from domain.errors import Forbidden, Invalid, NotFound, Refused, SuiviError
from domain.values import Lang
from domain.words import slug
from services.execute import Actor, Work, commit
from services.store import Store
from workflows.vocabulary import ROLES

FIRST = ("administrator", "secretary")
GRANTED = tuple(role for role in ROLES if role != "system")
_CHANGING = 0x53757041  # advisory lock
_ADDRESS = """INSERT INTO suivi.own_addresses VALUES (%s, %s, clock_timestamp())
              ON CONFLICT (person) DO UPDATE SET mail = EXCLUDED.mail, changed_at = EXCLUDED.changed_at"""


class FirstOfAll(SuiviError):
    """You are the first here: “{login}” is now secretary and administrator. Add the others with suivi user add NAME --role officer."""  # noqa: E501 - one sentence


class NoAccount(Forbidden):
    """“{login}” has no account here and can only read. Those who can add one: {administrators}."""


class Disabled(Forbidden):
    """The account “{login}” is disabled. Those who can open it again: {administrators}."""


class AdministratorsOnly(Forbidden):
    """Only an administrator can do this: {administrators}."""


class LoginUnknown(NotFound):
    """There is no account “{login}”. The accounts: {logins}."""


class RoleUnknown(Invalid):
    """“{role}” is not a role. The roles: {roles}."""


class LastAdministrator(Refused):
    """“{login}” is the only administrator left; make someone else one first."""


class HasAccount(Refused):
    """“{name}” is in the directory already, with the account “{login}”. If this is someone else, give a name that tells them apart."""  # noqa: E501 - one sentence


@dataclass(frozen=True)
class Account:
    """A login and what it may do."""

    login: str
    person: UUID
    roles: frozenset[str]
    disabled: bool = False


def find(store: Store, login: str) -> Account | None:
    """The open account of a login."""
    row = store.connection.execute(
        "SELECT login, person, roles FROM suivi.accounts WHERE login = %s AND NOT disabled", (login,), prepare=True
    ).fetchone()
    return Account(row[0], row[1], frozenset(row[2])) if row else None


def roles_of(store: Store, person: UUID) -> frozenset[str]:
    """What the person's open account lets them do; nothing without one."""
    row = store.connection.execute(
        "SELECT roles FROM suivi.accounts WHERE person = %s AND NOT disabled", (person,), prepare=True
    ).fetchone()
    return frozenset(row[0]) if row else frozenset()


def person_of(store: Store, person: UUID) -> Person | None:
    """The entry of the directory, if there is one."""
    return next(iter(store.load_all(Person, [person])), None)


def all_accounts(store: Store) -> list[Account]:
    """Every account, by login."""
    rows = store.connection.execute("SELECT login, person, roles, disabled FROM suivi.accounts ORDER BY login")
    return [Account(login, person, frozenset(roles), disabled) for login, person, roles, disabled in rows]


def enter(store: Store, login: str, as_login: str | None = None) -> tuple[Actor, FirstOfAll | None]:
    """Who acts under a login; the first of all in an empty store is made secretary and administrator, and told so.
    With `as_login`, an administrator acts with the roles of someone else, and it is recorded."""
    accounts = {account.login: account for account in all_accounts(store)}
    if not accounts:
        notice = _first(store, login)
        return enter(store, login, as_login)[0], notice
    account = _open(accounts, login)
    if as_login is None or as_login == login:
        return Actor(account.person, account.roles), None
    if "administrator" not in account.roles:
        raise AdministratorsOnly(administrators=administrators(accounts.values()))
    if as_login not in accounts:
        raise LoginUnknown(login=as_login, logins=sorted(accounts))
    other = _open(accounts, as_login)
    return Actor(account.person, other.roles, on_behalf_of=other.person), None


def add(
    store: Store, actor: Actor, login: str, roles: Sequence[str], name: str | None = None, mail: str | None = None,
    lang: Lang | None = None,
) -> Account:  # fmt: skip
    """Gives a login these roles, and its person this address and language, entering them in the directory if need be;
    opens a disabled account again."""
    administrators_only(store, actor)
    for role in roles:
        if role not in GRANTED:
            raise RoleUnknown(role=role, roles=list(GRANTED))
    with one_at_a_time(store):
        if "administrator" not in roles and administrators(all_accounts(store)) == [login]:
            raise LastAdministrator(login=login)
        made = _make(store, login, roles, CreatePerson(name=name or login, mail=mail, lang=lang), actor)
        if mail:
            keep_address(store, made.person, mail)
        return made


def keep_address(store: Store, person: UUID, mail: str) -> None:
    """The address of the account from now on: where a way back into it is sent."""
    store.connection.execute(_ADDRESS, (person, mail))


def disable(store: Store, actor: Actor, login: str) -> Account:
    """Closes an account; its person stays in the directory and in every history."""
    administrators_only(store, actor)
    with one_at_a_time(store):
        accounts = {account.login: account for account in all_accounts(store)}
        if login not in accounts:
            raise LoginUnknown(login=login, logins=sorted(accounts))
        if administrators(accounts.values()) == [login]:
            raise LastAdministrator(login=login)
        store.connection.execute(
            "UPDATE suivi.accounts SET disabled = true, added_by = %s, changed_at = clock_timestamp() WHERE login = %s",
            (actor.person, login),
        )
    return Account(login, accounts[login].person, accounts[login].roles, True)


def administrators(accounts: Any) -> list[str]:
    """The logins that can add and disable accounts."""
    return sorted(a.login for a in accounts if "administrator" in a.roles and not a.disabled)


def _open(accounts: dict[str, Account], login: str) -> Account:
    account = accounts.get(login)
    if account is None:
        raise NoAccount(login=login, administrators=administrators(accounts.values()))
    if account.disabled:
        raise Disabled(login=login, administrators=administrators(accounts.values()))
    return account


def administrators_only(store: Store, actor: Actor) -> None:
    """Raises `AdministratorsOnly` for anyone else."""
    if "administrator" not in actor.roles:
        raise AdministratorsOnly(administrators=administrators(all_accounts(store)))


@contextmanager
def one_at_a_time(store: Store) -> Iterator[None]:
    """Of two first uses at once one wins, and no two administrators close each other's account."""
    store.connection.execute("SELECT pg_advisory_lock(%s)", (_CHANGING,))
    try:
        yield
    finally:
        store.connection.execute("SELECT pg_advisory_unlock(%s)", (_CHANGING,))


def _first(store: Store, login: str) -> FirstOfAll | None:
    """The first of all; null if someone else was meanwhile."""
    with one_at_a_time(store):
        if all_accounts(store):
            return None
        _make(store, login, FIRST, CreatePerson(name=login), None)
    return FirstOfAll(login=login)


def _make(store: Store, login: str, roles: Sequence[str], who: CreatePerson, actor: Actor | None) -> Account:
    """The person first, then the account: a crash between the two leaves a person that the next try finds."""
    accounts = {account.login: account for account in all_accounts(store)}
    person = entered(store, who, actor, accounts[login].person if login in accounts else None)
    if other := next((a.login for a in accounts.values() if a.person == person and a.login != login), None):
        raise HasAccount(name=who.name, login=other)
    store.connection.execute(
        "INSERT INTO suivi.accounts (login, person, roles, added_by) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (login) DO UPDATE SET roles = EXCLUDED.roles, disabled = false,"
        " added_by = EXCLUDED.added_by, changed_at = clock_timestamp()",
        (login, person, list(roles), actor.person if actor else person),
    )
    return Account(login, person, frozenset(roles))


def entered(store: Store, who: CreatePerson, actor: Actor | None, known: UUID | None) -> UUID:
    """The person who is known, else the one whose key the name makes, entered if nobody is; with the address and the
    language that are given. The first of all enters themselves."""
    new, key = uuid4(), slug(who.name)
    found: list[UUID] = []

    def decide(work: Work) -> None:
        found[:] = [known or work.key("person", key) or new]
        if found == [new]:
            work.add(Person.create(new, key, who, work.act), ("person", key))
            return
        person = work.load(Person, found[0])
        if who.mail not in (None, person.mail):
            person.handle(SetAddress(mail=who.mail), work.act)
        if who.lang not in (None, person.lang):
            person.handle(SetLanguage(lang=who.lang), work.act)

    commit(store, actor or Actor(new, frozenset({"system"})), {"person": key}, decide)
    return found[0]
