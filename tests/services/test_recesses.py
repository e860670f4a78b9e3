"""A recess that is configured, or moved, while letters are open: what is due there is reckoned anew, as events. What
is suspended otherwise says for how long."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.clocks import ClockRecomputed, EscalationStepTaken
from domain.demarche.demarche import Demarche
from domain.time.working import Calendar
from projections import follower
from projections.registry import PROJECTIONS
from services.organisation import configure
from services.reading import When
from services.reading.demarches import demarche
from services.schema import Urls
from tests.services.clockwork import Clockwork, clockwork, local
from tests.services.planting import planted

RECESS = {"QC": ["2024-10-07/2024-11-08"]}


@pytest.fixture
def work(database: Urls) -> Iterator[Clockwork]:
    """On 18 September 2024, a letter to a minister of Quebec (demarche:1), one to a federal minister (demarche:2)."""
    with clockwork(database) as work:
        work.do(work.adopt(17), "assign", owner="person:lea")
        for key, legislature in (("education", "QC"), ("sante", "CA")):
            work.do(f"office:{key}", "create", name=f"ministre, {key}", legislature=legislature)
            work.do("demarche:new", "send", cases="2023:17", office=f"office:{key}")
        yield work


def thread(work: Clockwork, number: int) -> Demarche:
    found = work.store.find(Demarche, "demarche", str(number))
    assert found
    return found


def next_days(work: Clockwork) -> list[str | None]:
    clocks = [next(iter(thread(work, number).clocks.values())) for number in (1, 2)]
    return [f"{clock.next.at:%Y-%m-%d}" if clock.next else None for clock in clocks]


def reckoned(work: Clockwork, number: int) -> int:
    return sum(isinstance(r.event, ClockRecomputed) for r in thread(work, number).history)


def configured_on_the_way(work: Clockwork) -> None:
    """Thirty working days after 18 September are over on 1 November; with the recess, on 6 December in Quebec."""
    assert next_days(work) == ["2024-11-01", "2024-11-01"]
    configure(work.store, work.actor, {"recesses": RECESS})
    work.sweep_at(local("2024-09-19 08:00"))
    assert next_days(work) == ["2024-12-06", "2024-11-01"]
    assert [reckoned(work, number) for number in (1, 2)] == [1, 1]
    work.sweep_at(local("2024-11-01 08:00"))
    assert [steps(work, number) for number in (1, 2)] == [0, 1], "an office was chased during its recess"
    configure(work.store, work.actor, {"recesses": {"QC": ""}})  # there was none after all
    work.sweep_at(local("2024-11-01 08:30"))
    assert [steps(work, number) for number in (1, 2)] == [1, 1]


def steps(work: Clockwork, number: int) -> int:
    return sum(isinstance(r.event, EscalationStepTaken) for r in thread(work, number).history)


def test_a_recess_puts_back_what_is_due_there_and_there_only(work: Clockwork) -> None:
    configured_on_the_way(work)


def test_twin_a_recess_that_counts(work: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    bug = planted(Calendar.in_session, "return self if away == self.away else", "return self if True else")
    monkeypatch.setattr(Calendar, "in_session", bug)
    with pytest.raises(AssertionError):
        configured_on_the_way(work)


def test_twin_a_recess_that_counts_for_everyone(work: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Calendar, "in_session", planted(Calendar.in_session, ".get(legislature, ())", ".get('QC', ())"))
    with pytest.raises(AssertionError):
        configured_on_the_way(work)


def test_whoever_asked_is_reminded_of_a_thread_that_is_over(work: Clockwork) -> None:
    work.do("demarche:1", "remind-me", until="dans trois semaines")
    work.do("demarche:1", "close", reason="dépassée")
    (clock,) = thread(work, 1).clocks.values()
    assert (clock.kind, clock.due, clock.next and clock.next.at) == ("personal", "2024-10-09", local("2024-10-09 08:00"))
    work.sweep_at(local("2024-10-09 08:00"))
    (step,) = [r.event for r in thread(work, 1).history if isinstance(r.event, EscalationStepTaken)]
    assert step.told == (work.actor.person,)


def test_a_thread_says_whether_it_was_suspended_and_for_how_long(work: Clockwork) -> None:
    work.do("demarche:1", "pause", reason="élections", occurred="2024-09-10")
    work.do("demarche:1", "resume", occurred="2024-09-15")
    work.do("demarche:1", "pause", reason="congrès")
    work.move_to(local("2024-09-28 09:00"))
    for projection in PROJECTIONS:
        while follower.follow(work.store.connection, projection):
            pass
    pauses = demarche(work.home, "demarche:1", When())["pauses"]
    assert [(each["since"], each["over"], each["reason"], each["days"]) for each in pauses] == [
        ("2024-09-10", "2024-09-15", "élections", 5), ("2024-09-18", None, "congrès", 10)
    ]  # fmt: skip
