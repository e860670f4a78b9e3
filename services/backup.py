"""One consistent file of everything, and its way back into an empty home. Both run PostgreSQL's own tools."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from domain.errors import Invalid, Refused, Unavailable
from projections.phrases.catalogue import N_
from services import schema
from services.home import Home, connect_owner, open_home
from services.servers import binary
from services.settings import Settings

WRITING = N_("Writing the backup…")
RESTORING = N_("Restoring…")
MARK = "last_backup"  # in the home: when the last one was made


class FileExists(Refused):
    """“{file}” exists already; nothing was written. Give another name."""


class BackupFailed(Unavailable):
    """The backup could not be made ({reason}). No file was left behind."""


class NotABackup(Invalid):
    """“{file}” is not a backup of Suivi, or it is damaged ({reason}). Nothing was changed."""


class NotEmpty(Refused):
    """This home already holds {events} recorded facts; nothing was changed. Restore into an empty one: SUIVI_HOME=… suivi restore FILE."""  # noqa: E501 - one sentence


def backup(home: Home, file: Path, progress: Callable[[str], None]) -> Path:
    """Writes everything as of one instant into `file`, whole or not at all. Returns its path."""
    if file.exists():
        raise FileExists(file=file)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    progress(WRITING)
    try:
        _run("pg_dump", "--format=custom", f"--file={beside}", url=home.urls.owner)
        _run("pg_restore", "--list", str(beside))
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.rename(file)
    except (subprocess.CalledProcessError, OSError) as error:
        raise BackupFailed(reason=_reason(error)) from error
    finally:
        beside.unlink(missing_ok=True)
    (home.settings.home / MARK).write_text(datetime.now(UTC).isoformat())
    return file


def restore(settings: Settings, file: Path, progress: Callable[[str], None]) -> int:
    """Brings a backup into an empty home, in one transaction; returns how many facts it holds."""
    if not file.is_file():
        raise NotABackup(file=file, reason="—")
    with ExitStack() as stack:
        url = connect_owner(settings, progress, stack)
        _refuse_full(url)
        progress(RESTORING)
        try:
            _run("pg_restore", "--list", str(file))
        except subprocess.CalledProcessError as error:
            raise NotABackup(file=file, reason=_reason(error)) from error
        schema.clear(url)
        try:
            _run("pg_restore", "--exit-on-error", "--single-transaction", "--dbname=", str(file), url=url)
        except subprocess.CalledProcessError as error:
            raise NotABackup(file=file, reason=_reason(error)) from error
    with open_home(settings, progress) as home:
        home.catch_up()
        row = home.reader.execute("SELECT count(*) FROM suivi.events").fetchone()
    return int(row[0]) if row else 0


def _refuse_full(url: str) -> None:
    with psycopg.connect(url) as connection:
        there = connection.execute("SELECT to_regclass('suivi.events')").fetchone()
        if there and there[0]:
            row = connection.execute("SELECT count(*) FROM suivi.events").fetchone()
            if row and row[0]:
                raise NotEmpty(events=row[0])


def _run(tool: str, *arguments: str, url: str = "") -> None:
    """Runs one of PostgreSQL's tools; where it connects is said in its environment, out of sight of other users."""
    place = {_VARIABLES[name]: str(value) for name, value in conninfo_to_dict(url).items() if name in _VARIABLES}
    subprocess.run([binary(tool), *arguments], check=True, capture_output=True, text=True, errors="replace",
                   env=os.environ | place)  # fmt: skip


_VARIABLES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE",
              "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}  # fmt: skip


def _reason(error: Exception) -> str:
    """The first line of what the tool said; it quotes no data and no password."""
    said = getattr(error, "stderr", None) or str(error)
    return str(said).strip().splitlines()[0] if str(said).strip() else type(error).__name__
