"""Who still uses a server. A lease is a file named after a process and locked while that lives: however it
dies, the kernel lets go of the lock, so neither a killed process nor a recycled pid can be mistaken for a
user."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet


@contextmanager
def locked(path: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """One process (and thread) at a time; `waiting` is called if another one is inside."""
    with path.open("a") as file:
        if not _try_lock(file.fileno()):
            waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_locked(path: Path) -> bool:
    """Whether anyone is inside."""
    with path.open("a") as file:
        return not _try_lock(file.fileno())


class Lease:
    """Held from its making to `release`, or to the end of the process. Make and release under the same
    `locked`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        self._path = folder / f"{os.getpid()}-{secrets.token_hex(4)}"
        self._file = self._path.open("x")
        fcntl.flock(self._file, fcntl.LOCK_EX)
        _held.add(self)

    def release(self) -> None:
        self._path.unlink(missing_ok=True)
        self.forget()

    def forget(self) -> None:
        """In a fork: the lock is then held by the process that made it alone, and ends with it."""
        self._file.close()


_held: WeakSet[Lease] = WeakSet()


def _forget_all() -> None:
    for lease in _held:
        lease.forget()


os.register_at_fork(after_in_child=_forget_all)


def holders(folder: Path) -> list[int]:
    """The pids that hold a lease; files left by the dead are removed. Call under the same `locked`."""
    if not folder.is_dir():
        return []
    return [int(path.name.partition("-")[0]) for path in sorted(folder.iterdir()) if not _prune(path)]


def _prune(path: Path) -> bool:
    with path.open() as file:
        dead = _try_lock(file.fileno())
    if dead:
        path.unlink()
    return dead


def _try_lock(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
