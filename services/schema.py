"""Sets up and migrates the durable tables, and makes the logins that the application works with.

Numbered SQL files, each run once in a transaction of its own and kept with its checksum. Read tables are not here:
projections make theirs (`projections.follower`)."""

from __future__ import annotations

import hashlib
import json
import os
import secrets as random
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from domain.errors import Unavailable

FOLDER = Path(__file__).parent / "sql"
GROUPS = ("suivi_writer", "suivi_reader")
TIMEOUTS = ("lock_timeout = '30s'", "idle_in_transaction_session_timeout = '60s'")  # nobody holds the others for ever
ONE_AT_A_TIME = 0x53756976  # advisory lock: two first starts at once


class SchemaChanged(Unavailable):
    """The database was set up with another « {file} » than this version of Suivi has; nothing was changed. Start the version that set it up, make a backup there, then restore it here."""  # noqa: E501 - one sentence


@dataclass(frozen=True)
class Urls:
    """How each part connects: `owner` sets up and migrates only, `writer` appends, `reader` reads."""

    owner: str
    writer: str
    reader: str


def prepare(owner_url: str, secrets: Path) -> Urls:
    """Brings the database to this version and returns its logins, whose passwords are kept in `secrets` (0600)."""
    with psycopg.connect(owner_url) as connection:
        if logins := _as_left(connection, secrets):
            return Urls(owner_url, *(make_conninfo(owner_url, user=u, password=p) for u, p in logins))
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (ONE_AT_A_TIME,))
        _make_groups(connection)
        _migrate(connection)
        database = connection.info.dbname
        logins = _logins(connection, database, secrets)
    writer, reader = (make_conninfo(owner_url, user=user, password=password) for user, password in logins)
    return Urls(owner_url, writer, reader)


def _as_left(connection: psycopg.Connection, secrets: Path) -> list[tuple[str, str]] | None:
    """The logins, if everything stands as the last start left it: one look instead of a migration."""
    kept: dict[str, str] = json.loads(secrets.read_text()) if secrets.exists() else {}
    files = checksums()
    there = connection.execute("SELECT to_regclass('public.migrations') IS NOT NULL").fetchone()
    if not kept or there != (True,):
        return None
    done: dict[str, str] = dict(connection.execute("SELECT file, checksum FROM public.migrations").fetchall())
    known = connection.execute("SELECT count(*) FROM pg_roles WHERE rolname = ANY (%s)", (list(kept),)).fetchone()
    return list(kept.items()) if done == files and known == (len(GROUPS),) else None


def checksums() -> dict[str, str]:
    """The SQL files of this version and their checksums."""
    return {file.name: _checksum(file) for file in FOLDER.glob("*.sql")}


def _checksum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def migrate(owner_url: str) -> None:
    """Only the schema: for a server whose writer's and reader's logins are given."""
    with psycopg.connect(owner_url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (ONE_AT_A_TIME,))
        _make_groups(connection)
        _migrate(connection)


def clear(owner_url: str) -> None:
    """Takes the durable and the read tables away, for a backup to take their place; the groups stay."""
    with psycopg.connect(owner_url) as connection:
        _make_groups(connection)
        connection.execute("DROP SCHEMA IF EXISTS read CASCADE")
        connection.execute("DROP SCHEMA IF EXISTS suivi CASCADE")
        connection.execute("DROP TABLE IF EXISTS public.migrations")


def _make_groups(connection: psycopg.Connection) -> None:
    for group in GROUPS:
        known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (group,)).fetchone()
        if known is None:
            connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(group)))
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(group)))


def _migrate(connection: psycopg.Connection) -> None:
    connection.execute("CREATE TABLE IF NOT EXISTS public.migrations (file text PRIMARY KEY, checksum text NOT NULL,"
                       " applied_at timestamptz NOT NULL DEFAULT clock_timestamp())")
    done: dict[str, str] = dict(connection.execute("SELECT file, checksum FROM public.migrations").fetchall())
    for file in sorted(FOLDER.glob("*.sql")):
        checksum = _checksum(file)
        if file.name not in done:
            connection.execute(file.read_bytes())
            connection.execute("INSERT INTO public.migrations VALUES (%s, %s)", (file.name, checksum))
        elif done[file.name] != checksum:
            raise SchemaChanged(file=file.name)


def _logins(connection: psycopg.Connection, database: str, secrets: Path) -> list[tuple[str, str]]:
    kept: dict[str, str] = json.loads(secrets.read_text()) if secrets.exists() else {}
    digest = hashlib.sha256(str(secrets.resolve()).encode()).hexdigest()[:12]
    logins = []
    for group in GROUPS:
        user = f"{group}_{digest}"
        password = kept.setdefault(user, random.token_urlsafe(24))
        _make_login(connection, user, password, group, database)
        logins.append((user, password))
    _keep(secrets, kept)
    return logins


def _make_login(connection: psycopg.Connection, user: str, password: str, group: str, database: str) -> None:
    """A login acts as its group from its first statement, so that whatever it makes belongs to the group."""
    name, role = sql.Identifier(user), sql.Identifier(group)
    known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (user,)).fetchone()
    word = sql.SQL("CREATE" if known is None else "ALTER")
    connection.execute(sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(word, name, sql.Literal(password)))
    connection.execute(sql.SQL("GRANT {} TO {}").format(role, name))
    connection.execute(sql.SQL("ALTER ROLE {} SET role = {}").format(name, sql.Literal(group)))
    for timeout in TIMEOUTS:
        connection.execute(sql.SQL("ALTER ROLE {} SET {}").format(name, sql.SQL(timeout)))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), name))


def _keep(secrets: Path, kept: dict[str, str]) -> None:
    beside = secrets.with_suffix(".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(kept, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(secrets)
