"""Dates and instants written out, as a secretary would: « 1er juillet 2024 », « du 10 au 16 juin 2024 »."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.time.notation import edtf
from projections.phrases.typography import NO_BREAK


class _Element(NamedTuple):
    """One day, month, season or year of an EDTF date. `code`: 1-12 a month, 21-24 a season, 0 a year."""

    year: str
    code: int
    day: int
    qualifier: str

    @classmethod
    def of(cls, text: str) -> _Element:
        plain = text.rstrip("~?%")
        year, month, day, *_ = [*plain.split("-"), "XX", "XX"]
        code = 0 if month == "XX" else int(month)
        return cls(year, code, 0 if day == "XX" else int(day), text[len(plain) :])

    def beside(self, right: _Element) -> _Element:
        """Without what the element on its right says for both: « 10 » of « du 10 au 16 juin »."""
        whole = not self.code or not right.code or self.code == 24
        if whole or self.year != right.year or bool(self.day) != bool(right.day):
            return self
        shared = bool(self.day) and self.code == right.code
        return self._replace(year="XXXX", code=-1 if shared else self.code)


class _Forms(NamedTuple):
    """A kind of element in a sentence: when, from when, until when, about when."""

    placed: str
    begin: str
    end: str
    about: str


@dataclass(frozen=True)
class _Language:
    months: tuple[str, ...]
    seasons: tuple[str, ...]
    first: str
    decade: str
    unknown: str
    forms: dict[str, _Forms]
    since: str
    by: str
    days: str
    last_and: str
    about: str
    unsure: str
    hour: str
    instant: str

    def words(self, said: _Element) -> str:
        """« 26 juin 2024 »; no year when it is not known."""
        day = str(said.day or "") if said.day != 1 else self.first
        return " ".join(filter(None, (day, self.name(said.code), self.year(said))))

    def name(self, code: int) -> str:
        if code <= 0:
            return ""
        return self.seasons[code - 21] if code > 20 else self.months[code - 1]

    def year(self, said: _Element) -> str:
        if said.year == "XXXX":
            return "" if said.code or said.day else self.unknown
        if "X" in said.year:
            begin, end = said.year.replace("X", "0"), said.year.replace("X", "9")
            return self.decade.format(begin) if said.year.count("X") == 1 else f"{begin}-{end}"
        return f"{said.year}-{int(said.year) + 1}" if said.code == 24 else said.year

    def form(self, said: _Element) -> _Forms:
        """The forms of its kind."""
        if said.day:
            return self.forms["day"]
        if said.code > 20:
            return self.forms["spring" if said.code == 21 else "season"]
        if said.code > 0:
            return self.forms["vowel" if said.code in (4, 8, 10) else "month"]
        return self.forms["decade" if said.year.count("X") == 1 else "year"]

    def joined(self, words: list[str]) -> str:
        return self.last_and.join(filter(None, [", ".join(words[:-1]), words[-1]]))


_FRENCH = _Language(
    months=(
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    seasons=("printemps", "été", "automne", "hiver"),
    first="1er",
    decade="années {}",
    unknown="année inconnue",
    forms={
        "day": _Forms("le {}", "du {}", "au {}", "vers le {}"),
        "month": _Forms("en {}", "de {}", "à {}", "vers {}"),
        "vowel": _Forms("en {}", "d’{}", "à {}", "vers {}"),
        "spring": _Forms("au {}", "du {}", "au {}", "vers le {}"),
        "season": _Forms("à l’{}", "de l’{}", "à l’{}", "vers l’{}"),
        "year": _Forms("en {}", "de {}", "à {}", "vers {}"),
        "decade": _Forms("dans les {}", "des {}", "aux {}", "vers les {}"),
    },
    since="à partir {}",
    by="au plus tard {placed}",
    days="les {}",
    last_and=" et ",
    about="{} environ",
    unsure="{} (date incertaine)",
    hour=f"{{hour}}{NO_BREAK}h{NO_BREAK}{{minute:02}}",
    instant="{date} à {hour}",
)

_IN = _Forms("in {}", "from {}", "to {}", "around {}")
_ENGLISH = _Language(
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    seasons=("spring", "summer", "fall", "winter"),
    first="1",
    decade="the {}s",
    unknown="unknown year",
    forms={
        "day": _Forms("on {}", "from {}", "to {}", "around {}"),
        **dict.fromkeys(("month", "vowel", "spring", "season", "year", "decade"), _IN),
    },
    since="{} on",
    by="by {words}",
    days="on {}",
    last_and=" and ",
    about="about {}",
    unsure="{} (date uncertain)",
    hour="{hour}:{minute:02}",
    instant="{date}, {hour}",
)
_LANGUAGES = {"fr": _FRENCH, "en": _ENGLISH}


def write_date(text: str, lang: str, *, placed: bool = False) -> str:
    """An EDTF date in words: « 26 juin 2024 », « automne 2024 », « du 10 au 16 juin 2024 », « vers 2024 ».

    `placed`: with its preposition, to follow a verb: « le 26 juin 2024 », « à l’automne 2024 ».
    Raises BadDate.
    """
    language = _LANGUAGES[lang]
    normal = edtf(text)
    if normal.startswith("{"):
        return _set(language, [_Element.of(each) for each in normal[1:-1].split(",")], placed)
    begin, slash, end = normal.partition("/")
    if slash:
        return _interval(language, begin, end)
    return _alone(language, _Element.of(normal), placed)


def write_instant(instant: datetime, lang: str, zone: str) -> str:
    """« 22 novembre 2026 à 14 h 05 », in `zone` (an IANA name)."""
    local, language = instant.astimezone(ZoneInfo(zone)), _LANGUAGES[lang]
    day = write_date(local.date().isoformat(), lang)
    return language.instant.format(date=day, hour=language.hour.format(hour=local.hour, minute=local.minute))


def write_hour(hour: time, lang: str) -> str:
    """« 8 h », « 17 h 30 »; 8:00, 17:30."""
    return _LANGUAGES[lang].hour.format(hour=hour.hour, minute=hour.minute).removesuffix(f"{NO_BREAK}00")


def _alone(language: _Language, said: _Element, placed: bool) -> str:
    forms, words = language.form(said), language.words(said)
    if said.qualifier in ("~", "%"):
        words = forms.about.format(words)
    elif placed:
        words = forms.placed.format(words)
    return language.unsure.format(words) if said.qualifier in ("?", "%") else words


def _qualified(language: _Language, said: _Element) -> str:
    """In an interval or a set, where « vers » has no place."""
    words = language.words(said)
    if said.qualifier in ("~", "%"):
        words = language.about.format(words)
    return language.unsure.format(words) if said.qualifier in ("?", "%") else words


def _interval(language: _Language, begin: str, end: str) -> str:
    if begin == "..":
        return _by(language, _Element.of(end))
    left = _Element.of(begin)
    if end == "..":
        return language.since.format(language.form(left).begin.format(_qualified(language, left)))
    right = _Element.of(end)
    left = left.beside(right)
    from_then = language.form(left).begin.format(_qualified(language, left))
    return f"{from_then} {language.form(right).end.format(_qualified(language, right))}"


def _by(language: _Language, said: _Element) -> str:
    words = _qualified(language, said)
    return language.by.format(words=words, placed=language.form(said).placed.format(words))


def _set(language: _Language, members: list[_Element], placed: bool) -> str:
    if len(members) == 1:
        return _alone(language, members[0], placed)
    days = all(member.day for member in members)
    if placed and not days:
        return language.joined([_alone(language, member, placed) for member in members])
    one_year = len({member.year for member in members}) == 1
    shown = [left.beside(right) if one_year else left for left, right in pairwise(members)] + members[-1:]
    words = language.joined([_qualified(language, member) for member in shown])
    return language.days.format(words) if placed else words
