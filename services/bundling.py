"""Cases that part and cases that join: their numbers lead to the right one, and their threads and open tasks go along."""

from __future__ import annotations

from msgspec.structs import replace

from domain.aggregate import Aggregate
from domain.amendments import RetractFact
from domain.base import Act
from domain.case import bundles
from domain.case.case import Case
from domain.case.commands import OpenThread
from domain.case.decisions import handle as decide
from domain.case.items import AddLine, NoteFollowUp
from domain.case.tasks import Task
from domain.demarche.commands import LinkDemarche
from domain.demarche.decisions import handle as decide_thread
from domain.demarche.demarche import Demarche
from services import conditions
from services.execute import Work
from services.homes import NumberTaken
from services.refs import fit_key


def split(work: Work, case: Case, command: bundles.SplitCase, act: Act) -> None:
    """What leaves begins a case of its own, where its numbers now lead."""
    assert case.adopted
    case.next_case = work.id(f"split:{case.id}:{case.version}")
    before = Case.fold(list(case.history))
    decide(case, command, act)
    event = next(r.event for r in reversed(case.new) if isinstance(r.event, bundles.CaseSplit))
    own = "" if event.numbers else _own_number(work, before, command, event)
    new = bundles.cut_off(Case, before, event, own, act)
    assert new.adopted
    keys = [("case", f"{before.home}:{number}") for number in new.adopted.numbers]
    work.free += keys if event.numbers else []
    work.add(new, *keys)


def _own_number(work: Work, case: Case, command: bundles.SplitCase, event: bundles.CaseSplit) -> str:
    """The number of a limb on its own: the one that is said, else that of its number and the first letter that is free."""
    if command.number:
        ref = f"{case.home}:{fit_key(command.number)}"
        if taken := work.key("case", ref):
            raise NumberTaken(ref=ref, case=work.case(taken).ref)
        return command.number
    letters = bundles.letters_of(event.parts[0].numbers[0])
    return next(number for number in letters if work.key("case", f"{case.home}:{number}") is None)


def merge(work: Work, case: Case, command: bundles.MergeCase, act: Act) -> None:
    """What the other has still to do, its notes and its threads go along; its numbers lead here."""
    other = work.seen(work.case(command.other))
    assert other
    case.joining = other
    decide(case, command, act)
    assert other.adopted and case.adopted
    keys = [("case", f"{other.home}:{number}") for number in other.adopted.numbers]
    work.free += keys
    work.taken |= dict.fromkeys(keys, case.id)
    for _, note in other.notes:
        told = replace(act, occurred=note.occurred, source=note.source, words=note.words)
        decide(case, NoteFollowUp(**{name: getattr(note, name) for name in _OF_A_NOTE}), told)
    for task in other.tasks.values():
        if not task.done:
            _take_task(work, case, task, act)
    for id in other.threads:
        thread = work.load(Demarche, id)
        if case.id not in thread.cases:
            decide_thread(thread, LinkDemarche(to=case.id), act)
            decide(case, OpenThread(demarche=id), act)


def _take_task(work: Work, case: Case, task: Task, act: Act) -> None:
    """What is still to be done, under a number of its own here."""
    if task.waits and task.upon:
        conditions.await_(work, case, task.upon, act)
    waits = {"upon": task.upon, "within": task.within} if task.waits else {"due": task.due}
    decide(case, AddLine(**{name: getattr(task, name) for name in _OF_A_TASK}, **waits), act)


_OF_A_NOTE = ("text", "audience", "level", "verdict", "planned")
_OF_A_TASK = ("text", "owner", "kind", "label", "printed", "heading", "group", "schedule", "who")


def retract(work: Work, case: Case, command: RetractFact, act: Act) -> None:
    """Takes a fact back; that a case joined, in both, and its numbers lead to it again."""
    event = case.retractable(command.event)
    decide(case, command, act)
    if not isinstance(event, bundles.CaseMerged):
        return
    other = work.case(event.other)
    into = next(r.originator_version for r in reversed(other.history) if isinstance(r.event, bundles.CaseMergedInto))
    Aggregate.retract(other, RetractFact(event=into, reason=command.reason), act)
    other.wind(act)
    assert other.adopted
    keys = [("case", f"{other.home}:{number}") for number in other.adopted.numbers]
    work.free += keys
    work.taken |= dict.fromkeys(keys, other.id)
