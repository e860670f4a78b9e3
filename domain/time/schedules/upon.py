"""What waits for something else: meetings, conditions, need; and what is said without anything to check."""

from __future__ import annotations

import re
from functools import cache

from domain.time.schedules.phrase import UNITS, Phrase, Rule, Table, table
from domain.time.schedules.values import Context, Kind, Relation, Schedule, Upon
from domain.time.vocabulary import ENGLISH_MONTHS, NAMES, either, fold

_NEEDED = (
    "au besoin", "(?:sur|a la) demande", "si (?:necessaire|besoin)", "selon (?:les|le|nos) besoins?",
    "lorsque (?:necessaire|requis)", "as needed", "if needed", "on request", "when (?:needed|required)", "upon request",
)  # fmt: skip
_GOING_ON = (
    "continue?", "en continu", "de (?:facon|maniere) continue", "continuellement", "en permanence", "permanente?s?",
    "constamment", "(?:nous )?continuons", "continue d[e']", "d'annee en annee", "sans interruption", "continuous(?:ly)?",
    "ongoing", "year after year", "on an? (?:ongoing|continuous|continuing) basis", "without interruption",
)  # fmt: skip
_UNCHECKED = (
    "progressivement", "graduellement", "ultimement", "a terme", "ponctuellement", "en tout temps", "bientot",
    "prochainement", "temporaire(?:ment)?", "(?:des que|des que c'est|quand c'est|lorsque|si) possible", "la reprise",
    "dans la mesure du possible", "s'il y a lieu", "le cas echeant", "depuis (?:plusieurs|quelques) annees(?: deja)?",
    "les [0-9]+ ans d[eu] .{2,60}", "a l'avenir", "de l'epoque", "de l'annee en question",
    "(?:premiere|deuxieme|troisieme|[0-9]{1,2}e) edition", "as soon as possible", "gradually", "eventually",
    "(?:where|when|whenever|if) (?:possible|applicable)", "soon", "for (?:several|some|many|a few) years(?: already)?",
    "ultimately", "over time", "in due course", "in the future", "at all times", "occasionally", "temporar(?:y|ily)",
    "the recovery", "(?:as far as|to the extent) possible", "(?:of|in) the year in question", "of the time", "at the time",
    "(?:first|second|third|fourth|[0-9]{1,2}(?:st|nd|rd|th)) edition", "[a-z' ]{2,40} [0-9]{1,3}(?:st|nd|rd|th) anniversary",
)  # fmt: skip
_UNCONFIRMED = (
    r"(?:les |la )?(?:dates?|jours?) (?:sont |est )?a confirmer|(?:date )?a (?:confirmer|determiner|venir)"
    r"|(?:the )?(?:dates? )?(?:are |is )?to be (?:confirmed|determined)"
)

MEETINGS = (
    r"(?:c\.?a\.?|c\.?d\.?|a\.?g\.?[am]?\.?|conseils?|assemblees?|reunions?|rencontres?|congres|comites?|instances?|seances?"
    r"|(?:comite |bureau )?executifs?|meetings?|assembl(?:y|ies)|boards?)(?: [a-z' -]{2,60})?"
)
OF_A_DAY = (
    rf"(?:(?:du|de|des|le|of|on) |d')?(?P<date>(?:{either(ENGLISH_MONTHS)}) [0-9]{{1,2}}(?:st|nd|rd|th)?,? [0-9]{{4}}"
    r"|(?![0-9]{1,2} [0-9]{4})(?:le )?[0-9a-z][0-9a-z' ]*[0-9]{4})"
)
"""The day of a meeting, after its name: « du 12 mai 2025 », “of May 12, 2025”."""
_EVERY = (
    r"(?:chacun(?:e)? (?:des|de (?:nos|ses|leurs|vos)) |chaque |tou(?:te)?s (?:les|nos) |each "
    rf"(?:(?:one )?of (?:the|our) )?|every (?:one of (?:the|our) )?)(?!(?:{'|'.join(UNITS.values())}|saisons?|seasons?)\b)"
)
_SIDES: tuple[tuple[Relation, str], ...] = (
    ("before", r"(?:avant|en vue de|before|ahead of) "),
    ("after", r"(?:apres|a la suite de|after|following) "),
    ("at", r"(?:(?:a|lors de|pendant|dans|pour|au cours de|at|during|in) )?"),
)
_OF, _THAT = "d(?:e |u |es |')", "(?:que |qu')"
_CONDITIONS: tuple[tuple[Relation, str], ...] = (
    ("after", r"(?:une fois|apres|suivant|suite a|lorsque|quand|attendra(?:it)?|en attendant|attendre) "),
    (
        "after",
        rf"(?:(?:des|aussitot|apres) {_THAT}|lorsqu'|(?:a la suite|sur reception|en attente|dans l'attente) {_OF})",
    ),
    ("after", r"(?:once|after|upon|when|as soon as|pending|following|(?:will )?wait(?:ing)? for|will await|awaiting) "),
    ("until", rf"(?:(?:jusqu'a|d'ici a) ce {_THAT}|jusqu'(?:a|au|aux|en) (?:la |le )?|jusqu'a l'|until |till )"),
    ("before", rf"(?:avant {_THAT}|avant {_OF}|avant |en vue {_OF}|prealablement a |before |prior to )"),
    ("before", r"(?:ahead of|with a view to) "),
    ("if", rf"(?:en cas {_OF}|si |s'(?=ils? )|a (?:condition|moins) (?:{_THAT}|{_OF})|sous reserve {_OF})"),
    ("if", r"(?:in case of|if|subject to|provided that) "),
    ("at", rf"(?:lors {_OF}|au moment {_OF}|a l'occasion {_OF}|during the |at the time of )"),
)
_SOME_DAY = (
    r"(?:(?:le|la|un|une|the) )?(?:prochaine? (?:evenement|edition|rencontre|reunion|fois)|edition ulterieure"
    r"|(?:an? )?(?:next|later|coming|upcoming|future) (?:event|edition|meeting))"
)
_AFTER_NUMBER = "|".join(("d[eu]", "of", "au", "a", "to", "et", "and", either(NAMES)))
_DATE_LIKE = re.compile(rf"(?:l[ea]s? |l'|the )?[0-9]+(?:er|st|nd|rd|th)?(?:$| (?:{_AFTER_NUMBER}|[0-9]).*)")


