"""A sweep among few open deadlines and among many, in simulated time: the steps, and the looks that find nothing."""

from __future__ import annotations

import time
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from bench.deadlines import CROWD, FEW, MANY, crowd, late, open_deadlines, owner
from bench.figures import Figure, median, ratio
from bench.ground import Ground
from bench.load import pace
from domain.time import ZONE
from services.sequencer import sequence_all
from services.simulation import advance
from services.sweeping import sweep
from services.watching import watch

DUE = 1_000  # of the open deadlines
START = datetime(2024, 9, 16, 9, tzinfo=ZoneInfo(ZONE))
DAY, LATER = "2024-09-17", date(2026, 1, 1)
NOT_DUE = datetime(2025, 12, 31, tzinfo=ZoneInfo(ZONE))
ROUNDS = 6  # steps of a ladder: at each, the same deadlines are due once more
TURNS, SECONDS = 5, 0.4
BAR = 1.5  # of a hundred times as many


def measure(ground: Ground) -> list[Figure]:
    """Both stores are made once; each round both are swept, the other one first than the round before."""
    with ground.another("few", START) as few, ground.another("many", START) as many:
        made = [_prepare(few, FEW), _prepare(many, MANY)]
        crowd(many, CROWD, NOT_DUE)
        many.analyse()
        times = [_round(few, many, number) for number in range(ROUNDS)][1:]
        idle = [[1 / pace(partial(sweep, one.home.store), SECONDS) for one in (few, many)] for _ in range(TURNS)]
        looks = [[1 / pace(partial(watch, one.home.reader), SECONDS) for one in (few, many)] for _ in range(TURNS)]
    figures = [Figure("deadlines opened (events, due rows)", MANY / made[1], "a second", note=f"{made[1]:.0f} s")]
    for what, turns, unit, scale, bar in (
        (f"sweep, {DUE:,} due", times, "s", 1, BAR),
        ("sweep, nothing due", idle, "ms", 1_000, BAR),
        ("watch", looks, "ms", 1_000, BAR),
    ):
        least, most = zip(*turns, strict=True)
        figures += [
            median(f"{what}, among {FEW:,}", [scale * each for each in least], unit),
            median(f"{what}, among {CROWD:,}", [scale * each for each in most], unit),
            ratio(f"{what}: among {CROWD:,} ÷ among {FEW:,}", most, least, bar, most=True),
        ]
    return figures


def _prepare(ground: Ground, total: int) -> float:
    """Seconds that it took."""
    start = time.perf_counter()
    open_deadlines(ground, [late(owner(ground), DAY)] * DUE, total, LATER)
    made = time.perf_counter() - start
    sequence_all(ground.home.store.connection)
    ground.analyse()
    return made


def _round(few: Ground, many: Ground, number: int) -> tuple[float, float]:
    """Seconds of a sweep of each. The first round warms up."""
    seconds = {}
    for one in (few, many)[:: 1 if number % 2 else -1]:
        store = one.home.store
        (next_at,) = store.connection.execute("SELECT min(next_at) FROM suivi.due").fetchall()[0]
        advance(store, next_at)
        start = time.perf_counter()
        swept = sweep(store)
        seconds[one.home.urls.owner] = time.perf_counter() - start
        assert swept.steps == DUE, swept
        sequence_all(store.connection)
    return seconds[few.home.urls.owner], seconds[many.home.urls.owner]
