"""The case: its state, folded from its events, and what it decides."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from domain.base import Act, Aggregate, Command, CorrectFact, RetractFact, said, standing
from domain.case import events, refusals
from domain.case.commands import AdoptCase
from domain.case.events import CaseAdopted, CaseAwaited, CaseNoted, Part, Task
from domain.case.moves import CaseBlocked, CaseCarriedOver, Moved
from domain.case.rules import completion_of_case, state_of_case, words
from domain.errors import SuiviError
from domain.values import Edtf, Limb, Owner, Proposal
from workflows.library import library
from workflows.workflow import Choice, Refusal, Step, Workflow


class PartView:
    """What a workflow may ask of one part (or, without one, of the whole case): its state, and the named guards."""

    def __init__(self, case: Case, part: Part | None) -> None:
        self.case, self.part = case, part

    @property
    def state(self) -> str:
        return self.part.state if self.part else self.case.state

    @property
    def before(self) -> str:
        return self.part.before if self.part else self.case.state

    @property
    def confirmable(self) -> bool:
        return not (self.part.moved if self.part else self.case.moved) or bool(self.case.proposals_for(self.part))

    @property
    def successor_unmoved(self) -> bool:
        return not self.case.successor_moved


class Case(Aggregate):
    """One resolution or a bundle. Its state is a rule over its parts, never typed."""

    successor_moved = False  # told by whoever loads the successor, before `reopen`

    def start(self) -> None:
        self.adopted: CaseAdopted | None = None
        self.parts: list[Part] = []
        self.proposals: list[Proposal] = []
        self.proposed_on: Edtf | None = None
        self.text: str | None = None
        self.owner: Owner | None = None
        self.due: Edtf | None = None
        self.visibility = "open"
        self.people: tuple[UUID, ...] = ()
        self.withdrawn = False
        self.notes: list[tuple[int, CaseNoted]] = []
        self.waiting_on: list[CaseAwaited] = []
        self.blocks: list[CaseBlocked] = []
        self.postponements: list[Edtf] = []
        self.referrals: list[tuple[UUID, Edtf | None]] = []
        self.residuals: list[str] = []
        self.links: list[tuple[str, UUID]] = []
        self.tasks: dict[int, Task] = {}

    @classmethod
    def adopt(cls, id: UUID, command: AdoptCase, act: Act, assembly: tuple[str, Edtf | None]) -> Case:
        """A new case of the assembly (its key and date), which happens on `adopted_on`, else on that date."""
        case = cls(id)
        case.start()
        workflow = library().latest(command.kind)
        limbs = command.parts or tuple(Limb(number, (number,)) for number in command.numbers)
        refuse_bad_numbers(command, limbs)
        step = workflow.decide("adopt", PartView(case, None), act.roles, given(command))
        case._refuse("adopt", step, workflow, act)
        facts = shared_facts(command, CaseAdopted) | said(act)
        facts |= {"occurred": command.adopted_on or act.occurred or assembly[1], "parts": limbs}
        ref = f"{assembly[0]}:{command.numbers[0]}"
        case.trigger(CaseAdopted(ref=ref, workflow=workflow.name, initial=workflow.initial, **facts), act)
        return case

    @property
    def ref(self) -> str:
        """`assembly:number`, the first of its heading."""
        return self.adopted.ref if self.adopted else str(self.id)

    @property
    def titles(self) -> dict[str, str]:
        """Number -> title, in the order of the heading (on disk the keys are sorted)."""
        return {n: self.adopted.titles[n] for n in self.adopted.numbers} if self.adopted else {}

    @property
    def title(self) -> str:
        """Its title; of a bundle, its titles joined in the order of the heading."""
        return " – ".join(self.titles.values())

    @property
    def workflow(self) -> Workflow:
        """The rules it was adopted under, for as long as it lives."""
        return library()[self.adopted.workflow] if self.adopted else library().latest("resolution")

    @property
    def state(self) -> str:
        return state_of_case(self.parts, self.workflow.is_final) if self.parts else "nothing"

    @property
    def completion(self) -> str | None:
        return completion_of_case(self.parts, self.state)

    @property
    def moved(self) -> bool:
        """Whether any of its parts has moved since the adoption."""
        return any(part.moved for part in self.parts)

    def proposals_for(self, part: Part | None) -> list[Proposal]:
        """The pending proposals that bear on the part."""
        return [p for p in self.proposals if part is None or p.part is None or p.part == part.label]

    def chosen(self, label: str | None) -> list[Part]:
        """The parts that a label or a number means; all of them without one."""
        parts = [p for p in self.parts if label is None or p.label == label or label in p.numbers]
        if not parts:
            raise refusals.PartUnknown(ref=self.ref, part=label, parts=[p.label for p in self.parts])
        return parts

    def decide(self, command: Command, act: Act, part: Part | None, stated: str | None = None) -> Step:
        """What the workflow answers for one part, or for the whole case; a refusal is raised."""
        workflow = self.workflow
        facts = given(command) | {"state"} if stated else given(command)
        answer = workflow.decide(command.verb, PartView(self, part), act.roles, facts, stated)
        self._refuse(command.verb, answer, workflow, act, part)
        assert isinstance(answer, Step)
        return answer

    def choices(self, roles: Collection[str]) -> list[Choice]:
        """Every verb, as it now stands for these roles: allowed if one of the parts allows it."""
        best: dict[tuple[str, tuple[str, ...]], Choice] = {}
        for part in self.parts:
            for choice in self.workflow.possible(PartView(self, part), roles):
                known = best.setdefault((choice.verb, choice.required), choice)
                if choice.allowed and not known.allowed:
                    best[(choice.verb, choice.required)] = choice
        return list(best.values())

    def move(self, event: type[Moved], command: Command, act: Act, stated: dict[str, str] | None = None) -> None:
        """Moves every part that the command means and the workflow lets go, in one event."""
        steps: dict[str, str] = {}
        refused: SuiviError | None = None
        for part in self.chosen(part_of(command)):
            try:
                steps[part.label] = self.decide(command, act, part, (stated or {}).get(part.label)).to
            except SuiviError as refusal:
                refused = refused or refusal
        if refused and (not steps or part_of(command)):
            raise refused
        facts = shared_facts(command, event) | said(act)
        if event is CaseCarriedOver:
            facts["completions"] = {p.label: p.completion for p in self.parts if steps.get(p.label) == "done"}
        self.trigger(event(parts=steps, state=self.state_after(steps), **facts), act)

    def record(self, event: type[events.Event], command: Command, act: Act, **more: Any) -> None:
        """Records what leaves the state as it is."""
        self.decide(command, act, None)
        self.trigger(event(**shared_facts(command, event) | said(act) | more), act)

    def correct(self, command: CorrectFact, act: Act) -> None:
        self.decide(command, act, None)
        if {"state", "parts"} & command.set.keys():
            raise refusals.StateFixed()
        super().correct(command, act)

    def retract(self, command: RetractFact, act: Act) -> None:
        """A move goes only if no later move of its parts stands: the state is then what it was before."""
        self.decide(command, act, None)
        event = self.amendable(command.event)
        if isinstance(event, Moved):
            for later in standing(self.history):
                if later.originator_version > command.event and isinstance(later.event, Moved):
                    if event.parts.keys() & later.event.parts.keys():
                        raise refusals.MoveFollowed(version=command.event, later=later.originator_version)
        super().retract(command, act)

    def state_after(self, steps: dict[str, str]) -> str:
        after = [Part(p.label, p.numbers, steps.get(p.label, p.state), p.before, p.completion) for p in self.parts]
        return state_of_case(after, self.workflow.is_final)

    def _refuse(self, verb: str, answer: Step | Refusal, workflow: Workflow, act: Act, part: Part | None = None) -> None:
        if isinstance(answer, Refusal):
            name = f"{self.ref} ({part.label})" if part and len(self.parts) > 1 else self.ref
            raise words(name, answer, workflow, act)


def part_of(command: Command) -> str | None:
    """The part that the command names, if it can name one."""
    return getattr(command, "part", None)


def given(command: Command) -> frozenset[str]:
    """The names of the facts that the command brings."""
    return frozenset(f for f in command.__struct_fields__ if f != "part" and getattr(command, f) not in (None, (), ""))


def shared_facts(command: Command, event: type[events.Event]) -> dict[str, Any]:
    """The facts that a command and its event have in common."""
    fields = set(event.__struct_fields__) - {"parts", "state", "occurred", "source"}
    return {f: getattr(command, f) for f in command.__struct_fields__ if f in fields}


def refuse_bad_numbers(command: AdoptCase, limbs: tuple[Limb, ...]) -> None:
    """Each number has its title, each part a label of its own."""
    if untitled := [n for n in command.numbers if not command.titles.get(n)]:
        raise refusals.TitleMissing(numbers=untitled)
    labels = [limb.label for limb in limbs]
    for label in labels:
        if labels.count(label) > 1:
            raise refusals.SamePart(label=label)
