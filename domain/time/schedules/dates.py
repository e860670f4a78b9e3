"""Dates within a schedule: what `read_date` reads, and what plans and reports write around them."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from msgspec.structs import replace

from domain.time.notation import BadDate, earliest, normalised
from domain.time.reading import NoReference, read_date
from domain.time.schedules.phrase import COUNT, Phrase, Rule, Table, first, number, table
from domain.time.schedules.upon import MEETINGS, OF_A_DAY
from domain.time.schedules.values import Context, Kind, Schedule, Upon
from domain.time.vocabulary import NAMES, either
from domain.values import Count

_SINCE = re.compile(
    r"(?:depuis|des |a (?:partir|compter) d|since|from |as of |effective |beginning|starting).*|.*\bon$"
)
_WEEKDAYS = (
    "lundi|mon",
    "mardi|tues",
    "mercredi|wednes",
    "jeudi|thurs",
    "vendredi|fri",
    "samedi|satur",
    "dimanche|sun",
)
_WEEKDAY = "(?:" + "|".join(f"{french}|{english}day" for french, english in (day.split("|") for day in _WEEKDAYS)) + ")"
_PAST = (
    r"(?:(?:ete )?(?:adopte|tenu|survenu|annule|publie|depose|recu|envoye|lance)e?s?"
    r"|adopted|held|cancell?ed|published|received|sent|launched)(?: (?:on|in))?"
)
_TO_COME = (
    r"(?:(?:est|sont|sera|seront|etait|etaient) )?(?:prevu|remis|reporte|attendu|fixe|planifie)(?:e|s|es)?"
    r"|se tiendr(?:a|ont)|aur(?:a|ont) lieu|devr(?:a|ait|aient|ont) (?:prendre fin|se tenir|avoir lieu|etre prete?s?)"
    r"|s'echelonner(?:a|ont)|ser(?:a|ont) (?:livre|pret|offert|termine)e?s?|cible|echeance ?:?"
    r"|(?:due|planned|postponed|expected|scheduled)(?: (?:to|for|in|on))?"
    r"|(?:to|will|should|is to|are to) (?:be (?:held|ready|over|delivered)|take place|end|finish)(?: (?:in|on))?"
    r"|spread(?: out)?|target"
)
_FROM = r"(?:since|from|as of|(?:starting|beginning|effective)(?: with| from| at)?)"
_UNFINISHED = re.compile(rf"(?:[0-9]|-|\b(?:et|and|a|au|to|ou|or|entre|non|ni|chaque|each|every|{either(NAMES)}))$")
_NO_YEAR = ("an", "annee", "l'an", "l'annee", "year", "the year")
_ARTICLES = re.compile(r"(?:(?:a|au|aux|lors d[eu]s?|le|la|les|un|une|en|pour)\b ?|[ld]'|lors de l')+")


def said_of(words: str) -> str | None:
    """What the words alone say; None when they mean nothing without the day they were written."""
    try:
        return read_date(_joined(words))
    except BadDate:
        return None


def _joined(words: str) -> str:
    """« in March and in September » -> « in March and September »."""
    return re.sub(r"(?i) and (?:in|on) ", " and ", words)


def reference_of(context: Context) -> date | str | None:
    """The date of the text; for a plan that has none, the first day of its period."""
    if context.reference is not None or context.period is None:
        return context.reference
    return earliest(context.period)


def dated(words: str, context: Context) -> Schedule | None:
    """A date read by `read_date`, with what it rests on. Raises NoReference."""
    reference = reference_of(context)
    try:
        found = read_date(_joined(words), reference, ahead=context.ahead is not False)
    except NoReference:
        raise
    except BadDate:
        return None
    said = said_of(words)
    rests = None if said == found or reference is None else str(reference)
    going = found.endswith("/..") and _SINCE.fullmatch(Phrase.of(words).folded)
    kind: Kind = "continuous" if going else "once"
    return Schedule(words="", kind=kind, edtf=found, said=said, reference=rests)


def _qualified(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
    """« peut-être en juin 2024 », « juin 2024 (date incertaine) »: not sure; « juin 2024 environ »: about."""
    turn = match.groupdict().get("turn") or ""
    found = dated(f"{turn} {phrase.part(match).text}".strip(), context)
    if found is None or found.edtf is None:
        return None
    mark = "~" if match.groupdict().get("about") else "?"
    edtf, said = (each and _marked(each, mark) for each in (found.edtf, found.said))
    return replace(found, edtf=edtf, said=said) if edtf else None


def _marked(text: str, mark: str) -> str | None:
    if text.startswith("../") or text.endswith("/.."):
        begin, _, end = text.partition("/")
        known = end if begin == ".." else begin
        return normalised(text.replace(known, _marked(known, mark) or "?"))
    if "/" in text:
        return None
    plain, has = text.rstrip("~?%"), text[len(text.rstrip("~?%")) :]
    return normalised(plain + ("%" if has and has != mark else mark))


def _numbers(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
    """« 26/06/2024 »: the day first, unless only the month can be."""
    day, month = int(match["one"]), int(match["two"])
    text = f"{match['year']}-{month:02}-{day:02}"
    found = normalised(text) or normalised(f"{match['year']}-{day:02}-{month:02}")
    return Schedule(words="", kind="once", edtf=found, said=found) if found else None


def _decade(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule:
    return Schedule(words="", kind="once", edtf=f"{match['decade']}X", said=f"{match['decade']}X")


def _fiscal(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
    found = business_year(int(match["year"]), int(match["end"]), context)
    return found or dated(f"{match['year']}-{match['end']}", context)


def business_year(begin: int, end: int, context: Context) -> Schedule | None:
    """2024-2025 as the organisation counts its years, from the month in which they begin; None where unknown."""
    month = context.year_begins
    if end != begin + 1 or month is None or not 1 < month <= 12:
        return None
    return Schedule(words="", kind="once", edtf=f"{begin}-{month:02}/{end}-{month - 1:02}", said=f"{begin}/{end}")


def _rest(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
    return dated(phrase.part(match).text, context)


def another_weekday(phrase: Phrase, found: str | None) -> bool:
    """« lundi 3 mai 2024 », which was a Friday."""
    named = next((n for n, day in enumerate(_WEEKDAYS) if re.match(rf"(?:le |on )?(?:{day})", phrase.folded)), None)
    day = earliest(found) if found else None
    return named is not None and day is not None and day.weekday() != named


def _led(ahead: bool) -> Rule:
    return lambda phrase, match, context: dated(phrase.part(match).text, context._replace(ahead=ahead))


def _year_to_come(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
    return dated("l'an prochain", context)


def _past_year(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
    return dated("au cours de la dernière année", context)


def _several(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
    """« à plusieurs occasions au cours de l'année », « à trois reprises en 2024 »."""
    found = dated(phrase.part(match).text, context) if match["rest"] else Schedule(words="", kind="once")
    if found is None:
        return None
    n = None if match["count"] in ("plusieurs", "several") else number(match["count"])
    times = Count(n, n) if n else Count(2)
    return replace(found, kind="once", times=times)


