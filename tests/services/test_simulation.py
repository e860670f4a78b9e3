"""A store whose time is moved by hand: begun empty, only forward, and nowhere else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from services.accounts import enter
from services.demonstration import STANDS_AT
from services.schema import Urls
from services.sequencer import sequence_all
from services.simulation import NotSimulated, NoWayBack, SimulatedAlready, StoreBegun, advance, begin, simulated_at
from tests.homes import SECRETARY, do, opened, rows

LATER = STANDS_AT + timedelta(days=40)


def test_time_stands_until_it_is_moved(database: Urls) -> None:
    with opened(database) as home:
        assert simulated_at(home.store) is None
        begin(home.store, STANDS_AT)
        assert simulated_at(home.store) == STANDS_AT
        enter(home.store, SECRETARY)
        do(home, "assembly:2024", "create", name="Annuelle 2024")
        advance(home.store, LATER)
        advance(home.store, LATER)
        do(home, "assembly:2024", "rename", name="Assemblée annuelle 2024")
        times = home.store.connection.execute(
            "SELECT recorded_at, logged_at FROM suivi.log JOIN suivi.events USING (stream, version) ORDER BY position"
        ).fetchall()
        assert times == [(at.astimezone(UTC),) * 2 for at in (STANDS_AT, STANDS_AT, LATER)]


def test_it_begins_empty_and_once(database: Urls) -> None:
    with opened(database) as home:
        home.store.present.look()  # what was seen before does not last
        begin(home.store, STANDS_AT)
        with pytest.raises(SimulatedAlready):
            begin(home.store, LATER)
        assert (simulated_at(home.store), home.store.present.now) == (STANDS_AT, STANDS_AT)


def test_a_store_that_holds_something_lives_in_real_time(database: Urls) -> None:
    with opened(database) as home:
        enter(home.store, SECRETARY)
        with pytest.raises(StoreBegun):
            begin(home.store, STANDS_AT)
        with pytest.raises(NotSimulated):
            advance(home.store, LATER)
        assert simulated_at(home.store) is None
        assert abs(home.store.present.now - datetime.now(UTC)) < timedelta(hours=1)


def test_an_empty_store_is_not_moved_into_simulation(database: Urls) -> None:
    with opened(database) as home:
        with pytest.raises(NotSimulated):
            advance(home.store, LATER)
        assert simulated_at(home.store) is None


def test_time_does_not_go_back(database: Urls) -> None:
    with opened(database) as home:
        begin(home.store, LATER)
        with pytest.raises(NoWayBack) as refused:
            advance(home.store, STANDS_AT)
        assert refused.value.facts == {"now": LATER, "asked": STANDS_AT}
        assert simulated_at(home.store) == LATER


@pytest.mark.parametrize("to", ["NULL", "'2024-01-01'", "'2050-01-01'"])
def test_the_database_holds_it_too(database: Urls, to: str) -> None:
    """Whoever writes to it by another way: a simulated store stays so, and a living one never becomes one."""
    with opened(database) as home:
        enter(home.store, SECRETARY)
        sequence_all(home.store.connection)
        with pytest.raises(psycopg.Error) as refused:
            home.store.connection.execute(f"UPDATE suivi.clock SET simulated_at = {to}")
        assert refused.value.sqlstate == "SV003"
        assert rows(home.store.connection, "suivi.clock") == [("(t,)",)]
