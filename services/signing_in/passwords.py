"""Passwords: Argon2id, 19 MiB and two passes (RFC 9106; the least that OWASP asks for); what one must be like."""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING
from uuid import UUID

from domain.errors import Forbidden, Invalid, Unavailable
from domain.words import plain
from services.signing_in.sessions import end_all
from services.store import Store

if TYPE_CHECKING:
    from pwdlib import PasswordHash

MEMORY, PASSES, LANES = 19 * 1024, 2, 1  # KiB
SHORTEST, LONGEST = 12, 256
AT_ONCE = 2  # hashes that are made at the same time, each in that memory
PATIENCE = 2.0  # seconds that one waits for its turn

_HASH = "SELECT hash FROM suivi.passwords WHERE person = %s"
_SET = """INSERT INTO suivi.passwords VALUES (%s, %s, clock_timestamp())
          ON CONFLICT (person) DO UPDATE SET hash = EXCLUDED.hash, changed_at = EXCLUDED.changed_at"""
_REHASH = "UPDATE suivi.passwords SET hash = %s WHERE person = %s AND hash = %s"
_turns = BoundedSemaphore(AT_ONCE)

OBVIOUS = (
    "motdepasse", "password", "passw0rd", "azerty", "qwerty", "bonjour", "bienvenue", "welcome", "administrat", "secretaire",
    "suivi", "iloveyou", "jetaime", "letmein", "canadien", "quebec", "montreal", "abcdef", "123456", "987654", "111111", "000000",
)  # fmt: skip
"""What passwords are most often made of: with these taken away, and the person's own name, eight letters must be left."""
ENOUGH = 8


class TooShort(Invalid):
    """A password has {least} characters at least. Several words in a row are easier to remember than signs."""


class PasswordTooLong(Invalid):
    """A password has {most} characters at most."""


class TooObvious(Invalid):
    """This password is among the first that anyone would try. Choose several words that have nothing to do with each other."""


class OldPasswordWrong(Forbidden):
    """This is not your present password. Nothing was changed."""


class TooManyAtOnce(Unavailable):
    """Many people are signing in at this moment. Try again in a few seconds."""


def check_new(password: str, *names: str) -> None:
    """Raises what keeps a password from being chosen. `names`: those of the person."""
    if len(password) < SHORTEST:
        raise TooShort(least=SHORTEST)
    if len(password) > LONGEST:
        raise PasswordTooLong(most=LONGEST)
    left = "".join(each for each in plain(password) if each.isalnum())
    for word in [
        *OBVIOUS,
        *(part for name in names for part in plain(name).replace("@", " ").split() if len(part) > 2),
    ]:
        left = left.replace(word, "")
    if len(left) < ENOUGH or len(set(left)) < ENOUGH // 2:
        raise TooObvious()


def choose(store: Store, person: UUID, password: str, *names: str) -> None:
    """Gives the person this password, unless it is unfit."""
    check_new(password, *names)
    store.connection.execute(_SET, (person, _hashed(password)))


def change(store: Store, person: UUID, old: str, new: str, *names: str, keep: UUID | None = None) -> None:
    """Another password in place of `old`; every session ends but the one to keep. Raises `OldPasswordWrong`."""
    if not verify(store, person, old):
        raise OldPasswordWrong()
    check_new(new, *names)
    kept = _hashed(new)
    with store.connection.transaction():
        store.connection.execute(_SET, (person, kept))
        end_all(store, person, but=keep)


def has_password(store: Store, person: UUID) -> bool:
    """Whether the person entered one."""
    return store.connection.execute(_HASH, (person,)).fetchone() is not None


def verify(store: Store, person: UUID | None, password: str) -> bool:
    """Whether it is the person's. It takes as long for someone unknown (null) and for someone without a password."""
    row = store.connection.execute(_HASH, (person,)).fetchone() if person else None
    kept = row[0] if row else _of_nobody()
    if len(password) > LONGEST:
        password = ""
    with _Turn():
        fits, anew = _hasher().verify_and_update(password, kept)
    if row is None or person is None:
        return False
    if fits and anew:
        store.connection.execute(_REHASH, (anew, person, kept))
    return fits is True


class _Turn:
    """One of the few that hash at once: memory and processor are for everyone."""

    def __enter__(self) -> None:
        if not _turns.acquire(timeout=PATIENCE):
            raise TooManyAtOnce()

    def __exit__(self, *_: object) -> None:
        _turns.release()


def _hashed(password: str) -> str:
    with _Turn():
        return _hasher().hash(password)


@cache
def _hasher() -> PasswordHash:
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    return PasswordHash((Argon2Hasher(time_cost=PASSES, memory_cost=MEMORY, parallelism=LANES),))


@cache
def _of_nobody() -> str:
    """A hash that no password has been found for: it is of 256 random bits."""
    from services.signing_in.secrets import fresh

    return _hasher().hash(fresh())
