"""The demonstration assembly: whole, once, whatever comes between, and like real lives of cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregate import Aggregate
from domain.amendments import AMENDMENTS
from domain.case.case import Case
from domain.case.events import CaseThreadOpened
from domain.directory import Assembly
from domain.time import earliest, latest
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
from tests.homes import do, lists, opened, rows, secretary

TODAY = STANDS_AT.date()
THREADS, OF_THREADS = 11, ["answer", "ours", "meeting", "reminder", "announced"]  # how many, and their clocks
OF_CASES = "SELECT kind, due, state FROM suivi.due WHERE kind <> ALL (%s)"
STATES = {"referred": 2, "in_progress": 15, "postponed": 1, "blocked": 2, "done": 5}


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


def case(home: Home, number: str) -> Case:
    return home.store.load(Case, Refs(home.store).case(f"{KEY}:{number}"))


def followed(home: Home) -> list[Case]:
    return [case(home, ref.partition(":")[2]) for ref in Demonstration.read().refs(KEY)]


def test_the_whole_assembly(home: Home) -> None:
    loaded = load(home, secretary(home))
    assert (len(loaded.cases), loaded.created, loaded.numbers, loaded.notice) == (25, loaded.cases, 29, None)
    listed = cases(home, When())
    assert Counter(row["state"] for row in listed) == STATES
    assert sum(len(row["numbers"]) for row in listed) == 29
    assert not [row["ref"] for row in listed if row["proposals"]]
    stream = Refs(home.store).key("assembly", KEY)
    assert stream
    assembly = home.store.load(Assembly, stream)
    assert assembly.numbers == dict.fromkeys(["2", "4", "9", "15", "26", "34", "35"], "unknown")
    assert (assembly.date, bool(assembly.quorum)) == ("2023-11", True)


def test_every_screen_has_something(home: Home) -> None:
    load(home, secretary(home))
    listed = followed(home)
    topics = {type(recorded.event).__name__ for one in listed for recorded in one.history}
    assert topics >= {
        "CaseReferred", "ReportReceived", "CaseStarted", "CasePostponed", "CaseBlocked", "CaseCompleted", "CaseNoted",
        "CaseAssigned", "CaseDueSet", "CaseAwaited", "CaseLinked", "TaskAdded", "TaskFinished", "CaseRestricted",
        "FactCorrected", "FactRetracted",
    }  # fmt: skip
    amended = [(one.ref, type(one.history[recorded.event.version - 1].event).__name__)
               for one in listed for recorded in one.history if isinstance(recorded.event, AMENDMENTS)]  # fmt: skip
    assert amended == [(f"{KEY}:8", "CaseNoted"), (f"{KEY}:13", "CaseNoted")]
    assert {note.audience for one in listed for _, note in one.notes} == {"internal", "assembly"}
    assert [one.ref for one in listed if one.visibility == "officers"] == [f"{KEY}:10"]
    assert {one.ref: [part.state for part in one.parts] for one in listed if len(one.parts) == 2} == {
        f"{KEY}:21": ["adopted", "in_progress"], f"{KEY}:29": ["blocked", "in_progress"],
    }  # fmt: skip
    assert all(one.adopted and one.adopted.submitted_by and one.owner for one in listed)
    assert [row["ref"] for row in cases(home, When(), overdue=True)] == [f"{KEY}:27"]


def test_only_what_the_file_declares_is_entered(home: Home) -> None:
    """A name mistyped in the file would enter a body of its own."""
    load(home, secretary(home))
    told = Demonstration.read()
    assert set(Refs(home.store).keys("body")) == {slug(body.name) for body in told.bodies}
    assert set(Refs(home.store).keys("person")) == {slug(one["name"]) for one in told.people} | {"ana"}
    assert set(Refs(home.store).keys("office")) == {office.key for office in told.offices}
    assert all(one["mail"].endswith("@example.org") for one in told.people if "mail" in one)


def test_twice_is_nothing_new(home: Home) -> None:
    first = load(home, secretary(home))
    before = events(home)
    again = load(home, secretary(home))
    assert (again.cases, again.created, again.numbers) == (first.cases, (), 29)
    assert events(home) == before


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


# Like real lives


def test_a_history_goes_forward_and_ends_before_the_day_it_stands_at(home: Home) -> None:
    """Nothing certainly happened before what precedes it, nor after that day."""
    load(home, secretary(home))
    for one in followed(home):
        reached = date.min
        for recorded in one.history:
            occurred = recorded.event.occurred
            if occurred is None or isinstance(recorded.event, (*AMENDMENTS, CaseThreadOpened)):  # told after the case
                continue
            begins, ends = earliest(occurred) or date.min, latest(occurred) or date.max
            assert begins <= TODAY, (one.ref, occurred)
            assert ends >= reached, (one.ref, occurred)
            reached = max(reached, begins) if begins.year > 2022 else reached


def test_as_things_stood_on_other_days(home: Home) -> None:
    load(home, secretary(home))
    states = [{row["numbers"][0]: row["state"] for row in cases(home, When(as_of=day))}
              for day in ("2023-12-01", "2024-06-30", "2024-09-18")]  # fmt: skip
    assert set(states[0].values()) == {"adopted"}
    assert [each["17"] for each in states] == ["adopted", "in_progress", "blocked"]
    assert [each["16"] for each in states] == ["adopted", "in_progress", "done"]


def test_something_rings_all_year(home: Home) -> None:
    load(home, secretary(home))
    found = home.store.connection.execute(OF_CASES, (OF_THREADS,)).fetchall()
    coming = {due: kind for kind, due, state in found if state == "running"}
    in_a_year = [due for due in coming if TODAY < (latest(due) or date.max) <= date(2025, 8, 31)]
    assert len(in_a_year) >= 12
    assert set(coming.values()) == {"due", "report", "task", "until", "review"}
    assert coming.keys() >= {
        "2024-10-11", "2025-05-16",  # the Friday before a holiday
        "2024-12-24", "2024-23", "2024-10",  # at Christmas; uncertain
        "2024-11-03", "2025-03-09",  # when the clocks change
    }  # fmt: skip
    assert [(due, state) for _, due, state in found if due < "2024-09-18"] == [("2024-08-30", "lapsed")]
    assert not rows(home.store.connection, "suivi.outbox")


def test_loaded_today_nothing_of_then_rings(database: Urls) -> None:
    """In real time, most of it is long over."""
    with opened(database) as home:
        load(home, secretary(home))
        found: list[tuple[Any, ...]] = home.store.connection.execute("SELECT due, next_at FROM suivi.due").fetchall()
        assert found and not [due for due, next_at in found if due < "2026" and next_at]
