"""Commands while clocks ring and mail goes out, in processes of their own, beside commands left alone."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from aiosmtpd.controller import Controller

from bench.commands import asks, await_lists
from bench.deadlines import FEW, late, open_deadlines, owner
from bench.figures import Figure, median, ratio
from bench.ground import TEXT, Ground, free_port
from bench.load import rate
from services.mail import deliver, delivery, react
from services.settings import Settings
from services.store import Store
from services.sweeping import sweep
from services.watching import beat

WRITERS = (1, 8)
EVENTS, CASES = 10, 2_000
TURNS, SECONDS = 5, 3.0
LATE = 2_000  # deadlines of a week ago, of which a few ring at each pass
EVERY, AT_ONCE = 1.0, 5  # seconds between two passes; steps of a pass: 18,000 reminders an hour
WEEK = timedelta(days=7)
BAR = 0.9

# Mail goes on working days only, and the bench on any.
_RELEASE = "UPDATE suivi.outbox SET not_before = suivi.now() WHERE state = 'waiting' AND not_before > suivi.now()"


class Sink:
    """Takes every message, and forgets it."""

    async def handle_DATA(self, *_: Any) -> str:
        return "250 taken"


def measure(ground: Ground) -> list[Figure]:
    """By number of writers, alone and beside in turns."""
    now = ground.home.store.present.now
    day, first = (now - WEEK).date(), (now + WEEK).date()
    open_deadlines(ground, [late(owner(ground), day.isoformat())] * LATE, FEW, first, now - WEEK - timedelta(days=1))
    figures = []
    beat(ground.home.store.connection, "sweep")  # or the follower, the second waker, would take every step at once
    with ground.follower():
        refs = ground.adopt(CASES, EVENTS)
        await_lists(ground)
        ground.analyse()
        with _ringing(ground) as ringing:
            for writers in WRITERS:
                figures += _turns(ground, refs, writers, ringing)
    return figures


def _turns(ground: Ground, refs: list[str], writers: int, ringing: Any) -> list[Figure]:
    make = asks(ground, refs, writers, "note", {"text": TEXT})
    alone, beside, seconds, before = [], [], 0.0, _counts(ground)
    for turn in range(TURNS):
        for rings in (False, True)[:: 1 if turn % 2 else -1]:
            start = time.perf_counter()
            (ringing.set if rings else ringing.clear)()
            (beside if rings else alone).append(rate(make, writers, SECONDS))
            ringing.clear()
            seconds += time.perf_counter() - start if rings else 0
            await_lists(ground)
    steps, mails = [(after - some) / seconds for after, some in zip(_counts(ground), before, strict=True)]
    of = f"{writers} writer{'s' * (writers > 1)}"
    note = f"{steps:.1f} steps and {mails:.1f} messages a second"
    return [
        median(f"{of}: command (note), alone", alone, "commands/s"),
        median(f"{of}: command (note), beside sweep and mailer", beside, "commands/s", note=note),
        ratio(f"{of}: beside ÷ alone", beside, alone, BAR),
    ]


def _counts(ground: Ground) -> tuple[int, int]:
    """Steps taken and messages sent."""
    row = ground.home.store.connection.execute(
        "SELECT (SELECT count(*) FROM suivi.events WHERE topic = 'EscalationStepTaken'),"
        " (SELECT count(*) FROM suivi.outbox WHERE state = 'sent')"
    ).fetchone()
    assert row
    return row[0], row[1]


@contextmanager
def _ringing(ground: Ground) -> Iterator[Any]:
    """A mail server, a sweep and a mailer, each a process, the last two at work while the event that is given is set."""
    context: Any = multiprocessing.get_context("fork")
    ringing, port = context.Event(), free_port()
    settings = replace(ground.home.settings, smtp_url=f"smtp://127.0.0.1:{port}", mail_from="suivi@example.org")
    passes = [(one, ground.home.urls.writer, settings, ringing) for one in (_sweep, _mail)]
    processes = [context.Process(target=_repeat, args=each) for each in passes]
    processes.append(context.Process(target=_take_mail, args=(port,)))
    for process in processes:
        process.start()
    try:
        yield ringing
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _take_mail(port: int) -> None:
    Controller(Sink(), hostname="127.0.0.1", port=port, ready_timeout=30).start()
    time.sleep(3600)


def _repeat(one_pass: Callable[[Store, Settings], None], url: str, settings: Settings, ringing: Any) -> None:
    with Store(url) as store:
        while ringing.wait():
            start = time.perf_counter()
            one_pass(store, settings)
            time.sleep(max(0.0, EVERY - (time.perf_counter() - start)))


def _sweep(store: Store, settings: Settings) -> None:
    sweep(store, AT_ONCE)


def _mail(store: Store, settings: Settings) -> None:
    react(store, settings)
    store.connection.execute(_RELEASE)
    delivery._at_work = lambda store: True  # a figure may be taken on a Sunday
    deliver(store, settings)
