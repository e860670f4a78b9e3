"""Ports for servers of tests. Below those that a system gives to whoever connects, and each process of a run has its own
slice, one port after the other: between the choice and the use, nobody else takes it."""

from __future__ import annotations

import os
import random
import socket
from itertools import cycle

FIRST, SLICES, SLICE = 10_000, 22, 1_000

_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
_begin = FIRST + SLICE * (int(_worker.removeprefix("gw")) % SLICES if _worker else random.randrange(SLICES))
_turn = random.randrange(SLICE)
_ports = cycle([*range(_begin + _turn, _begin + SLICE), *range(_begin, _begin + _turn)])


def free_port() -> int:
    """One that nobody listens on."""
    while True:
        port = next(_ports)
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
