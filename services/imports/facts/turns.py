"""The turns of the genre that say to which fact a date belongs, or that it is of none of ours. Matched in folded text
(no accents, plain apostrophes): a turn is never a sentence."""

from __future__ import annotations

import re


def _turn(*forms: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(forms)})(?!\w)")


BECAUSE = re.compile(
    r"(?:compte tenu|considerant|puisqu|etant donne|attendu|vu (?:que|l[ae]|le nombre)|comme il)[^,]*$"
)
"""What opens the ground of a decision: a date before its comma is not the date of the decision."""

TOLD_ELSEWHERE = re.compile(
    r"(?:(?<!\bete )\badoptee?s?|\bsurvenue?s?|\bdatee?s? d[eu]|\bannees? de) (?:[\w']+ ){0,2}$"
)
"""What makes the date that follows the date of something else: the resolution's own adoption, an accident, a law."""

MET = _turn(r"rencontr\w+", r"reunions?", r"entretiens?", r"entretenue?s?", r"seances? de travail")
ASKED = _turn(
    r"sollicit\w+ (?:[\w']+ ){0,5}(?:ministres?|rencontres?|reunions?|entretiens?|depute\w*|cabinets?|elu\w*)",
    r"deman(?:de|des|dee|dees|dons) (?:[\w']+ ){0,3}(?:rencontres?|reunions?|entretiens?|audiences?)",
    r"ecrit (?:[\w']+ ){0,4}(?:ministres?|depute\w*|cabinets?)",
)
SENT = _turn(
    r"lettres? (?:\w+ ){0,2}(?:envoye|transmise|adressee|expediee)\w*",
    r"(?:envoye|transmis|adresse|expedie)\w* (?:\w+ ){0,3}(?:lettre|requete|missive)s?",
)
CHASED = _turn(r"relances?", r"relance\w*", r"rappels? (?:\w+ )?(?:telephon|ecrit|par)\w*", r"rappele\w* (?:a|au|aux)")
AFTER = _turn(
    r"(?:a la suite|dans la foulee|au lendemain) (?:de ce(?:tte|s|t)?)",
    r"(?:a partir|a compter) de ce moment",
    r"depuis ce(?:tte|t)? \w+",
)
CAME_OF_IT = re.compile(
    r"^(?:s'en (?:est|sont) suivi\w*"
    r"|(?:il|elle|ils|elles|on) nous (?:[\w']+ ){0,2}(?:a|ont)\b"
    r"|(?:il|elle|ils|elles|ce dernier|cette derniere|celui-ci|celle-ci) (?:a|ont) (?:[\w']+ ){0,2}"
    r"(?:repondu|promis|refuse|accepte|souligne|indique)\w*"
    r"|ni (?:elle|lui|l'un|l'une|le|la)\b.* (?:ne|n')"
    r"|(?:le|la) (?:chef|cheffe|directeur|directrice) de cabinet\b"
    r"|(?:le|la) ministre (?:nous|a|s'est|ne|n')\b)"
)
"""How a sentence begins that says what came of the meeting told just before."""

WITH_HOLDER = re.compile(
    r"avec (?:l[ae] |l'|m\. |mme )?(?P<office>ministre [\w' -]{3,80}?)"
    r"(?= de l'epoque|,|\.|;|$| et une autre| sur | a | pour | le )"
)
"""A meeting with an office's holder: which office."""

OCCASION = re.compile(r"(?:^|[ '(])(?:d[eu]s?|les?|la|aux?|l')[ ']?(?P<name>(?:[a-z-]{4,} ){1,3})(?:de |d')$")
"""The name of an occasion before the year that dates it: « rencontres régionales » of « les rencontres régionales de 2024 »."""
