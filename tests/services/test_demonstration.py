"""The demonstration assembly: whole, once, whatever comes between, and beside what is there already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest

from domain.aggregate import Aggregate
from domain.words import slug
from projections import follower
from projections.registry import PROJECTIONS
from services.act import Ask, act, act_all
from services.demonstration import KEY, STANDS_AT, Loaded, load, loading
from services.demonstration.loading import DemonstrationRole, OfBefore
from services.demonstration.source import Demonstration
from services.execute import Actor, Outcome
from services.home import Home
from services.reading import When, cases
from services.refs import Refs
from services.schema import Urls
from services.simulation import begin
from services.store import Store
from tests.homes import do, lists, opened, secretary
from tests.services.test_demonstration_whole import STATES

THREADS = 11


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    """Simulated: what is to come is the same whenever this runs."""
    with opened(database) as home:
        begin(home.store, STANDS_AT)
        yield home


def events(home: Home) -> int:
    """How many events there are, but for those of clocks and of threads."""
    row = home.store.connection.execute(
        "SELECT count(*) FROM suivi.events WHERE topic NOT LIKE 'Clock%' AND topic <> 'CaseThreadOpened'"
        " AND stream NOT IN (SELECT stream FROM suivi.keys WHERE scope = 'demarche')"
    ).fetchone()
    assert row
    return int(row[0])


def test_twice_is_nothing_new(home: Home) -> None:
    first = load(home, secretary(home))
    assert (len(first.cases), first.created, first.numbers, first.notice) == (25, first.cases, 29, None)
    before = events(home)
    again = load(home, secretary(home))
    assert (again.cases, again.created, again.numbers) == (first.cases, (), 29)
    assert (events(home), len(Refs(home.store).keys("demarche"))) == (before, THREADS)


def test_rebuilt_it_is_the_same(home: Home) -> None:
    load(home, secretary(home))
    before = lists(home)
    for projection in PROJECTIONS:
        follower.rebuild(home.store.connection, projection)
    assert lists(home) == before
    assert before["cases"] and before["directory"]


# What comes between


class Killed(BaseException):
    """The process ends here."""


Door = Callable[..., Outcome]  # as act_all


def before_append(store: Store, actor: Actor, asks: list[Ask], id: UUID, loaded: bool = False) -> Outcome:
    raise Killed


def after_append(store: Store, actor: Actor, asks: list[Ask], id: UUID, loaded: bool = False) -> Outcome:
    act_all(store, actor, asks, id, loaded)
    raise Killed


def amid_acts(store: Store, actor: Actor, asks: list[Ask], id: UUID, loaded: bool = False) -> Outcome:
    """The planted bug: each act is an append of its own."""
    act(store, actor, asks[0])
    raise Killed


def killed_at(patch: pytest.MonkeyPatch, at: int, death: Door) -> None:
    """The loading meets its death at the append so numbered, from 0."""
    calls = iter(range(100))

    def door(store: Store, actor: Actor, asks: list[Ask], id: UUID, loaded: bool = False) -> Outcome:
        return (death if next(calls) == at else act_all)(store, actor, asks, id, loaded)

    patch.setattr(loading, "act_all", door)


def loaded_after(home: Home, patch: pytest.MonkeyPatch, at: int, death: Door) -> tuple[Loaded, int]:
    """The loading that follows one that was killed, and how many events there then are."""
    actor = secretary(home)
    with patch.context() as killing, pytest.raises(Killed):
        killed_at(killing, at, death)
        load(home, actor)
    return load(home, actor), events(home)


def whole() -> int:
    """The events of an uninterrupted loading, the secretary's own among them: one an act."""
    told = Demonstration.read()
    terms = sum(len(entry.acts) for entry in (*told.bodies, *told.offices))
    lives = sum(1 + len(one.acts) for one in told.cases)
    return 1 + 1 + len(told.people) + len(told.bodies) + len(told.offices) + terms + lives


@pytest.mark.parametrize("at", [0, 13, 25, 26])
@pytest.mark.parametrize("death", [before_append, after_append])
def test_killed_on_the_way_the_next_completes_it(
    home: Home, monkeypatch: pytest.MonkeyPatch, at: int, death: Door
) -> None:
    loaded, count = loaded_after(home, monkeypatch, at, death)
    assert count == whole()
    assert len(Refs(home.store).keys("demarche")) == THREADS
    assert len(loaded.created) == 25 - min(25, max(0, at - (death is before_append)))
    assert Counter(row["state"] for row in cases(home, When())) == STATES


def test_a_case_told_act_by_act_would_stay_half_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    _, count = loaded_after(home, monkeypatch, 13, amid_acts)
    assert count < whole()


def test_threads_told_act_by_act_would_be_told_twice(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded_after(home, monkeypatch, 26, amid_acts)
    assert len(Refs(home.store).keys("demarche")) > THREADS


def test_two_at_once_load_it_once(home: Home, database: Urls) -> None:
    """Each passes over what the other was quicker with; one of them under another account."""
    first = secretary(home)
    actors = [first, Actor(UUID(int=7), frozenset({"secretary"}))]

    def loaded(actor: Actor) -> Loaded:
        with opened(database) as one:
            return load(one, actor)

    with ThreadPoolExecutor(2) as pool:
        created = [ref for one in pool.map(loaded, actors) for ref in one.created]
    assert sorted(created) == sorted(Demonstration.read().refs(KEY))
    assert events(home) == whole()
    assert len(Refs(home.store).keys("demarche")) == THREADS


# Beside what is there


def test_an_assembly_from_elsewhere_is_left_alone(home: Home) -> None:
    do(home, f"assembly:{KEY}", "create", name="Assemblée 2023")
    before = events(home)
    loaded = load(home, secretary(home))
    assert (loaded.cases, loaded.created, type(loaded.notice)) == ((), (), OfBefore)
    assert events(home) == before


def test_a_body_that_is_there_keeps_its_people(home: Home) -> None:
    name = "Comité des mines du District 5"
    do(home, f"body:{slug(name)}", "create", name=name)
    load(home, secretary(home))
    stream = Refs(home.store).key("body", slug(name))
    assert stream and home.store.load(Aggregate, stream).version == 1
    assert Counter(row["state"] for row in cases(home, When())) == STATES


def test_it_is_for_the_secretary(home: Home) -> None:
    secretary(home)
    before = events(home)
    officer = Actor(UUID(int=7), frozenset({"officer"}))
    with pytest.raises(DemonstrationRole):
        load(home, officer)
    assert events(home) == before
    load(home, secretary(home))
    assert load(home, officer).created == ()


def test_progress_is_told(home: Home) -> None:
    told: list[tuple[int, int]] = []
    load(home, secretary(home), progress=lambda done, total: told.append((done, total)))
    assert told == [(done, 25) for done in range(1, 26)]


def test_loaded_today_nothing_of_then_rings(database: Urls) -> None:
    """In real time, most of it is long over."""
    with opened(database) as home:
        load(home, secretary(home))
        found: list[tuple[Any, ...]] = home.store.connection.execute("SELECT due, next_at FROM suivi.due").fetchall()
        assert found and not [due for due, next_at in found if due < "2026" and next_at]
