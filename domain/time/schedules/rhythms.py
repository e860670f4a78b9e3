"""What comes back: « annuellement », « chaque mois », « au moins deux fois par mois », « le 15 de chaque mois »."""

from __future__ import annotations

import re
from functools import cache

from msgspec.structs import replace

from domain.time.schedules.phrase import COUNT, UNIT, Phrase, Rule, Table, number, table, unit
from domain.time.schedules.recurrence import FREQUENCIES, Rhythm
from domain.time.schedules.values import Context, Schedule
from domain.values import ONCE, Count

ADJECTIVES: dict[str, tuple[Rhythm, int]] = {
    r"quotidien(?:ne)?s?|quotidiennement|daily": (Rhythm("DAILY"), 1),
    r"hebdomadaires?|hebdomadairement|weekly": (Rhythm("WEEKLY"), 1),
    r"mensuel(?:le)?s?|mensuellement|monthly": (Rhythm("MONTHLY"), 1),
    r"bimensuel(?:le)?s?|bimensuellement|semi-monthly": (Rhythm("MONTHLY"), 2),
    r"bihebdomadaires?": (Rhythm("WEEKLY"), 2),
    r"bimestriel(?:le)?s?|bimestriellement|bimonthly": (Rhythm("MONTHLY", 2), 1),
    r"trimestriel(?:le)?s?|trimestriellement|quarterly": (Rhythm("MONTHLY", 3), 1),
    r"semestriel(?:le)?s?|semestriellement": (Rhythm("MONTHLY", 6), 1),
    r"annuel(?:le)?s?|annuellement|yearly|annual(?:ly)?": (Rhythm("YEARLY"), 1),
    r"biannuel(?:le)?s?|semi-annual(?:ly)?|twice yearly": (Rhythm("YEARLY"), 2),
    r"bisannuel(?:le)?s?|biennal(?:e|es)?|biennaux|biennial(?:ly)?": (Rhythm("YEARLY", 2), 1),
    r"triennal(?:e|es)?|triennaux": (Rhythm("YEARLY", 3), 1),
    r"quinquennal(?:e|es)?|quinquennaux": (Rhythm("YEARLY", 5), 1),
}
"""Adjective and adverb -> the rhythm and how many times in it."""

UNSTATED = (
    r"periodiquement|periodiques?|reguliere?s?|regulierement|recurrente?s?|a intervalles reguliers"
    r"|de temps (?:en temps|a autre)|periodically|regularly|from time to time"
)
"""It comes back, and nobody says how often."""

WEEKDAYS = {
    "MO": "lundis?|mondays?", "TU": "mardis?|tuesdays?", "WE": "mercredis?|wednesdays?", "TH": "jeudis?|thursdays?",
    "FR": "vendredis?|fridays?", "SA": "samedis?|saturdays?", "SU": "dimanches?|sundays?",
}  # fmt: skip
RANKS = {
    "1": "premier|1er|first", "2": "deuxieme|second|2e", "3": "troisieme|third|3e", "4": "quatrieme|fourth|4e",
    "-1": "dernier|last",
}  # fmt: skip
_WEEKDAY = "(?P<weekday>" + "|".join(WEEKDAYS.values()) + ")"
_RANK = "(?P<rank>" + "|".join(RANKS.values()) + ")"

_LEAST = r"(?:au moins|au minimum|(?:un )?minimum(?: de| d')?|at least|a minimum of)"
_MOST = r"(?:au plus|au maximum|(?:un )?maximum(?: de| d')?|at most|no more than)"
_BOUND = rf"(?:(?P<least>{_LEAST}) ?|(?P<most>{_MOST}) ?)?"
_SEVERAL = r"plusieurs|several|quelques|a few"
_PER = r"(?:par|(?<=fois )l'|a chaque|chaque|tous les|toutes les|(?:dans|au cours de) l'|each|every|per|an?)"
_ONCE = {"once": 1, "twice": 2}


def _key(words: dict[str, str], folded: str) -> str:
    return next(key for key, pattern in words.items() if re.fullmatch(pattern, folded))


def repeated(rhythm: Rhythm, times: Count | None = None) -> Schedule:
    """What comes back by that rhythm, its words still to be said."""
    return Schedule(words="", kind="recurring", rrule=rhythm.text(), times=times)


def within(rhythm: Schedule, said: str) -> Schedule | None:
    """A yearly rhythm at a date that names no year: once in a season or in a stretch of months. None if it cannot."""
    found = Rhythm.of(rhythm.rrule).within(said) if rhythm.rrule else None
    if found is None:
        return None
    stretch = len(found.months) > 1 and not said.startswith("{")
    return replace(rhythm, rrule=found.text(), times=rhythm.times or (ONCE if stretch else None))


def _named(rhythm: Rhythm, times: int) -> Rule:
    found = repeated(rhythm, Count(times, times) if times > 1 else None)
    return lambda phrase, match, context: found