def _plain(kind: Kind) -> Rule:
    found = Schedule(words="", kind=kind)
    return lambda phrase, match, context: found


def _unconfirmed(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule:
    return Schedule(words="", kind="unchecked", confirmed=False)


def _waits(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule:
    return Schedule(words="", kind="condition", upon=Upon("after", phrase.text))


def _some_day(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule:
    return Schedule(words="", kind="condition", upon=Upon("at", phrase.text))


def _meetings(relation: Relation) -> Rule:
    def found(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule:
        what, alone = phrase.part(match).text, re.search(r"\b(?:chaque|each|every) ", match[0])
        return Schedule(words="", kind="per_meeting", upon=Upon(relation, what if alone else singular(what)))

    return found


def _condition(relation: Relation) -> Rule:
    def found(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
        awaited = phrase.part(match)
        if len(awaited.text) < 2 or _DATE_LIKE.match(awaited.folded):
            return None
        return Schedule(words="", kind="condition", upon=Upon(relation, awaited.text))

    return found


_LINK = re.compile(r"(?:d[eu]s?|d'.*|a|au|aux|of|the|pour|sur|en|et)", re.IGNORECASE)


_INVARIABLE = re.compile(r"congr[eè]s|proc[eè]s|acc[eè]s|.{1,3}", re.IGNORECASE)


def singular(words: str) -> str:
    """« assemblées générales » -> « assemblée générale »: up to the first word that links another noun."""
    out, linked = [], False
    for word in words.split(" "):
        linked = linked or _LINK.fullmatch(word) is not None
        keeps = linked or word.isupper() or _INVARIABLE.fullmatch(word)
        out.append(word if keeps else re.sub(r"aux$", "al", word) if word.endswith("aux") else word.removesuffix("s"))
    return " ".join(out)


_ACRONYMS = {
    "ca": "conseil d'administration", "cd": "conseil de direction", "ag": "assemblee generale",
    "aga": "assemblee generale annuelle", "agm": "annual general meeting", "ce": "comite executif",
}  # fmt: skip
_NOT_INITIAL = frozenset({"de", "du", "des", "d", "la", "le", "les", "l", "a", "au", "of", "the", "and", "et"})


def same_meeting(words: str, name: str) -> bool:
    """Whether words of a plan (« CA », « assemblées générales ») mean a body or a meeting of that name: the same but for
    the plural, capitals and accents, or its initials."""
    one, two = (fold(singular(each)).replace(".", "").strip() for each in (words, name))
    return _ACRONYMS.get(one, one) == _ACRONYMS.get(two, two) or one == _initials(two)


def _initials(name: str) -> str:
    """« conseil d'administration » -> ca; nothing for a single word."""
    words = [word for word in re.split(r"[ '-]+", name) if word and word not in _NOT_INITIAL]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


@cache
def fixed() -> Table:
    """Whole phrases of a closed list, and meetings."""
    rest = r"(?P<rest>[^,;0-9]{2,80})"
    items = rf"(?:new )?item on the agenda of (?:the |each |all )?(?P<rest>{MEETINGS}|(?:[a-z]+ ){{1,2}}meetings?)"
    agenda = rf"(?:nouveau )?point a l'(?:odj|ordre du jour) (?:des|de chaque|de toutes les) (?P<rest>{MEETINGS})"
    return table(
        [
            ("|".join(_NEEDED), _plain("as_needed")),
            ("|".join(_GOING_ON), _plain("continuous")),
            (_UNCONFIRMED, _unconfirmed),
            ("|".join(_UNCHECKED), _plain("unchecked")),
            (agenda, _meetings("at")),
            (items, _meetings("at")),
            *((rf"{side}{_EVERY}{rest}", _meetings(relation)) for relation, side in _SIDES),
            (
                rf"(?:(?:lors d'|a |at |during )?{_SOME_DAY}|lors d'une prochaine [a-z]+|lors d'un prochain [a-z]+)",
                _some_day,
            ),
            (r"se fait (?:toujours |encore )?attendre|(?:is )?still (?:awaited|pending|expected)", _waits),
        ]
    )


@cache
def free() -> Table:
    """Conditions in free words."""
    return table((rf"{side}(?P<rest>.+)", _condition(relation)) for relation, side in _CONDITIONS)
