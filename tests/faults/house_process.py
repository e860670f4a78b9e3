"""A process of the house whose weak moments can be aimed at: `house_process worker|follower [BUG]`.

Once a file of that name lies in the home, the next process that comes to that moment removes it and is killed there.
BUG is one that nobody should write: `mark-first`, a mailer that marks before it sends; `move-first`, a reaction whose
position moves in a transaction of its own."""

from __future__ import annotations

import os
import runpy
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from domain.clocks import EscalationStepTaken
from services import sweeping
from services.mail import delivery, reaction
from services.settings import Settings
from services.store import Store

MODULES = {"worker": ["workers.queue", "worker"], "follower": ["workers.follower"]}
REACTING, SWEEPING = "reacting", "sweeping"
AIMS = {REACTING: (reaction, "_tell"), SWEEPING: (sweeping, "_take")}


def aim(home: Path, name: str, module: Any, function: str) -> None:
    """The moment after a function has done its work, in the middle of a pass."""
    really = getattr(module, function)

    def fatal(*given: Any) -> Any:
        done = really(*given)
        die_if(home / name)
        return done

    setattr(module, function, fatal)


def die_if(aimed: Path) -> None:
    """Of several processes that come to it, one takes the file away."""
    try:
        aimed.unlink()
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def mark_sent(store: Store, *given: Any) -> None:
    """The message that is worked on."""
    (id,) = (each.id for each in given if isinstance(each, delivery.Claimed))
    store.connection.execute("UPDATE suivi.outbox SET state = 'sent', sent_at = suivi.now() WHERE id = %s", (id,))


def mark_first(really: Callable[..., None]) -> Callable[..., None]:
    def handle(*given: Any) -> None:
        mark_sent(*given)
        really(*given)

    return handle


def move_first(store: Store, settings: Settings) -> int | None:
    """One step at a time; the position goes by itself."""
    turn = store.connection.execute(reaction._TURN, (reaction.NAME,)).fetchone()
    if turn is None:
        return None
    found = store.connection.execute(reaction._STEPS, (*turn, reaction.TOPICS, 1)).fetchone()
    step = reaction.Step(*found) if found else None
    store.connection.execute(reaction._ADVANCE, (step.position if step else turn[1], reaction.NAME))
    if step is None:
        return 0
    if step.topic.startswith(EscalationStepTaken.__name__):
        die_if(settings.home / REACTING)
    return reaction._tell(store, settings, step)


def main(role: str, bug: str = "") -> None:
    home = Settings.from_environment().home
    delivery.LEASE = timedelta(seconds=10)  # what a killed one held is soon free
    delivery.FIRST_PAUSE, delivery.LONGEST_PAUSE = timedelta(seconds=1), timedelta(seconds=2)
    if bug == "mark-first":
        delivery._handle = mark_first(delivery._handle)
    if bug == "move-first":
        reaction._take_turn = move_first
    else:
        for name, (module, function) in AIMS.items():
            aim(home, name, module, function)
    sys.argv = MODULES[role]
    runpy.run_module(MODULES[role][0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
