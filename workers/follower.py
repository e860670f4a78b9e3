"""The sequencer and the follower as a process: `python -m workers.follower`. Any number may run; the rows of the log
head and of each projection let one work at a time."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import ExitStack

from projections import follower
from projections.registry import PROJECTIONS
from services.home import connect
from services.sequencer import sequence
from services.settings import Settings
from services.store import Store

POLL = 0.01  # seconds between two looks when nothing waits
FOLLOW_EVERY = 0.05  # seconds between two batches of the lists, so that entries come in batches


def run(settings: Settings, stop: threading.Event) -> None:
    """Places events and feeds the lists until told to stop."""
    with ExitStack() as stack:
        urls = connect(settings, lambda message: print(message, file=sys.stderr, flush=True), stack)
        store = stack.enter_context(Store(urls.writer))
        for projection in PROJECTIONS:
            follower.install(store.connection, projection)
        live(store, stop)


def live(store: Store, stop: threading.Event) -> None:
    """Sequences at once, follows a little later; a lost connection is opened again."""
    sequencing = threading.Thread(target=_sequence, args=(Store(store.url), stop), daemon=True)
    sequencing.start()
    while not stop.is_set():
        worked = sum(follower.follow(store.connection, projection) for projection in PROJECTIONS)
        stop.wait(0 if worked >= follower.BATCH else FOLLOW_EVERY)
    sequencing.join()


def _sequence(store: Store, stop: threading.Event) -> None:
    with store:
        while not stop.is_set():
            if not sequence(store.connection):
                stop.wait(POLL)


def main() -> None:
    """Runs until SIGTERM or Ctrl-C."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run(Settings.from_environment(), stop)


if __name__ == "__main__":
    main()
