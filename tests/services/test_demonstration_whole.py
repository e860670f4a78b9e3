"""The demonstration assembly, once loaded: whole, and like real lives of cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from domain.amendments import AMENDMENTS
from domain.case.case import Case
from domain.case.events import CaseThreadOpened
from domain.directory import Assembly
from domain.time import earliest, latest
from domain.words import slug
from services.demonstration import KEY, STANDS_AT, load
from services.demonstration.source import Demonstration
from services.home import Home
from services.reading import When, cases, offices
from services.refs import Refs
from services.schema import Urls
from services.simulation import begin
from tests.homes import opened, rows, secretary

TODAY = STANDS_AT.date()
OF_CASES = "SELECT kind, due, state FROM suivi.due WHERE kind <> ALL (%s)"
OF_THREADS = ["answer", "ours", "meeting", "reminder", "announced"]  # the clocks of threads
STATES = {"referred": 2, "in_progress": 15, "postponed": 1, "blocked": 2, "done": 5}


@pytest.fixture(scope="module")
def home(database_of_module: Urls) -> Iterator[Home]:
    """Simulated: what is to come is the same whenever this runs. Loaded once for all that only look at it."""
    with opened(database_of_module) as home:
        begin(home.store, STANDS_AT)
        load(home, secretary(home))
        yield home


def case(home: Home, number: str) -> Case:
    return home.store.load(Case, Refs(home.store).case(f"{KEY}:{number}"))


def followed(home: Home) -> list[Case]:
    return [case(home, ref.partition(":")[2]) for ref in Demonstration.read().refs(KEY)]


def test_the_whole_assembly(home: Home) -> None:
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
    told = Demonstration.read()
    assert set(Refs(home.store).keys("body")) == {slug(body.name) for body in told.bodies}
    assert set(Refs(home.store).keys("person")) == {slug(one["name"]) for one in told.people} | {"ana"}
    assert set(Refs(home.store).keys("office")) == {office.key for office in told.offices}
    assert all(one["mail"].endswith("@example.org") for one in told.people if "mail" in one)


def test_a_history_goes_forward_and_ends_before_the_day_it_stands_at(home: Home) -> None:
    """Nothing certainly happened before what precedes it, nor after that day."""
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
    states = [{row["numbers"][0]: row["state"] for row in cases(home, When(as_of=day))}
              for day in ("2023-12-01", "2024-06-30", "2024-09-18")]  # fmt: skip
    assert set(states[0].values()) == {"adopted"}
    assert [each["17"] for each in states] == ["adopted", "in_progress", "blocked"]
    assert [each["16"] for each in states] == ["adopted", "in_progress", "done"]


def test_something_rings_all_year(home: Home) -> None:
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


def test_offices_are_held_by_whom_they_were(home: Home) -> None:
    """Public facts: thirteen offices, two reshuffled in September 2024, and one of which the follow-up names nobody."""
    before, after = ({row["key"]: row["holder"] and row["holder"]["name"] for row in offices(home, When(as_of=day))}
                     for day in ("2024-09-03", "2024-09-18"))  # fmt: skip
    assert len(after) == 13 and {key for key, holder in after.items() if holder is None} == {"securite-publique"}
    assert {key: (before[key], after[key]) for key in after if before[key] != after[key]} == {
        "immigration": ("Christine Fréchette", "Jean-François Roberge"),
        "economie": ("Pierre Fitzgibbon", "Christine Fréchette"),
        "developpement-economique-regional": ("Pierre Fitzgibbon", "Christine Fréchette"),
    }
    assert (after["emploi"], after["cote-nord"]) == ("Kateri Champagne-Jourdain", "Kateri Champagne-Jourdain")
