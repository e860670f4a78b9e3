"""What the follow-ups of an item say of its state: an underlined verdict first, else what was delivered. A proposal only:
an officer confirms it.

A verdict bears on the whole item if it speaks of « l’action » and nothing else was told to be undone; after a bullet in the
infinitive, it bears on that bullet, and what else was done makes the item done in part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from domain.time.vocabulary import fold
from domain.values import Evidence, Proposal
from services.imports.clues import Signal
from services.imports.plans import notices, outcomes
from services.imports.plans.reading import FollowUp
from services.imports.plans.timing import Findings
from services.imports.plans.tree import Growing
from services.imports.report import Confidence
from services.imports.sentences import sentences, signals

_SIGNS = (
    ("carried_over", outcomes.CARRIED_OVER),
    ("not_done", outcomes.NOT_DONE),
    ("partial", outcomes.PARTLY),
    ("in_progress", outcomes.ONGOING),
    ("done", outcomes.DONE),
)
_MOST = 4  # sentences of evidence


@dataclass(frozen=True)
class _Verdict:
    """One that the page gives: in which bullet, and whether it bears on the whole item."""

    state: str
    told: FollowUp
    whole: bool
    reason: str | None


def propose_state(item: Growing, told: Sequence[FollowUp], findings: Findings) -> Proposal | None:
    """The state that the follow-ups of an item suggest, with what says so; null where nothing is told."""
    if not told:
        return None
    given = _given(told)
    made = [each for each in told if _is_made(each) and each not in [verdict.told for verdict in given]]
    whole = [verdict for verdict in given if verdict.whole]
    if whole:
        return _of_whole(item, whole, findings)
    if given:
        return _of_part(given, made)
    return _without_verdict(item, told)


def _given(told: Sequence[FollowUp]) -> list[_Verdict]:
    """The verdicts, in order: what is underlined, or a sentence that speaks of the action as such."""
    found = []
    for at, each in enumerate(told):
        before = fold(told[at - 1].text) if at else ""
        for sentence in [each.verdict] if each.verdict else sentences(each.text):
            words = fold(sentence)
            states = _states(words, each.verdict is not None)
            whole = bool(outcomes.OF_ITSELF.match(words)) and not outcomes.TO_DO.match(before)
            reason = outcomes.REASON.search(words)
            said = (reason["brackets"] or reason["words"]) if reason else None
            found += [_Verdict(state, each, whole, said) for state in states]
            before = words if not states else before
    return found


def states_said(verdict: str) -> frozenset[str]:
    """The states that an underlined verdict says, `partial` for what was done in part."""
    return frozenset(_states(fold(verdict), True))


def _states(words: str, underlined: bool) -> list[str]:
    """What a phrase says. One that is not underlined is a verdict only if it speaks of the action as such, or of the next
    mandate."""
    if not underlined and not outcomes.OF_ITSELF.match(words):
        return ["carried_over"] if outcomes.CARRIED_OVER.search(words) else []
    found = [state for state, sign in _SIGNS if sign.search(words)]
    if "not_done" in found or "partial" in found:
        found = [state for state in found if state not in ("done", "in_progress")]
    return found


def _of_whole(item: Growing, given: Sequence[_Verdict], findings: Findings) -> Proposal:
    states = {verdict.state for verdict in given}
    evidence = _evidence([verdict.told for verdict in given])
    if "carried_over" in states:
        return Proposal("carried_over", evidence, "high", alternatives=("not_done", "done"))
    if "partial" in states:
        return Proposal("done", evidence, "high", completion="partial", alternatives=("in_progress", "not_done"))
    if "not_done" in states:
        reason = next((verdict.reason for verdict in given if verdict.reason), None)
        if reason is None:
            line = given[0].told.line
            findings.warn(line, notices.ReasonMissing(line=line, number=item.number))
        return Proposal("not_done", evidence, "high" if reason else "medium", alternatives=("carried_over",))
    if "in_progress" in states:
        return Proposal("in_progress", evidence, "high", alternatives=("done",))
    return Proposal("done", evidence, "high", completion="full", alternatives=("in_progress",))


def _of_part(given: Sequence[_Verdict], made: Sequence[FollowUp]) -> Proposal:
    """A verdict on one thing among others: what else was done makes it done in part."""
    states = {verdict.state for verdict in given}
    evidence = _evidence([*made[:2], *(verdict.told for verdict in given)])
    if made and states & {"carried_over", "not_done", "partial"}:
        return Proposal("done", evidence, "medium", completion="partial", alternatives=("in_progress", "carried_over"))
    if "carried_over" in states:
        return Proposal("carried_over", evidence, "medium", alternatives=("in_progress", "not_done"))
    if states & {"not_done", "partial"}:
        return Proposal("in_progress", evidence, "low", alternatives=("done", "not_done"))
    return Proposal("in_progress", evidence, "medium", alternatives=("done",))


def _without_verdict(item: Growing, told: Sequence[FollowUp]) -> Proposal:
    """No verdict: a balance that was drawn, a series delivered, or ends that were set and things that were made."""
    short = _short_of_target(item, told)
    if short:
        return Proposal("done", _evidence(short), "low", completion="partial", alternatives=("in_progress", "done"))
    closing = [each for each in told if outcomes.CLOSING.match(fold(each.text))] or _series(told)
    if closing:
        return Proposal("done", _evidence(closing), "medium", completion="full", alternatives=("in_progress",))
    made = [each for each in told if _is_made(each)]
    if (told[-1].occurred or "").endswith("/.."):  # the last thing told began, and no end of it is
        return Proposal("in_progress", _evidence(told[-1:]), "medium", alternatives=("done",))
    if made and _ends(item):
        sure: Confidence = "medium" if len(made) > 1 else "low"
        return Proposal("done", _evidence(made), sure, completion="full", alternatives=("in_progress",))
    return Proposal("in_progress", _evidence(made or told), "low", alternatives=("done",))


def _ends(item: Growing) -> bool:
    """Whether its steps have an end of their own, before that of the mandate: all but what follows another."""
    kinds = [step.schedule.kind for step in item.below if step.schedule]
    return bool(kinds) and kinds[0] == "once"


def _is_made(told: FollowUp) -> bool:
    """Whether it tells of something done, and not of something yet to do."""
    folded = fold(told.text)
    if told.planned or outcomes.TO_DO.match(folded):
        return False
    said = [signal for sentence in sentences(told.text) for signal in signals(sentence)]
    return bool(outcomes.MADE.search(folded) or told.occurred or {Signal.DELIVERED, Signal.RESULT} & set(said))


def _series(told: Sequence[FollowUp]) -> list[FollowUp]:
    """Three or more of one numbered thing: « Capsule 1 : … », « Capsule 2 : … »."""
    things = [(found["thing"], each) for each in told if (found := outcomes.SERIES.match(fold(each.text)))]
    often = Counter(thing for thing, _ in things).most_common(1)
    if not often or often[0][1] < 3:
        return []
    return [each for thing, each in things if thing == often[0][0]]


def _short_of_target(item: Growing, told: Sequence[FollowUp]) -> list[FollowUp]:
    """The list of meetings held, if some year has fewer of them than the steps ask: « au moins deux par année »."""
    per_year = [
        target.figure.value for node in (item, *item.below) for target in node.targets if target.per == "FREQ=YEARLY"
    ]
    held = [each for each in told if each.occurred and each.occurred.startswith("{")]
    if not per_year or per_year[0] is None or not held:
        return []
    days = [day for each in held for day in (each.occurred or "").strip("{}").split(",")]
    years = Counter(day[:4] for day in days)
    within = [str(year) for year in range(int(min(years)), int(max(years)) + 1)]
    return held if any(years[year] < per_year[0] for year in within) else []


def _evidence(told: Sequence[FollowUp]) -> tuple[Evidence, ...]:
    seen: list[FollowUp] = []
    for each in told:
        if each not in seen:
            seen.append(each)
    return tuple(Evidence(each.verdict or each.text, each.line, each.line) for each in seen[:_MOST])
