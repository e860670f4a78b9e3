"""Writers and readers let loose: how many operations a second they do together."""

from __future__ import annotations

import gc
import multiprocessing
import time
from collections.abc import Callable
from typing import Any

Operation = Callable[[], object]
Maker = Callable[[int], Operation]  # in the process of its own, from its number
WARM_UP = 0.3  # seconds: a fork first makes its own copy of every page that it touches


def rate(make: Maker, processes: int, seconds: float) -> float:
    """Operations a second of so many processes, each with its own connection, started together."""
    gc.freeze()  # a collection in a fork would otherwise copy every page of what it inherits
    context: Any = multiprocessing.get_context("fork")
    ready, go, done = context.Semaphore(0), context.Event(), context.SimpleQueue()
    running = [context.Process(target=_run, args=(make, n, seconds, ready, go, done)) for n in range(processes)]
    for process in running:
        process.start()
    for _ in running:
        while not ready.acquire(timeout=1):
            if any(one.exitcode for one in running):
                raise RuntimeError("a process of the measure did not start: see its error above")
    go.set()
    counts = [done.get() for _ in running]
    for process in running:
        process.join()
    return sum((count / elapsed for count, elapsed in counts), 0.0)


def _run(make: Maker, number: int, seconds: float, ready: Any, go: Any, done: Any) -> None:
    operation = make(number)
    repeat(operation, WARM_UP)
    ready.release()
    go.wait()
    done.put(repeat(operation, seconds))


def repeat(operation: Operation, seconds: float) -> tuple[int, float]:
    """Does it again and again for that long; how often, and the time it took."""
    count, start = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - start) < seconds:
        operation()
        count += 1
    return count, elapsed


def pace(operation: Operation, seconds: float) -> float:
    """Operations a second, in this process."""
    count, elapsed = repeat(operation, seconds)
    return count / elapsed
