"""What a verb on one case also concerns: the assembly of an adoption, the successor of a carry-over or a replacement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.base import Act, Command
from domain.case.case import Case
from domain.case.commands import AdoptCase, CarryOverCase, LinkCase, ReopenCase, SupersedeCase
from domain.case.decisions import handle as decide
from domain.case.refusals import SuccessorMoved
from domain.directory import Assembly
from services.execute import Work
from services.refs import fit_key, read_ref


def adoption_facts(ref: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of `adopt`, where the REF says the assembly and the number, and one `title` may stand for `titles`."""
    assembly, number = ref.split(":")
    facts = {"assembly": assembly, "numbers": [number]} | dict(typed)
    if "title" in facts and "titles" not in facts:
        facts["titles"] = {number: facts.pop("title")}
    return facts


def adopt(work: Work, ref: str, command: AdoptCase, act: Act) -> None:
    """A new case under all its numbers."""
    assembly = work.load(Assembly, command.assembly)
    case = Case.adopt(work.id(f"case:{ref}"), command, act, (assembly.key, assembly.date))
    work.add(case, *(("case", f"{assembly.key}:{fit_key(number)}") for number in command.numbers))


def successor_facts(work: Work, verb: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Where a case is carried over to: a case that exists, else one that the same append is to create."""
    if verb != "carry-over" or not isinstance(facts.get("to"), str):
        return {}
    ref = work.refs.full(read_ref(facts["to"]))
    stream = work.key("case", ref)
    if stream is None:
        work.refs.assembly(ref.split(":")[0])
        work.successors[stream := work.id(f"case:{ref}")] = ref
    return {"to": stream}


def handle(work: Work, case: Case, command: Command, act: Act) -> None:
    """Lets the case decide, and what stands beside it follow, in one append."""
    if isinstance(command, ReopenCase):
        _tell_moved_successors(work, case, command)
    decide(case, command, act)
    if isinstance(command, CarryOverCase):
        _carry(work, case, command, act)
    elif isinstance(command, SupersedeCase):
        decide(work.case(command.by), LinkCase(to=case.id, kind="supersedes"), act)


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
    assembly, number = ref.split(":")
    titles = [case.titles[n] for part in case.chosen(command.part) for n in part.numbers if n in case.titles]
    adoption = AdoptCase(
        assembly=work.refs.assembly(assembly), numbers=(number,), titles={number: " – ".join(dict.fromkeys(titles))},
        text=command.residual or case.text, origin=case.id,
    )  # fmt: skip
    return adopt(work, ref, adoption, act)
