"""How a server of a home is shared by the processes that use it: the first starts it, the last stops it.

Under `home/NAME`: `lock`, `leases/`, and the server's files, or as root `location`, which names the folder of the
system account where those are."""

from __future__ import annotations

import atexit
import os
from contextlib import nullcontext
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from services.servers.accounts import Place
from services.servers.leases import Lease, holders, locked


class Running(Protocol):
    """What a server is to those who share it."""

    place: Place

    @property
    def socket(self) -> Path:
        """The folder of its socket."""

    def runs(self) -> bool:
        """Whether its process is there."""

    def stop(self) -> None:
        """Ends it; nothing happens if it does not run."""


class Held:
    """A lease on a running server: a context manager, also released when the process ends normally."""

    def __init__(self, base: Path, server: Running, lease: Lease) -> None:
        self._base, self._server, self._lease = base, server, lease
        self._process: int | None = os.getpid()
        atexit.register(self.release)

    def runs(self) -> bool:
        """Whether the server's process is still there."""
        return self._server.runs()

    def release(self) -> bool:
        """Once done, says whether this was the last lease and the server was stopped. A fork of the process
        that made it has nothing to release."""
        if self._process != os.getpid():
            return False
        self._process = None
        atexit.unregister(self.release)
        with locked(self._base / "lock") if self._base.is_dir() else nullcontext():
            return leave(self._base, self._server, self._lease)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def base_of(home: Path, name: str) -> Path:
    """The folder of a server in a home; made the first time."""
    base = home.absolute() / name
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    base.mkdir(mode=0o700, exist_ok=True)
    return base


def leave(base: Path, server: Running, lease: Lease) -> bool:
    """Gives a lease back, under the lock of `base`; the last one stops the server, and says so."""
    lease.release()
    if holders(base / "leases"):
        return False
    server.stop()
    return True
