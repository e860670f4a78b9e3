"""The case: its state, folded from its events, and what it decides."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.amendments import CorrectFact, RetractFact, standing
from domain.attachments import FileAttached
from domain.base import Act, Command, Event, blank, said
from domain.case import bundles, refusals
from domain.case import standing as standing_cases
from domain.case.commands import AdoptCase, MoveCase
from domain.case.deadlines import deadlines_of
from domain.case.events import CaseAdopted, CaseAwaited, CaseNoted, Part, ReportApproved, Visibility
from domain.case.items import AdoptItem
from domain.case.moves import CaseBlocked, CaseCarriedOver, Moved
from domain.case.rules import completion_of_case, name_of, refuse_bad_numbers, refuse_future, state_of_case, words
from domain.case.tasks import Task
from domain.case.told import ToldFact
from domain.case.turns import Turn
from domain.case.view import PartView
from domain.clocks import Clocked, Deadline, Rung
from domain.clocks.ladder import ladders_of
from domain.errors import SuiviError
from domain.figures import Target
from domain.time.schedules import Schedule
from domain.values import Edtf, Limb, Owner, Proposal
from domain.words import sort_key
from workflows.library import library
from workflows.workflow import Choice, Refusal, Step, Workflow

SEEING = frozenset({"officer", "secretary", "auditor", "administrator"})  # whom a case for the officers is shown to
NAMED = frozenset({"secretary", "auditor"})  # who see what is shown to named people; each reading of an auditor is written down


class Case(Clocked):
    """One resolution or a bundle. Its state is a rule over its parts, never typed."""

    moved_successors: frozenset[UUID] = frozenset()  # told by whoever loads them, before `reopen`
    threads_awaiting: tuple[str, ...] = ()  # told by whoever loads them, before `complete`: their REFs
    next_case: UUID | None = None  # told before `split`: where what leaves goes on
    joining: Case | None = None  # told before `merge`: the case that joins

    def start(self) -> None:
        super().start()
        self.adopted: CaseAdopted | None = None
        self.parts: list[Part] = []
        self.proposals: list[Proposal] = []
        self.proposed_on: Edtf | None = None
        self.text: str | None = None
        self.owner: Owner | None = None
        self.due: Edtf | None = None
        self.cadence: Schedule | None = None  # of a standing case, which is reviewed
        self.reviewed: Edtf | None = None  # the day of its last review
        self.visibility: Visibility = "open"
        self.people: tuple[UUID, ...] = ()
        self.withdrawn = self.merged = False
        self.vouched = True
        self.notes: list[tuple[int, CaseNoted]] = []
        self.paragraphs: list[tuple[int, ReportApproved]] = []
        self.told: tuple[ToldFact, ...] = ()
        self.waiting_on: list[CaseAwaited] = []
        self.blocks: list[CaseBlocked] = []
        self.postponements: list[Edtf] = []
        self.referrals: list[tuple[UUID, Edtf | None]] = []
        self.expected: dict[UUID, Edtf | None] = {}  # bodies that have not reported back, and by when they are to
        self.residuals: list[str] = []
        self.links: list[tuple[str, UUID]] = []
        self.threads: list[UUID] = []
        self.tasks: dict[int, Task] = {}
        self.turns: dict[int, dict[str, Turn]] = {}  # task -> its turns, by their key
        self.attachments: list[tuple[int, FileAttached]] = []
        self.targets: dict[str, Target] = {}

    @classmethod
    def adopt(cls, id: UUID, command: AdoptCase | AdoptItem, act: Act, home: tuple[str, Edtf | None]) -> Case:
        """A new case of an assembly or of a plan (its key and date), which happens on `adopted_on`, else on that date."""
        case = cls(id)
        case.start()
        workflow = workflow_of(command.kind)
        limbs = command.parts or tuple(Limb(number, (number,)) for number in command.numbers)
        step = workflow.decide("adopt", PartView(case, None), act.roles, given(command))
        case._refuse(step, workflow, act)
        refuse_bad_numbers(command, limbs)
        refuse_future(command.adopted_on or act.occurred, act)
        facts = shared_facts(command, CaseAdopted) | said(act)
        facts |= {"occurred": command.adopted_on or act.occurred or home[1], "parts": limbs}
        ref = f"{home[0]}:{command.numbers[0]}"
        standing_cases.refuse_unclear(command.standing, command.cadence)
        case.trigger(CaseAdopted(ref=ref, workflow=workflow.name, initial=workflow.initial, **facts), act)
        standing_cases.begin(case, command.cadence, act)
        return case

    @property
    def ref(self) -> str:
        """`assembly:number`, or `plan:number`, the first of its heading."""
        return self.adopted.ref if self.adopted else str(self.id)

    @property
    def home(self) -> str:
        """The key of its assembly or of its plan."""
        return self.ref.partition(":")[0]

    def seen_by(self, person: UUID, roles: Collection[str]) -> bool:
        """Whether the person may see it; the lists ask the same of `suivi.may_see`."""
        match self.visibility:
            case "open":
                return True
            case "officers":
                return not SEEING.isdisjoint(roles)
            case _:
                return not NAMED.isdisjoint(roles) or person in self.people

    @property
    def titles(self) -> dict[str, str]:
        """Number -> title, in the order of the heading (on disk the keys are sorted). What an item of a plan says is its
        title."""
        if self.adopted is None:
            return {}
        if self.adopted.plan and self.text and len(self.adopted.numbers) == 1:
            return dict.fromkeys(self.adopted.numbers, self.text)
        return {n: self.adopted.titles[n] for n in self.adopted.numbers}

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
    def concluded(self) -> bool:
        return bool(self.parts) and self.workflow.is_final(self.state)

    @property
    def waits_upon(self) -> frozenset[UUID]:
        return frozenset(task.upon for task in self.tasks.values() if task.upon and task.waits)

    @property
    def moved(self) -> bool:
        """Whether any of its parts has moved since the adoption."""
        return any(part.moved for part in self.parts)

    @property
    def established(self) -> bool:
        """Whether somebody here vouches for where it stands: adopted by hand, confirmed or moved."""
        return self.moved or (self.adopted is not None and self.adopted.source is None and self.vouched)

    def deadlines(self) -> Iterator[Deadline]:
        """What is due now; of a case that nobody has confirmed, only what people asked to be reminded of."""
        yield from () if self.withdrawn else super().deadlines()
        yield from deadlines_of(self)

    def ladders(self) -> Mapping[str, tuple[Rung, ...]]:
        return ladders_of(self.workflow)

    def proposals_for(self, part: Part | None) -> list[Proposal]:
        """The pending proposals that bear on the part, the one of its own first."""
        bearing = [p for p in self.proposals if part is None or p.part in (None, part.label)]
        return sorted(bearing, key=lambda p: p.part is None)

    def chosen(self, label: str | None) -> list[Part]:
        """The part that a label means, as written or but for capitals and accents, else those that a number means; all
        of them without one."""
        parts = [p for p in self.parts if label in (None, p.label)]
        parts = parts or [p for p in self.parts if label in p.numbers]
        parts = parts or [p for p in self.parts if sort_key(label or "") == sort_key(p.label)]
        if not parts:
            raise refusals.PartUnknown(ref=self.ref, part=label, parts=[p.label for p in self.parts])
        return parts

    def decide(self, command: Command, act: Act, part: Part | None, stated: str | None = None) -> Step:
        """What the workflow answers for one part, or for the whole case; a refusal is raised."""
        workflow = self.workflow
        facts = given(command) | ({"state"} if stated else set())
        verb = command.name if isinstance(command, MoveCase) else command.verb
        answer = workflow.decide(verb, PartView(self, part, command), act.roles, facts, stated)
        self._refuse(answer, workflow, act, part)
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

    def steps(self, command: Command, act: Act, state: Callable[[Part], str | None]) -> dict[str, str]:
        """Where it leads every part that the command means and the workflow lets go; if it lets none, the refusal.
        `state` is the one that the command names for a part, if any."""
        steps: dict[str, str] = {}
        refused: list[SuiviError] = []
        for part in self.chosen(part_of(command)):
            try:
                steps[part.label] = self.decide(command, act, part, state(part)).to
            except SuiviError as refusal:
                refused.append(refusal)
        if not steps:
            raise refused[0]
        return steps

    def move(self, event: type[Moved], command: Command, act: Act) -> None:
        """Moves every part that the command means and the workflow lets go, in one event."""
        steps = self.steps(command, act, lambda part: None)
        facts = shared_facts(command, event) | said(act)
        if event is CaseCarriedOver:
            facts["completions"] = {p.label: p.completion for p in self.parts if steps.get(p.label) == "done"}
        self.trigger(event(parts=steps, state=self.state_after(steps), **facts), act)

    def record(self, event: type[Event], command: Command, act: Act, **more: Any) -> None:
        """Records what leaves the state as it is."""
        if (part := part_of(command)) and "part" not in event.__struct_fields__:
            raise refusals.WholeOnly(ref=self.ref, verb=name_of(command.verb, self.workflow), part=part)
        self.chosen(part)
        self.decide(command, act, None)
        self.trigger(event(**shared_facts(command, event) | said(act) | more), act)

    def correct(self, command: CorrectFact, act: Act) -> None:
        self.decide(command, act, None)
        if {"state", "parts"} & command.set.keys():
            raise refusals.StateFixed()
        refuse_future(command.set.get("occurred"), act)
        if isinstance(self.amendable(command.event), CaseAdopted):
            command = replace(command, set=self._adoption(command.set, act))
        super().correct(command, act)

    def _adoption(self, facts: dict[str, Any], act: Act) -> dict[str, Any]:
        """The corrected facts of the adoption, which happens on its date."""
        if strange := set(facts.get("titles", ())) - self.titles.keys():
            raise refusals.NumbersUnknown(ref=self.ref, numbers=sorted(strange))
        if untitled := [number for number, title in facts.get("titles", {}).items() if blank(title)]:
            raise refusals.TitleMissing(numbers=untitled)
        refuse_future(facts.get("adopted_on"), act)
        if any(isinstance(entry.event, bundles.CaseCutOff) for entry in self.history):
            return facts  # it began when it left the other
        return {"occurred": facts["adopted_on"]} | facts if "adopted_on" in facts else facts

    def retract(self, command: RetractFact, act: Act) -> None:
        """A move goes only if no later move of its parts stands: the state is then what it was before."""
        self.decide(command, act, None)
        event = self.retractable(command.event)
        bundles.refuse_retraction(self, event)
        meant = bundles.labels_of(event)
        for later in standing(self.history) if meant else ():
            if later.originator_version > command.event and meant & bundles.labels_of(later.event):
                raise refusals.MoveFollowed(version=command.event, later=later.originator_version)
        super().retract(command, act)

    def state_after(self, steps: dict[str, str]) -> str:
        after = [Part(p.label, p.numbers, steps.get(p.label, p.state), p.before, p.completion) for p in self.parts]
        return state_of_case(after, self.workflow.is_final)

    def _refuse(self, answer: Step | Refusal, workflow: Workflow, act: Act, part: Part | None = None) -> None:
        if isinstance(answer, Refusal):
            name = f"{self.ref} ({part.label})" if part and len(self.parts) > 1 else self.ref
            raise words(name, answer, workflow, act.roles)


def workflow_of(kind: str) -> Workflow:
    """The latest rules for that kind of case."""
    kinds = sorted({workflow.definition.workflow for workflow in library()})
    if kind not in kinds:
        raise refusals.KindUnknown(kind=kind, kinds=kinds)
    return library().latest(kind)


def part_of(command: Command) -> str | None:
    """The part that the command names, if it can name one."""
    return getattr(command, "part", None)


def given(command: Command) -> frozenset[str]:
    """The names of the facts that the command brings."""
    return frozenset(f for f in command.__struct_fields__ if f != "part" and not blank(getattr(command, f)))


def shared_facts(command: Command, event: type[Event]) -> dict[str, Any]:
    """The facts that a command and its event have in common."""
    fields = set(event.__struct_fields__) - {"parts", "state", "occurred", "source"}
    return {f: getattr(command, f) for f in command.__struct_fields__ if f in fields}
