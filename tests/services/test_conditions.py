"""What waits for the end of a case or a thread learns of it in the append of that end, whoever writes at that moment."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from domain.case.tasks import TaskBecameDue
from domain.conditions import AlreadyOver, Awaited, WaitsForItself, WaitsInCircle
from domain.demarche.demarche import Demarche
from domain.errors import NotFound
from services import conditions
from services.act import Ask, act, act_all
from services.schema import Urls
from services.store import Store
from tests.services.clockwork import Clockwork, clockwork, local
from tests.services.planting import planted

ROUNDS = 12


@pytest.fixture
def work(database: Urls) -> Iterator[Clockwork]:
    """Two letters about two cases: demarche:1 and demarche:2; it is 18 September 2024."""
    with clockwork(database) as work:
        work.do("office:education", "create", name="ministre de l’Éducation", legislature="QC")
        for number in (17, 18):
            work.do(work.adopt(number), "assign", owner="person:lea")
        for case in ("2023:17", "2023:18"):
            work.do("demarche:new", "send", cases=case, office="office:education")
        yield work


def due(work: Clockwork, ref: str) -> list[str | None]:
    return [task.due for task in work.case(ref).tasks.values()]


def test_a_task_is_due_once_the_thread_was_answered(work: Clockwork) -> None:
    work.do("2023:17", "add-task", text="relire la réponse", upon="demarche:1", within="5")
    assert due(work, "2023:17") == [None] and not work.case("2023:17").clocks
    work.do("demarche:1", "acknowledge")
    work.do("demarche:1", "answer", answer="asks_precision")
    assert due(work, "2023:17") == [None]
    outcome = work.do("demarche:1", "answer", answer="accepts")
    assert due(work, "2023:17") == ["2024-09-25"]
    assert work.case("2023:17").id in outcome.versions, "they stand in one append"
    assert [clock.about for clock in work.case("2023:17").clocks.values()] == ["1"]
    work.sweep_at(local("2024-09-26 08:00"))
    assert [step.kind for step in work.steps("2023:17")] == ["task"]


@pytest.mark.parametrize(
    ("verb", "facts"),
    [("decline", {"reason": "non"}), ("close", {"reason": "dépassée"}), ("redirect", {"office": "office:sante"})],
)
def test_however_the_thread_ends(work: Clockwork, verb: str, facts: dict[str, str]) -> None:
    work.do("office:sante", "create", name="ministre de la Santé", legislature="QC")
    work.do("2023:17", "add-task", text="suite", upon="demarche:1")
    work.do("demarche:1", verb, **facts)
    assert due(work, "2023:17") == ["2024-10-03"]  # ten working days, 30 September being a holiday


def test_once_a_case_has_ended_and_the_date_stays_whatever_becomes_of_that_end(work: Clockwork) -> None:
    work.do("2023:17", "add-task", text="suite", upon="2023:18", within=1)
    work.do("2023:18", "close-undone", reason="trop tard", occurred="2024-07-01")
    assert due(work, "2023:17") == ["2024-09-19"], "counted from the day on which it is known"
    work.do("2023:18", "retract", event=str(_position(work, "2023:18", "CaseClosedUndone")), reason="erreur")
    assert due(work, "2023:17") == ["2024-09-19"]
    work.do("2023:18", "close-undone", reason="bel et bien")
    assert len([r for r in work.case("2023:17").history if isinstance(r.event, TaskBecameDue)]) == 1


def _position(work: Clockwork, ref: str, topic: str) -> int:
    stream = work.case(ref).id
    row = work.store.connection.execute(
        "SELECT l.position FROM suivi.log l JOIN suivi.events e USING (stream, version) WHERE e.stream = %s AND e.topic = %s",
        (stream, topic),
    ).fetchone()
    assert row
    return int(row[0])


def test_a_pause_ends_with_what_it_waited_for(work: Clockwork) -> None:
    work.do("demarche:1", "pause", reason="on attend l’autre", upon="demarche:2")
    assert thread(work, 1).paused
    work.do("demarche:2", "decline", reason="non")
    assert not thread(work, 1).paused and thread(work, 1).pauses[0].over == "2024-09-18"


def thread(work: Clockwork, number: int) -> Demarche:
    found = work.store.find(Demarche, "demarche", str(number))
    assert found
    return found


def test_what_is_over_or_unknown_is_not_waited_for(work: Clockwork) -> None:
    work.do("demarche:1", "close", reason="dépassée")
    for ref, refusal in (("demarche:1", AlreadyOver), ("2023:17", WaitsForItself), ("demarche:9", NotFound)):
        with pytest.raises(refusal):
            work.do("2023:17", "add-task", text="suite", upon=ref)
    assert work.case("2023:17").tasks == {}


def test_nobody_waits_in_a_circle(work: Clockwork) -> None:
    work.do("2023:17", "add-task", text="suite", upon="demarche:1")
    work.do("demarche:1", "pause", reason="d’abord l’autre", upon="2023:18")
    with pytest.raises(WaitsInCircle) as refusal:
        work.do("2023:18", "add-task", text="suite", upon="2023:17")
    assert refusal.value.facts["chain"] == "2023:18 → 2023:17 → demarche:1 → 2023:18"
    assert not [r for r in work.case("2023:17").history if isinstance(r.event, Awaited)]
    work.do("demarche:1", "resume")  # it waits no more
    work.do("2023:18", "add-task", text="suite", upon="2023:17")


def test_in_one_append_or_not_at_all(work: Clockwork) -> None:
    asks = [
        Ask(ref="2023:17", verb="add-task", facts={"text": "suite", "upon": "demarche:1", "within": "1"}),
        Ask(ref="demarche:1", verb="answer", facts={"answer": "accepts"}),
    ]
    act_all(work.store, work.actor, asks)
    assert due(work, "2023:17") == ["2024-09-19"]


def race(work: Clockwork, database: Urls) -> None:
    """A task is added at the very moment at which the thread that it is to wait for ends. Either the end is known and
    the task is refused, or the task is there and has its date: none waits for ever."""

    def ask(barrier: Barrier, each: Ask) -> bool:
        with Store(database.writer) as store:
            barrier.wait()
            try:
                act(store, work.actor, each)
            except AlreadyOver:
                return False
            return True

    for n in range(ROUNDS):
        work.do("demarche:new", "send", cases="2023:17", office="office:education")
        ref, barrier, before = f"demarche:{n + 3}", Barrier(2), len(due(work, "2023:17"))
        asks = Ask(ref="2023:17", verb="add-task", facts={"text": "suite", "upon": ref}), Ask(
            ref=ref, verb="decline", facts={"reason": "non"}
        )
        with ThreadPoolExecutor(2) as pool:
            added, ended = [done.result() for done in [pool.submit(ask, barrier, each) for each in asks]]
        assert ended and len(due(work, "2023:17")) == before + added
    assert None not in due(work, "2023:17"), "a task waits for what has ended"


def test_a_task_added_while_the_thread_ends_never_waits_for_ever(work: Clockwork, database: Urls) -> None:
    race(work, database)


def test_twin_a_wait_that_is_not_kept_where_the_end_comes(work: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    bug = planted(conditions.await_, "subjects.handle(upon, BeAwaited(by=waiter.id), act)", "None")
    monkeypatch.setattr(conditions, "await_", bug)
    work.do("2023:17", "add-task", text="suite", upon="demarche:1")
    work.do("demarche:1", "decline", reason="non")
    assert due(work, "2023:17") == [None], "the planted bug is not felt"
