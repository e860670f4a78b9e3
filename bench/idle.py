"""Everything that `suivi up` starts, left alone: what it takes of the processor and of the memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Figure
from bench.ground import Ground, erased, free_port

SETTLING, SECONDS = 20, 60  # a sweep and a look at the outbox fall into each minute
PROC = Path("/proc")
TICK = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Process:
    """As the kernel knows it: its processor time in seconds, its proportional share of memory in MB."""

    pid: int
    parent: int
    name: str
    processor: float
    memory: float


def measure(ground: Ground) -> list[Figure]:
    """In a home of its own, with the demonstration. Only Linux tells these figures."""
    if not (PROC / "self" / "smaps_rollup").exists():
        return []
    with _standing() as (home, pid):
        time.sleep(SETTLING)
        before, start = _processes(home, pid), time.perf_counter()
        time.sleep(SECONDS)
        after, elapsed = _processes(home, pid), time.perf_counter() - start
    used, held = dict[str, float](), dict[str, float]()
    for process in after.values():
        known = before.get(process.pid)
        share = 100 * (process.processor - (known.processor if known else 0)) / elapsed
        used[process.name] = used.get(process.name, 0) + share
        held[process.name] = held.get(process.name, 0) + process.memory
    return [
        *(
            Figure(f"{name}: processor", used[name], "% of a core", note=f"{held[name]:.0f} MB")
            for name in sorted(used)
        ),
        Figure("everything idle: processor", sum(used.values()), "% of a core", 2, most=True),
        Figure("everything idle: memory (PSS)", sum(held.values()), "MB", 600, most=True),
    ]


@contextmanager
def _standing() -> Iterator[tuple[Path, int]]:
    """`suivi up`, ready; its home and its process."""
    with erased("suivi-idle-") as home:
        ours = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
        command = [
            sys.executable,
            "-m",
            "cli.main",
            "up",
            "--no-browser",
            "--demo",
            "--json",
            "--port",
            str(free_port()),
        ]
        up = subprocess.Popen(
            command, env=ours | {"SUIVI_HOME": str(home), "SUIVI_USER": "bench"}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            assert up.stdout
            if not up.stdout.readline():
                raise RuntimeError("suivi up did not start")
            yield home, up.pid
        finally:
            up.terminate()
            up.communicate()


def _processes(home: Path, pid: int) -> dict[int, Process]:
    """What `suivi up` started, and the servers of its home, which are nobody's children."""
    places = [_place(home / name) for name in ("postgres", "broker")]
    found = {process.pid: process for process in _all()}
    return {
        process.pid: process
        for process in found.values()
        if pid in _line(found, process.pid) or any(_cwd(process.pid).is_relative_to(place) for place in places)
    }


def _place(base: Path) -> Path:
    """Where a server has its files (`services.servers.holding`)."""
    location = base / "location"
    return Path(location.read_text().strip()) if location.exists() else base


def _line(found: dict[int, Process], pid: int) -> list[int]:
    """A process, its parent, and so on."""
    line = []
    while pid in found:
        line.append(pid)
        pid = found[pid].parent
    return line


def _all() -> Iterator[Process]:
    for folder in PROC.glob("[0-9]*"):
        try:
            facts = (folder / "stat").read_text().rpartition(")")[2].split()
            words = (folder / "cmdline").read_text().split("\0")
            rollup = (folder / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue  # it has ended, or is another's
        shares = [int(line.split()[1]) for line in rollup if line.startswith("Pss:")]
        if shares:
            times = TICK * (int(facts[11]) + int(facts[12]))
            yield Process(int(folder.name), int(facts[1]), _name(words), times, shares[0] / 1024)


def _name(words: list[str]) -> str:
    """Of a process of ours, the module that it runs; of another, its program."""
    if words[0].startswith("postgres:"):
        return "postgresql"
    modules = [word for word in words if word.startswith(("workers.", "web", "cli.main"))]
    ours = " ".join([*modules, *(word for word in words if word in ("worker", "beat"))])
    program = Path(words[0].split()[0]).name
    return ours or {"postgres": "postgresql"}.get(program, program)


def _cwd(pid: int) -> Path:
    try:
        return (PROC / str(pid) / "cwd").readlink()
    except OSError:
        return PROC
