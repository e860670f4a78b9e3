"""Standing follow-up: what goes on from year to year is never asked to be done; it is reviewed, once in each period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from domain.base import Act, Command, Event, Recorded, said
from domain.case.events import CaseDueSet
from domain.case.refusals import FactsMissing
from domain.clocks import Deadline
from domain.clocks.events import StepAcknowledged
from domain.errors import Invalid, Refused, Word
from domain.time.occurrences import next_after, returns
from domain.time.schedules import Schedule
from domain.values import Edtf
from workflows.vocabulary import FACTS, VERBS

if TYPE_CHECKING:
    from domain.case.case import Case

REVIEW = "review"


class CaseReviewed(Event, frozen=True, kw_only=True):
    """A standing case was reviewed on `day`: the next review is that of the next period."""

    fixed = frozenset({"day"})

    day: Edtf

    def apply(self, case: Case, at: Recorded) -> None:
        case.reviewed = self.day


class CadenceUnsaid(Invalid):
    """A standing case is reviewed: say how often, for instance cadence=“chaque année” or cadence=“chaque mois”."""


class CadenceUnclear(Invalid):
    """“{words}” does not say how often it is reviewed. Write for instance “chaque année”, “chaque mois” or “deux fois par année”."""  # noqa: E501 - one sentence


class DueOrStanding(Invalid):
    """A case has a due date, or it goes on and is reviewed: give “due” or “cadence”, not both."""


class GoesOn(Refused):
    """{ref} goes on: it is reviewed, and never done. To end that, give it a due date first: suivi act {ref} set-due --set due=…"""  # noqa: E501 - one sentence


def refuse_unclear(standing: bool | None, cadence: Schedule | None, due: Edtf | None = None) -> None:
    """Refuses a standing case without a rhythm of which the days can be told."""
    if standing and cadence is None:
        raise CadenceUnsaid()
    if cadence is None:
        return
    if standing is False or due is not None:
        raise DueOrStanding()
    if not returns(cadence) or next_after(cadence, date(2000, 1, 1)) is None:
        raise CadenceUnclear(words=cadence.words)


def set_due(case: Case, command: Command, act: Act) -> None:
    """A due date, or the rhythm in which it is reviewed: one takes the place of the other."""
    facts = {name: getattr(command, name) for name in ("due", "standing", "cadence")}
    refuse_unclear(facts["standing"], facts["cadence"], facts["due"])
    if not (facts["due"] or facts["cadence"]):
        raise FactsMissing(verb=Word(VERBS["set-due"]), missing=[Word(FACTS["due"])])
    begins = act.today.isoformat() if facts["cadence"] else None
    case.record(CaseDueSet, command, act, standing=facts["cadence"] is not None, begins=begins)


def begin(case: Case, cadence: Schedule | None, act: Act) -> None:
    """The rhythm that an adoption says."""
    if cadence:
        facts = said(act) | {"occurred": case.history[0].event.occurred}
        case.trigger(CaseDueSet(standing=True, cadence=cadence, begins=act.today.isoformat(), **facts), act)
        case.wind(act)


def refuse_done(case: Case) -> None:
    """What goes on is not done."""
    if case.cadence:
        raise GoesOn(ref=case.ref)


def next_review(case: Case) -> str | None:
    """The day by which it is to be reviewed: the last of the first period that begins after the last review."""
    if case.cadence is None or case.reviewed is None:
        return None
    coming = next_after(case.cadence, date.fromisoformat(case.reviewed))
    return coming.due.isoformat() if coming else None


def review_of(case: Case) -> Iterator[Deadline]:
    """Its next review."""
    if due := next_review(case):
        yield Deadline(REVIEW, "", due)


def review(case: Case, act: Act) -> None:
    """Whoever acknowledges the reminder of a review has reviewed it."""
    seen = [entry.event for entry in case.new if isinstance(entry.event, StepAcknowledged)]
    if any(event.kind == REVIEW and event.due == next_review(case) for event in seen):
        case.trigger(CaseReviewed(day=act.today.isoformat(), **said(replace(act, occurred=None))), act)
