"""What was known, and what had happened: a case against its naive fold, and each rule of the two times."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain import codec
from domain.amendments import CorrectFact, FactCorrected, FactRetracted, RetractFact
from domain.base import Command, Event, Recorded
from domain.case import commands, moves
from domain.case.case import Case
from domain.case.commands import AdoptCase, ConfirmCase, PostponeCase, ProposeState
from domain.case.decisions import handle
from domain.case.events import CaseNoted, CaseRestricted
from domain.case.moves import CaseCompleted, CaseReferred, CaseStarted
from domain.case.tasks import TaskAdded, TaskFinished
from domain.directory import Appointed, AssemblyCreated, Body, BodyCreated, Renamed
from domain.errors import SuiviError
from domain.values import Evidence, Proposal, Source
from tests.domain.given import ASSEMBLY, BODY, CASE, HER, OFFICER, OTHER, PERSON, act, adopted, moved, recorded
from tests.domain.naive import LAST, Line, day_of, naive

REFERENCES = (None, None, "2023-24", "2023-06~", "2022/..")
FIRST, DAYS = date(2023, 4, 1), 460


def test_a_case_at_a_thousand_pairs_of_times() -> None:
    for number in range(40):
        random = Random(f"two times {number}")
        history, lines = written(random)
        for _ in range(25):
            known = random.choice(history).position or 0
            as_of = random.choice([*(day for day in LAST.values() if day), FIRST + timedelta(random.randrange(DAYS))])
            folded = Case.fold([r for r in history if (r.position or 0) <= known], as_of)
            assert told(folded) == naive(lines, known, as_of), (number, known, as_of)


def test_the_days_are_those_of_the_naive_reading() -> None:
    for number in range(40):
        for entry, line in zip(*written(Random(f"days {number}")), strict=True):
            if not isinstance(entry.event, CaseRestricted):
                assert entry.day() == day_of(line)


def written(random: Random) -> tuple[list[Recorded], list[Line]]:
    """A history of some thirty events of every kind, dated in every way, and the same as plain lines."""
    numbers = ("5", "33")[: random.randint(1, 2)]
    titles = {number: f"Titre {number}" for number in numbers}
    case = Case.adopt(CASE, AdoptCase(assembly=ASSEMBLY, numbers=numbers, titles=titles), deed(random), ("2023", None))
    while case.version < 30:
        try:
            handle(case, asked(random, case), deed(random))
        except SuiviError:
            continue
    return placed(random, case.history)


def deed(random: Random) -> Any:
    reference = random.choice(REFERENCES)
    source = Source(UUID(int=60), 1, 2, reference) if reference else None
    occurred = random.choice([*LAST])
    return act(now=datetime(2025, 6, 26, 14, tzinfo=UTC), roles=frozenset({"secretary"}), occurred=occurred, source=source)


def asked(random: Random, case: Case) -> Command:
    """Something to try: most of what is drawn is refused, which tries nothing."""
    part = random.choice([None, None, *(part.label for part in case.parts)])
    version = random.randint(1, case.version)
    state = random.choice(["in_progress", "blocked", "done"])
    proposal = Proposal(state, (Evidence("écrit", 1, 1),), "low", part, "partial" if state == "done" else None)
    return random.choice(
        [
            commands.ReferCase(body=BODY, due="2025", part=part),
            commands.ReportBack(body=BODY, part=part),
            commands.StartCase(part=part),
            PostponeCase(until=f"202{random.randint(6, 9)}", reason="trop tôt", part=part),
            commands.BlockCase(on=HER, reason="grève", part=part),
            commands.ResumeCase(part=part),
            commands.CompleteCase(completion="temporary", residuals=("le reste",), part=part),
            commands.CloseCaseUndone(reason="manque de temps", part=part),
            commands.CarryOverCase(to=OTHER, residual=random.choice([None, "le reste"]), part=part),
            commands.SupersedeCase(by=OTHER, part=part),
            commands.ReopenCase(reason="à revoir", part=part),
            ProposeState(proposals=(proposal,)),
            ConfirmCase(part=part),
            commands.NoteCase(text=f"note {case.version}"),
            commands.RewordCase(text=f"texte {case.version}"),
            commands.AssignCase(owner=HER),
            commands.SetDue(due=f"202{random.randint(4, 9)}"),
            commands.AddTask(text="écrire"),
            commands.FinishTask(task=random.randint(1, 3)),
            commands.RestrictCase(visibility=random.choice(["officers", "open"])),
            CorrectFact(event=version, set={"occurred": random.choice([*LAST])}, reason="mal noté"),
            CorrectFact(event=1, set={"titles": {"5": f"Titre {case.version}"}}, reason="mal noté"),
            RetractFact(event=version, reason="n’a pas eu lieu"),
        ]
    )


def placed(random: Random, history: list[Recorded]) -> tuple[list[Recorded], list[Line]]:
    """In the log among others, each recorded at some hour of a local day (Toronto), near midnight too."""
    entries, lines, day, position = [], [], FIRST, 0
    for recorded_now in history:
        day += timedelta(random.choice([0, 1, 7, 30]))
        if (day.month, day.day) < (4, 1) or (day.month, day.day) > (10, 25):  # around there clocks change
            day = date(day.year + (day.month > 3), 4, 1)
        local = random.choice([0, 30, 12 * 60, 23 * 60 + 59])
        at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC) + timedelta(minutes=local)
        position += random.randint(1, 4)
        entry = replace(recorded_now, recorded_at=at, position=position, logged_at=at)
        facts = json.loads(codec.seal(entry.event))
        entries.append(entry)
        lines.append(Line(entry.originator_version, position, type(entry.event).__name__, facts, day))
    return entries, lines


def told(case: Case) -> dict[str, Any]:
    """The case in the words of the naive reading."""
    return {
        "parts": {part.label: [part.state, part.before, part.completion] for part in case.parts},
        "title": case.title, "text": case.text, "owner": str(case.owner.id) if case.owner else None, "due": case.due,
        "visibility": case.visibility, "notes": [note.text for _, note in case.notes],
        "tasks": {number: task.done for number, task in case.tasks.items()},
        "referrals": [due for _, due in case.referrals], "proposals": [(p.part, p.state) for p in case.proposals],
        "links": [str(to) for _, to in case.links], "postponements": case.postponements, "residuals": case.residuals,
    }  # fmt: skip


def as_of(day: str, *events: Event) -> Case:
    return Case.fold(recorded(events), date.fromisoformat(day))


STARTED = moved(CaseStarted, "in_progress", occurred="2023-09")


def test_an_event_counts_from_its_latest_day_on() -> None:
    assert as_of("2023-09-29", adopted(), STARTED).state == "adopted"
    assert as_of("2023-09-30", adopted(), STARTED).state == "in_progress"


@pytest.mark.parametrize("occurred", [None, "2023-06-26/..", "2024-03"])
def test_never_later_than_its_recording_nor_than_its_document(occurred: str | None) -> None:
    event = moved(CaseStarted, "in_progress", occurred=occurred)  # recorded on 1 January 2024
    assert [as_of(day, adopted(), event).state for day in ("2023-12-31", "2024-01-01")] == ["adopted", "in_progress"]
    read = replace(event, source=Source(UUID(int=60), 1, 1, "2023-10"))
    assert [as_of(day, adopted(), read).state for day in ("2023-10-30", "2023-10-31")] == ["adopted", "in_progress"]


def test_before_its_adoption_a_case_is_nothing() -> None:
    case = as_of("2023-05-12", adopted(), STARTED)
    assert (case.state, case.adopted, case.parts, case.title) == ("nothing", None, [], "")


def test_what_happened_is_folded_in_the_order_of_the_log() -> None:
    late_entry = moved(CaseReferred, "referred", occurred="2023-06")
    assert as_of("2023-08-01", adopted(), STARTED, late_entry).state == "referred"
    assert as_of("2024-01-01", adopted(), STARTED, late_entry).state == "referred"


def test_a_correction_is_knowledge_and_holds_on_every_day() -> None:
    earlier = FactCorrected(version=2, facts={"occurred": "2023-06-01"}, reason="mal noté", occurred="2023-12-24")
    assert as_of("2023-06-01", adopted(), STARTED, earlier).state == "in_progress"
    never = FactRetracted(version=2, reason="n’a pas eu lieu", occurred="2023-12-24")
    assert as_of("2023-11-01", adopted(), STARTED, never).state == "adopted"
    assert as_of("2023-11-01", adopted(), STARTED).state == "in_progress"


def test_what_refers_to_something_left_out_is_passed_over() -> None:
    task, done = TaskAdded(number=1, text="écrire", occurred="2023-11"), TaskFinished(task=1, occurred="2023-08")
    ended = moved(CaseCompleted, "done", "33", occurred="2023-04")
    case = as_of("2023-05-01", adopted(), task, done, ended)
    assert (case.tasks, case.parts, case.state) == ({}, [], "nothing")
    assert as_of("2023-08-31", adopted(), task, done).tasks == {}


def test_who_may_read_holds_on_every_day() -> None:
    note = CaseNoted(text="à voir", occurred="2023-06")
    assert as_of("2023-06-30", adopted(), note, CaseRestricted(visibility="officers")).visibility == "officers"


def directory(*events: Event) -> Iterator[tuple[str, list[UUID]]]:
    for day in (date(1990, 1, 1), date(2023, 6, 1), date(2024, 1, 1)):
        body = Body.fold(recorded(events), day)
        yield body.name, [term.person for term in body.terms]


def test_an_undated_entry_of_the_directory_is_since_ever() -> None:
    named, chaired = Renamed(name="Climat", occurred="2023-05"), Appointed(person=PERSON, charge="chair")
    assert [*directory(BodyCreated(key="e", name="Environnement"), named, chaired)] == [
        ("Environnement", []),
        ("Climat", []),
        ("Climat", [PERSON]),
    ]
    dated = BodyCreated(key="e", name="Environnement", occurred="2023-04")
    assert [name for name, _ in directory(dated)] == ["", "Environnement", "Environnement"]
    read = AssemblyCreated(key="2023", name="Annuelle", source=Source(UUID(int=60), 1, 1, "2024-09"))
    assert recorded([read])[0].day() == date.min


def test_the_day_is_local() -> None:
    at = datetime(2023, 10, 1, 3, 59, tzinfo=UTC)  # 23:59 in Toronto, the day before
    entry = Recorded(CASE, 1, moves.CaseStarted(parts={}, state="adopted"), OFFICER, OFFICER, at)
    assert (entry.day(), entry.day("UTC")) == (date(2023, 9, 30), date(2023, 10, 1))
