"""A thread with an office: what each act makes of it, whose turn it is, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from domain.amendments import CorrectFact, RetractFact
from domain.base import Command
from domain.case.commands import CompleteCase
from domain.case.refusals import FutureAct, GuardUnmet, NotFromHere, RoleMissing
from domain.demarche import refusals
from domain.demarche.commands import (
    AcknowledgeDemarche,
    AnswerDemarche,
    AssignDemarche,
    CancelMeeting,
    CloseDemarche,
    DeclineDemarche,
    FixMeeting,
    FollowOffice,
    HoldMeeting,
    LinkDemarche,
    MoveMeeting,
    NoteDemarche,
    PauseDemarche,
    RedirectDemarche,
    RemindOffice,
    ReopenDemarche,
    ResumeDemarche,
    SaySilent,
    SendDemarche,
)
from domain.demarche.events import SILENT_KINDS, DemarcheSent
from domain.demarche.view import Addressee
from domain.errors import SuiviError
from domain.values import NONE, Count
from tests.domain.given import CASE, HER, OTHER, adopted, given
from tests.domain.threads import ELSEWHERE, MINISTER, OFFICE, do, sent

FIX, HOPE = FixMeeting(date="2024-09-24", place="Québec"), FixMeeting(date="2024-23", confirmed=False)
MET, STAFF = HoldMeeting(met="holder", holder=MINISTER), HoldMeeting(met="staff", delegation={"officiers": "2"})
NO_PROMISE, QUESTION = AnswerDemarche(answer="no_promise"), AnswerDemarche(answer="asks_precision")
ARRIVED = AnswerDemarche(answer="acknowledges_only")
AWAY = RedirectDemarche(office=ELSEWHERE, to=OTHER)

# what was done, then: the state, the result, whose turn it is, whether it is unanswered
LIVES: dict[str, tuple[list[Command], str, str | None, str, bool]] = {
    "written to": ([], "sent", None, "them", True),
    "reminded": ([RemindOffice()], "sent", None, "them", True),
    "acknowledged": ([AcknowledgeDemarche()], "acknowledged", None, "them", True),
    "it came, they say": ([ARRIVED], "acknowledged", None, "them", True),
    "hoped for": ([HOPE], "sent", None, "them", True),
    "fixed": ([FIX], "meeting_fixed", "meeting_planned", "nobody", False),
    "hoped, then fixed": ([HOPE, FIX], "meeting_fixed", "meeting_planned", "nobody", False),
    "fixed, then cancelled": ([FIX, CancelMeeting(reason="tempête")], "sent", None, "them", True),
    "met": ([MET], "met", "met", "us", False),
    "met by the staff": ([FIX, STAFF], "met", "met", "us", False),
    "met, then written to again": ([STAFF, RemindOffice()], "met", "met", "them", False),
    "met, then answered": ([MET, NO_PROMISE], "answered", "answered", "nobody", False),
    "answered": ([NO_PROMISE], "answered", "answered", "nobody", False),
    "asked": ([QUESTION], "acknowledged", "answered", "us", False),
    "asked, and we wrote again": ([QUESTION, RemindOffice()], "acknowledged", "answered", "them", False),
    "declined": ([DeclineDemarche(reason="faute de disponibilités")], "declined", "declined", "nobody", False),
    "redirected": ([AWAY], "redirected", "redirected", "nobody", False),
    "said to be silent": ([SaySilent()], "sent", "no_answer", "them", True),
    "silent, then reminded": ([SaySilent(), RemindOffice()], "sent", None, "them", True),
    "overtaken": ([CloseDemarche(reason="overtaken")], "closed", "overtaken", "nobody", False),
    "given up": ([CloseDemarche(reason="on abandonne")], "closed", "no_answer", "nobody", False),
    "reopened": ([NO_PROMISE, ReopenDemarche(reason="elle a rappelé")], "sent", None, "them", True),
    "paused": ([PauseDemarche(reason="élections")], "sent", None, "us", False),
    "taken up again": ([PauseDemarche(reason="élections"), ResumeDemarche()], "sent", None, "them", True),
}


@pytest.mark.parametrize(("commands", "state", "result", "turn", "unanswered"), LIVES.values(), ids=LIVES.keys())
def test_what_acts_make_of_it(
    commands: list[Command], state: str, result: str | None, turn: str, unanswered: bool
) -> None:
    demarche = sent()
    for command in commands:
        do(demarche, "2024-08-12", command)
    assert (demarche.state, demarche.result, demarche.whose_turn, demarche.unanswered) == (state, result, turn, unanswered)


@pytest.mark.parametrize("kind", sorted(SILENT_KINDS))
def test_what_expects_no_reply_is_never_unanswered(kind: Any) -> None:
    demarche = sent(command=SendDemarche(cases=(CASE,), kind=kind))
    assert (demarche.expects_reply, demarche.whose_turn, demarche.unanswered, demarche.clocks) == (False, "nobody", False, {})


def test_whoever_sends_may_say_that_no_answer_is_expected() -> None:
    assert not sent(command=SendDemarche(cases=(CASE,), office=(OFFICE,), expects_reply=False)).unanswered


def test_counts_stay_as_imprecise_as_they_are() -> None:
    demarche = sent(command=SendDemarche(cases=(CASE,), office=(OFFICE,), count=Count(2, None, "multiples")))
    for count in (Count(3, None, "au moins trois"), Count(1, 1), Count(2, 4)):
        do(demarche, "2024-08-12", RemindOffice(count=count))
    assert demarche.attempts + Count(0, 0) == Count(2, None)
    assert demarche.reminders == Count(6, None)


def test_contacts_are_dated_as_precisely_as_they_are_known() -> None:
    demarche = sent(occurred=None)
    assert (demarche.first_sent, demarche.last_contact) == (None, None)
    do(demarche, "2024-08-12", RemindOffice(), occurred="2024-07")
    assert (demarche.first_sent, demarche.last_contact) == (None, "2024-07")


def test_a_meeting_that_storm_and_pandemic_put_off_keeps_every_link() -> None:
    demarche = sent("2020-01-06")
    do(demarche, "2020-01-10", FixMeeting(date="2020-02-07"))
    do(demarche, "2020-02-06", MoveMeeting(date="2020-03-27", reason="tempête"))
    do(demarche, "2020-03-16", CancelMeeting(reason="pandémie"))
    do(demarche, "2020-04-20", FixMeeting(date="2020-05-26"))
    do(demarche, "2020-05-26", MET)
    assert [(m.date, m.state, m.reason) for m in demarche.meetings] == [
        ("2020-02-07", "moved", "tempête"), ("2020-03-27", "cancelled", "pandémie"), ("2020-05-26", "held", None),
    ]  # fmt: skip
    assert (demarche.state, demarche.holder) == ("met", MINISTER)


def test_a_portfolio_that_moves_takes_the_thread_and_its_reminders_along() -> None:
    demarche = do(sent(), "2024-08-12", RemindOffice(count=Count(2, 2)))
    demarche.addressee = Addressee(ELSEWHERE, "CA", None)
    do(demarche, "2024-09-05", FollowOffice(office=ELSEWHERE, reason="remaniement"))
    assert (demarche.office, demarche.former_offices, demarche.legislature) == (ELSEWHERE, [OFFICE], "CA")
    assert (demarche.reminders, demarche.state, demarche.unanswered) == (Count(2, 2), "sent", True)


def test_a_thread_may_serve_several_cases_and_one_more() -> None:
    demarche = sent(command=SendDemarche(cases=(CASE,), office=(OFFICE,)))
    do(demarche, "2024-08-12", LinkDemarche(to=OTHER))
    assert demarche.cases == [CASE, OTHER]
    with pytest.raises(refusals.LinkedAlready):
        do(demarche, "2024-08-12", LinkDemarche(to=OTHER))


def test_a_correction_and_a_retraction_are_known_to_the_fold() -> None:
    demarche = do(sent(), "2024-08-12", RemindOffice())
    do(demarche, "2024-08-12", NO_PROMISE)
    version = next(r.originator_version for r in demarche.history if type(r.event).__name__ == "DemarcheAnswered")
    do(demarche, "2024-08-13", CorrectFact(event=version, set={"answer": "in_part"}, reason="relue"))
    assert (demarche.answer, demarche.state) == ("in_part", "answered")
    do(demarche, "2024-08-14", RetractFact(event=version, reason="autre dossier"))
    assert (demarche.answer, demarche.state, demarche.unanswered) == (None, "sent", True)


def test_what_rests_on_a_later_move_is_not_taken_back() -> None:
    demarche = do(sent(), "2024-08-12", FIX)
    fixed = next(r.originator_version for r in demarche.history if type(r.event).__name__ == "MeetingFixed")
    do(demarche, "2024-09-24", MET)
    with pytest.raises(refusals.ActFollowed):
        do(demarche, "2024-09-25", RetractFact(event=fixed, reason="erreur"))


REFUSED: dict[str, tuple[list[Command], Command, str, type[SuiviError]]] = {
    "a reminder before the letter": ([], RemindOffice(), "2024-06-25", refusals.BeforeTheLetter),
    "no reminder at all": ([], RemindOffice(count=NONE), "2024-08-12", refusals.NoneSent),
    "an answer before the letter": ([], NO_PROMISE, "2023", refusals.BeforeTheLetter),
    "an answer of tomorrow": ([], NO_PROMISE, "2024-08-13", FutureAct),
    "an answer to a thread that is over": ([NO_PROMISE], QUESTION, "2024-08-12", NotFromHere),
    "a reminder to one that declined": ([DeclineDemarche(reason="non")], RemindOffice(), "2024-08-12", NotFromHere),
    "a meeting fixed without a date": ([], FixMeeting(), "2024-08-12", refusals.DateNeeded),
    "a meeting fixed for a day gone by": ([], FixMeeting(date="2024-08-01"), "2024-08-12", refusals.MeetingPast),
    "a meeting moved that is not ahead": ([], MoveMeeting(date="2024-10-01"), "2024-08-12", GuardUnmet),
    "a meeting cancelled that was held": ([MET], CancelMeeting(reason="x"), "2024-08-12", GuardUnmet),
    "an answer announced for the past": ([], AcknowledgeDemarche(wait_until="2024-08-01"), "2024-08-12", refusals.AnnouncedPast),
    "a pause within a pause": ([PauseDemarche(reason="a")], PauseDemarche(reason="b"), "2024-08-12", GuardUnmet),
    "a pause that is over": ([], PauseDemarche(reason="a", until="2024-08-01"), "2024-08-12", refusals.PausePast),
    "a pause without end": ([], PauseDemarche(reason="a", until="2024-09/.."), "2024-08-12", refusals.PauseUnending),
    "going on without a pause": ([], ResumeDemarche(), "2024-08-12", GuardUnmet),
    "opening what is open": ([], ReopenDemarche(reason="x"), "2024-08-12", NotFromHere),
    "closing without a word": ([], CloseDemarche(reason=" "), "2024-08-12", SuiviError),
}  # fmt: skip


@pytest.mark.parametrize(("before", "command", "occurred", "refusal"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_changes_nothing(
    before: list[Command], command: Command, occurred: str, refusal: type[SuiviError]
) -> None:
    demarche = sent()
    for each in before:
        do(demarche, "2024-08-12", each)
    with pytest.raises(refusal) as refused:
        do(demarche, "2024-08-12", command, occurred=occurred)
    if refusal is NotFromHere:
        assert "reopen" in refused.value.facts["possible"] or refused.value.facts["possible"]


def test_a_letter_goes_to_an_office_and_an_auditor_sends_none() -> None:
    with pytest.raises(refusals.OfficeNeeded):
        sent(command=SendDemarche(cases=(CASE,)))
    with pytest.raises(RoleMissing):
        sent(roles=frozenset({"auditor"}))
    with pytest.raises(FutureAct):
        sent(occurred="2030")


def test_an_act_that_changes_nothing_of_the_thread() -> None:
    demarche = do(sent(), "2024-08-12", NoteDemarche(text="Rappeler le bureau."))
    do(demarche, "2024-08-12", AssignDemarche(owner=HER))
    assert (demarche.state, demarche.owner, [note.text for _, note in demarche.notes]) == ("sent", HER, ["Rappeler le bureau."])


@pytest.mark.parametrize(("completion", "refused"), [("full", True), ("partial", False), ("temporary", False)])
def test_while_a_thread_awaits_an_answer_a_case_is_not_wholly_done(completion: Any, refused: bool) -> None:
    asked = given(adopted(), threads_awaiting=("demarche:4",)).when(CompleteCase(completion=completion))
    if refused:
        asked.then(GuardUnmet, ref="2023:17")
    else:
        asked.leaving(state="done", completion=completion)
    given(adopted()).when(CompleteCase(completion="full")).leaving(state="done")


def test_the_first_event_says_everything_of_the_letter() -> None:
    event = sent().history[0].event
    assert isinstance(event, DemarcheSent)
    assert (event.number, event.office, event.legislature, event.holder) == (4, OFFICE, "QC", MINISTER)
    assert (event.kind, event.expects_reply, event.cases) == ("letter", True, (CASE,))
