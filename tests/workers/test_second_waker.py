"""Whatever became of beat, broker and worker, the follower sees to clocks and mail."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

from services.schema import Urls
from services.simulation import advance
from services.store import Store
from tests.services.mailing import RUNG, post_office, sink
from workers.follower import live

PATIENCE = 300.0  # seconds, on a slow machine: only what never comes fails


def test_a_step_is_taken_and_its_message_goes_with_the_follower_alone(database: Urls) -> None:
    with post_office(database) as office, sink() as relay, Store(database.writer) as store:
        office.due()
        advance(office.store, RUNG)
        stop, settings = threading.Event(), replace(office.sending_to(relay.url), sweep_every=1)
        follower = threading.Thread(target=live, args=(store, stop, settings))
        follower.start()
        end = time.monotonic() + PATIENCE
        while not relay.taken and time.monotonic() < end:
            time.sleep(0.05)
        stop.set()
        follower.join(PATIENCE)
        assert len(relay.ids) == 1 and office.states() == ["sent"] and not follower.is_alive()
