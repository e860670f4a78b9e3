"""A case goes on under another version of its rules: an event, after what changes was shown. What runs keeps its ladder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from domain.base import Act, Command, Event, Recorded, said
from domain.case.rules import label, name_of, state_of_case
from domain.errors import Forbidden, Invalid, Label, Refused, Word
from domain.values import FreeText
from workflows.library import library
from workflows.workflow import Workflow

if TYPE_CHECKING:
    from domain.case.case import Case

ROLES = frozenset({"secretary", "administrator"})


class MigrateCase(Command, frozen=True, kw_only=True):
    """`to`: a version of the same rules, by its number or its name; `states`: for each state that is not there, the one that
    takes its place."""

    verb = "migrate"
    to: str
    states: dict[str, str] = {}
    reason: FreeText | None = None


class CaseMigrated(Event, frozen=True, kw_only=True):
    """From then on it follows these rules. `parts`: where each part now stands, with the state before a pause."""

    fixed = frozenset({"workflow", "parts", "state"})

    workflow: str
    parts: dict[str, tuple[str, str]]
    state: str
    reason: FreeText | None = None

    def apply(self, case: Case, at: Recorded) -> None:
        if case.adopted:
            case.adopted = replace(case.adopted, workflow=self.workflow)
        for part in case.parts:
            part.state, part.before = self.parts.get(part.label, (part.state, part.before))
        case.proposals = [one for one in case.proposals if one.state in library()[self.workflow].states]


class MigrateRole(Forbidden):
    """Cases go on under other rules by the secretary and the administrators; you have neither role here."""


class VersionUnknown(Invalid):
    """“{to}” is no version of the rules that {ref} follows ({now}). Those that there are: {known}."""


class SameVersion(Refused):
    """{ref} follows {now} already."""


class StatesGone(Invalid):
    """{ref} is in a state that is not in {to}: {gone}. Say which takes its place, for instance states.{example}=…, among {states}."""  # noqa: E501 - one sentence


class StateStays(Invalid):
    """“{state}” cannot take the place of a state: it is not in {to}. Those that there are: {states}."""


class Changes(NamedTuple):
    """What another version of the rules changes: states and verbs that go and that come, kinds of deadlines whose ladder is
    another for the clocks that start from then on."""

    states_lost: tuple[str, ...]
    states_gained: tuple[str, ...]
    verbs_lost: tuple[str, ...]
    verbs_gained: tuple[str, ...]
    clocks: tuple[str, ...]


def changes(old: Workflow, new: Workflow) -> Changes:
    """What changes from one version to another."""
    before, after = _ladders(old), _ladders(new)
    return Changes(
        tuple(s for s in old.states if s not in new.states), tuple(s for s in new.states if s not in old.states),
        tuple(v for v in old.verbs if v not in new.verbs), tuple(v for v in new.verbs if v not in old.verbs),
        tuple(k for k in {**before, **after} if before.get(k) != after.get(k)),
    )  # fmt: skip


def _ladders(workflow: Workflow) -> Mapping[str, object]:
    definition = workflow.definition
    return {kind: definition.ladders.get(name) for kind, name in definition.clocks.items()}


def version_of(case: Case, to: str) -> Workflow:
    """The version that is meant. Raises `VersionUnknown`."""
    kind = case.workflow.definition.workflow
    known = [workflow for workflow in library() if workflow.definition.workflow == kind]
    wanted = to.strip().removeprefix("v")
    for workflow in known:
        if wanted in (workflow.name, str(workflow.definition.version)):
            return workflow
    raise VersionUnknown(to=to, ref=case.ref, now=case.workflow.name, known=[workflow.name for workflow in known])


def migrate(case: Case, command: MigrateCase, act: Act) -> None:
    """Every state of the case must be in the new rules, or have one there that takes its place."""
    if ROLES.isdisjoint(act.roles):
        raise MigrateRole()
    new = version_of(case, command.to)
    if new.name == case.workflow.name:
        raise SameVersion(ref=case.ref, now=new.name)
    parts = standing_under(case, new, command.states)
    after = [replace(part, state=parts[part.label][0]) for part in case.parts]
    state = state_of_case(after, new.is_final)
    case.trigger(CaseMigrated(workflow=new.name, parts=parts, state=state, reason=command.reason, **said(act)), act)


def standing_under(case: Case, new: Workflow, states: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Label -> where the part stands under the new rules, and before its pause. Raises `StatesGone`, `StateStays`."""
    possible: list[Label] = [label(new, state) for state in new.states]
    for state in states.values():
        if state not in new.states:
            raise StateStays(state=state, to=new.name, states=list(new.states))
    gone = [part.state for part in case.parts if part.state not in new.states and part.state not in states]
    if gone:
        said = [label(case.workflow, state) for state in dict.fromkeys(gone)]
        raise StatesGone(ref=case.ref, to=new.name, gone=said, example=gone[0], states=possible)

    def place(state: str, otherwise: str) -> str:
        return states.get(state, state if state in new.states else otherwise)

    return {p.label: (now := place(p.state, p.state), place(p.before, now)) for p in case.parts}


def verbs_said(verbs: tuple[str, ...], workflow: Workflow) -> list[Word | Label]:
    """The verbs, as a person reads them."""
    return [name_of(verb, workflow) for verb in verbs]
