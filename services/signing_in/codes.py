"""Codes beside a password: those of an application on the phone (RFC 6238), each of which serves once, and those that
were printed for whoever lost it."""

from __future__ import annotations

import secrets
from hmac import compare_digest
from typing import Any
from uuid import UUID

from domain.errors import Forbidden
from services.signing_in.limits import clear, count
from services.signing_in.secrets import hashed
from services.store import Store

SECONDS = 30
DRIFT = 1  # half-minutes that a phone may be ahead or behind
RECOVERY = 10  # codes
GROUPS, LETTERS = 4, 4  # of a recovery code: 80 bits
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # 32, none of which looks like another
ISSUER = "Suivi"

_STEP = "SELECT floor(extract(epoch FROM clock_timestamp()) / %s)::bigint"
_KEY = "SELECT key FROM suivi.one_time_codes WHERE person = %s"
_TAKE = (
    "UPDATE suivi.one_time_codes SET step = %(step)s WHERE person = %(person)s AND key = %(key)s AND step < %(step)s"
)
_SET = """INSERT INTO suivi.one_time_codes VALUES (%s, %s, %s, clock_timestamp())
          ON CONFLICT (person) DO UPDATE SET key = EXCLUDED.key, step = EXCLUDED.step, created_at = EXCLUDED.created_at"""
_USE = """UPDATE suivi.recovery_codes SET used_at = clock_timestamp()
           WHERE person = %s AND hash = %s AND used_at IS NULL"""


class CodeWrong(Forbidden):
    """This code does not fit, or has served already. Wait for the next one on your phone."""


def has_codes(store: Store, person: UUID) -> bool:
    """Whether the person is asked for a code after their password."""
    return store.connection.execute(_KEY, (person,)).fetchone() is not None


def new_key() -> str:
    """A key for the application on the phone: 160 bits in base 32."""
    import pyotp

    return pyotp.random_base32(32)


def address_of(key: str, login: str) -> str:
    """The key as the picture of it holds it."""
    import pyotp

    return pyotp.TOTP(key).provisioning_uri(name=login, issuer_name=ISSUER)


def enrol(store: Store, person: UUID, key: str, code: str) -> None:
    """The person is asked for a code from now on. Raises `CodeWrong` unless their application has the key."""
    count(store, "code", str(person))
    step = _step_of(store, key, code)
    if step is None:
        raise CodeWrong()
    store.connection.execute(_SET, (person, key, step))
    clear(store, "code", str(person))


def leave(store: Store, person: UUID) -> None:
    """The person is asked for no code any more; the printed ones serve no more either."""
    with store.connection.transaction():
        store.connection.execute("DELETE FROM suivi.one_time_codes WHERE person = %s", (person,))
        store.connection.execute("DELETE FROM suivi.recovery_codes WHERE person = %s", (person,))


def prove(store: Store, person: UUID, code: str) -> None:
    """Takes a code of the application, or a printed one. Raises `CodeWrong`, `TriedTooOften`."""
    count(store, "code", str(person))
    if not (_take(store, person, code) or _use(store, person, code)):
        raise CodeWrong()
    clear(store, "code", str(person))


def print_codes(store: Store, person: UUID) -> list[str]:
    """New recovery codes in place of the former ones; they cannot be shown again."""
    codes = ["-".join(_letters() for _ in range(GROUPS)) for _ in range(RECOVERY)]
    rows: list[tuple[Any, ...]] = [(person, hashed(_bare(code))) for code in codes]
    with store.connection.transaction(), store.connection.cursor() as cursor:
        cursor.execute("DELETE FROM suivi.recovery_codes WHERE person = %s", (person,))
        cursor.executemany("INSERT INTO suivi.recovery_codes VALUES (%s, %s)", rows)
    return codes


def codes_left(store: Store, person: UUID) -> int:
    """How many printed codes have not served."""
    row = store.connection.execute(
        "SELECT count(*) FROM suivi.recovery_codes WHERE person = %s AND used_at IS NULL", (person,)
    ).fetchone()
    return int(row[0]) if row else 0


def _take(store: Store, person: UUID, code: str) -> bool:
    """Whether it is a code of the application that has not served: of two who show it, one."""
    row = store.connection.execute(_KEY, (person,)).fetchone()
    step = _step_of(store, row[0], code) if row else None
    if row is None or step is None:
        return False
    return store.connection.execute(_TAKE, {"step": step, "person": person, "key": row[0]}).rowcount == 1


def _step_of(store: Store, key: str, code: str) -> int | None:
    """The half-minute that a code is of, by the clock of the database; null if it is of none near now."""
    import pyotp

    digits = "".join(code.split())
    row = store.connection.execute(_STEP, (SECONDS,)).fetchone()
    if row is None or len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
        return None
    totp = pyotp.TOTP(key)
    near = range(row[0] - DRIFT, row[0] + DRIFT + 1)
    return next((step for step in near if compare_digest(totp.at(step * SECONDS), digits)), None)


def _use(store: Store, person: UUID, code: str) -> bool:
    bare = _bare(code)
    return len(bare) == GROUPS * LETTERS and store.connection.execute(_USE, (person, hashed(bare))).rowcount == 1


def _letters() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))


def _bare(code: str) -> str:
    return "".join(each for each in code.lower() if each.isalnum())
