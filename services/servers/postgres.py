"""The embedded PostgreSQL of a home. Besides what any shared server has, `home/postgres` holds `secrets.json` (0600)."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from projections.phrases.catalogue import N_
from services.servers.accounts import place
from services.servers.cluster import PORT, SETTING_UP, Cluster, Progress
from services.servers.errors import SecretsLost, in_words
from services.servers.holding import Held, base_of, leave
from services.servers.leases import Lease, locked

NAME = "postgres"
DATABASE = "suivi"
OWNER = "suivi_owner"
SUPERUSER = "postgres"
WAITING = N_("Another command is starting or stopping the database: a moment.")


@dataclass(frozen=True)
class Passwords:
    superuser: str
    owner: str


class Server(Held):
    """A lease on a running PostgreSQL."""

    def __init__(self, base: Path, cluster: Cluster, lease: Lease, passwords: Passwords) -> None:
        super().__init__(base, cluster, lease)
        self.url = _url(cluster, OWNER, passwords.owner, DATABASE)
        self.superuser_url = _url(cluster, SUPERUSER, passwords.superuser, "postgres")


def embedded(
    home: Path, progress: Callable[[str], None] | None = None, options: Mapping[str, str] | None = None
) -> Server:
    """The server of this home, set up and started if need be; `progress` is told, in English, what takes
    long.

    Raises one of `services.servers.errors`."""
    say = _once(progress or (lambda message: None))
    with in_words(home):
        base = base_of(home, NAME)
        with locked(base / "lock", waiting=lambda: say(WAITING)):
            cluster = Cluster(place(base), options or {})
            passwords = _set_up(base, cluster, say)
            lease = Lease(base / "leases")
            try:
                cluster.start(say)
                return Server(base, cluster, lease, passwords)
            except BaseException:
                leave(base, cluster, lease)
                raise


def _once(progress: Progress) -> Progress:
    """Tells each thing one time."""
    told: set[str] = set()

    def say(message: str) -> None:
        if message not in told:
            told.add(message)
            progress(message)

    return say


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
