"""What the state of an item says in a work plan, in the words that such plans have: « Action non réalisée (motif) »."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from domain.amendments import standing
from domain.case.case import Case
from domain.case.moves import Moved
from domain.time.vocabulary import fold
from projections.phrases.catalogue import N_
from services.imports.plans.verdicts import states_said
from services.reports.plan_sheet import Sheet

DONE, PARTLY, FOR_NOW = N_("Action completed"), N_("Action partly completed"), N_("Action completed for the time being")
NOT_DONE, CARRIED, SUPERSEDED = (
    N_("Action not completed"),
    N_("Action carried over to the next term"),
    N_("Action replaced"),
)
ENDED = {"not_done": NOT_DONE, "carried_over": CARRIED, "superseded": SUPERSEDED}
DONE_HOW = {"full": DONE, "partial": PARTLY, "temporary": FOR_NOW}
OPEN = {
    "adopted": N_("Action planned"), "referred": N_("Action referred"), "in_progress": N_("Action in progress"),
    "postponed": N_("Action postponed"), "blocked": N_("Action blocked"),
}  # fmt: skip
PROPOSED = N_("State to be established")
BECAUSE = N_("{verdict} ({reason})")


class Verdict(NamedTuple):
    """`underlined`: it is over."""

    text: str
    underlined: bool


def verdict_of(sheet: Sheet, case: Case, given: Sequence[str], told: Sequence[str] = ()) -> Verdict | None:
    """What its state says, unless a verdict that was `given` says so; of an open one, where states are asked for. A reason
    that was `told` already is not told again."""
    state, over = case.state, case.concluded
    if not over:
        said = (PROPOSED if case.proposals else OPEN.get(state)) if sheet.standing else None
    elif any(_says(words, case) for words in given):
        said = None
    else:
        said = DONE_HOW.get(case.completion or "full", DONE) if state == "done" else ENDED.get(state)
    if said is None:
        return None
    reason = _reason(case) if state != "adopted" and said != PROPOSED else None
    if reason and any(fold(reason) in fold(text) for text in told):
        reason = None
    text = sheet.on.say(said)
    return Verdict(sheet.on.say(BECAUSE, verdict=text, reason=reason) if reason else text, over)


def _says(words: str, case: Case) -> bool:
    """Whether a verdict of the page is that of the case."""
    wanted = "partial" if case.state == "done" and case.completion == "partial" else case.state
    return wanted in states_said(words)


def _reason(case: Case) -> str | None:
    """Why it last moved, as it was said."""
    for entry in reversed(standing(case.history)):
        if isinstance(entry.event, Moved):
            reason = getattr(entry.event, "reason", None)
            return str(reason).rstrip(" .") if reason else None
    return None
