"""The words by which a person may say what is stored under a short word, in either language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from domain.words import plain
from projections.phrases.annals import FORMS, KINDS, RELATIONS
from projections.phrases.catalogue import N_, say
from projections.phrases.choices import JURISDICTIONS, LANGUAGES, RHYTHMS
from services.settings import Lang

CHOICES = {
    "full": N_("wholly"), "partial": N_("in part"), "temporary": N_("for a time"),
    "proposed": N_("as proposed"), "amended": N_("as amended"),
    "internal": N_("internal"), "open": N_("for everyone"), "officers": N_("the officers"),
    "named": N_("named people"), "assembly": N_("assembly"), "congress": N_("congress"), "council": N_("council"),
    "executive": N_("executive"), "emergency": N_("emergency meeting"), "adopted": N_("adopted"),
    "defeated": N_("defeated"), "withdrawn": N_("withdrawn"), "referred": N_("referred"),
    "monday": N_("monday"), "tuesday": N_("tuesday"), "wednesday": N_("wednesday"),
    "thursday": N_("thursday"), "friday": N_("friday"), "not_reached": N_("not reached"), "unknown": N_("not known"),
    "letter": N_("letter"), "request": N_("formal request"), "meeting_request": N_("request for a meeting"),
    "petition": N_("petition"), "open_letter": N_("open letter"), "press_release": N_("press release"),
    "congratulations": N_("congratulations"),
    "post": N_("by mail"), "email": N_("by e-mail"), "phone": N_("by telephone"), "in_person": N_("in person"),
    "form": N_("by a form"),
    "accepts": N_("it accepts"), "in_part": N_("it accepts in part"), "in_principle": N_("it agrees in principle"),
    "refuses": N_("it refuses"), "no_promise": N_("it promises nothing"),
    "asks_precision": N_("it asks for details"), "acknowledges_only": N_("it only says that the letter came"),
    "holder": N_("the holder of the office"), "staff": N_("the staff only"), "overtaken": N_("overtaken by events"),
    "interim": N_("interim holder"), "chief-of-staff": N_("chief of staff"),
} | JURISDICTIONS | LANGUAGES | RHYTHMS | KINDS | RELATIONS | FORMS  # fmt: skip
"""The few words that some facts take, and what they say."""

TRUTHS = {"yes": N_("yes"), "no": N_("no"), "true": N_("true"), "false": N_("false")}
"""How a person says that something is so, or is not."""

REASONS = {"overtaken": CHOICES["overtaken"]}
"""The reasons of a closing that have a word of their own; any other words will do as well."""

CHARGES = {
    "chair": N_("chair"),
    "vice-chair": N_("vice-chair"),
    "secretary": N_("secretary of the body"),
    "treasurer": N_("treasurer"),
    "member": N_("member"),
    "holder": N_("holder"),
    "interim": N_("interim holder"),
    "chief-of-staff": N_("chief of staff"),
}
"""The charges that have a name of their own; any other words will do as well."""

ALSO = {
    "cheffe de cabinet": "chief-of-staff", "directeur de cabinet": "chief-of-staff",
    "directrice de cabinet": "chief-of-staff", "par interim": "interim", "interimaire": "interim",
}  # fmt: skip
"""Other words, plain, for what has one already: one role has two names in Quebec."""


def meant(text: str, words: Mapping[str, str]) -> str | None:
    """The stored word that a text means, whatever its case and accents; null if it is none of them."""
    wanted = plain(text.strip())
    wanted = ALSO.get(wanted, wanted)
    for word, said in words.items():
        if wanted in {plain(word), *(plain(say(said, lang)) for lang in get_args(Lang))}:
            return word
    return None
