"""Homes for tests: a database of the test's own, with its lists, and someone who acts in it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from projections import follower
from projections.registry import PROJECTIONS
from services.accounts import enter
from services.act import Ask, act
from services.execute import Actor, Outcome
from services.home import Home
from services.schema import Urls
from services.sequencer import sequence_all
from services.settings import Settings
from services.store import Store

SECRETARY = "ana"


@contextmanager
def opened(urls: Urls, user: str = SECRETARY) -> Iterator[Home]:
    """The home of a database, as `user` opens it. Nothing is remembered of another test's."""
    for projection in PROJECTIONS:
        projection.forget()
    settings = Settings(Path(os.environ["SUIVI_TEST_HOME"]), user, database_url=urls.owner)
    with Store(urls.writer) as store, psycopg.connect(urls.reader, autocommit=True) as reader:
        for projection in PROJECTIONS:
            follower.install(store.connection, projection)
        yield Home(settings, urls, store, reader)


def secretary(home: Home) -> Actor:
    """The first of all: secretary and administrator."""
    return enter(home.store, SECRETARY)[0]


def do(home: Home, ref: str, verb: str, occurred: str | None = None, part: str | None = None,
       by: Actor | None = None, **facts: Any) -> Outcome:  # fmt: skip
    """One verb, placed in the log at once, the lists left behind."""
    ask = Ask(ref=ref, verb=verb, facts=facts, part=part, occurred=occurred)
    outcome = act(home.store, by or secretary(home), ask)
    sequence_all(home.store.connection)
    return outcome


def stream_of(outcome: Outcome) -> UUID:
    """The only stream that was written."""
    (stream,) = outcome.versions
    return stream


def rows(connection: psycopg.Connection, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
    """Every row of a table, as text, in an order of its own."""
    found = connection.execute(f"SELECT t::text FROM (SELECT {columns} FROM {table}) AS t ORDER BY 1")  # type: ignore[arg-type]
    return found.fetchall()


READ = ("cases", "case_states", "case_threads", "case_counts", "directory", "demarches", "entries", "search")


def lists(home: Home, tables: Sequence[str] = READ) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every read table."""
    return {table: rows(home.store.connection, f"read.{table}") for table in tables}
