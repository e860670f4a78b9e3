"""The embedded PostgreSQL of a home, shared by the processes that use it: the first starts it, the last
stops it.

Under `home/postgres`: `secrets.json` (0600), `lock`, `leases/`, and the data, log and socket, or as root
`location`, which names the folder of the system account where those are."""

from __future__ import annotations

import atexit
import json
import os
import secrets
import shutil
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from projections.phrases.catalogue import N_
from services.servers.accounts import place
from services.servers.cluster import PORT, SETTING_UP, Cluster, Progress
from services.servers.errors import InUse, SecretsLost, in_words
from services.servers.leases import Lease, holders, locked

DATABASE = "suivi"
OWNER = "suivi_owner"
SUPERUSER = "postgres"
WAITING = N_("Another command is starting or stopping the database: a moment.")


@dataclass(frozen=True)
class Passwords:
    superuser: str
    owner: str


class Server:
    """A lease on a running server: a context manager, also released when the process ends normally."""

    def __init__(self, base: Path, cluster: Cluster, lease: Lease, passwords: Passwords) -> None:
        self._base, self._cluster, self._lease = base, cluster, lease
        self._process: int | None = os.getpid()
        self.url = _url(cluster, OWNER, passwords.owner, DATABASE)
        self.superuser_url = _url(cluster, SUPERUSER, passwords.superuser, "postgres")
        atexit.register(self.release)

    def release(self) -> bool:
        """Once done, says whether this was the last lease and the server was stopped. A fork of the process
        that made it has nothing to release."""
        if self._process != os.getpid():
            return False
        self._process = None
        atexit.unregister(self.release)
        with locked(self._base / "lock") if self._base.is_dir() else nullcontext():
            return _leave(self._base, self._cluster, self._lease)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def embedded(
    home: Path, progress: Callable[[str], None] | None = None, options: Mapping[str, str] | None = None
) -> Server:
    """The server of this home, set up and started if need be; `progress` is told, in English, what takes
    long.

    Raises one of `services.servers.errors`."""
    say = _once(progress or (lambda message: None))
    with in_words(home):
        base = _base(home)
        with locked(base / "lock", waiting=lambda: say(WAITING)):
            cluster = Cluster(place(base), options or {})
            passwords = _set_up(base, cluster, say)
            lease = Lease(base / "leases")
            try:
                cluster.start(say)
                return Server(base, cluster, lease, passwords)
            except BaseException:
                _leave(base, cluster, lease)
                raise


def discard(home: Path) -> None:
    """Erases the server's data for good, wherever it lies. Raises `InUse`."""
    base = _base(home)
    with locked(base / "lock"):
        cluster = Cluster(place(base))
        if holders(base / "leases"):
            raise InUse(folder=home)
        cluster.stop()
        shutil.rmtree(cluster.socket)
        shutil.rmtree(cluster.place.folder)
    shutil.rmtree(base, ignore_errors=True)


def _base(home: Path) -> Path:
    base = home.absolute() / "postgres"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    base.mkdir(mode=0o700, exist_ok=True)
    return base


def _once(progress: Progress) -> Progress:
    """Tells each thing one time."""
    told: set[str] = set()

    def say(message: str) -> None:
        if message not in told:
            told.add(message)
            progress(message)

    return say


def _leave(base: Path, cluster: Cluster, lease: Lease) -> bool:
    lease.release()
    if holders(base / "leases"):
        return False
    cluster.stop()
    return True


def _set_up(base: Path, cluster: Cluster, progress: Progress) -> Passwords:
    file = base / "secrets.json"
    if cluster.data.exists():
        cluster.check_version()
        return _read(file)
    progress(SETTING_UP)
    if not file.exists():
        _write(file, Passwords(secrets.token_urlsafe(24), secrets.token_urlsafe(24)))
    passwords = _read(file)
    cluster.set_up(
        passwords.superuser,
        f"CREATE ROLE {OWNER} LOGIN CREATEROLE PASSWORD '{passwords.owner}'\n"
        f"CREATE DATABASE {DATABASE} OWNER {OWNER}\n",
    )
    return passwords


def _read(file: Path) -> Passwords:
    try:
        return Passwords(**json.loads(file.read_bytes()))
    except (FileNotFoundError, ValueError, TypeError) as error:
        raise SecretsLost(file=file) from error


def _write(file: Path, passwords: Passwords) -> None:
    """Whole or not at all, and never readable by others."""
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        json.dump(vars(passwords), stream)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.rename(file)


def _url(cluster: Cluster, user: str, password: str, database: str) -> str:
    socket = quote(str(cluster.socket), safe="")
    return f"postgresql://{user}:{password}@/{database}?host={socket}&port={PORT}"
