"""The sequencer and the follower as a process: `python -m workers.follower`. Any number may run; the rows of the log
head and of each projection let one work at a time. It is also the second waker of the clocks and of the mail: if
no pass was made for two intervals, whatever became of beat, broker and worker, it makes one itself."""

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
from services.processes import beginning, tell, tell_ready
from services.published import hold
from services.sequencer import BATCH, sequence
from services.settings import Lang, Settings
from services.store import Store
from workers.passes import make_missed_delivery, make_missed_sweep

# Seconds between two batches that are not full: what comes one by one costs ten times more than what comes by fifty.
# While nothing comes the pause doubles, so that an idle house costs next to nothing.
SEQUENCE_EVERY = 0.02
FOLLOW_EVERY = 0.05
IDLE_EVERY = 0.25
TURN = 0.001  # seconds that a batch of the lists may keep the interpreter from the thread that places events
RECONNECT_EVERY = 1.0


Step = Callable[[Store], int]


def run(settings: Settings, stop: threading.Event) -> None:
    """Places events and feeds the lists until told to stop."""
    with ExitStack() as stack:
        urls = connect(settings, lambda message: tell(message, settings.lang), stack)
        store = stack.enter_context(Store(urls.writer))
        for projection in PROJECTIONS:
            follower.install(store.connection, projection)
        hold(store.connection)
        live(store, stop, settings)


def live(store: Store, stop: threading.Event, settings: Settings) -> None:
    """Places at once, follows a little later, looks now and then whether clocks and mail are seen to: each over a
    connection of its own. If one ends, so do the others."""

    def waking(missed: Callable[[Store, Settings, Callable[[], bool]], None]) -> Step:
        def wake(store: Store) -> int:
            missed(store, settings, stop.is_set)
            return 0

        return wake

    repeated = [
        (_place, BATCH, SEQUENCE_EVERY),
        (waking(make_missed_sweep), 1, settings.sweep_every),
        (waking(make_missed_delivery), 1, settings.sweep_every),  # apart: a mail server may hang
    ]
    with ExitStack() as stack:
        stores = [stack.enter_context(Store(store.url)) for _ in repeated]
        pool = stack.enter_context(ThreadPoolExecutor(len(repeated)))
        others = [pool.submit(_repeat, own, stop, settings.lang, *what) for own, what in zip(stores, repeated, strict=True)]
        tell_ready(settings.lang)
        _repeat(store, stop, settings.lang, _follow, follower.BATCH, FOLLOW_EVERY)
        for other in others:
            other.result()


def _place(store: Store) -> int:
    return sequence(store.connection)


def _follow(store: Store) -> int:
    store.present.look_again()  # the lists keep days, and a season has those of the organisation
    return follower.follow_all(store.connection, PROJECTIONS)


def _repeat(store: Store, stop: threading.Event, lang: Lang, step: Step, full: int, every: float) -> None:
    """Works until told to stop; a step says how much it did, and more may wait if that is `full`. What keeps it from
    working is told once and tried again: a lost connection is opened anew, and lists that stopped do not hold up the
    others."""
    told, pause = "", every
    try:
        while not stop.is_set():
            done = 0
            try:
                with reachable():
                    if store.connection.closed:
                        store.reconnect()
                    done = step(store)
                told = ""
            except Unavailable as error:
                if (said := say(error, lang)) != told:
                    tell("{message}", lang, message=(told := said))
            pause = every if done else min(pause * 2, max(every, IDLE_EVERY))
            stop.wait(0 if done >= full else RECONNECT_EVERY if store.connection.closed else pause)
    finally:
        stop.set()


def main() -> None:
    """Runs until SIGTERM or Ctrl-C."""
    sys.setswitchinterval(TURN)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    settings = Settings.from_environment()
    with beginning(settings.lang):
        run(settings, stop)


if __name__ == "__main__":
    main()
