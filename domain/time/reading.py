"""Dates in words -> EDTF: « la semaine du 10 juin 2024 » -> 2024-06-10/2024-06-16.

What depends on when it was written (« juin dernier ») is resolved against a reference date that the caller
states and keeps beside the result. A winter named by one year is the one that ends in it:
« hiver 2021 » -> 2020-24; one that leads to another season counts the terms of that year: « hiver-printemps 2020 » ->
2020-01/2020-06.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from domain.time.elements import Element, Reference, element, joined, later, nearest_year, next_day
from domain.time.notation import BadDate, earliest, latest, normalised
from domain.time.vocabulary import COUNTS, either, fold, in_french


class NoReference(BadDate):
    """“{words}” depends on the day it was written, which is not known. State the reference date,
    for example 2024-09, or write the year."""


def read_date(words: str, reference: date | str | None = None, *, ahead: bool = False) -> str:
    """The EDTF of a date in French, in simple English or already in EDTF.

    `reference`: the day, or the EDTF date, of the text. Without a year, the date is the last such one that
    had begun by then; with `ahead` (a target), the first such one not over by then; without reference the
    year stays unknown (XXXX-06-26). Raises BadDate, or NoReference when the words mean nothing without one.
    """
    if plain := normalised(words):
        return plain
    text = in_french(_tidy(words)) if len(words) <= 200 else ""
    try:
        found = _Reader(Reference.of(reference), ahead).read(text)
    except NoReference as error:
        raise NoReference(words=words) from error
    normal = normalised(found) if found else None
    if normal is None:
        raise BadDate(words=words)
    return normal


def _tidy(words: str) -> str:
    text = fold(words).replace("^{er}", "er").strip(" .,;:()")
    text = re.sub(r"\b1er\b", "1", text)
    text = re.sub(r"\b(hiver|winter) [0-9]{4}-([0-9]{4})\b", r"\1 \2", text)
    return " ".join(text.split())


_CONNECTOR = re.compile(r" ?- ?| (?:a|au|jusqu'(?:a|au|en)) (?:l'|la )?| et (?:le |les |l')?| ?, ?(?:et )?")

_TERM_ENDS = {21: 6, 22: 8, 23: 11}
"""Season -> the month that ends the terms which began in January."""


class _Reader:
    def __init__(self, seen_from: Reference | None, ahead: bool) -> None:
        self.seen_from = seen_from
        self.ahead = ahead

    def read(self, text: str) -> str | None:
        """EDTF, perhaps of a day that no calendar has; None when not understood."""
        for pattern, rule in _rules():
            if match := pattern.fullmatch(text):
                return rule(self, match)
        return self.elements(text)

    def single(self, text: str) -> str | None:
        """As `read`, but one day, month, season or year only."""
        found = self.read(text)
        return found if found and "/" not in found and normalised(found.strip("{}")) == found else None

    def known(self) -> Reference:
        if self.seen_from is None:
            raise NoReference(words="")
        return self.seen_from

    def day(self) -> date:
        """The day itself on which it was written: a month will not do."""
        first, last, _ = self.known()
        if first != last:
            raise NoReference(words="")
        return first

    def elements(self, text: str) -> str | None:
        """One element, a list or a range: « 26 juin », « 17 et 21 juin 2024 », « d'avril à juin 2024 »."""
        inside = text.removeprefix("entre ")
        said = [each for each in map(element, _CONNECTOR.split(inside)) if each]
        connectors = [each.strip() for each in _CONNECTOR.findall(inside)]
        if len(said) != len(connectors) + 1 or said[-1].code is None:
            return None
        if len(said) == 1:
            return said[0].text(self.year(said[0]))
        if terms := self.terms(said):
            return terms
        listed = all(each.startswith(("et", ",")) for each in connectors)
        if not listed and len(said) > 2:
            return None
        return joined(self.dated(said), as_range=inside != text or not listed)

    def terms(self, said: list[Element]) -> str | None:
        """« hiver-printemps 2020 »: the months of that year, as schools and plans count their terms. None for anything else."""
        first, last = said[0], said[-1]
        if len(said) != 2 or first[1:] != (24, None, "") or last.code not in _TERM_ENDS:
            return None
        year = self.year(last)
        return None if year is None else f"{year:04}-01/{year:04}-{_TERM_ENDS[last.code]:02}"

    def dated(self, said: list[Element]) -> list[str]:
        """The EDTF of each, from the right: what has no month or year has its right neighbour's."""
        after = said[-1]
        year = self.year(after)
        texts = [after.text(year)]
        for each in reversed(said[:-1]):
            if each.code is None and not after.day:
                return [""]
            this = each._replace(code=after.code if each.code is None else each.code)
            if this.year is not None:
                year = this.year
            elif year is not None and each.code is not None and this.order() > after.order():
                year -= 1
            texts.append(this.text(year))
            after = this
        return texts[::-1]

    def year(self, said: Element) -> int | None:
        if said.year is not None:
            return said.year
        if self.seen_from is None and not said.side and said.code != 0:
            return None
        return nearest_year(said, self.known(), self.ahead)


