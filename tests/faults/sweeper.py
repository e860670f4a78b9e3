"""A process that sweeps until it is killed, whatever happens to the server: `sweeper URL [BUG]`, with one of BUGS.

Where a bug opens a window, the first process that comes into it writes its id into the file WINDOW, if that is set, and
stays there until it is killed."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from msgspec import json

from domain.errors import Unavailable
from projections.due import due_rows
from services import sweeping
from services.present import Present
from services.store import Store
from tests.faults.writer import connected
from tests.services.planting import changed


def write_rows_apart() -> None:
    """The due rows follow their events in a statement of their own."""
    really, window = Store.save, Path(os.environ["WINDOW"])

    def save(self: Store, *objs: Any, **more: Any) -> Any:
        rows = due_rows([new for one in objs for new in one.new])
        saved = really(self, *objs, **more)
        stay_in(window)
        self.connection.execute("SELECT suivi.write_due(convert_from(%b, 'UTF8')::jsonb)", (json.encode(rows),))
        return saved

    vars(sys.modules["services.store"])["due_rows"] = lambda _: []
    Store.save = save  # type: ignore[method-assign]  # the bug


def stay_in(window: Path) -> None:
    with suppress(FileExistsError), window.open("x") as file:
        file.write(f"{os.getpid()}\n")
        file.flush()
        while True:
            signal.pause()


def trust_own_clock() -> None:
    """What time it is, this process says."""
    Present.now = property(lambda self: datetime.now(UTC))  # type: ignore[assignment,method-assign]  # the bug
    sweeping._DUE = changed(sweeping._DUE, "d.next_at <= suivi.now()", "d.next_at IS NOT NULL")


BUGS: dict[str, Callable[[], None]] = {"rows apart": write_rows_apart, "own clock": trust_own_clock}


def sweep_on(url: str) -> None:
    store = connected(url)
    while True:
        try:
            if store.connection.closed:
                store.reconnect()
            sweeping.sweep(store)
        except (psycopg.OperationalError, Unavailable):
            continue
        finally:
            time.sleep(0.02)


if __name__ == "__main__":
    for bug in sys.argv[2:]:
        BUGS[bug]()
    sweep_on(sys.argv[1])
