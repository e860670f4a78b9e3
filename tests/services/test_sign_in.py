"""Sessions and passwords, as the store keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from services import accounts, tokens
from services.accounts import keep_address
from services.home import Home
from services.schema import Urls
from services.signing_in import attempts, entering, passwords, sessions
from services.signing_in.opening import account_named
from services.signing_in.secrets import fresh
from tests.homes import opened, secretary
from tests.services.signing import GOOD, rows


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        passwords.choose(home.store, secretary(home).person, GOOD)
        yield home


def session(home: Home) -> str:
    found = sessions.open_session(home.store, secretary(home).person, "password", "Firefox, Linux")
    assert found
    return found


def test_only_the_hash_of_a_session_is_kept(home: Home) -> None:
    secret = session(home)
    assert len(secret) == 43 and secret not in str(rows(home, "SELECT s::text FROM suivi.sessions s"))


def test_a_million_secrets_are_a_million() -> None:
    assert len({fresh() for _ in range(1_000_000)}) == 1_000_000


@pytest.mark.parametrize(
    "over",
    [
        "expires_at = clock_timestamp()",
        "seen_at = clock_timestamp() - interval '12 hours 1 second'",
        "ended_at = clock_timestamp()",
    ],
)
def test_a_session_ends(home: Home, over: str) -> None:
    secret = session(home)
    assert tokens.entered(home.store, secret, "session")
    home.store.connection.execute("UPDATE suivi.sessions SET " + over)  # type: ignore[arg-type]
    assert tokens.entered(home.store, secret, "session") is None


def test_use_keeps_a_session_but_not_beyond_thirty_days(home: Home) -> None:
    secret = session(home)
    home.store.connection.execute("UPDATE suivi.sessions SET seen_at = clock_timestamp() - interval '11 hours'")
    assert tokens.entered(home.store, secret, "session")
    assert rows(home, "SELECT clock_timestamp() - seen_at < interval '1 minute' FROM suivi.sessions") == [(True,)]
    assert rows(home, "SELECT expires_at - created_at FROM suivi.sessions") == [(sessions.LASTS,)]
    assert timedelta(hours=12) == sessions.IDLE and timedelta(days=30) == sessions.LASTS


def test_a_closed_account_and_other_roles_end_a_session(home: Home) -> None:
    jean = accounts.add(home.store, secretary(home), "jean", ["officer"])
    secret = sessions.open_session(home.store, jean.person, "password")
    assert secret and tokens.entered(home.store, secret, "session")
    accounts.add(home.store, secretary(home), "jean", ["officer", "auditor"])
    assert tokens.entered(home.store, secret, "session") is None
    accounts.add(home.store, secretary(home), "jean", ["officer"])
    assert tokens.entered(home.store, secret, "session")
    accounts.disable(home.store, secretary(home), "jean")
    assert tokens.entered(home.store, secret, "session") is None
    assert sessions.open_session(home.store, jean.person, "password") is None


def test_proving_again_changes_the_secret(home: Home) -> None:
    secret = session(home)
    home.store.connection.execute("UPDATE suivi.sessions SET proven_at = clock_timestamp() - interval '11 minutes'")
    entered = tokens.entered(home.store, secret, "session")
    assert entered and entered.session and not entered.proven
    other = sessions.proven_again(home.store, entered.person, entered.session)
    assert other and tokens.entered(home.store, secret, "session") is None
    again = tokens.entered(home.store, other, "session")
    assert again and again.proven and again.session == entered.session
    assert sessions.proven_again(home.store, UUID(int=7), entered.session) is None


def test_sessions_are_closed_one_by_one_and_all_at_once(home: Home) -> None:
    first, second, third = session(home), session(home), session(home)
    person = secretary(home).person
    ids = {secret: tokens.entered(home.store, secret, "session") for secret in (first, second, third)}
    assert len(sessions.devices(home.store, person)) == 3
    mine = ids[first]
    assert mine and mine.session
    assert sessions.end(home.store, person, mine.session) and not sessions.end(home.store, person, mine.session)
    assert tokens.entered(home.store, first, "session") is None and tokens.entered(home.store, second, "session")
    assert sessions.end_all(home.store, person) == 2 and sessions.devices(home.store, person) == []


def test_nobody_closes_the_session_of_another(home: Home) -> None:
    secret = session(home)
    found = tokens.entered(home.store, secret, "session")
    assert found and found.session and not sessions.end(home.store, UUID(int=9), found.session)
    assert tokens.entered(home.store, secret, "session")


def test_entering_costs_one_query(home: Home) -> None:
    secret, asked = session(home), []
    real = home.store.connection.execute

    class Counting:
        def execute(self, *given: object, **more: object) -> object:
            asked.append(given)
            return real(*given, **more)  # type: ignore[arg-type]

    class Beside:
        connection = Counting()

    assert tokens.entered(Beside(), secret, "session") and len(asked) == 1  # type: ignore[arg-type]


def test_what_was_begun_serves_once(home: Home) -> None:
    secret = attempts.begin(home.store, "provider", state="x")
    assert attempts.look(home.store, "provider", secret).facts == {"state": "x"}
    with pytest.raises(attempts.BegunTooLongAgo):
        attempts.take(home.store, "passkey", secret)
    assert attempts.take(home.store, "provider", secret).facts == {"state": "x"}
    with pytest.raises(attempts.BegunTooLongAgo):
        attempts.take(home.store, "provider", secret)
    other = attempts.begin(home.store, "second", UUID(int=1))
    home.store.connection.execute("UPDATE suivi.attempts SET expires_at = clock_timestamp()")
    with pytest.raises(attempts.BegunTooLongAgo):
        attempts.look(home.store, "second", other)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("onze lettre", passwords.TooShort), ("", passwords.TooShort), ("x" * 257, passwords.PasswordTooLong),
        ("motdepasse123456", passwords.TooObvious), ("AzertyAzerty2026", passwords.TooObvious),
        ("aaaaaaaaaaaaaaaa", passwords.TooObvious), ("Marie.Tremblay.12", passwords.TooObvious),
        ("Bonjour-Québec-1", passwords.TooObvious), ("123456789012", passwords.TooObvious),
    ],
)  # fmt: skip
def test_what_a_password_cannot_be(home: Home, password: str, why: type[Exception]) -> None:
    with pytest.raises(why):
        passwords.choose(home.store, secretary(home).person, password, "marie", "Marie Tremblay")
    assert passwords.verify(home.store, secretary(home).person, GOOD)


def test_a_password_is_kept_as_argon2id(home: Home) -> None:
    ((kept,),) = rows(home, "SELECT hash FROM suivi.passwords")
    assert str(kept).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    for good in ("l’été, deux canots verts", "correct horse battery staple", "xK9#mP2$vL5nQ8"):
        passwords.check_new(good, "marie", "Marie Tremblay")


def test_another_password_needs_the_old_one_and_ends_the_other_sessions(home: Home) -> None:
    person, kept, gone = secretary(home).person, session(home), session(home)
    mine = tokens.entered(home.store, kept, "session")
    with pytest.raises(passwords.OldPasswordWrong):
        passwords.change(home.store, person, "autre chose", GOOD + " encore")
    assert mine
    passwords.change(home.store, person, GOOD, GOOD + " encore", keep=mine.session)
    assert passwords.verify(home.store, person, GOOD + " encore") and not passwords.verify(home.store, person, GOOD)
    assert tokens.entered(home.store, kept, "session") and tokens.entered(home.store, gone, "session") is None


def test_whatever_is_wrong_has_one_answer(home: Home) -> None:
    closed = accounts.add(home.store, secretary(home), "eve", ["officer"])
    passwords.choose(home.store, closed.person, GOOD)
    accounts.disable(home.store, secretary(home), "eve")
    accounts.add(home.store, secretary(home), "sans", ["officer"])
    said = set()
    for word, password in (("personne", GOOD), ("eve", GOOD), ("sans", GOOD), ("ana", "mauvais"), ("ana", ""), ("", ""),
                           ("ana\0", GOOD), ("ana", GOOD * 100), ("sans", "")):  # fmt: skip
        with pytest.raises(entering.LoginWrong) as refused:
            entering.by_password(home.store, word, password, "ici")
        said.add(str(refused.value))
    assert len(said) == 1
    assert entering.by_password(home.store, " ana ", GOOD, "ici").login == "ana"


def test_each_answer_costs_one_hash(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes time is the hash: one is made for a login that nobody has as well, of the same kind."""
    made: list[str] = []
    hasher = type(passwords._hasher())
    real = hasher.verify_and_update

    def counted(self: object, password: str, kept: str) -> tuple[bool, str | None]:
        made.append(kept.rsplit("$", 2)[0])
        return real(self, password, kept)  # type: ignore[arg-type]

    monkeypatch.setattr(hasher, "verify_and_update", counted)
    for word in ("ana", "personne"):
        with pytest.raises(entering.LoginWrong):
            entering.by_password(home.store, word, "mauvais mot de passe", "ici")
    assert made == ["$argon2id$v=19$m=19456,t=2,p=1"] * 2


def test_an_address_serves_as_a_login_if_one_account_has_it(home: Home) -> None:
    keep_address(home.store, secretary(home).person, "Ana@Exemple.org")
    assert entering.by_password(home.store, "ana@exemple.org", GOOD, "ici").login == "ana"
    other = accounts.add(home.store, secretary(home), "bob", ["officer"])
    keep_address(home.store, other.person, "ana@exemple.org")
    assert account_named(home.store, "ana@exemple.org") is None
    accounts.add(home.store, secretary(home), "ana@exemple.org", ["officer"], name="Carl")
    found = account_named(home.store, "ana@exemple.org")
    assert found and found.login == "ana@exemple.org"
