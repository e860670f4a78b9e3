"""The words of the dated facts that a document tells, as a list, a card or a page shows them."""

from __future__ import annotations

from domain.case.told import BECAUSE
from projections.phrases.catalogue import N_, say
from projections.phrases.dates import write_date
from projections.phrases.rows import CONFIDENCE, Row

ROLES = {"occurred": "{day}", "target": N_("to come: {day}")}


def fact_said(fact: Row, lang: str) -> str:
    """« 26 juin 2024 », « à venir : 26 juin 2024 »."""
    return say(ROLES[fact["role"]], lang, day=write_date(fact["occurred"], lang))


def why_said(fact: Row, lang: str) -> str:
    """Why it has that date, how sure that is, and where it stands: « la date y est écrite (confiance élevée), ligne 12 »."""
    facts = {"because": say(BECAUSE[fact["because"]], lang), "confidence": say(CONFIDENCE[fact["confidence"]], lang)}
    first, last = fact["first_line"], fact["last_line"]
    if first == last:
        return say(N_("{because} ({confidence}), line {first}"), lang, first=str(first), **facts)
    return say(N_("{because} ({confidence}), lines {first} to {last}"), lang, first=str(first), last=str(last), **facts)
