"""The embedded message broker of a home, a Valkey on a Unix socket: `with broker(home) as held: held.url`.

What it holds may be lost at any time: messages only wake, and what is due is in the database. So whatever its data
folder has become, it starts, empty if need be."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from services.servers.accounts import Place, place
from services.servers.binaries import VALKEY
from services.servers.cluster import ENVIRONMENT, is_server
from services.servers.errors import BrokerDoesNotStart, in_words
from services.servers.holding import Held, base_of, leave
from services.servers.leases import Lease, locked

NAME = "broker"
PROGRAM = "valkey-server"
PATIENCE = 10.0  # seconds that a server may take to answer, or to end
GLANCE = 0.02  # seconds between two looks at it

SETTINGS = {
    "port": "0",  # nothing listens on the network
    "unixsocketperm": "700",
    "dir": "data",
    "daemonize": "yes",  # a session of its own: Ctrl-C ends what uses it, not the server
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "maxmemory": "64mb",
    "maxmemory-policy": "allkeys-lru",  # messages that nobody takes make room for the next
    "hz": "1",  # nothing here expires to the tenth of a second, and an idle server should cost nothing
}


@dataclass
class Valkey:
    """One data folder of Valkey and its server. Callers hold the home's lock."""

    place: Place

    @cached_property
    def socket(self) -> Path:
        return self.place.make_socket_folder()

    @property
    def address(self) -> Path:
        return self.socket / "broker.sock"

    @property
    def data(self) -> Path:
        return self.place.folder / "data"

    @property
    def log(self) -> Path:
        return self.place.folder / "server.log"

    def answers(self) -> bool:
        """Takes messages."""
        return self._asked(b"PING\r\n") == b"+PONG\r\n"

    def runs(self) -> bool:
        return self._pid() is not None

    def start(self) -> None:
        """Returns when the server takes messages, at once if it does. One that does not answer is ended, and data
        that it cannot read is thrown away. Raises `BrokerDoesNotStart`."""
        if self._becomes_ready():
            return
        self.stop()
        if not self._started():
            self.stop()
            _remove(self.data)
            if not self._started():
                self.stop()
                raise BrokerDoesNotStart(log=self.log)

    def stop(self) -> None:
        if self.runs():
            self._asked(b"SHUTDOWN\r\n")  # at once; a signal waits for the next tick
        for how in (signal.SIGTERM, signal.SIGKILL):
            end = time.monotonic() + PATIENCE
            while (pid := self._pid()) and time.monotonic() < end:
                with suppress(ProcessLookupError):
                    os.kill(pid, how)
                time.sleep(GLANCE)

    def _started(self) -> bool:
        if not self.data.is_dir():
            _remove(self.data)
            self.data.mkdir(mode=0o700)
            if self.place.account:
                os.chown(self.data, self.place.account.pw_uid, self.place.account.pw_gid)
        _remove(self._pid_file)
        _remove(self.log)
        places = {"unixsocket": self.address, "pidfile": self._pid_file, "logfile": self.log}
        options = [word for name, value in {**SETTINGS, **places}.items() for word in (f"--{name}", str(value))]
        done = subprocess.run(
            [self.place.programs / PROGRAM, *options],
            cwd=self.place.folder, env=ENVIRONMENT, umask=0o077, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, **self.place.identity,
        )  # fmt: skip
        return done.returncode == 0 and self._becomes_ready(GLANCE * 10)

    def _becomes_ready(self, appears: float = 0.0) -> bool:
        """Whether it answers, as long as its process is there, which may take `appears` seconds to be seen."""
        begun = time.monotonic()
        while not self.answers():
            passed = time.monotonic() - begun
            if passed > PATIENCE or (passed > appears and not self.runs()):
                return False
            time.sleep(GLANCE)
        return True

    def _asked(self, command: bytes) -> bytes:
        try:
            with socket.socket(socket.AF_UNIX) as asked:
                asked.settimeout(PATIENCE)
                asked.connect(str(self.address))
                asked.sendall(command)
                return asked.recv(100)
        except OSError:
            return b""

    @property
    def _pid_file(self) -> Path:
        return self.place.folder / "server.pid"

    def _pid(self) -> int | None:
        try:
            pid = int(self._pid_file.read_text())
        except (OSError, ValueError):
            return None
        return pid if is_server(pid, self.data, PROGRAM) else None


class Broker(Held):
    """A lease on a running broker."""

    def __init__(self, base: Path, valkey: Valkey, lease: Lease) -> None:
        super().__init__(base, valkey, lease)
        self.url = f"redis+socket://{quote(str(valkey.address))}"


def broker(home: Path) -> Broker:
    """The broker of this home, started if need be. Raises one of `services.servers.errors`."""
    with in_words(home):
        base = base_of(home, NAME)
        with locked(base / "lock"):
            valkey = Valkey(broker_place(base))
            lease = Lease(base / "leases")
            try:
                valkey.start()
                return Broker(base, valkey, lease)
            except BaseException:
                leave(base, valkey, lease)
                raise


def broker_place(base: Path) -> Place:
    """A folder that was erased is made anew."""
    found = place(base, VALKEY)
    if not found.folder.is_dir():
        (base / "location").unlink()
        found = place(base, VALKEY)
    return found


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
