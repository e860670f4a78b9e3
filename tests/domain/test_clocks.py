"""A clock for each deadline that counts, whatever act made or unmade it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from domain.amendments import CorrectFact, RetractFact
from domain.base import Command
from domain.case import commands
from domain.case.commands import (
    AddTask,
    BlockCase,
    CarryOverCase,
    CloseCaseUndone,
    CompleteCase,
    ConfirmCase,
    FinishTask,
    NoteCase,
    PostponeCase,
    ProposeState,
    ReferCase,
    ReopenCase,
    ReportBack,
    RestrictCase,
    ResumeCase,
    SetDue,
    SupersedeCase,
    WithdrawCase,
)
from domain.clocks import AcknowledgeStep
from domain.clocks.refusals import ReminderStands
from domain.errors import SuiviError
from domain.values import Evidence, Proposal, Source
from tests.domain.given import BODY, HER, OTHER, act, adopted, given, standing_of
from tests.domain.winding import Done, a_case, at, done, of_clocks, sweep

BY = "2024-09-06"  # a day to come
LATER = "2024-10"
PAST = "2024-06-25"  # yesterday
LAST_YEAR = "2023"
OF_BODY = str(BODY)
PROPOSED = ProposeState(proposals=(Proposal("referred", (Evidence("d’après le rapport", 1, 2),), "high"),))


def until(day: str, part: str | None = None) -> PostponeCase:
    return PostponeCase(until=day, reason="trop tôt", part=part)


def complete(review: str | None = None, completion: Any = "temporary", part: str | None = None) -> CompleteCase:
    return CompleteCase(completion=completion, review=review, part=part)


def correct(event: int, **facts: Any) -> CorrectFact:
    return CorrectFact(event=event, set=facts, reason="mal noté")


def retract(event: int) -> RetractFact:
    return RetractFact(event=event, reason="n’a pas eu lieu")


REFER = ReferCase(body=BODY, due=BY)
REPORTED = ReportBack(body=BODY)
UNDONE = CloseCaseUndone(reason="manque de temps")
BLOCK = BlockCase(on=HER, reason="grève")
REOPEN = ReopenCase(reason="à revoir")

Row = tuple[Sequence[Command], Command, list[Done]]  # what was done, what is done now, what the clocks do

ROWS: dict[str, Row] = {
    # the due date of the case
    "a due date": ([], SetDue(due=BY), [("start", "due", "", BY)]),
    "the same again": ([SetDue(due=BY)], SetDue(due=BY), []),
    "another": ([SetDue(due=BY)], SetDue(due=LATER), [("start", "due", "", LATER), ("stop", "due", "", BY)]),
    "today": ([], SetDue(due="2024-06-26"), [("start", "due", "", "2024-06-26")]),
    "passed": ([], SetDue(due=PAST), [("lapsed", "due", "", PAST)]),
    "passed and imprecise": ([], SetDue(due=LAST_YEAR), [("lapsed", "due", "", LAST_YEAR)]),
    "not over": ([], SetDue(due="2024-06"), [("start", "due", "", "2024-06")]),
    "never over": ([SetDue(due=BY)], SetDue(due="2024-07/.."), [("stop", "due", "", BY)]),
    "beyond every calendar": ([], SetDue(due="9999-12-31"), []),
    "a note": ([SetDue(due=BY)], NoteCase(text="à voir"), []),
    "seen by fewer": ([SetDue(due=BY)], RestrictCase(visibility="officers"), []),
    "blocked": ([SetDue(due=BY)], BLOCK, []),
    # reports
    "referred": ([], REFER, [("start", "report", OF_BODY, BY)]),
    "referred without a date": ([], ReferCase(body=BODY), []),
    "referred again without a date": ([REFER], ReferCase(body=BODY, mandate="étudier"), []),
    "referred again by then": (
        [REFER], ReferCase(body=BODY, due=LATER), [("start", "report", OF_BODY, LATER), ("stop", "report", OF_BODY, BY)],
    ),
    "referred elsewhere too": ([REFER], ReferCase(body=OTHER, due=BY), [("start", "report", str(OTHER), BY)]),
    "reported": ([REFER], REPORTED, [("stop", "report", OF_BODY, BY)]),
    "reported by another": ([REFER], ReportBack(body=OTHER), []),
    "referred after the report": ([REFER, REPORTED], REFER, [("start", "report", OF_BODY, BY)]),
    # tasks
    "a task": ([], AddTask(text="écrire", due=BY), [("start", "task", "1", BY)]),
    "a task without a date": ([], AddTask(text="écrire"), []),
    "a second one": ([AddTask(text="a", due=BY)], AddTask(text="b", due=BY), [("start", "task", "2", BY)]),
    "finished": ([AddTask(text="a", due=BY)], FinishTask(task=1), [("stop", "task", "1", BY)]),
    # postponements
    "postponed": ([], until(BY), [("start", "until", "", BY)]),
    "postponed without an end": ([], until("2025/.."), []),
    "postponed again": ([until(BY)], until(LATER), [("start", "until", "", LATER), ("stop", "until", "", BY)]),
    "resumed": ([until(BY)], ResumeCase(), [("stop", "until", "", BY)]),
    "postponed once more": ([until(BY), ResumeCase()], until(BY), [("start", "until", "", BY)]),
    "blocked while postponed": ([until(BY)], BLOCK, [("stop", "until", "", BY)]),
    "referred while postponed": ([until(BY)], ReferCase(body=BODY), []),
    # ends
    "done": (
        [SetDue(due=BY), REFER, AddTask(text="a", due=BY), until(BY)], complete(completion="full"),
        [("stop", "due", "", BY), ("stop", "report", OF_BODY, BY), ("stop", "task", "1", BY), ("stop", "until", "", BY)],
    ),
    "done for a time": (
        [SetDue(due=BY)], complete(review=LATER), [("start", "review", "", LATER), ("stop", "due", "", BY)],
    ),
    "done for a time without review": ([], complete(), []),
    "done in full, to be reviewed": ([], complete(review=LATER, completion="full"), [("start", "review", "", LATER)]),
    "not done": ([SetDue(due=BY)], UNDONE, [("stop", "due", "", BY)]),
    "carried over": ([SetDue(due=BY)], CarryOverCase(to=OTHER), [("stop", "due", "", BY)]),
    "what remains is carried over": ([SetDue(due=BY)], CarryOverCase(to=OTHER, residual="la formation"), []),
    "what remains of a temporary end": ([complete(review=LATER)], CarryOverCase(to=OTHER, residual="la formation"), []),
    "superseded": ([SetDue(due=BY)], SupersedeCase(by=OTHER), [("stop", "due", "", BY)]),
    "reopened": ([SetDue(due=BY), UNDONE], REOPEN, [("start", "due", "", BY)]),
    "reopened after a temporary end": ([complete(review=BY)], REOPEN, [("stop", "review", "", BY)]),
    "done again, for good": ([complete(review=BY), REOPEN], complete(completion="full"), []),
    "withdrawn": ([SetDue(due=BY)], WithdrawCase(version=3), [("stop", "due", "", BY)]),
    # amendments: the adoption is 1, the act 2, its clock 3
    "a corrected due date": (
        [SetDue(due=BY)], correct(2, due=LATER), [("start", "due", "", LATER), ("stop", "due", "", BY)],
    ),
    "a corrected report": (
        [REFER], correct(2, due=LATER), [("start", "report", OF_BODY, LATER), ("stop", "report", OF_BODY, BY)],
    ),
    "another body": (
        [REFER], correct(2, body=str(OTHER)), [("start", "report", str(OTHER), BY), ("stop", "report", OF_BODY, BY)],
    ),
    "a date taken out": ([REFER], correct(2, due=None), [("stop", "report", OF_BODY, BY)]),
    "a corrected task": (
        [AddTask(text="a", due=BY)], correct(2, due=PAST), [("lapsed", "task", "1", PAST), ("stop", "task", "1", BY)],
    ),
    "a corrected postponement": (
        [until(BY)], correct(2, until=LATER), [("start", "until", "", LATER), ("stop", "until", "", BY)],
    ),
    "a corrected review": (
        [complete(review=BY)], correct(2, review=LATER), [("start", "review", "", LATER), ("stop", "review", "", BY)],
    ),
    "not for a time": ([complete(review=BY)], correct(2, completion="full"), []),
    "a corrected reason": ([until(BY)], correct(2, reason="grève"), []),
    "a retracted due date": ([SetDue(due=BY)], retract(2), [("stop", "due", "", BY)]),
    "back to the one before": (
        [SetDue(due=BY), SetDue(due=LATER)], retract(4), [("start", "due", "", BY), ("stop", "due", "", LATER)],
    ),
    "a correction retracted": (
        [SetDue(due=BY), correct(2, due=LATER)], retract(4), [("start", "due", "", BY), ("stop", "due", "", LATER)],
    ),
    "a retracted referral": ([REFER], retract(2), [("stop", "report", OF_BODY, BY)]),
    "a retracted report": ([REFER, REPORTED], retract(4), [("start", "report", OF_BODY, BY)]),
    "a retracted task": ([AddTask(text="a", due=BY)], retract(2), [("stop", "task", "1", BY)]),
    "a task that is not finished": ([AddTask(text="a", due=BY), FinishTask(task=1)], retract(4), [("start", "task", "1", BY)]),
    "a retracted postponement": ([until(BY)], retract(2), [("stop", "until", "", BY)]),
    "a retracted resumption": ([until(BY), ResumeCase()], retract(4), [("start", "until", "", BY)]),
    "a retracted end": (
        [SetDue(due=BY), complete(review=LATER)], retract(4), [("start", "due", "", BY), ("stop", "review", "", LATER)],
    ),
    "a retracted reopening": ([complete(review=BY), REOPEN], retract(4), [("start", "review", "", BY)]),
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_what_an_act_makes_or_unmakes(row: Row) -> None:
    before, command, expected = row
    assert done(a_case(*before), command) == expected


def test_each_part_has_its_own_postponement_and_review() -> None:
    case = a_case(numbers=("5", "33"))
    assert done(case, until(BY, "5")) == [("start", "until", "", BY)]
    assert done(case, until(LATER, "33")) == [("start", "until", "", LATER)]
    assert done(case, ResumeCase(part="33")) == [("stop", "until", "", LATER)]
    assert done(case, complete(review=LATER, part="33")) == [("start", "review", "", LATER)]
    assert done(case, complete(completion="full", part="5")) == [("stop", "until", "", BY)]
    assert case.state == "done" and [clock.kind for clock in case.clocks.values()] == ["review"]
    assert done(case, ReopenCase(part="33", reason="à revoir")) == [("stop", "review", "", LATER)]


def test_parts_put_off_to_one_date_share_its_clock() -> None:
    case = a_case(numbers=("5", "33"))
    assert done(case, until(BY)) == [("start", "until", "", BY)]
    assert done(case, ResumeCase(part="5")) == []
    assert done(case, ResumeCase(part="33")) == [("stop", "until", "", BY)]


def test_nothing_runs_in_an_imported_case_before_somebody_vouches_for_it() -> None:
    imported = adopted(source=Source(OTHER, 1, 2, "2024-01"))
    case = given(imported).when(PROPOSED).aggregate
    assert done(case, SetDue(due=BY)) == done(case, AddTask(text="écrire", due=BY)) == []
    assert done(case, ConfirmCase()) == [("start", "due", "", BY), ("start", "task", "1", BY)]


def test_a_move_vouches_for_it_as_well_and_its_retraction_takes_that_back() -> None:
    case = given(adopted(source=Source(OTHER, 1, 2))).when(SetDue(due=BY)).aggregate
    assert done(case, commands.StartCase()) == [("start", "due", "", BY)]
    assert done(case, retract(3)) == [("stop", "due", "", BY)]


def test_what_a_clock_did_is_neither_corrected_nor_retracted() -> None:
    case = a_case(SetDue(due=BY))
    sweep(case, at(2024, 9, 9, 12))
    handled = act(roles=frozenset({"secretary"}), now=at(2024, 9, 9, 13))
    case.acknowledge(AcknowledgeStep(), handled)
    assert [recorded.event.machine for recorded in case.history] == [False, False, True, True, False]
    for version in (3, 4, 5):
        for command in (correct(version, due=LATER), retract(version)):
            before = standing_of(case)
            with pytest.raises(ReminderStands):
                case.correct(command, handled) if isinstance(command, CorrectFact) else case.retract(command, handled)
            assert standing_of(case) == before


def test_a_deadline_that_passed_while_nothing_ran_never_rings() -> None:
    case = a_case(AddTask(text="a", due=BY), FinishTask(task=1))
    after = at(2024, 9, 10, 14)
    assert done(case, retract(4), now=after) == [("lapsed", "task", "1", BY)]
    (clock,) = case.clocks.values()
    assert (clock.state, clock.ring, clock.next) == ("lapsed", None, None)
    assert sweep(case, at(2030, 1, 1)) == []
    with pytest.raises(SuiviError):
        case.acknowledge(AcknowledgeStep(), act(now=after))


@pytest.mark.parametrize(("now", "state"), [(at(2024, 6, 27, 3, 59), "running"), (at(2024, 6, 27, 4), "lapsed")])
def test_a_due_day_ends_with_the_day_where_the_organisation_is(now: Any, state: str) -> None:
    case = a_case()
    done(case, SetDue(due="2024-06-26"), now=now)
    assert [clock.state for clock in case.clocks.values()] == [state]


def test_clocks_have_ids_of_their_own() -> None:
    case = a_case(SetDue(due=BY), SetDue(due=LATER), SetDue(due=BY), AddTask(text="a", due=BY), REFER)
    ids: list[UUID] = [event.clock for event in of_clocks(case) if type(event).__name__ == "ClockStarted"]
    assert len(ids) == len(set(ids)) == 5
