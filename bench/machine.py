"""What the figures were taken on."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

DURABILITY = ("fsync", "synchronous_commit", "full_page_writes", "wal_sync_method", "data_checksums", "shared_buffers")


def described(superuser_url: str) -> dict[str, Any]:
    """Cores, processor, memory, versions, and how durable a commit is."""
    with psycopg.connect(superuser_url) as connection:
        names = (*DURABILITY, "server_version")
        settings = {name: connection.execute(f"SHOW {name}").fetchall()[0][0] for name in names}
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "processor": _of("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "memory": _of("/proc/meminfo", "MemTotal") or "?",
        "system": platform.platform(),
        "python": platform.python_version(),
        "postgresql": settings.pop("server_version"),
        "load": [round(load, 1) for load in os.getloadavg()],
    } | settings


def _of(file: str, name: str) -> str | None:
    """A line of a file of the kernel, where there is one."""
    path = Path(file)
    lines = path.read_text().splitlines() if path.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), None)


def syncs(folder: Path, seconds: float = 0.3, turns: int = 3) -> float:
    """8 kB writes with fdatasync a second, right now: every figure of commits moves with it."""
    block, counts = b"x" * 8192, []
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        file.write(block * 256)
        os.fsync(file.fileno())
        for _ in range(turns):
            done, start = 0, time.perf_counter()
            while time.perf_counter() - start < seconds:
                os.pwrite(file.fileno(), block, (done % 256) * 8192)
                os.fdatasync(file.fileno())
                done += 1
            counts.append(done / (time.perf_counter() - start))
    return statistics.median(counts)


def peak_memory() -> float:
    """The most that this process has held, in MB: the kernel's own mark where there is one, since the other figure
    may be inherited from the parent."""
    if mark := _of("/proc/self/status", "VmHWM"):
        return int(mark.split()[0]) / 1024
    unit = 2**20 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
