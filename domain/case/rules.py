"""The state of a case as a rule over its parts, and the refusals of its workflow in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from domain.base import Act, blank
from domain.case import refusals
from domain.case.events import Part
from domain.errors import Label, SuiviError, Word
from domain.time import earliest
from domain.values import Edtf, Limb
from workflows.vocabulary import FACTS, GUARDS, ROLES, VERBS
from workflows.workflow import Refusal, Workflow

if TYPE_CHECKING:
    from domain.case.commands import AdoptCase
    from domain.case.items import AdoptItem

FIRST_OPEN = ("in_progress", "blocked", "referred", "postponed", "adopted")


def state_of_case(parts: Sequence[Part], is_final: Callable[[str], bool]) -> str:
    """The first that an open part has, in the order above; if none is open the common final state, else `done`
    (in part) when one is done, else `not_done`."""
    if len(parts) == 1:
        return parts[0].state
    states = [part.state for part in parts]
    still = [state for state in states if not is_final(state)]
    if still:
        return next((state for state in FIRST_OPEN if state in still), still[0])
    if len(set(states)) == 1:
        return states[0]
    return "done" if "done" in states else "not_done"


def completion_of_case(parts: Sequence[Part], state: str) -> str | None:
    """How far a done case is done: as all its parts are, else in part."""
    if state != "done":
        return None
    completions = {part.completion for part in parts if part.state == "done"}
    alike = len(completions) == 1 and all(part.state == "done" for part in parts)
    return completions.pop() if alike else "partial"


def refuse_future(occurred: Edtf | None, act: Act) -> None:
    """What has certainly not begun yet cannot have happened."""
    if occurred and (begins := earliest(occurred)) and begins > act.today:
        raise refusals.FutureAct(occurred=occurred)


def refuse_bad_numbers(command: AdoptCase | AdoptItem, limbs: tuple[Limb, ...]) -> None:
    """Each number comes once and has its title; each part has a label of its own, and each number a part."""
    if untitled := [n for n in command.numbers if blank(command.titles.get(n))]:
        raise refusals.TitleMissing(numbers=untitled)
    labels = [limb.label for limb in limbs]
    for label in (*labels, *command.numbers):
        if labels.count(label) > 1 or command.numbers.count(label) > 1:
            raise refusals.SamePart(label=label)
    of_parts = {number for limb in limbs for number in limb.numbers}
    if strange := (of_parts ^ set(command.numbers)) | (command.titles.keys() - set(command.numbers)):
        raise refusals.NumbersUnknown(ref=command.numbers[0], numbers=sorted(strange))


def words(name: str, refusal: Refusal, workflow: Workflow, held: Collection[str]) -> SuiviError:
    """A workflow's refusal as the sentence that a person with the roles `held` reads."""
    verb = name_of(refusal.verb, workflow)
    possible = [name_of(other, workflow) for other in refusal.possible]
    if refusal.kind == "role":
        allowed = [Word(ROLES[r]) for r in refusal.roles_allowed]
        roles = [Word(ROLES[r]) for r in sorted(held)]
        return (refusals.RoleMissing(verb=verb, allowed=allowed, roles=roles) if roles
                else refusals.NoRole(verb=verb, allowed=allowed))  # fmt: skip
    if refusal.kind == "facts":
        return refusals.FactsMissing(verb=verb, missing=[Word(FACTS[f]) for f in refusal.missing])
    if refusal.kind == "guard" and refusal.guard:
        return refusals.GuardUnmet(ref=name, verb=verb, guard=Word(GUARDS[refusal.guard]), possible=possible)
    if refusal.kind == "unknown_state":
        return refusals.StateUnknown(states=[label(workflow, state) for state in workflow.states])
    return refusals.NotFromHere(ref=name, state=label(workflow, refusal.state), verb=verb, possible=possible)


def name_of(verb: str, workflow: Workflow) -> Word | Label:
    """What a person reads for a verb, or for a move of the organisation's own."""
    own = next((move.label for move in workflow.moves(verb) if move.label), None)
    return Label(own.fr, own.en) if own else Word(VERBS.get(verb, verb))


def label(workflow: Workflow, state: str) -> Label:
    """What a person reads for a state, in each language."""
    if state not in workflow.states:
        return Label(fr=state, en=state)
    return Label(fr=workflow.label(state, "fr"), en=workflow.label(state, "en"))
