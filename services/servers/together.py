"""The embedded servers of a home together: stopped when nobody uses them, erased with all that they keep."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from services.servers import postgres, valkey
from services.servers.accounts import place
from services.servers.cluster import Cluster
from services.servers.errors import InUse
from services.servers.holding import Running
from services.servers.leases import holders, locked

SERVERS: dict[str, Callable[[Path], Running]] = {
    postgres.NAME: lambda base: Cluster(place(base)),
    valkey.NAME: lambda base: valkey.Valkey(valkey.broker_place(base)),
}


def stop_unused(home: Path) -> None:
    """Stops those that only dead processes used."""
    for name, server in SERVERS.items():
        base = home.absolute() / name
        if base.is_dir():
            with locked(base / "lock"):
                if not holders(base / "leases"):
                    server(base).stop()


def discard(home: Path) -> None:
    """Erases their data for good. Raises `InUse`."""
    for name, server in SERVERS.items():
        base = home.absolute() / name
        if base.is_dir():
            with locked(base / "lock"):
                _erase(home, base, server(base))
            shutil.rmtree(base, ignore_errors=True)


def _erase(home: Path, base: Path, server: Running) -> None:
    if holders(base / "leases"):
        raise InUse(folder=home)
    server.stop()
    shutil.rmtree(server.socket)
    shutil.rmtree(server.place.folder)
