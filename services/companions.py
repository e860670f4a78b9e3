"""What a verb on one case also concerns: the assembly of an adoption, the successor of a carry-over or a replacement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from domain.amendments import RetractFact
from domain.base import Act, Command
from domain.case.bundles import MergeCase, SplitCase
from domain.case.case import Case
from domain.case.commands import (
    AddTask,
    AdoptCase,
    CarryOverCase,
    CompleteCase,
    LinkCase,
    ReopenCase,
    SupersedeCase,
)
from domain.case.decisions import handle as decide
from domain.case.moves import CaseCarriedOver
from domain.case.refusals import SuccessorMoved
from domain.demarche.demarche import Demarche
from domain.directory import Assembly
from domain.errors import Invalid
from domain.plan.plan import Plan
from services import bundling, conditions
from services.execute import Work
from services.homes import NumberTaken, home_of
from services.plans import items
from services.refs import fit_key, read_ref
from services.store import KeyTaken


class RefUnlike(Invalid):
    """{ref} is not one of the numbers that the case is to have: {numbers}."""


def adoption_facts(ref: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of `adopt`, where the REF says the assembly and the number, and one `title` may stand for `titles`."""
    assembly, number = ref.split(":")
    facts = {"assembly": assembly, "numbers": [number]} | dict(typed)
    if "title" in facts and "titles" not in facts:
        facts["titles"] = {number: facts.pop("title")}
    return facts


def adopt(work: Work, ref: str, command: AdoptCase, act: Act) -> None:
    """A new case under all its numbers, none of which is another's."""
    assembly = work.load(Assembly, command.assembly)
    case = Case.adopt(work.id(f"case:{ref}"), command, act, (assembly.key, assembly.date))
    refs = [f"{assembly.key}:{fit_key(number)}" for number in command.numbers]
    if ref not in refs:
        raise RefUnlike(ref=ref, numbers=refs)
    for other in refs:
        if other != ref and (taken := work.key("case", other)):
            if work.refs.key("case", ref):
                raise KeyTaken()  # someone has just adopted it: look again
            raise NumberTaken(ref=other, case=work.case(taken).ref)
    work.add(case, *(("case", each) for each in refs))


def successor_facts(work: Work, verb: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Where a case is carried over to: a case that exists, else one that the same append is to create."""
    if verb != "carry-over" or not isinstance(facts.get("to"), str):
        return {}
    address = read_ref(facts["to"])
    if address.kind != "case":
        return {}
    ref = work.refs.full(address)
    stream = work.key("case", ref)
    if stream is None:
        home_of(work, ref.split(":")[0])
        work.successors[stream := work.id(f"case:{ref}")] = ref
    return {"to": stream}


def handle(work: Work, case: Case, command: Command, act: Act) -> None:
    """Lets the case decide, and what stands beside it follow, in one append."""
    if isinstance(command, ReopenCase):
        _tell_moved_successors(work, case, command)
    if isinstance(command, CompleteCase) and command.completion == "full":
        threads = [work.load(Demarche, thread) for thread in case.threads]
        case.threads_awaiting = tuple(thread.ref for thread in threads if thread.awaits)
    if isinstance(command, AddTask) and command.upon:
        conditions.await_(work, case, command.upon, act)
    if together := TOGETHER.get(type(command)):
        return together(work, case, command, act)
    decide(case, command, act)
    if isinstance(command, CarryOverCase):
        _carry(work, case, command, act)
    elif isinstance(command, SupersedeCase):
        decide(work.case(command.by), LinkCase(to=case.id, kind="supersedes"), act)


TOGETHER: Mapping[type[Command], Callable[[Work, Case, Any, Act], None]] = {
    SplitCase: bundling.split, MergeCase: bundling.merge, RetractFact: bundling.retract,
}  # fmt: skip
"""What is told in two histories at once."""


def _tell_moved_successors(work: Work, case: Case, command: ReopenCase) -> None:
    """The case cannot know; where every part that is meant has one, it is named."""
    parts = case.chosen(command.part)
    moved = {to: work.case(to).ref for part in parts for to in part.successors if work.case(to).moved}
    case.moved_successors = frozenset(moved)
    if all(moved.keys() & set(part.successors) for part in parts):
        raise SuccessorMoved(ref=case.ref, successor=", ".join(moved.values()))


def _carry(work: Work, case: Case, command: CarryOverCase, act: Act) -> None:
    ref = work.successors.pop(command.to, None)
    if ref is None:
        return decide(work.case(command.to), LinkCase(to=case.id, kind="origin"), act)
    key, number = ref.split(":")
    carried = next(r.event for r in reversed(case.new) if isinstance(r.event, CaseCarriedOver))
    numbers = {n for part in case.parts if part.label in carried.parts for n in part.numbers}
    title = " – ".join(dict.fromkeys(title for n, title in case.titles.items() if n in numbers))
    home = home_of(work, key)
    if isinstance(home, Plan):
        return items.succeed(work, case, home, number, command.residual or title, act)
    text = command.residual or (None if case.adopted and case.adopted.plan else case.text)
    adoption = AdoptCase(assembly=home.id, numbers=(number,), titles={number: title}, text=text, origin=case.id)
    return adopt(work, ref, adoption, replace(act, occurred=None, words={}))  # on the date of its own assembly
