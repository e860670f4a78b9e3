"""The words of what is approved for a report, as a list, a card or a page shows it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from projections.phrases.catalogue import N_, plural, say
from projections.phrases.dates import write_date
from projections.phrases.nouns import body_noun
from projections.phrases.rows import Row, who

NOTHING = N_("no follow-up was reported.")
TEXT_OF = N_("text of {day}.")
SAYS_NOTHING = N_("numbers of which this report says nothing: {numbers}.")
OWN = (NOTHING, TEXT_OF, SAYS_NOTHING)
"""What a follow-up says by itself among what was said of its cases: nobody told it, and nobody did when it comes in again."""
BETWEEN = " – "  # titles of one bundle


def approved_said(row: Row, lang: str, zone: str) -> str:
    """« Approuvé par Ana Roy le 3 octobre 2024 pour le rapport au Congrès. 2 faits ont été consignés depuis. »"""
    day = row["occurred"] or datetime.fromisoformat(row["approved_at"]).astimezone(ZoneInfo(zone)).date().isoformat()
    facts = {"who": who(row["approved_by"]), "when": write_date(day, lang, placed=True)}
    if row["assembly"]:
        to = body_noun(who(row["assembly"]), lang)
        told = say(N_("Approved by {who} {when}, for the report {assembly.to}."), lang, assembly=to, **facts)
    else:
        told = say(N_("Approved by {who} {when}."), lang, **facts)
    n = row["since"]
    later = plural(N_("{n} fact was recorded since."), "{n} facts were recorded since.", n, lang) if n else ""
    return " ".join(filter(None, (told, later)))