def _today(reader: _Reader, match: re.Match[str]) -> str | None:
    return date.fromordinal(max(1, reader.day().toordinal() - (match["word"] == "hier"))).isoformat()


def _ahead(reader: _Reader, match: re.Match[str]) -> str | None:
    """« demain », « dans trois semaines »: counted from the day it was written. A month keeps its day, if it can."""
    count = 1 if match["count"] is None else COUNTS.get(match["count"]) or int(match["count"])
    try:
        return later(reader.day(), count, match["unit"] or "jour").isoformat()
    except (ValueError, OverflowError):  # after the year 9999
        return None


def _by(reader: _Reader, match: re.Match[str]) -> str | None:
    ahead = _Reader(reader.seen_from, ahead=True)
    text = ahead.read(match["rest"]) or ahead.read(f"dans {match['rest']}")
    if text and match["end"]:
        last = latest(text) if normalised(text) else None
        text = last.isoformat() if last else None
    return f"../{text.rpartition('/')[2]}" if text else None


def _since(reader: _Reader, match: re.Match[str]) -> str | None:
    text = reader.read(match["rest"])
    return text if text is None or "/" in text or "{" in text else f"{text}/.."


def _beside(reader: _Reader, match: re.Match[str]) -> str | None:
    """« avant », « après »: up to the day before, from the day after."""
    text = reader.single(match["rest"])
    first, following = (earliest(text), next_day(text)) if text else (None, None)
    if match["side"] == "avant":
        return f"../{first - timedelta(days=1)}" if first and first > date.min else None
    return f"{following}/.." if following else None


def _week(reader: _Reader, match: re.Match[str]) -> str | None:
    text = reader.single(match["rest"])
    begin = earliest(text) if text else None
    if begin is None or begin.isoformat() != text or begin.year == 9999:
        return None
    return f"{begin}/{begin + timedelta(days=6)}"


def _about(reader: _Reader, match: re.Match[str]) -> str | None:
    text = reader.single(match["rest"])
    return f"{text.rstrip('~?%')}~" if text else None


def _quarter(reader: _Reader, match: re.Match[str]) -> str | None:
    month = int(match["number"]) * 3
    return f"{match['year']}-{month - 2:02}/{match['year']}-{month:02}"


def _past_years(reader: _Reader, match: re.Match[str]) -> str | None:
    """« la dernière année », « les 50 dernières années »: up to the year of the reference."""
    year, count = reader.known().last.year, match["count"]
    return f"{year - int(count):04}~/{year:04}" if count else f"{year - 1:04}/{year:04}"


def _coming(reader: _Reader, match: re.Match[str]) -> str | None:
    first, _, text = reader.known()
    return f"{first.year:04}/.." if match["unit"] == "annees" else f"{text.partition('/')[0]}/.."


def _recent(reader: _Reader, match: re.Match[str]) -> str | None:
    return f"../{reader.known().text.rpartition('/')[2]}"


_Rule = Callable[[_Reader, re.Match[str]], str | None]


@cache
def _rules() -> list[tuple[re.Pattern[str], _Rule]]:
    """Turns of phrase, the first that matches; `rest` is read in its turn. Compiled when first needed."""
    rules: list[tuple[str, _Rule]] = [
        (r"(?P<word>aujourd'hui|hier)", _today),
        (rf"(?:demain|dans (?P<count>[0-9]{{1,3}}|{either(COUNTS)}) (?P<unit>jour|semaine|mois|an|annee)s?)", _ahead),
        (
            r"(?:d'ici(?: a\b)?|(?:au|pas) plus tard(?: qu[e'])?|jusqu'(?:au|a|en)\b) ?(?:(?:en|a) )?"
            r"(?P<end>(?:la )?fin (?:de |du |d')?)?(?P<rest>.+)",
            _by,
        ),
        (r"(?:(?:pour|dans) les|au cours des) prochaine?s (?P<unit>annees|mois|semaines)", _coming),
        (r"(?:dans les|au cours des) derni(?:er|ere)s (?P<unit>mois|semaines)", _recent),
        (r"(?:au cours de l'annee|(?:au cours de )?la derniere annee)(?P<count>)", _past_years),
        (r"(?:depuis )?(?:les )?(?P<count>[0-9]{1,3}) dernieres annees", _past_years),
        (r"(?:depuis|des|a (?:partir|compter) d[eu']) ?(?P<rest>.+)", _since),
        (r"(?P<side>avant|apres) (?P<rest>.+)", _beside),
        (r"(?:a |dans )?(?:la )?semaine d[eu] (?P<rest>.+)", _week),
        (
            r"(?:a )?(?:la |au )?(?:vers|environ|debut|fin|mi-|(?:autour|aux alentours) d[eu]) ?(?P<rest>.+)",
            _about,
        ),
        (r"(?:au |le )?(?P<number>[1-4])(?:er|eme|e|d)? trimestre (?:de )?(?P<year>[0-9]{4})", _quarter),
    ]
    return [(re.compile(pattern), rule) for pattern, rule in rules]
