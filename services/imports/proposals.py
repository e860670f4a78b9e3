"""The state that the text of a case suggests, with the sentences that say so. A proposal only: an officer
confirms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from services.imports.clues import Signal
from services.imports.report import Block, Confidence, Evidence, Paragraph, Proposal
from services.imports.sentences import sentences, signals

_EVIDENCE = 4  # sentences at most, the heaviest first

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

S = Signal


@dataclass(frozen=True)
class _Said:
    """A sentence with its signals."""

    evidence: Evidence
    signals: dict[Signal, int]


@dataclass(frozen=True)
class _Verdict:
    state: str
    confidence: Confidence
    because: tuple[Signal, ...]
    alternatives: tuple[str, ...] = ()
    completion: str | None = None


@dataclass(frozen=True)
class _Tally:
    """All that a text says: for each signal its greatest weight, and in how many sentences it stands."""

    sentences: int
    weights: dict[Signal, int]
    counts: dict[Signal, int]
    pleas_alone: bool  # whatever was done was to plead

    @classmethod
    def of(cls, said: Sequence[_Said]) -> _Tally:
        weights: dict[Signal, int] = {}
        counts: Counter[Signal] = Counter()
        for item in said:
            counts.update(item.signals.keys())
            for signal, weight in item.signals.items():
                weights[signal] = max(weight, weights.get(signal, 0))
        alone = all(S.PLEA in item.signals for item in said if S.DEED in item.signals)
        return cls(len(said), weights, dict(counts), alone)

    def has(self, *signals: Signal) -> bool:
        return any(signal in self.weights for signal in signals)

    def count(self, *signals: Signal) -> int:
        return sum(self.counts.get(signal, 0) for signal in signals)


def propose(block: Block, reference: str | None = None) -> tuple[Proposal, ...]:
    """What the document names itself; else one proposal for the case, or one for each limb. None where nothing is reported.

    `reference` is the EDTF date of the document: what it announced for a year gone by is less sure."""
    if block.proposals:
        return block.proposals
    if not block.limbs:
        whole = _proposal(block, None, block.paragraphs, reference)
        return (whole,) if whole else ()
    each = (
        _proposal(block, limb.label, [block.paragraphs[index] for index in limb.paragraphs], reference)
        for limb in block.limbs
    )
    return tuple(proposal for proposal in each if proposal)


def _proposal(
    block: Block, part: str | None, paragraphs: Sequence[Paragraph], reference: str | None
) -> Proposal | None:
    said = [
        _Said(Evidence(sentence, paragraph.first_line, paragraph.last_line), signals(sentence))
        for paragraph in paragraphs
        for sentence in sentences(paragraph.text)
    ]
    if not said:
        return None
    verdict = _decide(_Tally.of(said))
    evidence = _evidence(said, verdict.because)
    sure: Confidence = "medium" if _is_past(verdict, evidence, reference) else verdict.confidence
    number = block.numbers[0]
    return Proposal(number, part, verdict.state, verdict.completion, evidence, sure, verdict.alternatives)


def _evidence(said: Sequence[_Said], because: Sequence[Signal]) -> tuple[Evidence, ...]:
    """The sentences with the deciding signals in the order of the text; failing any, the first sentence."""
    weights = [max((item.signals.get(signal, 0) for signal in because), default=0) for item in said]
    heaviest = sorted(range(len(said)), key=lambda index: -weights[index])[:_EVIDENCE]
    chosen = [said[index].evidence for index in sorted(heaviest) if weights[index]]
    return tuple(chosen) or (said[0].evidence,)


def _is_past(verdict: _Verdict, evidence: Sequence[Evidence], reference: str | None) -> bool:
    """Whether a sure verdict rests on years that are all over at the reference date."""
    now = _YEAR.search(reference or "")
    if verdict.confidence != "high" or verdict.state == "done" or now is None:
        return False
    years = [year for item in evidence for year in _YEAR.findall(item.text)]
    return bool(years) and max(years) < now[0]


def _decide(said: _Tally) -> _Verdict:
    """The first rule that speaks."""
    for rule in (_settled, _stuck, _moving, _partly, _finished, _handed, _begun):
        if verdict := rule(said):
            return verdict
    return _Verdict("in_progress", "low", (), ("adopted", "done"))


def _settled(said: _Tally) -> _Verdict | None:
    """A word that decides by itself."""
    moving = said.has(S.ONGOING, S.PLANNED)
    sure: Confidence = "medium" if moving else "high"
    if said.has(S.CARRIED_OVER):
        return _Verdict("carried_over", sure, (S.CARRIED_OVER,), ("postponed",))
    if said.has(S.SUPERSEDED):
        return _Verdict("superseded", "medium", (S.SUPERSEDED,), ("in_progress",))
    if said.has(S.POSTPONED):
        doubt = said.weights[S.POSTPONED] < 3 or said.has(S.DELIVERED, S.NOT_DONE)
        return _Verdict("postponed", "medium" if doubt else "high", (S.POSTPONED,), ("in_progress",))
    if said.has(S.NOT_DONE) and not moving:
        return _Verdict("not_done", "medium", (S.NOT_DONE,), ("in_progress",))
    if said.has(S.RESULT) and not moving:
        completion = "temporary" if said.has(S.TEMPORARY) else "full"
        return _Verdict("done", "medium", (S.RESULT, S.TEMPORARY), ("in_progress",), completion)
    return None


def _stuck(said: _Tally) -> _Verdict | None:
    """Nothing of ours goes on while others are awaited."""
    if not said.has(S.WAITING, S.REFUSED) or said.has(S.ONGOING, S.PLANNED):
        return None
    return _Verdict("blocked", "medium", (S.WAITING, S.REFUSED), ("in_progress",))


def _moving(said: _Tally) -> _Verdict | None:
    """Something goes on, or is to come. What is only to come was not begun."""
    if not said.has(S.ONGOING, S.PLANNED):
        return None
    acts = (S.ONGOING, S.BEGUN, S.DELIVERED, S.DEED, S.PLEA, S.RESULT, S.REFUSED, S.WAITING)
    if not said.has(*acts):
        return _Verdict("adopted", "medium", (S.PLANNED,), ("in_progress",))
    because = (S.ONGOING, S.PLANNED)
    if said.has(S.WAITING, S.REFUSED):
        return _Verdict("in_progress", "medium", (*because, S.WAITING, S.REFUSED), ("blocked",))
    done = said.count(S.DELIVERED, S.RESULT, S.NOT_DONE)
    if said.count(*because) > done and (done or said.weights.get(S.ONGOING, 0) > 2 or said.has(S.PLANNED)):
        return _Verdict("in_progress", "high", because)
    return _Verdict("in_progress", "medium", because, ("done",))


def _partly(said: _Tally) -> _Verdict | None:
    """The thing is there, and something of it is left."""
    if not (said.has(S.DELIVERED) and said.has(S.BEGUN, S.OPEN)):
        return None
    return _Verdict("done", "medium", (S.DELIVERED, S.BEGUN, S.OPEN), ("in_progress",), "partial")


def _finished(said: _Tally) -> _Verdict | None:
    if not said.has(S.DELIVERED):
        return None
    count, weight = said.count(S.DELIVERED), said.weights[S.DELIVERED]
    sure = count > 1 or (weight > 2 and count * 2 >= said.sentences)
    return _Verdict("done", "high" if sure else "medium", (S.DELIVERED,), () if sure else ("in_progress",), "full")


def _handed(said: _Tally) -> _Verdict | None:
    """The matter is with those who decide, and nothing else of it is told."""
    if not said.has(S.HANDED) or said.has(S.OPEN, S.BEGUN):
        return None
    return _Verdict("referred", "medium", (S.HANDED,), ("in_progress",))


def _begun(said: _Tally) -> _Verdict | None:
    """Steps without an end: a matter put to others, or acts on the way."""
    if said.has(S.OPEN):
        return _Verdict("in_progress", "low", (S.OPEN,), ("blocked",))
    if said.has(S.BEGUN):
        return _Verdict("in_progress", "medium", (S.BEGUN,), ("done",))
    if said.has(S.PLEA) and said.pleas_alone:
        return _Verdict("referred", "low", (S.PLEA,), ("done", "in_progress"))
    if said.has(S.DEED, S.PLEA):
        return _Verdict("in_progress", "low", (S.DEED, S.PLEA), ("done", "referred"))
    return None
