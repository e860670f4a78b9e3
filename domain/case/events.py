"""What happened to a case, beside its moves (`domain.case.moves`), and its effect."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from msgspec import Struct

from domain.base import Event, Recorded
from domain.time import day_of, earliest
from domain.values import (
    AnyParty,
    AssemblyId,
    Awaitable,
    CaseId,
    DemarcheId,
    Edtf,
    FreeText,
    Limb,
    Owner,
    PersonId,
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
    """The resolution, or the bundle, was adopted: a case begins."""

    fixed = frozenset({"assembly", "ref", "numbers", "parts", "workflow", "initial", "kind", "origin"})

    workflow: str
    initial: str
    assembly: AssemblyId
    ref: str
    numbers: tuple[str, ...]
    titles: dict[str, FreeText]
    parts: tuple[Limb, ...]
    kind: str = "resolution"
    text: FreeText | None = None
    submitted_by: AnyParty | None = None
    mover: AnyParty | None = None
    seconder: AnyParty | None = None
    adopted_on: Edtf | None = None
    vote: FreeText | None = None
    minutes_ref: FreeText | None = None
    origin: CaseId | None = None

    def apply(self, case: Case, at: Recorded) -> None:
        case.adopted = self
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
    """Someone wrote something down, for the office (internal) or for the assembly."""

    text: FreeText
    audience: Audience = "internal"
    part: str | None = None

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
    """It is to be settled by then."""

    due: Edtf

    def apply(self, case: Case, at: Recorded) -> None:
        case.due = self.due


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


class Task(Struct):
    """Something to do within a case, known by its number in the case; `within` so many working days once `upon`, a case
    or a thread, has ended."""

    number: int
    text: FreeText
    owner: Owner | None
    due: Edtf | None
    done: bool = False
    upon: UUID | None = None
    within: int | None = None

    @property
    def waits(self) -> bool:
        """Whether it has no date before something else has ended."""
        return self.upon is not None and self.due is None and not self.done


class TaskAdded(Event, frozen=True, kw_only=True):
    """Something is to be done: by a date, or `within` so many working days once `upon` has ended."""

    fixed = frozenset({"number", "upon"})

    number: int
    text: FreeText
    owner: Owner | None = None
    due: Edtf | None = None
    upon: Awaitable | None = None
    within: int | None = None

    def apply(self, case: Case, at: Recorded) -> None:
        case.tasks[self.number] = Task(
            self.number, self.text, self.owner, self.due, upon=self.upon, within=self.within
        )


class TaskBecameDue(Event, frozen=True, kw_only=True):
    """What the task waited for has ended: it has a date now, and keeps it whatever becomes of that end."""

    machine = True
    fixed = frozenset({"task", "upon"})

    task: int
    upon: Awaitable
    due: Edtf

    def apply(self, case: Case, at: Recorded) -> None:
        if task := case.tasks.get(self.task):
            task.due = self.due


class TaskFinished(Event, frozen=True, kw_only=True):
    """It is done. A task that this reading leaves out is passed over."""

    fixed = frozenset({"task"})

    task: int

    def apply(self, case: Case, at: Recorded) -> None:
        if task := case.tasks.get(self.task):
            task.done = True


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
    """The import that created it was taken back; its numbers are free again."""

    timeless = True

    def apply(self, case: Case, at: Recorded) -> None:
        case.withdrawn = True


def late(due: Edtf | None, today: date) -> bool:
    """Whether a due date, however imprecise, has passed: its last day is over."""
    return due is not None and earliest(due) is not None and day_of(due, date.max) < today
