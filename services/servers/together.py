"""The embedded servers of a home together: stopped when nobody uses them, erased with all that they keep."""

from __future__ import annotations

import shutil
import time
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

PATIENCE = 10.0  # seconds: a killed process may take a moment to let go of its leases
GLANCE = 0.1


def stop_unused(home: Path) -> None:
    """Stops those that only dead processes used, or processes that end within some seconds."""
    for name, server in SERVERS.items():
        base, end = home.absolute() / name, time.monotonic() + PATIENCE
        while base.is_dir():
            with locked(base / "lock"):
                if not holders(base / "leases"):
                    server(base).stop()
                    break
            if time.monotonic() > end:
                break
            time.sleep(GLANCE)


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
