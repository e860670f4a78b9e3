"""What a program that reads the work of others takes from itself, once all that it needs is loaded. It stands alone: it is
used by programs that have the standard library only."""

from __future__ import annotations

import resource

MEMORY = 768 * 2**20  # bytes


def confine(seconds: int, memory: int = MEMORY) -> None:
    """From here on: so much memory, so much time of processor, and no file or connection can be opened."""
    limits = (
        (resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NPROC, 0), (resource.RLIMIT_NOFILE, 3),
    )  # fmt: skip
    for which, most in limits:
        try:
            resource.setrlimit(which, (most, most))
        except (ValueError, OSError):  # some systems do not keep all of them
            continue
