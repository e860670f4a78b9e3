"""What happened to a case, beside its moves (`domain.case.moves`), and its effect."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from msgspec import Struct

from domain.base import Event, Recorded
from domain.figures import Target
from domain.time import day_of, earliest
from domain.time.schedules import Schedule
from domain.values import (
    AnyParty,
    AssemblyId,
    CaseId,
    DemarcheId,
    Edtf,
    FreeText,
    Limb,
    Owner,
    PersonId,
    PlanId,
    Proposal,
)

if TYPE_CHECKING:
    from domain.case.case import Case

Completion = Literal["full", "partial", "temporary"]
Stage = Literal["proposed", "amended", "adopted"]
Audience = Literal["internal", "assembly"]
Visibility = Literal["open", "officers", "named"]


class Part(Struct):
    """One part of a case: where it stands, and `before`, the last state that was neither postponed nor blocked.
    `until`: what it is now put off to; `review`: when its result is to be reviewed."""

    label: str
    numbers: tuple[str, ...]
    state: str
    before: str
    completion: str | None = None
    moved: bool = False
    successors: tuple[UUID, ...] = ()
    until: Edtf | None = None
    review: Edtf | None = None


class CaseAdopted(Event, frozen=True, kw_only=True):
    """The resolution, the bundle, or the item of a plan was adopted: a case begins, of an assembly or of a `plan`.

    Of an item: `who` sees to it, as written, the `results` that are expected and the `targets`."""

    fixed = frozenset({"assembly", "plan", "ref", "numbers", "parts", "workflow", "initial", "kind", "origin"})
    revision = 2

    workflow: str
    initial: str
    ref: str
    numbers: tuple[str, ...]
    titles: dict[str, FreeText]
    parts: tuple[Limb, ...]
    assembly: AssemblyId | None = None
    plan: PlanId | None = None
    kind: str = "resolution"
    text: FreeText | None = None
    submitted_by: AnyParty | None = None
    mover: AnyParty | None = None
    seconder: AnyParty | None = None
    adopted_on: Edtf | None = None
    vote: FreeText | None = None
    minutes_ref: FreeText | None = None
    origin: CaseId | None = None
    who: tuple[FreeText, ...] = ()
    results: tuple[FreeText, ...] = ()
    targets: tuple[Target, ...] = ()

    @staticmethod
    def upcast_v1_v2(facts: dict[str, Any]) -> None:
        """Only assemblies had cases."""

    def apply(self, case: Case, at: Recorded) -> None:
        case.adopted = self
        case.targets = {target.figure.measures: target for target in self.targets}
        case.parts = [Part(p.label, p.numbers, self.initial, self.initial) for p in self.parts]
        case.text = self.text


class CaseReworded(Event, frozen=True, kw_only=True):
    """The wording changed, as proposed, amended or adopted."""

    text: FreeText
    stage: Stage = "adopted"
    reason: FreeText | None = None

    def apply(self, case: Case, at: Recorded) -> None:
        case.text = self.text


class CaseStateProposed(Event, frozen=True, kw_only=True):
    """An import read a state in a document; nothing moves until an officer confirms it."""

    proposals: tuple[Proposal, ...]

    def apply(self, case: Case, at: Recorded) -> None:
        case.proposals = list(self.proposals)
        case.proposed_on = self.source.reference if self.source else None


class CaseNoted(Event, frozen=True, kw_only=True):
    """Someone wrote something down, for the office (internal) or for the assembly.

    In the follow-up of a plan's item: its `level` in the list, from 1; the `verdict`, the part of the text that is
    underlined; for when it was only `planned`, where the text says so."""

    revision = 2

    text: FreeText
    audience: Audience = "internal"
    part: str | None = None
    level: int = 1
    verdict: FreeText | None = None
    planned: Edtf | None = None

    @staticmethod
    def upcast_v1_v2(facts: dict[str, Any]) -> None:
        """Only plans have follow-ups in lists."""

    def apply(self, case: Case, at: Recorded) -> None:
        case.notes.append((at.originator_version, self))


class ReportApproved(Event, frozen=True, kw_only=True):
    """What a report to `assembly` (null: to any) says of it, as an officer edited and keeps it. It moves nothing; of
    several, the last one that stands is printed."""

    text: FreeText
    assembly: AssemblyId | None = None

    def apply(self, case: Case, at: Recorded) -> None:
        case.paragraphs.append((at.originator_version, self))


class CaseAssigned(Event, frozen=True, kw_only=True):
    """Someone is to see to it."""

    owner: Owner

    def apply(self, case: Case, at: Recorded) -> None:
        case.owner = self.owner


class CaseDueSet(Event, frozen=True, kw_only=True):
    """It is to be settled by then; or it goes on (`standing`) and is reviewed in the rhythm of its `cadence`, counted
    from the day on which that `begins`."""

    fixed = frozenset({"standing", "cadence", "begins"})
    revision = 2

    due: Edtf | None = None
    standing: bool = False
    cadence: Schedule | None = None
    begins: Edtf | None = None

    @staticmethod
    def upcast_v1_v2(facts: dict[str, Any]) -> None:
        """Every case had an end."""

    def apply(self, case: Case, at: Recorded) -> None:
        case.due, case.cadence, case.reviewed = self.due, self.cadence, self.begins


class CaseAwaited(Event, frozen=True, kw_only=True):
    """A third party is waited for; the state stays."""

    on: AnyParty
    since: Edtf | None = None
    condition: FreeText | None = None

    def apply(self, case: Case, at: Recorded) -> None:
        case.waiting_on.append(self)


class CaseLinked(Event, frozen=True, kw_only=True):
    """It has to do with another case: `kind` says how (origin, successor, same meeting…)."""

    fixed = frozenset({"to"})

    to: CaseId
    kind: str

    def apply(self, case: Case, at: Recorded) -> None:
        case.links.append((self.kind, self.to))


class CaseThreadOpened(Event, frozen=True, kw_only=True):
    """A thread with an office was opened for it, or took it in: what happens there is told by the thread."""

    machine = True
    fixed = frozenset({"demarche"})

    demarche: DemarcheId

    def apply(self, case: Case, at: Recorded) -> None:
        case.threads.append(self.demarche)


class CaseTargetSet(Event, frozen=True, kw_only=True):
    """Something is to be reached; what it measures tells it from others."""

    target: Target

    def apply(self, case: Case, at: Recorded) -> None:
        case.targets[self.target.figure.measures] = self.target


class CaseRestricted(Event, frozen=True, kw_only=True):
    """Who may see it changed: for readings of the past as well."""

    timeless = True

    visibility: Visibility
    people: tuple[PersonId, ...] = ()

    def apply(self, case: Case, at: Recorded) -> None:
        case.visibility, case.people = self.visibility, self.people


class Wish(Event, frozen=True, kw_only=True):
    """What someone wants to hear of it (`domain.case.subscriptions`)."""

    timeless = True
    fixed = frozenset({"person"})

    person: PersonId

    def apply(self, case: Case, at: Recorded) -> None:
        """Nothing of the case itself changes."""


class CaseSubscribed(Wish, frozen=True, kw_only=True):
    """Someone is to hear what becomes of it."""


class CaseUnsubscribed(Wish, frozen=True, kw_only=True):
    """Someone is to hear no more of it, whatever they have to do with it."""


class CaseWithdrawn(Event, frozen=True, kw_only=True):
    """What created it was taken back, an import or the plan it stood in; its numbers are free again."""

    timeless = True
    revision = 2
    fixed = frozenset({"cause"})

    cause: Literal["import", "plan"] = "import"

    @staticmethod
    def upcast_v1_v2(facts: dict[str, Any]) -> None:
        """Only imports created what could be taken back."""

    def apply(self, case: Case, at: Recorded) -> None:
        case.withdrawn = True


def late(due: Edtf | None, today: date) -> bool:
    """Whether a due date, however imprecise, has passed: its last day is over."""
    return due is not None and earliest(due) is not None and day_of(due, date.max) < today