def _once(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
    """« une fois, à partir de 2015 »: some time from then on, not all the time."""
    found = first(rules(), phrase.part(match), context)
    return replace(found, kind="once") if found else None


def _about_range(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
    """« de 1962 environ à 2012 »: a range of which one end or both are about."""
    found = dated(f"de {match['begin']} à {match['end']}", context)
    about = [bool(match[f"{side}_about"] or match[f"{side}_environ"]) for side in ("from", "to")]
    if found is None or found.edtf is None or "/" not in found.edtf or not any(about):
        return None
    ends = zip(found.edtf.split("/"), about, strict=True)
    text = normalised("/".join(end + "~" * vague for end, vague in ends))
    return replace(found, edtf=text, said=text if found.said == found.edtf else None) if text else None


def _met(turn: str) -> Rule:
    """« à partir de l'AG virtuelle du 5 novembre 2020 »: since that day, which is that of a meeting."""

    def found(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
        when = dated(f"{turn} {phrase.part(match, 'date').text}", context)
        return when and _with(when, re.sub(r" (?:du|de|d['’]|of|on)$", "", phrase.part(match, "what").text))

    return found


def _with(when: Schedule, what: str) -> Schedule:
    return replace(when, upon=Upon("at", what))


def named(phrase: Phrase, context: Context) -> Schedule | None:
    """A date at the end of other words: « congrès 2022 », « Semaine de la métallurgie 2009 », « (26 mai) »."""
    for space in re.finditer(r"[ (]+", phrase.folded):
        before, after = phrase.cut(0, space.start()), phrase.cut(space.end())
        if (_UNFINISHED.search(before.folded) and "(" not in space[0]) or len(before.text) < 2:
            continue
        if re.search(r"\b(?:ou|or)\b", before.folded):  # one or another: nobody knows which
            return None
        if after.folded in _NO_YEAR:
            continue
        if (when := dated(after.text.strip(" ()"), context)) and when.edtf:
            begin = _ARTICLES.match(before.folded)
            what = before.text[begin.end() if begin else 0 :].rstrip(" ,:(")
            return _with(when, what) if len(what) > 1 else None
    return None


def _of_meetings() -> tuple[tuple[str, Rule], ...]:
    """The day of a meeting as the beginning or the end of a time."""
    noun = (
        rf"(?:le |la |l'|les |the )?(?P<what>(?:(?:virtual|annual|special|regular|general) )*(?:{MEETINGS})) {OF_A_DAY}"
    )
    return (
        (rf"(?:a (?:partir|compter) d[eu] ?|depuis |des |{_FROM} ){noun}(?: on(?:wards?)?)?", _met("depuis")),
        (
            rf"(?:d'ici (?:a )?|jusqu'(?:a|au) ?|au plus tard (?:a|au) ?|(?:no later than|until|by) ){noun}",
            _met("d'ici"),
        ),
        (rf"(?:avant|before) {noun}", _met("avant")),
        (rf"(?:apres|after) {noun}", _met("après")),
    )


@cache
def rules() -> Table:
    """What stands around a date; the bare date comes last."""
    return table(
        [
            (r"(?P<one>[0-9]{1,2})[/.](?P<two>[0-9]{1,2})[/.](?P<year>[0-9]{4})", _numbers),
            (r"(?:dans )?(?:les |des )?annees (?P<decade>[0-9]{3})0", _decade),
            (r"(?:in )?(?:the )?(?P<decade>[0-9]{3})0s", _decade),
            (
                r"(?:exercice|annee (?:financiere|fiscale|scolaire)|fiscal year) (?P<year>[0-9]{4})[-/](?P<end>[0-9]{4})",
                _fiscal,
            ),
            (r"(?:peut-etre|possiblement|probablement|maybe|perhaps|possibly|probably) (?P<rest>.+)", _qualified),
            (r"(?P<rest>.+?),? ?(?:\?|\(?(?:date )?(?:incertaine?|uncertain|a verifier)\)?)", _qualified),
            (r"(?P<rest>.+) (?P<about>environ)", _qualified),
            (r"(?P<turn>from|by) (?P<about>about) (?P<rest>.+)", _qualified),
            (rf"(?:le |on )?{_WEEKDAY},? (?P<rest>.+)", _rest),
            (rf"(?:{_PAST}) (?P<rest>.+)", _led(False)),
            (rf"(?:{_TO_COME}) (?P<rest>.+)", _led(True)),
            (r"(?:(?:pour|dans|au cours de) )?l'an(?:nee)? (?:qui vient|a venir)", _year_to_come),
            (r"(?:(?:in|for|over) )?the coming year", _year_to_come),
            (r"(?:lors de la derniere [a-z ]{3,40} et )?au cours de l'annee qui a suivi", _past_year),
            (r"(?:at the last [a-z ]{3,40} and )?(?:in|during) the year that followed", _past_year),
            (
                rf"(?:a|on) (?P<count>plusieurs|several|{COUNT}) (?:occasions?|reprises?|moments)(?: (?P<rest>.+))?",
                _several,
            ),
            (r"(?:une (?:seule )?fois|once),? (?P<rest>.+)", _once),
            (
                r"(?:de |du |d'|from )(?P<from_about>about )?(?P<begin>.+?)(?P<from_environ> environ)?"
                r" (?:a|au|to) (?P<to_about>about )?(?P<end>.+?)(?P<to_environ> environ)?",
                _about_range,
            ),
            *_of_meetings(),
            (r"(?P<rest>.+)", _rest),
        ]
    )
