"""The sections of an annual report, by what their headings are called, in French or in English."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from domain.words import plain
from services.imports.plans.words import closest, unconfused

Role = Literal[
    "acronyms", "thanks", "board", "executive", "team", "word", "activities", "solidarity", "advocacy", "publications",
    "communications", "alliances", "funding", "infrastructure", "committees", "kiosks", "resolutions", "other",
]  # fmt: skip

_OUR = r"(?:(?:notre|nos|votre|our|the|le|la|les|l') ?)?"
_TABLE: dict[Role, tuple[str, ...]] = {
    "acronyms": (
        r"(?:liste des? |liste d')?(?:acronymes|sigles|abreviations)(?: et (?:des )?(?:acronymes|sigles|abreviations))?",
        r"(?:list of )?(?:acronyms|abbreviations)(?: and (?:acronyms|abbreviations))?",
    ),
    "thanks": (r"remerciements?", r"thanks|thank you|acknowledge?ments?"),
    "executive": (r"comite executif|bureau|executif", r"executive(?: committee)?|officers"),
    "board": (
        r"conseil d'administration(?: \S+){0,5}|administrat(?:rices|eurs)(?:,? ?(?:et )?administrat(?:rices|eurs))?"
        r"|membres du (?:conseil|c\.?a\.?)(?: d'administration)?",
        r"board(?: of directors| members)?(?: \S+){0,3}|directors",
    ),
    "team": (r"equipe(?: \S+){0,5}|permanence|personnel|employe\S*", r"(?:team|staff)(?: \S+){0,4}"),
    "word": (r"mot (?:de|du|des) .*|message (?:de|du) .*", r"message from .*|(?:word|letter) from .*"),
    "activities": (
        r"(?:autres |principales |grandes )?activites(?: .*)?|education|formations?|evenements|mobilisations?",
        r"(?:other |main )?activities(?: .*)?|education|trainings?|events|outreach",
    ),
    "solidarity": (
        r"solidarite(?: internationale)?|cooperation(?: internationale)?",
        r"international (?:solidarity|cooperation)",
    ),
    "advocacy": (
        r"plaidoyers?|(?:rencontres et )?lettres? (?:de plaidoyer|d'appui|envoyees|ouvertes et de plaidoyer)|lettres"
        r"|representations?(?: politiques)?|interventions publiques|rencontres et lettres de plaidoyer",
        r"advocacy(?: letters| work)?|letters(?: of advocacy| sent| of support)?|representations",
    ),
    "publications": (
        r"publications?(?: .*)?|presence (?:du|de la|de l'|des) ?.* (?:dans les )?medias|(?:dans les )?medias|revue de presse"
        r"|articles(?: .*)?|dans l'actualite",
        r"publications?(?: .*)?|(?:in the )?(?:media|news)|articles(?: .*)?|media coverage",
    ),
    "communications": (
        r"communications?|(?:medias|reseaux) sociaux|site (?:internet|web)|bulletins? .*|infolettres?",
        r"social media|web ?site|newsletters?",
    ),
    "alliances": (
        r"(?:alliances?|coalitions?|partenariats?|partenaires|reseaux|concertations?)"
        r"(?:(?:,| et|, et) (?:alliances?|coalitions?|partenariats?|partenaires|reseaux|concertations?|collaborations?))*",
        r"(?:alliances?|coalitions?|partnerships?|partners|networks)"
        r"(?:(?:,| and|, and) (?:alliances?|coalitions?|partnerships?|partners|networks))*",
    ),
    "funding": (
        r"(?:autres |sources de )?financements?(?: .*)?|contributions? (?:des|de nos) membres"
        r"|cotisations(?: .*)?|subventions(?: .*)?|dons(?: .*)?|revenus|appuis financiers",
        r"(?:other |sources of )?(?:funding|grants)(?: .*)?|(?:membership )?dues"
        r"|contributions of (?:our )?members|donations|revenues?",
    ),
    "infrastructure": (
        r"infrastructures?|vie (?:associative|interne|democratique)|organisation|administration|gouvernance",
        r"infrastructure|governance|administration|organi[sz]ation",
    ),
    "committees": (r"comites?(?: .*)?", r"committees?|.* committee"),
    "kiosks": (r"kiosques?(?: .*)?", r"(?:information )?(?:stands|booths|tables|kiosks)"),
    "resolutions": (r"resolutions?(?: .*)?", r"resolutions?(?: .*)?"),
}
TOP: frozenset[Role] = frozenset({
    "acronyms", "thanks", "board", "word", "activities", "solidarity", "advocacy", "communications", "alliances",
    "infrastructure", "funding", "team", "publications",
})  # fmt: skip
"""The sections that may stand at the top of the document: under a heading of these, names of allies are no sections."""

_LONGEST = 90  # letters of a heading
_NUMBER = re.compile(
    r"^(?:(?:section|partie|part|chapitre) )?(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5})\s?[.):–—-]\s?|^\d{1,2}\s(?=\D)",
    re.IGNORECASE,
)


@cache
def _compiled() -> dict[Role, re.Pattern[str]]:
    return {role: re.compile(rf"{_OUR}(?:{'|'.join(forms)})") for role, forms in _TABLE.items()}


def unnumbered(heading: str) -> str:
    """A heading without its number, as written."""
    return _NUMBER.sub("", heading)


def bare(heading: str) -> str:
    """A heading without its number, its colon, its case and its accents."""
    text = " ".join(plain(heading.replace("’", "'")).split())
    return unnumbered(text).strip(" .:–—-")


_WORDS: dict[str, str] = {unconfused(word): word for word in re.findall(
    r"\w+", """acronymes sigles abreviations remerciements conseil administration comite executif administratrices administrateurs
    equipe permanence personnel activites education formations evenements solidarite internationale cooperation plaidoyer
    rencontres lettres publications presence medias communications bulletins alliances coalitions partenariats partenaires
    reseaux financement financements contribution contributions membres cotisations subventions infrastructures gouvernance
    kiosques resolutions acronyms abbreviations board directors committee activities advocacy letters partnerships funding
    grants donations newsletters resolutions""",
)}  # fmt: skip
_SLIP = re.compile(r"(?<=[A-ZÀ-Þ])[l1|](?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])0(?=[A-ZÀ-Þ])")


def unslipped(text: str) -> str:
    """Capitals among which a scanner left a small l, a bar or a digit, as capitals."""
    return _SLIP.sub(lambda sign: "O" if sign[0] == "0" else "I", text)


@lru_cache(maxsize=4096)
def role_of(heading: str) -> Role | None:
    """What a heading announces; null for one that the table does not know. Of one in capitals, the slips of a scanner are
    mended first, word by word."""
    text = bare(heading)
    if not 2 < len(text) < _LONGEST:
        return None
    found = _announced(text)
    if found is None and unslipped(heading).isupper():
        found = _announced(" ".join(_mended(word) for word in text.split()))
    return found


def _announced(text: str) -> Role | None:
    return next((role for role, pattern in _compiled().items() if pattern.fullmatch(text)), None)


def _mended(word: str) -> str:
    return _WORDS.get(closest(unconfused(word), _WORDS) or "", word)
