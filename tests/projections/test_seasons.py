"""The lists count days with the seasons of the log: where it changes them, whoever follows makes the lists anew."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from domain.time import USUAL, use_seasons
from projections import follower
from projections.registry import PROJECTIONS
from services.home import Home
from services.organisation import configure
from services.rebuilding import rebuild, status
from services.schema import Urls
from services.sequencer import sequence_all
from services.store import Store
from tests.homes import do, lists, opened, secretary

REF = "2023:6"


def due_days(home: Home) -> list[date | None]:
    """The last day of what is due, and the days on which cases were in another state."""
    query = "SELECT due_day FROM read.cases UNION ALL SELECT effective_day FROM read.case_states ORDER BY 1"
    return [day for (day,) in home.reader.execute(query)]


@pytest.fixture
def autumn(database: Urls) -> Iterator[Home]:
    """A case that is due in an autumn, of which something happened in another one."""
    with opened(database) as home:
        secretary(home)
        do(home, "assembly:2023", "create", name="Annuelle 2023", date="2023-05-13")
        do(home, REF, "adopt", title="À l’automne")
        do(home, REF, "set-due", due="automne 2024")
        do(home, REF, "start", occurred="automne 2023")
        home.catch_up()
        assert date(2024, 12, 20) in due_days(home) and date(2023, 12, 20) in due_days(home)
        yield home
    use_seasons(USUAL)


def generations(home: Home) -> set[int]:
    return {row["generation"] for row in status(home)}


def test_other_seasons_are_those_of_the_lists_too(autumn: Home) -> None:
    before = generations(autumn)
    configure(autumn.store, secretary(autumn), {"seasons": {"hiver": "1er décembre"}})
    do(autumn, REF, "note", text="Après")
    autumn.catch_up()
    found = due_days(autumn)
    assert date(2024, 11, 30) in found and date(2023, 11, 30) in found and date(2024, 12, 20) not in found
    live = lists(autumn)
    rebuild(autumn, None, lambda done, total: None)
    assert lists(autumn) == live
    configure(autumn.store, secretary(autumn), {"seasons": {"hiver": "1er décembre"}, "name": "La Fédération"})
    autumn.catch_up()
    assert generations(autumn) == {before.pop() + 2}  # nothing of it has changed


def test_whoever_follows_counts_with_the_seasons_of_the_log(autumn: Home) -> None:
    """Also a process that had looked at the settings before; of several that follow, one makes the lists anew."""
    before = generations(autumn)
    configure(autumn.store, secretary(autumn), {"seasons": {"hiver": "1er décembre"}})
    sequence_all(autumn.store.connection)
    use_seasons(USUAL)

    def follow(_: int) -> None:
        with Store(autumn.store.url) as store:
            while follower.follow_all(store.connection, PROJECTIONS):
                pass

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(follow, range(3)))
    assert date(2024, 11, 30) in due_days(autumn)
    assert generations(autumn) == {before.pop() + 1}


def test_a_process_that_had_looked_before_goes_by_the_log(autumn: Home) -> None:
    """Once the lists were made anew by another, and where they are made anew by hand."""
    configure(autumn.store, secretary(autumn), {"seasons": {"hiver": "1er décembre"}})
    autumn.catch_up()
    do(autumn, "2023:7", "adopt", title="À un autre automne")
    do(autumn, "2023:7", "set-due", due="automne 2025")
    sequence_all(autumn.store.connection)
    use_seasons(USUAL)
    while follower.follow_all(autumn.store.connection, PROJECTIONS):
        pass
    assert date(2025, 11, 30) in due_days(autumn)
    use_seasons(USUAL)
    for projection in PROJECTIONS:
        follower.rebuild(autumn.store.connection, projection)
    assert {date(2025, 11, 30), date(2024, 11, 30)} <= {*due_days(autumn)}
