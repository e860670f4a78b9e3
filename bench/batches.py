"""Many asks in one append (`act_all`), beside as many appends."""

from __future__ import annotations

import time

from bench.figures import Figure, median, ratio
from bench.ground import TEXT, Ground
from services.act import Ask, act, act_all
from services.store import Store

TOGETHER, ALONE = 500, 200  # asks
EVENTS = (1, 10)  # of each case beforehand
TURNS = 3
BAR = 20


def measure(ground: Ground) -> list[Figure]:
    """By length of history: the longer, the more of the time goes to reading it, which a batch does not save."""
    figures = []
    for events in EVENTS:
        many, one = zip(*(_turn(ground, events) for _ in range(TURNS)), strict=True)
        of = f"cases of {events} event{'s' * (events > 1)}"
        figures += [
            median(f"{of}: one act for each", one, "cases/s"),
            median(f"{of}: {TOGETHER} in one act_all", many, "cases/s"),
            ratio(f"{of}: act_all ÷ act", many, one, BAR if events == 1 else None),
        ]
    return figures


def _turn(ground: Ground, events: int) -> tuple[float, float]:
    """Cases a second by the batch, and one by one, each on cases of its own."""
    refs = ground.adopt(TOGETHER + ALONE + 1, events)
    ground.settle()
    with Store(ground.home.urls.writer) as store:
        asks = [Ask(ref=ref, verb="note", facts={"text": TEXT}) for ref in refs]
        act(store, ground.actor, asks.pop())
        start = time.perf_counter()
        act_all(store, ground.actor, asks[:TOGETHER])
        middle = time.perf_counter()
        for ask in asks[TOGETHER:]:
            act(store, ground.actor, ask)
        return TOGETHER / (middle - start), ALONE / (time.perf_counter() - middle)
