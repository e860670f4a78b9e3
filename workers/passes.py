"""The passes that are made again and again, whoever wakes: of the clocks, and of the outbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from services import watching
from services.settings import Settings
from services.store import Store
from services.sweeping import sweep

Stopping = Callable[[], bool]

MISSED = 2  # intervals without a pass after which the second waker makes it


def make_sweep(store: Store, settings: Settings) -> None:
    """Takes the steps that have come."""
    sweep(store)


def make_missed_sweep(store: Store, settings: Settings, stopping: Stopping) -> None:
    """The same, if nobody has for two intervals: beat, the broker or the worker is away."""
    if _missed(store, settings, "sweep"):
        sweep(store, stopping=stopping)


def make_delivery(store: Store, settings: Settings, stopping: Stopping = lambda: False) -> None:
    """Writes what the log asks for into the outbox, and sends what waits there."""
    from services.mail import deliver, react, react_to_moves

    watching.beat(store.connection, "deliver")
    react_to_moves(store, settings)
    react(store, settings)
    deliver(store, settings, stopping)


def make_missed_delivery(store: Store, settings: Settings, stopping: Stopping) -> None:
    """The same, if nobody has for two intervals."""
    if _missed(store, settings, "deliver"):
        make_delivery(store, settings, stopping)


def _missed(store: Store, settings: Settings, name: str) -> bool:
    silence = watching.beat_of(store.connection, name)
    return silence is None or silence > timedelta(seconds=MISSED * settings.sweep_every)
