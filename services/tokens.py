"""Who may enter through HTTP: secrets that stand for a person, of which the store keeps the hash only.

A token counts for what its person may do now: a closed account closes its tokens at once. Their times are those of
the database server and not the store's: the time of a simulated store stands still, and nothing would expire there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID, uuid4

from domain.errors import Invalid, NotFound, Refused
from services.execute import Actor
from services.signing_in.secrets import fresh, hashed
from services.signing_in.sessions import LASTS, open_session, session_of
from services.store import Store

SCOPES = ("read", "write")
LINK = timedelta(minutes=10)
SESSION = LASTS
DAYS = 365
Kind = Literal["api", "link", "session"]


class TokenThere(Refused):
    """There is a token “{name}” already. Give this one another name, or revoke that one first: suivi token revoke {name}"""


class TokenUnknown(NotFound):
    """There is no token “{name}” that is yours to revoke. The tokens: {names}."""


class NameUnfit(Invalid):
    """A token needs a name of 1 to 60 characters, that says what it is for."""


class ScopeUnknown(Invalid):
    """“{scope}” is not something that a token allows: it is one of {scopes}."""


class DaysUnfit(Invalid):
    """A token serves for 1 to {most} days; {days} is not one of these."""


@dataclass(frozen=True)
class Token:
    """What is known of a token; its secret is not."""

    id: UUID
    name: str
    login: str | None
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Entered:
    """Someone let in: an open account, and what their token allows. `session`: the number of theirs, if that is what they
    showed; `proven`: they proved in the last ten minutes who they are."""

    login: str
    person: UUID
    roles: frozenset[str]
    scopes: frozenset[str]
    session: UUID | None = None
    proven: bool = False

    @property
    def actor(self) -> Actor:
        """The same, as who acts."""
        return Actor(self.person, self.roles)


_COLUMNS = "t.id, t.name, a.login, t.scopes, t.created_at, t.expires_at"
_ADD = """INSERT INTO suivi.tokens (id, hash, kind, person, name, scopes, added_by, created_at, expires_at)
          SELECT %(id)s, %(hash)s, %(kind)s, %(person)s, %(name)s, %(scopes)s, %(by)s,
                 statement_timestamp(), statement_timestamp() + %(lasts)s
           WHERE %(kind)s <> 'api' OR NOT EXISTS (
                 SELECT FROM suivi.tokens WHERE kind = 'api' AND name = %(name)s
                    AND revoked_at IS NULL AND expires_at > clock_timestamp())
          RETURNING id, name, (SELECT login FROM suivi.accounts a WHERE a.person = tokens.person), scopes,
                    created_at, expires_at"""
_ENTERED = """SELECT a.login, t.person, a.roles, t.scopes FROM suivi.tokens t JOIN suivi.accounts a USING (person)
               WHERE t.hash = %s AND t.kind = %s AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp()
                 AND NOT a.disabled"""
_REDEEM = """UPDATE suivi.tokens t SET used_at = clock_timestamp() FROM suivi.accounts a
              WHERE t.hash = %s AND t.kind = 'link' AND t.used_at IS NULL AND t.revoked_at IS NULL
                AND t.expires_at > clock_timestamp() AND a.person = t.person AND NOT a.disabled
             RETURNING t.person"""
_LISTED = f"""SELECT {_COLUMNS} FROM suivi.tokens t LEFT JOIN suivi.accounts a USING (person)
               WHERE t.kind = 'api' AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp()
                 AND (%s OR t.person = %s) ORDER BY t.name"""


def add(store: Store, actor: Actor, name: str, scopes: Sequence[str] = ("read",), days: int = 90) -> tuple[Token, str]:
    """A token of the actor's own, and its secret, which cannot be shown again. Who may write may read."""
    if not 1 <= len(name.strip()) <= 60 or not name.isprintable():
        raise NameUnfit()
    if unknown := [scope for scope in scopes if scope not in SCOPES]:
        raise ScopeUnknown(scope=unknown[0], scopes=list(SCOPES))
    if not 1 <= days <= DAYS:
        raise DaysUnfit(days=days, most=DAYS)
    with store.connection.transaction():
        store.connection.execute("LOCK TABLE suivi.tokens IN SHARE ROW EXCLUSIVE MODE")  # of two of a name, one
        made = _make(store, "api", actor.person, name.strip(), {"read", *scopes}, timedelta(days=days), actor.person)
    if made is None:
        raise TokenThere(name=name.strip())
    return made


def all_tokens(store: Store, actor: Actor) -> list[Token]:
    """The tokens that serve, by name: the actor's own, or everyone's for an administrator."""
    every = "administrator" in actor.roles
    return [_token(row) for row in store.connection.execute(_LISTED, (every, actor.person))]


def revoke(store: Store, actor: Actor, name: str) -> Token:
    """Ends a token at once: one of the actor's own, or anyone's for an administrator."""
    tokens = {token.name: token for token in all_tokens(store, actor)}
    if name not in tokens:
        raise TokenUnknown(name=name, names=list(tokens))
    store.connection.execute(
        "UPDATE suivi.tokens SET revoked_at = clock_timestamp() WHERE id = %s", (tokens[name].id,)
    )
    return tokens[name]


def entered(store: Store, secret: str, kind: Kind = "api") -> Entered | None:
    """Whom a secret lets in; null for one that is unknown, over, revoked, of another kind, or of a closed account."""
    if kind == "session":
        found = session_of(store, secret)
        return Entered(*found[:3], frozenset(SCOPES), found.id, found.proven) if found else None
    row = store.connection.execute(_ENTERED, (hashed(secret), kind), prepare=True).fetchone()
    return Entered(row[0], row[1], frozenset(row[2]), frozenset(row[3])) if row else None


def one_time_link(store: Store, person: UUID) -> str:
    """A secret that opens one session, within ten minutes."""
    made = _make(store, "link", person, "link", SCOPES, LINK, person)
    assert made
    return made[1]


def redeem(store: Store, secret: str, device: str = "") -> str | None:
    """The secret of a session; null if the link was used, or is none."""
    with store.connection.transaction():
        row = store.connection.execute(_REDEEM, (hashed(secret),)).fetchone()
        return open_session(store, row[0], "link", device) if row else None


def revoke_all(store: Store) -> None:
    """Ends every token, link, session and address of a calendar: a store that was brought back may hold some that were
    revoked since."""
    with store.connection.transaction():
        store.connection.execute("UPDATE suivi.tokens SET revoked_at = clock_timestamp() WHERE revoked_at IS NULL")
        store.connection.execute("UPDATE suivi.sessions SET ended_at = clock_timestamp() WHERE ended_at IS NULL")
        store.connection.execute("UPDATE suivi.invitations SET revoked_at = clock_timestamp() WHERE revoked_at IS NULL")
        store.connection.execute("UPDATE suivi.feeds SET revoked_at = clock_timestamp() WHERE revoked_at IS NULL")
        store.connection.execute("DELETE FROM suivi.attempts")


def _make(
    store: Store, kind: Kind, person: UUID, name: str, scopes: Collection[str], lasts: timedelta, by: UUID
) -> tuple[Token, str] | None:
    secret = fresh()
    row = store.connection.execute(
        _ADD, {"id": uuid4(), "hash": hashed(secret), "kind": kind, "person": person, "name": name,
               "scopes": sorted(set(scopes)), "by": by, "lasts": lasts},
    ).fetchone()  # fmt: skip
    return (_token(row), secret) if row else None


def _token(row: Any) -> Token:
    id, name, login, scopes, created, expires = row
    return Token(id, name, login, tuple(scopes), created, expires)
