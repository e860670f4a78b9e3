"""What moved a case. Each event carries the state it led to, of every part it names and of the case: no history
asks the rules again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.base import Event, Recorded
from domain.case.events import Completion
from domain.values import AnyParty, BodyId, CaseId, Edtf, FreeText

if TYPE_CHECKING:
    from domain.case.case import Case
    from domain.case.events import Part

SUSPENDED = frozenset({"postponed", "blocked"})


class Moved(Event, frozen=True, kw_only=True):
    """`parts`: label -> resulting state; `state`: the case's."""

    fixed = frozenset({"parts", "state"})

    parts: dict[str, str]
    state: str

    def apply(self, case: Case, at: Recorded) -> None:
        for part in case.parts:
            if (state := self.parts.get(part.label)) is not None:
                self.settle(part, state)
                part.moved = True
        case.proposals = [p for p in case.proposals if p.part and p.part not in self.parts]

    def settle(self, part: Part, state: str) -> None:
        """Puts one part into the state."""
        if state != part.state:
            part.until = None
        part.state = state
        if state not in SUSPENDED:
            part.before = state
        part.completion = self.completion_of(part)
        if part.completion is None:
            part.review = None

    def completion_of(self, part: Part) -> str | None:
        """How far the part is done: nothing, unless the event says so."""
        return None


class CaseConfirmed(Moved, frozen=True, kw_only=True):
    """A proposed state was established. Nothing is known of before: from a suspended one, work resumes in progress."""

    completion: Completion | None = None
    completions: dict[str, Completion] = {}  # of the parts that are not all done alike
    reason: FreeText | None = None

    def settle(self, part: Part, state: str) -> None:
        super().settle(part, state)
        if state in SUSPENDED:
            part.before = "in_progress"

    def completion_of(self, part: Part) -> str | None:
        return self.completions.get(part.label, self.completion) if part.state == "done" else None


class CaseReferred(Moved, frozen=True, kw_only=True):
    """It was put to a body: the first time, or further. A date already set for its report stands until another is."""

    body: BodyId
    mandate: FreeText | None = None
    due: Edtf | None = None

    def apply(self, case: Case, at: Recorded) -> None:
        super().apply(case, at)
        case.referrals.append((self.body, self.due))
        case.expected[self.body] = self.due or case.expected.get(self.body)


class ReportReceived(Moved, frozen=True, kw_only=True):
    """A body reported back."""

    body: BodyId
    text: FreeText | None = None

    def apply(self, case: Case, at: Recorded) -> None:
        super().apply(case, at)
        case.expected.pop(self.body, None)


class CaseStarted(Moved, frozen=True, kw_only=True):
    """Work on it began."""


class CasePostponed(Moved, frozen=True, kw_only=True):
    """It was put off to a later date: one more link of the chain if it was already."""

    until: Edtf
    reason: FreeText

    def settle(self, part: Part, state: str) -> None:
        super().settle(part, state)
        part.until = self.until

    def apply(self, case: Case, at: Recorded) -> None:
        super().apply(case, at)
        case.postponements.append(self.until)


class CaseBlocked(Moved, frozen=True, kw_only=True):
    """Nothing can proceed before someone else moves."""

    on: AnyParty
    reason: FreeText
    since: Edtf | None = None
    condition: FreeText | None = None

    def apply(self, case: Case, at: Recorded) -> None:
        super().apply(case, at)
        case.blocks.append(self)


class CaseResumed(Moved, frozen=True, kw_only=True):
    """Work took up again where it had stopped."""

    reason: FreeText | None = None


class CaseCompleted(Moved, frozen=True, kw_only=True):
    """It is done: in full, in part (with what remains), or for a time (to be reviewed)."""

    completion: Completion
    residuals: tuple[FreeText, ...] = ()
    review: Edtf | None = None

    def completion_of(self, part: Part) -> str | None:
        return self.completion

    def settle(self, part: Part, state: str) -> None:
        super().settle(part, state)
        part.review = self.review

    def apply(self, case: Case, at: Recorded) -> None:
        super().apply(case, at)
        case.residuals.extend(self.residuals)


class CaseClosedUndone(Moved, frozen=True, kw_only=True):
    """It was not done, and why."""

    reason: FreeText


class CaseCarriedOver(Moved, frozen=True, kw_only=True):
    """It goes on, whole or by what remains of it (`residual`), as a case of another assembly."""

    fixed = frozenset({"parts", "state", "to", "completions"})

    to: CaseId
    reason: FreeText | None = None
    residual: FreeText | None = None
    completions: dict[str, Completion] = {}  # of the parts that stay done, of which only the residual goes on

    def completion_of(self, part: Part) -> str | None:
        return self.completions.get(part.label)

    def settle(self, part: Part, state: str) -> None:
        super().settle(part, state)
        part.successors += (self.to,)

    def apply(self, case: Case, at: Recorded) -> None:
        super().apply(case, at)
        case.links.append(("successor", self.to))


class CaseSuperseded(Moved, frozen=True, kw_only=True):
    """Another case takes its place."""

    fixed = frozenset({"parts", "state", "by"})

    by: CaseId

    def settle(self, part: Part, state: str) -> None:
        super().settle(part, state)
        part.successors += (self.by,)

    def apply(self, case: Case, at: Recorded) -> None:
        super().apply(case, at)
        case.links.append(("superseded_by", self.by))


class CaseReopened(Moved, frozen=True, kw_only=True):
    """What was over is taken up again."""

    reason: FreeText


class CaseMoved(Moved, frozen=True, kw_only=True):
    """A move that an organisation's own workflow declares under the one generic verb, by its `name`."""

    fixed = frozenset({"parts", "state", "name"})

    name: str
    reason: FreeText | None = None
    text: FreeText | None = None
    body: BodyId | None = None
    until: Edtf | None = None

    def settle(self, part: Part, state: str) -> None:
        super().settle(part, state)
        part.until = self.until or part.until