def _unstated(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule:
    return Schedule(words="", kind="recurring")


def _each(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule:
    """« chaque mois », « tous les deux ans », « aux trois mois », « every other week »."""
    given = match.groupdict()
    interval = 2 if given.get("other") else number(given["count"]) if given.get("count") else 1
    return repeated(Rhythm(FREQUENCIES[unit(match["unit"])], interval))


def _times(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
    """« au moins deux fois par mois », « deux à trois fois par année », « une fois aux trois ans »."""
    count = match["count"]
    interval = number(match["interval"]) if match["interval"] else 1
    rhythm = Rhythm(FREQUENCIES[unit(match["unit"])], interval)
    if re.fullmatch(_SEVERAL, count):
        return repeated(rhythm, Count(2))
    n = _ONCE.get(count) or number(count)
    if n == 0:
        return None
    if match["more"]:
        return repeated(rhythm, Count(n, number(match["more"]))) if n < number(match["more"]) else None
    if match["least"]:
        return repeated(rhythm, Count(n))
    if match["most"]:
        return repeated(rhythm, Count(0, n))
    return repeated(rhythm, Count(n, n) if n != 1 else None)


def _weekday(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule:
    """« chaque lundi », « le premier lundi du mois »."""
    day, rank = _key(WEEKDAYS, match["weekday"]), match.groupdict().get("rank")
    if rank is None:
        return repeated(Rhythm("WEEKLY", weekday=day))
    return repeated(Rhythm("MONTHLY", weekday=_key(RANKS, rank) + day))


def _month_day(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
    day = int(match["day"])
    return repeated(Rhythm("MONTHLY", day=day)) if 1 <= day <= 31 else None


def _thing(pattern: str) -> str:
    """An adverb or adjective, perhaps after what it says of: « rencontre annuelle »."""
    return rf"(?:(?!puis |then |et |and |ou |or )[^,;0-9]{{2,60}} )?(?:{pattern})"


def english(pattern: str) -> str:
    """Of the adjectives of a pattern, those that English writes before what they say of."""
    return "|".join(each for each in pattern.split("|") if each.endswith("ly") or "nual(?:ly)?" in each)


_THING = (
    r"(?:[a-z-]+ ){0,2}(?:meetings?|reports?|gatherings?|assemblies|conferences?|reviews?|events?|conventions?|issues?)"
)


def _as_before(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule:
    return repeated(Rhythm("YEARLY"))


@cache
def rules() -> Table:
    """Each is a whole phrase; those that count come after those that do not."""
    month = r"(?:mois|month)"
    return table(
        [
            (rf"(?:comme |as |like )?(?:chaque|each|every|par|per) (?P<unit>{UNIT})", _each),
            (rf"(?:tou(?:te)?s les|every|aux(?= {COUNT} ))(?: (?P<count>{COUNT}))? (?P<unit>{UNIT})", _each),
            (r"(?:chaque|par|tous les) trimestres?|(?:each|every) quarter", _named(Rhythm("MONTHLY", 3), 1)),
            (r"(?:chaque|par|tous les) semestres?", _named(Rhythm("MONTHLY", 6), 1)),
            (rf"every (?P<other>other) (?P<unit>{UNIT})", _each),
            (r"comme (?:les annees precedentes|par les annees passees)|as in previous years", _as_before),
            *((_thing(pattern), _named(rhythm, times)) for pattern, (rhythm, times) in ADJECTIVES.items()),
            *(
                (rf"(?:an? |the )?(?:{english(pattern)}) {_THING}", _named(rhythm, times))
                for pattern, (rhythm, times) in ADJECTIVES.items()
                if english(pattern)
            ),
            (_thing(UNSTATED), _unstated),
            (rf"(?:regular|periodic|recurring) {_THING}", _unstated),
            (
                rf"{_BOUND}(?P<count>{COUNT})(?: ?- ?(?P<more>{COUNT}))?(?: ?x| ?fois| times?| [^,;0-9/]{{2,60}}?)?"
                rf" ?(?:/|(?<=x) (?:par|per|a|each|every) ) ?(?:(?P<interval>{COUNT}) )?(?P<unit>{UNIT})",
                _times,
            ),
            (
                rf"{_BOUND}(?!a )(?P<count>{COUNT}|{_SEVERAL}|once|twice)"
                rf"(?: ?(?:-|a|ou|to|or) ?(?P<more>{COUNT}))?(?: (?!a |ou |to |or |ans?\b)[^,;0-9]{{1,60}}?)?"
                rf" (?:{_PER} ?|aux (?={COUNT} ))(?:(?P<interval>{COUNT}) )?(?P<unit>{UNIT})",
                _times,
            ),
            (rf"(?:tous les|chaque|les|every|each) {_WEEKDAY}", _weekday),
            (rf"(?:le |the )?{_RANK} {_WEEKDAY} (?:du|de chaque|of each|of the|of every) {month}", _weekday),
            (
                rf"(?:le |on the |the )?(?P<day>[0-9]{{1,2}})(?:er|st|nd|rd|th)? (?:de chaque|du|of each|of every) {month}",
                _month_day,
            ),
        ]
    )
