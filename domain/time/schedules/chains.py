"""One thing put off more than once: « prévue le 7 février 2020 (annulée, remise au 27 mars, annulée) »."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from domain.time.schedules.dates import dated
from domain.time.schedules.phrase import Phrase
from domain.time.schedules.refusals import BadSchedule
from domain.time.schedules.values import Context
from domain.values import Edtf, FreeText

Turn = Literal["planned", "cancelled", "postponed", "held"]

_TURNS: dict[Turn, str] = {
    "planned": r"(?:initialement )?(?:prevu|planifie|annonce|convoque)e?s?|planned|scheduled",
    "cancelled": r"annulee?s?|cancell?ed",
    "postponed": r"(?:remis|reporte|deplace)(?:e|s|es)?|postponed|moved",
    "held": r"tenue?s?|held",
}
_TURN = re.compile("|".join(rf"\b(?P<{turn}>{pattern})\b" for turn, pattern in _TURNS.items()))
_REASON = re.compile(
    r",? ?(?:pour cause d(?:e |')|en raison d(?:e |u |')|a cause d(?:e |u |')|faute d(?:e |')|because of |due to )"
)


class Step(NamedTuple):
    """What became of it: planned, cancelled or held on a date, postponed to it; null where it is to be set."""

    turn: Turn
    edtf: Edtf | None
    reason: FreeText | None = None


def read_chain(words: str, context: Context) -> tuple[Step, ...]:
    """Each turn in order. A date without year follows the one before it; what is cancelled with no date is the last one
    planned. Raises BadSchedule if no turn is told, or the date of one cannot be read; NoReference as `read_date`."""
    phrase = Phrase.of(words)
    places = list(_TURN.finditer(phrase.folded))
    ends = [place.start() for place in places[1:]] + [len(phrase.text)]
    steps: list[Step] = []
    for place, end in zip(places, ends, strict=False):
        turn = next(turn for turn in _TURNS if place[turn])
        steps.append(_step(words, turn, phrase.cut(place.end(), end), steps, context))
    if not steps:
        raise BadSchedule(words=words)
    return tuple(steps)


def _step(words: str, turn: Turn, told: Phrase, before: list[Step], context: Context) -> Step:
    because = _REASON.search(told.folded)
    when = told.cut(0, because.start()) if because else told
    reason = told.cut(because.end()).text.strip(" ,;()") if because else None
    text = re.sub(r"^to |(?:^| |,)(?:et|puis|and|then)$", "", when.text.strip(" ,;()")).strip(" ,;()")
    last = before[-1].edtf if before else None
    if not text:
        return Step(turn, last if turn == "cancelled" else None, reason)
    if last and turn == "postponed":
        context = context._replace(reference=last, ahead=True)
    elif last:
        context = context._replace(reference=last, ahead=False)
    found = dated(text, context)
    if found is None:
        raise BadSchedule(words=words)
    return Step(turn, found.edtf, reason)
