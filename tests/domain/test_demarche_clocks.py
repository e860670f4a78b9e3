"""When an office is chased: so many working days of its own after the last contact, never before the date that it gave."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from domain.amendments import RetractFact
from domain.demarche.commands import (
    AcknowledgeDemarche,
    AnswerDemarche,
    CancelMeeting,
    DeclineDemarche,
    FixMeeting,
    HoldMeeting,
    MoveMeeting,
    NoteDemarche,
    PauseDemarche,
    RemindOffice,
    ReopenDemarche,
    ResumeDemarche,
)
from domain.errors import SuiviError
from domain.time import latest
from domain.time.working import Calendar, merged
from tests.domain.threads import do, running, sent, told

SUMMER = merged([(date(2024, 6, 8), date(2024, 9, 9))])
SITTING = Calendar(recesses=(("QC", SUMMER),))


def test_the_owner_is_told_after_thirty_working_days_then_a_letter_is_drafted() -> None:
    demarche = sent("2024-09-16")
    assert running(demarche) == {"answer": "2024-10-30"}  # 30 September and 14 October are days off
    assert told(demarche, "2024-10-29") == []
    assert told(demarche, "2024-10-30") == [("2024-10-30", "answer", 1)]
    assert [told(demarche, day) for day in ("2024-11-20", "2024-11-21")] == [[], [("2024-11-21", "answer", 2)]]
    drafted = [r.event.draft for r in demarche.history if type(r.event).__name__ == "EscalationStepTaken"]  # type: ignore[attr-defined]
    assert drafted == ["", "reminder"]


def test_a_recess_of_its_legislature_is_not_counted() -> None:
    during, elsewhere = sent("2024-06-26", calendar=SITTING), sent("2024-06-26", "CA", calendar=SITTING)
    assert running(elsewhere) == {"answer": "2024-08-08"}
    assert running(during) == {"answer": "2024-10-23"}
    assert told(during, "2024-10-22", calendar=SITTING) == []


def test_a_reminder_begins_another_wait() -> None:
    demarche = do(sent("2024-09-16"), "2024-10-10", RemindOffice())
    assert running(demarche) == {"reminder": "2024-11-01"}
    assert told(demarche, "2024-10-31") == []


def test_nobody_is_chased_before_the_date_that_the_office_gave() -> None:
    demarche = do(sent("2024-09-16"), "2024-09-20", AcknowledgeDemarche(wait_until="2024-12-20"))
    assert told(demarche, "2024-12-20") == []
    assert told(demarche, "2024-12-23") == [("2024-12-23", "announced", 1)]
    do(demarche, "2024-12-23", AcknowledgeDemarche(wait_until="2025-02-28", reason="en consultation"))
    assert running(demarche) == {"announced": "2025-03-03"}


def test_before_a_meeting_nobody_is_chased_and_afterwards_we_are_asked_what_came_of_it() -> None:
    demarche = do(sent("2024-06-26"), "2024-08-20", FixMeeting(date="2024-09-24"))
    assert told(demarche, "2024-09-24") == []
    assert told(demarche, "2024-09-25") == [("2024-09-25", "meeting", 1)]
    do(demarche, "2024-09-26", HoldMeeting(met="staff"), occurred="2024-09-24")
    assert running(demarche) == {"ours": "2024-10-09"}
    do(demarche, "2024-09-26", AnswerDemarche(answer="no_promise"))
    assert demarche.clocks == {}


def test_a_meeting_that_is_called_off_leaves_the_office_awaited_from_then_on() -> None:
    demarche = do(sent("2024-06-26"), "2024-08-20", FixMeeting(date="2024-09-24"))
    do(demarche, "2024-09-16", CancelMeeting(reason="tempête"))
    assert running(demarche) == {"answer": "2024-10-30"}


def test_a_pause_stops_the_days_and_they_go_on_where_they_stood() -> None:
    demarche = do(sent("2024-09-16"), "2024-09-23", PauseDemarche(reason="élections", until="2024-11-05"))
    assert running(demarche) == {"pause": "2024-11-05"}
    do(demarche, "2024-11-04", ResumeDemarche())
    assert running(demarche) == {"answer": "2024-12-10"}  # six weeks later than it would have been
    assert (demarche.pauses[0].since, demarche.pauses[0].over) == ("2024-09-23", "2024-11-04")


def test_what_was_only_loaded_rings_once_someone_here_has_acted_on_it() -> None:
    demarche = sent("2024-06-26", loaded=True)
    do(demarche, "2024-08-12", RemindOffice(), loaded=True)
    assert (demarche.clocks, demarche.acted, demarche.unanswered) == ({}, False, True)
    do(demarche, "2024-09-18", NoteDemarche(text="On s’en occupe."))
    assert running(demarche) == {"reminder": "2024-09-18"} or running(demarche).keys() == {"reminder"}


def test_what_was_waited_for_long_before_is_not_rung_for_again() -> None:
    demarche = sent("2024-06-26", now=sent("2025-03-03").history[0].recorded_at, occurred="2024-06-26")
    (clock,) = demarche.clocks.values()
    assert clock.next and clock.next.step == 3
    assert date(2025, 3, 3) <= clock.next.at.date() <= date(2025, 3, 25)


def test_an_answer_taken_back_brings_the_wait_back() -> None:
    demarche = do(sent("2024-09-16"), "2024-10-01", AnswerDemarche(answer="accepts"))
    assert demarche.clocks == {}
    version = next(r.originator_version for r in demarche.history if type(r.event).__name__ == "DemarcheAnswered")
    do(demarche, "2024-10-02", RetractFact(event=version, reason="autre dossier"))
    assert running(demarche) == {"answer": "2024-10-30"}


COMMANDS = st.sampled_from([
    RemindOffice(), AcknowledgeDemarche(), AcknowledgeDemarche(wait_until="2025-02"), FixMeeting(date="2025-03-03"),
    FixMeeting(confirmed=False), MoveMeeting(date="2025-04-01"), CancelMeeting(reason="x"), HoldMeeting(met="staff"),
    AnswerDemarche(answer="asks_precision"), AnswerDemarche(answer="accepts"), DeclineDemarche(reason="x"),
    PauseDemarche(reason="x", until="2025-06-30"), PauseDemarche(reason="x"), ResumeDemarche(), ReopenDemarche(reason="x"),
    NoteDemarche(text="x"),
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@drawn(st.lists(st.tuples(st.integers(0, 40), COMMANDS), max_size=12))
def test_whatever_is_done_at_most_one_wait_is_on_and_never_too_early(acts: list[tuple[int, object]]) -> None:
    demarche, day = sent("2024-07-02"), date(2024, 7, 2)
    for later, command in acts:
        day = min(date.fromordinal(day.toordinal() + later), date(2025, 1, 31))
        try:
            do(demarche, day.isoformat(), command)  # type: ignore[arg-type]
        except SuiviError:
            continue
        kinds = {clock.kind for clock in demarche.clocks.values()}
        assert len(kinds) <= 1
        assert not kinds if demarche.final else True
        rings = [clock.next.at.date() for clock in demarche.clocks.values() if clock.next]
        announced = latest(demarche.wait_until) if demarche.wait_until else None
        if announced and kinds == {"announced"}:
            assert all(ring > announced for ring in rings)
        if kinds & {"answer", "reminder"}:
            assert demarche.whose_turn == "them"
        if kinds & {"ours", "pause"}:
            assert demarche.whose_turn == "us"


def test_twin_a_wait_that_forgets_the_announced_date_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from domain.demarche import events

    def forget(self: events.DemarcheAcknowledged, demarche: object, at: object) -> None:
        return None

    monkeypatch.setattr(events.DemarcheAcknowledged, "change", forget)
    with pytest.raises(AssertionError):
        test_nobody_is_chased_before_the_date_that_the_office_gave()
