"""One consistent file of everything, and its way back into an empty home. Both run PostgreSQL's own tools."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import psycopg
from psycopg.conninfo import conninfo_to_dict

from domain.errors import Invalid, Refused, Unavailable
from projections.phrases.catalogue import N_
from services import schema
from services.attachments.contents import FEW, verify
from services.home import Home, connect_owner, open_home
from services.imports.notices import FileMissing
from services.mail import hold_back, pass_over, react
from services.published import SCOPE, differing
from services.servers import binary
from services.settings import Settings
from services.tokens import revoke_all
from workflows.library import library, use

WRITING = N_("Writing the backup…")
RESTORING = N_("Restoring…")
MARK = "last_backup"  # in the home: when the last one was made
SEAL = b"\nsuivi backup 1\n"


class FileExists(Refused):
    """“{file}” exists already; nothing was written. Give another name."""


class BackupFailed(Unavailable):
    """The backup could not be made ({reason}). No file was left behind."""


class NotABackup(Invalid):
    """“{file}” is not a backup of Suivi, or it was cut short. Nothing was changed."""


class BackupDamaged(Invalid):
    """“{file}” is no longer what was written: the backup is damaged. Nothing was changed; restore another copy."""


class RestoreFailed(Unavailable):
    """The backup could not be restored ({reason}). This home is still empty."""


class RestoredDamaged(Unavailable):
    """“{file}” is restored, but the content of {count} attached files is not what was attached, or is missing: {names}. If you have another copy, restore that one into an empty home. To see all of them: suivi doctor"""  # noqa: E501 - one sentence


class OtherVersion(Invalid):
    """“{file}” was written by another version of Suivi, whose tables differ. Nothing was changed. Restore it with that version."""  # noqa: E501 - one sentence


class NotEmpty(Refused):
    """This home already holds {events} recorded facts; nothing was changed. Restore into an empty one: SUIVI_HOME=… suivi restore FILE."""  # noqa: E501 - one sentence


def backup(home: Home, file: Path, progress: Callable[[str], None]) -> Path:
    """Writes everything as of one instant into `file`, whole or not at all. Returns its path."""
    if file.exists():
        raise FileExists(file=file)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    progress(WRITING)
    try:
        beside.touch(mode=0o600)
        _run("pg_dump", "--format=custom", f"--file={beside}", url=home.urls.owner)
        _seal(beside)
        beside.rename(file)
    except (subprocess.CalledProcessError, OSError) as error:
        raise BackupFailed(reason=_reason(error)) from error
    finally:
        beside.unlink(missing_ok=True)
    (home.settings.home / MARK).write_text(datetime.now(UTC).isoformat())
    return file


def restore(settings: Settings, file: Path, progress: Callable[[str], None]) -> int:
    """Brings a backup into an empty home, in one transaction; returns how many facts it holds. Messages that waited
    when it was made may have gone since: they are set aside, in sight, and nothing is sent twice. Tokens may have been
    revoked since: none serves any more. Raises `RestoredDamaged`, everything being there, if an attached file is not what
    its event proves."""
    if not file.is_file():
        raise FileMissing(name=file)
    _check(file)
    _refuse_other_schema(file)
    _refuse_other_rules(settings, file)
    with ExitStack() as stack:
        url = connect_owner(settings, progress, stack)
        _refuse_full(url)
        progress(RESTORING)
        schema.clear(url)
        try:
            _run("pg_restore", "--exit-on-error", "--single-transaction", "--dbname=", str(file), url=url)
        except subprocess.CalledProcessError as error:
            raise RestoreFailed(reason=_reason(error)) from error
    with open_home(settings, progress) as home:
        home.catch_up()
        react(home.store, settings)
        pass_over(home.store)
        hold_back(home.store)
        revoke_all(home.store)
        row = home.reader.execute("SELECT count(*) FROM suivi.events").fetchone()
        if bad := verify(home.store).bad:
            raise RestoredDamaged(file=file, count=len(bad), names=bad[:FEW])
    return int(row[0]) if row else 0


def _seal(file: Path) -> None:
    """Ends the file with a mark and the fingerprint of what stands before, on which PostgreSQL's tools do not look."""
    with file.open("r+b") as written:
        fingerprint = hashlib.file_digest(written, "sha256").digest()
        written.seek(0, os.SEEK_END)
        written.write(SEAL + fingerprint)
        written.flush()
        os.fsync(written.fileno())


def _check(file: Path) -> None:
    """Refuses what was not written by `backup`, whole."""
    size = file.stat().st_size - len(SEAL) - hashlib.sha256().digest_size
    with file.open("rb") as written:
        written.seek(max(size, 0))
        if size <= 0 or written.read(len(SEAL)) != SEAL:
            raise NotABackup(file=file)
        fingerprint = written.read()
        written.seek(0)
        content = hashlib.sha256()
        while size and (some := written.read(min(size, 2**20))):
            content.update(some)
            size -= len(some)
    if content.digest() != fingerprint:
        raise BackupDamaged(file=file)


def _refuse_other_schema(file: Path) -> None:
    """Refuses, before anything is touched, a backup whose tables this version would then refuse to open."""
    printed = _run("pg_restore", "--data-only", "--schema=public", "--table=migrations", "--file=-", str(file))
    ours = schema.checksums()
    for line in printed.splitlines():
        name, tab, rest = line.partition("\t")
        if tab and name.endswith(".sql") and ours.get(name) != rest.partition("\t")[0]:
            raise OtherVersion(file=file)


def _refuse_other_rules(settings: Settings, file: Path) -> None:
    """Refuses, before anything is touched, a backup of cases whose rules are not as they were in the folder of this home."""
    use(settings.home / "workflows")
    printed = _run("pg_restore", "--data-only", "--schema=suivi", "--table=keys", "--file=-", str(file))
    rows = (line.split("\t") for line in printed.splitlines() if line.startswith(f"{SCOPE}\t"))
    for problem in differing({name: UUID(stream) for _, name, stream in rows}, library()):
        raise problem


def _refuse_full(url: str) -> None:
    with psycopg.connect(url) as connection:
        there = connection.execute("SELECT to_regclass('suivi.events')").fetchone()
        if there and there[0]:
            row = connection.execute("SELECT count(*) FROM suivi.events").fetchone()
            if row and row[0]:
                raise NotEmpty(events=row[0])


def _run(tool: str, *arguments: str, url: str = "") -> str:
    """What one of PostgreSQL's tools prints; where it connects is said in its environment, out of sight of others."""
    place = {_VARIABLES[name]: str(value) for name, value in conninfo_to_dict(url).items() if name in _VARIABLES}
    done = subprocess.run([binary(tool), *arguments], check=True, capture_output=True, text=True, errors="replace",
                          env=os.environ | place)  # fmt: skip
    return done.stdout


_VARIABLES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE",
              "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}  # fmt: skip


def _reason(error: Exception) -> str:
    """The first line of what the tool said; it quotes no data and no password."""
    said = getattr(error, "stderr", None) or str(error)
    return str(said).strip().splitlines()[0] if str(said).strip() else type(error).__name__
