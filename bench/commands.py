"""A command (load ten events, decide, append, commit), the raw durable insert, and the library's own recorder."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg

from bench import library
from bench.figures import Figure, median, ratio
from bench.ground import TEXT, Ground
from bench.load import Maker, rate
from services.act import Ask, act
from services.store import Store

WRITERS = {1: 0.4, 8: 0.3, 32: 0.3}  # how many, and the share of the raw insert that a command must reach
EVENTS, CASES = 10, 4_000  # half of them for each verb, enough for histories to grow by a few events only
TURNS, SECONDS = 3, 1.5
ROW = b"x" * 400

_RAW = "CREATE TABLE raw (stream uuid, version integer, data bytea, PRIMARY KEY (stream, version))"


def measure(ground: Ground) -> list[Figure]:
    """By number of writers."""
    with psycopg.connect(ground.other_url, autocommit=True) as connection:
        connection.execute(_RAW)
    library.prepare(ground.other_url)
    figures = []
    for writers, bar in WRITERS.items():
        figures += _beside(ground, writers, bar)
    return figures


def _beside(ground: Ground, writers: int, bar: float) -> list[Figure]:
    ids = library.adopt(ground.other_url, CASES // 2, EVENTS)
    with ground.follower():
        refs = ground.adopt(CASES, EVENTS)
        await_lists(ground)
        ground.analyse()
        start = _size(ground)
        makers = {
            "raw": raw(ground.other_url),
            "note": asks(ground, refs[::2], writers, "note", {"text": TEXT}),
            "refer": asks(ground, refs[1::2], writers, "refer", {"body": "body:sante", "mandate": TEXT}),
            "library": library.commands(ground.other_url, ids, writers),
        }
        turns, late = _turns(ground, makers, writers)
    of = f"{writers} writer{'s' * (writers > 1)}"
    return [
        median(f"{of}: raw durable insert", turns["raw"], "commits/s"),
        median(f"{of}: command (note)", turns["note"], "commands/s", note=_spread(turns["note"])),
        ratio(f"{of}: command (note) ÷ raw insert", turns["note"], turns["raw"], bar),
        ratio(f"{of}: command (refer, naming a body) ÷ raw insert", turns["refer"], turns["raw"]),
        median(f"{of}: the library's own", turns["library"], "commands/s"),
        ratio(f"{of}: command (note) ÷ the library's own", turns["note"], turns["library"]),
        *_latency(ground, of, start, writers),
        median(f"{of}: lists up to date after", late, "s"),
    ]


def _turns(ground: Ground, makers: dict[str, Maker], writers: int) -> tuple[dict[str, list[float]], list[float]]:
    """Each in its turn, the lists brought up to date in between, so that nobody pays for another."""
    turns: dict[str, list[float]] = {name: [] for name in makers}
    late = []
    for _ in range(TURNS):
        for name, make in makers.items():
            turns[name].append(rate(make, writers, SECONDS))
            late.append(await_lists(ground))
    return turns, late[1::2]


def await_lists(ground: Ground) -> float:
    """Until the follower has taken everything in; seconds."""
    begin = time.perf_counter()
    behind = ("SELECT EXISTS (SELECT FROM suivi.pending) OR (SELECT min(position) FROM suivi.projections)"
              " < (SELECT size FROM suivi.log_head)")  # fmt: skip
    while ground.home.store.connection.execute(behind).fetchone() == (True,):
        time.sleep(0.02)
    return time.perf_counter() - begin


def raw(url: str) -> Maker:
    """One row of 400 bytes and a commit."""

    def make(number: int) -> Callable[[], Any]:
        connection = psycopg.connect(url, autocommit=True)
        stream, versions = uuid4(), iter(range(10**9))
        insert = "INSERT INTO raw VALUES (%b, %b, %b)"
        return lambda: connection.execute(insert, (stream, next(versions), ROW), prepare=True)

    return make


def asks(ground: Ground, refs: list[str], writers: int, verb: str, facts: dict[str, Any]) -> Maker:
    """`services.act` as a door calls it, each writer over cases of its own."""
    url, actor = ground.home.urls.writer, ground.actor

    def make(number: int) -> Callable[[], Any]:
        store = Store(url)
        mine = iter(refs[number::writers] * 1_000)
        return lambda: act(store, actor, Ask(ref=next(mine), verb=verb, facts=facts))

    return make


def _size(ground: Ground) -> int:
    row = ground.home.reader.execute("SELECT size FROM suivi.log_head").fetchone()
    return int(row[0]) if row else 0


def _latency(ground: Ground, of: str, start: int, writers: int) -> list[Figure]:
    """From the append's clock to the log's, of everything measured."""
    ((p50, p99),) = ground.home.reader.execute(
        "SELECT percentile_cont(ARRAY[0.5, 0.99]) WITHIN GROUP (ORDER BY extract(epoch FROM l.logged_at - e.recorded_at)"
        " * 1000) FROM suivi.log l JOIN suivi.events e USING (stream, version) WHERE l.position > %s", (start,),
    ).fetchall()[0]  # fmt: skip
    return [Figure(f"{of}: in the log after (median)", p50, "ms", 50 if writers == 8 else None, True, f"p99 {p99:.0f}")]


def _spread(values: list[float]) -> str:
    return f"{min(values):,.0f} to {max(values):,.0f}"
