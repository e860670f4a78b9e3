"""A process that sends what waits until nothing does: `mailer DATABASE RELAY [FAULT]`.

FAULT `after-yes`: it is killed between the server's yes and the mark; `mark-first`: the same, in a mailer that marks
before it sends, which nobody should write."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg

from services.mail import deliver, delivery
from services.mail.relay import Relay
from services.settings import Settings
from services.store import Store
from tests.faults.house_process import mark_sent
from tests.faults.writer import connected

FAULT = sys.argv[3] if len(sys.argv) > 3 else ""


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def send_and_die(self: Relay, message: Any, send: Any = Relay.send) -> None:
    send(self, message)
    die()


def mark_and_die(*given: Any) -> None:
    mark_sent(*given)
    die()


def waiting(store: Store) -> bool:
    """Whether anything is to be sent; a lost connection is opened anew."""
    try:
        if store.connection.closed:
            store.reconnect()
        row = store.connection.execute("SELECT EXISTS (SELECT FROM suivi.outbox WHERE state = 'waiting')").fetchone()
    except psycopg.OperationalError:
        return True
    return row == (True,)


def main(database: str, relay: str) -> None:
    delivery.FIRST_PAUSE = timedelta(seconds=1)
    if not FAULT:
        delivery.LEASE = timedelta(seconds=5)  # so that what a killed one held is soon free
    if FAULT == "after-yes":
        Relay.send = send_and_die  # type: ignore[method-assign]
    if FAULT == "mark-first":
        delivery._handle = mark_and_die
    settings = replace(Settings.from_environment({}), smtp_url=relay, mail_from="suivi@example.org")
    with connected(database) as store:
        while waiting(store):
            with suppress(psycopg.OperationalError):  # `waiting` meets it again
                deliver(store, settings)
            time.sleep(0.02)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
