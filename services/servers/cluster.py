"""One data folder of PostgreSQL and its server: set up, started, watched, stopped. Callers hold the home's
lock."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from psycopg import pq
from psycopg.conninfo import make_conninfo

from projections.phrases.catalogue import N_
from services.servers import binaries
from services.servers.accounts import Place
from services.servers.errors import DiskFull, DoesNotStart, OtherMajorVersion, StillRecovering

Progress = Callable[[str], None]

PORT = 5432  # only names the socket: nothing listens on the network
PATIENCE = 300  # seconds that a recovery may take
ORPHANS = 30  # seconds that the children of a killed server may take to end
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"}  # no PG* variable of the person's

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "cluster_name": "suivi",
    "max_connections": "120",
    "shared_buffers": "128MB",
    "wal_compression": "on",
    "jit": "off",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Nothing of what people write may reach the log: no statement, no parameter, no row that broke a rule.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}


SETTING_UP = N_("Setting up the database, once: a few seconds.")
STARTING = N_("The database is starting. After an interruption this can take some minutes; nothing is lost.")


@dataclass
class Cluster:
    """Server options beyond `SETTINGS` are for measures and tests."""

    place: Place
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.place.folder / "data"

    @property
    def log(self) -> Path:
        return self.place.folder / "server.log"

    @cached_property
    def socket(self) -> Path:
        """The folder of the socket: that of the running server, else the one that it will have."""
        lines = self._pid_file()
        return Path(lines[4]) if len(lines) > 4 and lines[4] else self.place.make_socket_folder()

    def check_version(self) -> None:
        """Raises `OtherMajorVersion`."""
        found, wanted = (self.data / "PG_VERSION").read_text().strip(), binaries.major()
        if found != wanted:
            raise OtherMajorVersion(folder=self.data, found=found, wanted=wanted)

    def set_up(self, superuser_password: str, statements: str) -> None:
        """Makes the data folder, whole or not at all; `statements`, one a line, are run once in it."""
        unfinished = self.data.with_name("data.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        self._initdb(unfinished, superuser_password)
        options = _options({"exit_on_error": "on", "log_min_error_statement": "panic"})
        self._run("postgres", "--single", "-D", unfinished.name, *options, "postgres", text=statements)
        unfinished.rename(self.data)

    def answers(self) -> bool:
        """Accepts connections."""
        where = make_conninfo(host=str(self.socket), port=PORT, dbname="postgres", connect_timeout=5)
        return pq.PGconn.ping(where.encode()) == pq.Ping.OK

    def start(self, progress: Progress) -> None:
        """Returns when the server accepts connections, at once if it does.

        Raises `StillRecovering` after five minutes, else `DiskFull` or `DoesNotStart`."""
        orphans_until = time.monotonic() + ORPHANS
        until = time.monotonic() + PATIENCE
        while not self.answers():
            if time.monotonic() > until:
                raise StillRecovering()
            if self._pid() is None:
                self._start_once(progress, orphans_until)
            else:
                progress(STARTING)
                time.sleep(0.2)

    def runs(self) -> bool:
        """Its process is there, whether it accepts connections or not."""
        return self._pid() is not None

    def stop(self) -> None:
        """Cuts what is still connected and ends the server; nothing happens if it does not run."""
        for mode, seconds in (("fast", "60"), ("immediate", "10")):
            if self._pid() is None:
                return
            arguments = ("stop", "-D", self.data.name, "-m", mode, "-w", "-t", seconds, "-s")
            self._popen("pg_ctl", *arguments, stderr=subprocess.DEVNULL).wait()

    def _start_once(self, progress: Progress, orphans_until: float) -> None:
        self._forget_dead_server()
        before = self.log.stat().st_size if self.log.exists() else 0
        server = self._popen("pg_ctl", *self._start_arguments(), stderr=subprocess.DEVNULL)
        try:
            while _still_going(server, seconds=3):
                progress(STARTING)
        except BaseException:  # an interruption: whoever stops the server must find it
            while self._pid() is None and _still_going(server, seconds=0.05):
                pass
            raise
        if server.returncode == 0:
            return
        said = self._said_since(before)
        if "No space left on device" in said:
            raise DiskFull(folder=self.data)
        if "shared memory block" not in said or time.monotonic() > orphans_until:
            raise DoesNotStart(log=self.log) if self._pid() is None else StillRecovering()
        time.sleep(0.2)

    def _start_arguments(self) -> list[str]:
        """`pg_ctl` hands names to a shell: relative ones are safe, whatever the path of the home."""
        socket = str(self.socket).replace('"', '""')  # an element of a list: between double quotes, doubled
        settings = {**SETTINGS, "unix_socket_directories": f'"{socket}"', **self.options}
        arguments = ["start", "-D", self.data.name, "-l", self.log.name, "-o", shlex.join(_options(settings))]
        return [*arguments, "-w", "-t", str(PATIENCE), "-s"]

    def _initdb(self, data: Path, superuser_password: str) -> None:
        """The built-in provider sorts and folds letters the same way on every system, for ever."""
        locale = "C" if sys.platform == "darwin" else "C.UTF-8"
        password = self.place.folder / "password"
        try:
            password.touch(mode=0o600)
            password.write_text(superuser_password)
            if self.place.account:
                os.chown(password, self.place.account.pw_uid, self.place.account.pw_gid)
            self._run(
                "initdb", "-D", data.name, "--username=postgres", f"--pwfile={password.name}",
                "--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8", f"--locale={locale}",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
                *(["--no-sync"] if self.options.get("fsync") == "off" else []),
            )  # fmt: skip
        finally:
            password.unlink(missing_ok=True)

    def _run(self, program: str, *arguments: str, text: str = "") -> None:
        """To its end. Raises `DiskFull` or `DoesNotStart`."""
        with self._popen(program, *arguments, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            try:
                _, errors = process.communicate(text.encode())
            except BaseException:  # an interruption leaves nobody writing in a folder that may be erased
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                raise
        if process.returncode != 0:
            log = self.place.folder / "setup.log"
            log.write_bytes(errors)
            raise (DiskFull(folder=self.data) if b"No space left" in errors else DoesNotStart(log=log))

    def _popen(
        self, program: str, *arguments: str, stdin: int = subprocess.DEVNULL, stderr: int
    ) -> subprocess.Popen[bytes]:
        """In a session of its own: Ctrl-C in a terminal ends what uses the server, not the server."""
        return subprocess.Popen(
            [self.place.programs / program, *arguments],
            cwd=self.place.folder,
            env=ENVIRONMENT,
            stdin=stdin,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            start_new_session=True,
            umask=0o077,
            **self.place.identity,
        )

    def _pid_file(self) -> list[str]:
        """Lines of `postmaster.pid`: pid, data folder, start, port, folder of the socket, address, memory,
        state."""
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _pid(self) -> int | None:
        lines = self._pid_file()
        pid = int(lines[0]) if lines else 0
        return pid if pid and is_server(pid, self.data, "postgres") else None

    def _forget_dead_server(self) -> None:
        """After a crash or a restart of the machine its pid may be that of another program, which
        PostgreSQL takes for itself. What its children may still hold is found by the shared memory, not by
        these files."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        (self.socket / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
        self.__dict__.pop("socket", None)

    def _said_since(self, offset: int) -> str:
        if not self.log.exists():
            return ""
        with self.log.open("rb") as file:
            file.seek(offset)
            return file.read().decode(errors="replace")


def _options(settings: Mapping[str, str]) -> list[str]:
    return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]


def _still_going(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return True
    return False


def is_server(pid: int, data: Path, program: str) -> bool:
    """Whether this process is the server of that folder, in which it always works."""
    if Path("/proc/self/cwd").exists():
        try:
            return Path(f"/proc/{pid}/cwd").resolve(strict=True) == data.resolve()
        except OSError:
            return False
    command = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True).stdout
    return program in command
