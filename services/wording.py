"""The words by which a person may say what is stored under a short word, in either language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from domain.words import plain
from projections.phrases.catalogue import N_, say
from projections.phrases.choices import JURISDICTIONS, LANGUAGES
from services.settings import Lang

CHOICES = {
    "full": N_("wholly"), "partial": N_("in part"), "temporary": N_("for a time"),
    "proposed": N_("as proposed"), "amended": N_("as amended"),
    "internal": N_("internal"), "open": N_("for everyone"), "officers": N_("the officers"),
    "named": N_("named people"), "assembly": N_("assembly"), "congress": N_("congress"), "council": N_("council"),
    "executive": N_("executive"), "emergency": N_("emergency meeting"), "adopted": N_("adopted"),
    "defeated": N_("defeated"), "withdrawn": N_("withdrawn"), "referred": N_("referred"),
    "not_reached": N_("not reached"), "unknown": N_("not known"),
} | JURISDICTIONS | LANGUAGES  # fmt: skip
"""The few words that some facts take, and what they say."""

CHARGES = {
    "chair": N_("chair"),
    "vice-chair": N_("vice-chair"),
    "secretary": N_("secretary of the body"),
    "treasurer": N_("treasurer"),
    "member": N_("member"),
}
"""The charges that have a name of their own; any other words will do as well."""


def meant(text: str, words: Mapping[str, str]) -> str | None:
    """The stored word that a text means, whatever its case and accents; null if it is none of them."""
    wanted = plain(text.strip())
    for word, said in words.items():
        if wanted in {plain(word), *(plain(say(said, lang)) for lang in get_args(Lang))}:
            return word
    return None
