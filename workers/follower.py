"""The sequencer and the follower as a process: `python -m workers.follower`. Any number may run; the rows of the log
head and of each projection let one work at a time."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from domain.errors import Unavailable
from projections import follower
from projections.phrases.catalogue import say
from projections.registry import PROJECTIONS
from services.home import connect, reachable
from services.sequencer import BATCH, sequence
from services.settings import Lang, Settings
from services.store import Store

# Seconds between two batches that are not full: what comes one by one costs ten times more than what comes by fifty.
SEQUENCE_EVERY = 0.02
FOLLOW_EVERY = 0.05
TURN = 0.001  # seconds that a batch of the lists may keep the interpreter from the thread that places events
RECONNECT_EVERY = 1.0


def run(settings: Settings, stop: threading.Event) -> None:
    """Places events and feeds the lists until told to stop."""
    with ExitStack() as stack:
        urls = connect(settings, _tell, stack)
        store = stack.enter_context(Store(urls.writer))
        for projection in PROJECTIONS:
            follower.install(store.connection, projection)
        live(store, stop, settings.lang)


def live(store: Store, stop: threading.Event, lang: Lang) -> None:
    """Places at once, follows a little later, each over a connection of its own; if one ends, so does the other."""
    with Store(store.url) as other, ThreadPoolExecutor(1) as pool:
        placing = pool.submit(_repeat, other, stop, lang, _place, SEQUENCE_EVERY)
        _repeat(store, stop, lang, _follow, FOLLOW_EVERY)
        placing.result()


def _place(store: Store) -> bool:
    """Whether more may wait."""
    return sequence(store.connection) >= BATCH


def _follow(store: Store) -> bool:
    """Whether more may wait."""
    return follower.follow_all(store.connection, PROJECTIONS) >= follower.BATCH


def _repeat(store: Store, stop: threading.Event, lang: Lang, step: Callable[[Store], bool], pause: float) -> None:
    """Works until told to stop. What keeps it from working is told once and tried again: a lost connection is opened
    anew, and lists that stopped do not hold up the others."""
    told = ""
    try:
        while not stop.is_set():
            more = False
            try:
                with reachable():
                    if store.connection.closed:
                        store.reconnect()
                    more = step(store)
                told = ""
            except Unavailable as error:
                if (said := say(error, lang)) != told:
                    _tell(told := said)
            stop.wait(0 if more else RECONNECT_EVERY if store.connection.closed else pause)
    finally:
        stop.set()


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def main() -> None:
    """Runs until SIGTERM or Ctrl-C."""
    sys.setswitchinterval(TURN)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run(Settings.from_environment(), stop)


if __name__ == "__main__":
    main()
