"""The words of what goes on, and is reviewed."""

from __future__ import annotations

from projections.phrases.catalogue import N_, say
from projections.phrases.dates import write_date
from projections.phrases.rows import Row


def standing_said(standing: Row, lang: str) -> str:
    """« chaque année ; prochain examen : 31 décembre 2025 »."""
    if not standing["review"]:
        return str(standing["cadence"])
    return say(N_("{cadence}; next review: {day}"), lang, cadence=standing["cadence"], day=write_date(standing["review"], lang))
