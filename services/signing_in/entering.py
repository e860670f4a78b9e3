"""Entering with a password, then with a code where the person has asked to be asked for one; and proving it again."""

from __future__ import annotations

from uuid import UUID

from domain.errors import Forbidden
from services.accounts import Account
from services.signing_in import attempts
from services.signing_in.codes import has_codes, prove
from services.signing_in.limits import clear, count, count_place
from services.signing_in.opening import account_named, account_of
from services.signing_in.passwords import verify
from services.store import Store


class LoginWrong(Forbidden):
    """This login and this password do not go together. Look at what you typed, or have a link sent to you."""


class PasswordWrong(Forbidden):
    """This is not your password."""


def by_password(store: Store, word: str, password: str, place: str) -> Account:
    """The account that a login, or its address, and a password open. One answer, in the same time, for a login that is
    unknown, an account that is closed or has no password, and a password that is wrong. Raises `LoginWrong`,
    `TriedTooOften`."""
    count_place(store, place)
    account = account_named(store, word)
    who = str(account.person) if account else word.strip().casefold()
    count(store, "password", who)
    if not verify(store, account.person if account else None, password) or account is None:
        raise LoginWrong()
    clear(store, "password", who)
    return account


def again(store: Store, person: UUID, password: str) -> None:
    """Has someone who is in prove it once more. Raises `PasswordWrong`, `TriedTooOften`."""
    count(store, "password", str(person))
    if not verify(store, person, password):
        raise PasswordWrong()
    clear(store, "password", str(person))


def begin_second(store: Store, account: Account) -> str | None:
    """The secret of the attempt that a code ends; null for someone who is asked for none."""
    return attempts.begin(store, "second", account.person) if has_codes(store, account.person) else None


def by_code(store: Store, secret: str, code: str) -> Account:
    """The account of whoever gave their password before, and the code now. Raises `CodeWrong`, `TriedTooOften`,
    `BegunTooLongAgo`."""
    person = attempts.look(store, "second", secret).person
    account = account_of(store, person) if person else None
    if account is None or account.disabled:
        raise attempts.BegunTooLongAgo()
    prove(store, account.person, code)
    attempts.take(store, "second", secret)
    return account
