"""What is said about a case on the way, which leaves its state as it is."""

from __future__ import annotations

from typing import Any

import pytest

from domain.base import Command, Event
from domain.case import commands, events
from domain.case.commands import AddTask, FinishTask, LinkCase, NoteCase, RestrictCase, RewordCase
from domain.case.events import CaseLinked, CaseNoted, CaseRestricted, late
from domain.case.moves import CaseCompleted, CaseStarted
from domain.case.refusals import FactsMissing, NobodyNamed, NoRole, NotFromHere, RoleMissing, SelfReference, TaskUnknown
from domain.case.tasks import TaskAdded, TaskFinished
from tests.domain.given import CASE, HER, OTHER, PERSON, TODAY, adopted, given, moved

ANY_STATE: list[tuple[Command, Event, dict[str, Any]]] = [
    (NoteCase(text="à voir"), CaseNoted(text="à voir", audience="internal"), {}),
    (NoteCase(text="à dire", audience="assembly"), CaseNoted(text="à dire", audience="assembly"), {}),
    (
        LinkCase(to=OTHER, kind="same meeting"),
        CaseLinked(to=OTHER, kind="same meeting"),
        {"links": [("same meeting", OTHER)]},
    ),
]
OPEN_ONLY: list[tuple[Command, Event, dict[str, Any]]] = [
    (
        RewordCase(text="Que l’on…", stage="amended", reason="adopté ainsi"),
        events.CaseReworded(text="Que l’on…", stage="amended", reason="adopté ainsi"),
        {"text": "Que l’on…"},
    ),
    (RewordCase(text="Que l’on…"), events.CaseReworded(text="Que l’on…", stage="adopted"), {"text": "Que l’on…"}),
    (commands.AssignCase(owner=HER), events.CaseAssigned(owner=HER), {"owner": HER}),
    (commands.SetDue(due="2024-23"), events.CaseDueSet(due="2024-23"), {"due": "2024-23"}),
    (
        commands.AwaitParty(on=HER, since="2024-01", condition="sa réponse"),
        events.CaseAwaited(on=HER, since="2024-01", condition="sa réponse"),
        {},
    ),
    (AddTask(text="écrire", owner=HER, due="2024-09"), TaskAdded(number=1, text="écrire", owner=HER, due="2024-09"), {}),
]  # fmt: skip
DONE = moved(CaseCompleted, "done")


@pytest.mark.parametrize(("command", "event", "facts"), [*ANY_STATE, *OPEN_ONLY])
def test_what_is_recorded_leaves_the_state(command: Command, event: Event, facts: dict[str, Any]) -> None:
    then = given(adopted(), moved(CaseStarted, "in_progress")).when(command, occurred="2024-06~")
    then.then(event).leaving(state="in_progress", **facts)


@pytest.mark.parametrize(("command", "event", "facts"), ANY_STATE)
def test_what_is_recorded_of_a_closed_case(command: Command, event: Event, facts: dict[str, Any]) -> None:
    given(adopted(), DONE).when(command).then(event).leaving(state="done", **facts)


@pytest.mark.parametrize("command", [*[row[0] for row in OPEN_ONLY], FinishTask(task=1)])
def test_what_is_for_open_cases_only(command: Command) -> None:
    history = [adopted(), TaskAdded(number=1, text="écrire"), DONE]
    refusal = given(*history).when(command).then(NotFromHere, ref="2023:17").refusal
    assert refusal and {"note", "link", "reopen"} <= set(refusal.facts["possible"])


@pytest.mark.parametrize(
    "command", [NoteCase(text=" "), RewordCase(text=""), AddTask(text=""), LinkCase(to=OTHER, kind="")]
)
def test_what_is_said_is_not_blank(command: Command) -> None:
    given(adopted()).when(command).then(FactsMissing)


def test_an_auditor_and_a_stranger_write_nothing() -> None:
    given(adopted()).when(NoteCase(text="à voir"), roles=frozenset({"auditor"})).then(RoleMissing, roles=["auditor"])
    given(adopted()).when(NoteCase(text="à voir"), roles=frozenset()).then(NoRole)


def test_the_system_notes_and_moves_nothing() -> None:
    given(adopted()).when(NoteCase(text="à voir"), roles=frozenset({"system"})).then(CaseNoted(text="à voir"))
    given(adopted()).when(commands.StartCase(), roles=frozenset({"system"})).then(RoleMissing)


def test_a_note_keeps_who_wrote_it_for_whom() -> None:
    then = given(adopted()).when(
        NoteCase(text="à voir"), on_behalf_of=PERSON, roles=frozenset({"administrator", "officer"})
    )
    then.then(CaseNoted(text="à voir"))
    event = then.aggregate.new[0].event
    assert (event.role, event.on_behalf_of) == ("officer", PERSON)
    assert [(version, note.audience) for version, note in then.aggregate.notes] == [(2, "internal")]


def test_a_case_is_not_linked_to_itself() -> None:
    given(adopted()).when(LinkCase(to=CASE, kind="origin")).then(SelfReference)


WRITTEN, CALLED = TaskAdded(number=1, text="écrire"), TaskAdded(number=2, text="appeler")


def test_tasks_are_numbered_in_their_case() -> None:
    given(adopted(), WRITTEN).when(AddTask(text="appeler")).then(CALLED)
    done = given(adopted(), WRITTEN, CALLED).when(FinishTask(task=2)).then(TaskFinished(task=2))
    assert {n: task.done for n, task in done.aggregate.tasks.items()} == {1: False, 2: True}


@pytest.mark.parametrize("task", [0, 1, 3])
def test_a_task_that_is_not_open_is_refused_with_those_that_are(task: int) -> None:
    history = [adopted(), WRITTEN, CALLED, TaskFinished(task=1)]
    given(*history).when(FinishTask(task=task)).then(TaskUnknown, task=task, tasks=["2"])


def test_a_task_left_out_is_passed_over() -> None:
    then = given(adopted(), TaskFinished(task=4)).when(NoteCase(text="à voir"))
    then.leaving(tasks={})


@pytest.mark.parametrize("role", ["secretary", "administrator"])
def test_who_may_read_is_the_secretarys_to_say(role: str) -> None:
    roles = frozenset({role})
    given(adopted()).when(RestrictCase(visibility="officers"), roles=roles).then(
        CaseRestricted(visibility="officers")
    ).leaving(visibility="officers", people=())
    given(adopted()).when(RestrictCase(visibility="named", people=(PERSON,)), roles=roles).leaving(people=(PERSON,))
    given(adopted()).when(RestrictCase(visibility="named"), roles=roles).then(NobodyNamed)
    given(adopted(), DONE).when(RestrictCase(visibility="open"), roles=roles).leaving(visibility="open")


def test_an_officer_does_not_restrict() -> None:
    given(adopted()).when(RestrictCase(visibility="officers")).then(RoleMissing, allowed=["secretary", "administrator"])


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (None, False),
        ("2024-06-25", True),
        ("2024-06-26", False),
        ("2024-06", False),
        ("2024-05", True),
        ("2023-23", True),
    ],
)
def test_late_once_the_last_day_is_over(due: str | None, expected: bool) -> None:
    assert late(due, TODAY) is expected
