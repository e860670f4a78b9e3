"""Sentences in the reader's language. Code holds English templates; `fr/*.po` hold their French.

A template names its facts in braces and each fact is written for the reader: `{day}` is « 26 juin 2024 », and
`{day.placed}` « le 26 juin 2024 », « en juin 2024 » or « à l’automne 2024 »; a list is « a, b et c ».
The .po files are read as they are, with no compiled copy that could be stale or impossible to write.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from domain.errors import Invalid, Label, SuiviError, Word
from domain.time.notation import Edtf
from projections.phrases.dates import write_date, write_instant
from projections.phrases.typography import NO_BREAK, typeset

ZONE = "America/Toronto"
_FOLDER = Path(__file__).parent
_LINE = re.compile(r'^(?:(msgid|msgid_plural|msgstr(?:\[[01]\])?)[ \t]+)?"(.*)"[ \t]*$', re.MULTILINE)
_ESCAPE = re.compile(r"\\(.)")
_AND = {"fr": " et ", "en": " and "}
_NONE = "—"


class UnknownLanguage(Invalid):
    """Suivi does not speak « {lang} ». It speaks French (fr) and English (en)."""


@dataclass(frozen=True)
class Translations:
    """The sentences of one language, with the two methods that gettext's users expect."""

    lang: str
    messages: Mapping[str, tuple[str, ...]] = field(repr=False)

    def gettext(self, message: str) -> str:
        """The message in this language; itself when it has no translation."""
        return self.messages.get(message, (message,))[0]

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The form for `n`. In French 0 and 1 are singular, in English 1 alone."""
        many = n > 1 if self.lang == "fr" else n != 1
        forms = self.messages.get(singular, ())
        return (forms if len(forms) == 2 else (singular, plural))[many]


def N_(message: str) -> str:
    """Marks a message for the catalogues where it is written, to be said later."""
    return message


@cache
def translator(lang: str) -> Translations:
    """The translations of `lang`: all its catalogues together. English needs none."""
    if lang not in _AND:
        raise UnknownLanguage(lang=lang)
    messages: dict[str, tuple[str, ...]] = {}
    if lang != "en":
        for path in sorted((_FOLDER / lang).glob("*.po")):
            messages |= read_catalogue(path.read_text(encoding="utf-8"))
    return Translations(lang, messages)


def read_catalogue(text: str) -> dict[str, tuple[str, ...]]:
    """The messages of a .po file -> their translation, or its two forms. Not the fuzzy, nor the empty."""
    messages = {}
    for entry in text.replace("\r\n", "\n").split("\n\n"):
        if "#, fuzzy" in entry:
            continue
        parts = _parts(entry)
        message, forms = parts.pop("msgid", ""), tuple(parts[key] for key in sorted(parts) if "str" in key)
        if message and forms and all(forms):
            messages[message] = forms
    return messages


def _parts(entry: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    key = ""
    for keyword, quoted in _LINE.findall(entry):
        key = keyword or key
        parts[key] = parts.get(key, "") + quoted
    return {key: _unescaped(quoted) for key, quoted in parts.items()}


def _unescaped(quoted: str) -> str:
    if "\\" not in quoted:
        return quoted
    return _ESCAPE.sub(lambda escape: {"n": "\n", "t": "\t"}.get(escape[1], escape[1]), quoted)


def say(said: SuiviError | str, /, lang: str, *, zone: str = ZONE, **facts: Any) -> str:
    """An error, or a template and its facts, as a sentence. Instants are written in `zone`."""
    template, given = (said.message, said.facts) if isinstance(said, SuiviError) else (said, facts)
    if not given:
        return _constant(template, lang)
    return _filled(translator(lang).gettext(template), lang, zone, given)


@lru_cache(4_096)
def _constant(template: str, lang: str) -> str:
    """A sentence that is the same for everyone."""
    return _filled(translator(lang).gettext(template), lang, ZONE, {})


def plural(singular: str, plural: str, n: int, lang: str, *, zone: str = ZONE, **facts: Any) -> str:
    """As `say`, in the form for `n`, which is also the fact `n`."""
    return _filled(translator(lang).ngettext(singular, plural, n), lang, zone, {"n": n, **facts})


def set_in_type(template: str, lang: str, *, spaced: bool = False) -> str:
    """A template in its language, typeset before it is filled: what somebody wrote stays as it is written."""
    return typeset(translator(lang).gettext(template), lang, spaced=spaced)


def listed(words: Sequence[str], lang: str) -> str:
    """« a, b et c »."""
    if not words:
        return _NONE
    return _AND[lang].join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _filled(template: str, lang: str, zone: str, facts: Mapping[str, Any]) -> str:
    return template.format_map({name: _written(fact, lang, zone) for name, fact in facts.items()})


class _Date(str):
    """A date in words, and the same where a sentence needs its preposition."""

    placed: str


def _written(fact: Any, lang: str, zone: str) -> str:
    """A fact as its reader would write it."""
    match fact:
        case None:
            return _NONE
        case SuiviError():
            return say(fact, lang, zone=zone)
        case Word():
            return translator(lang).gettext(str(fact))
        case Label():
            return fact.fr if lang == "fr" else fact.en
        case datetime():
            return write_instant(fact, lang, zone)
        case date():
            return _date(fact.isoformat(), lang)
        case Edtf():
            return _date(str(fact), lang)
        case int() | float():
            return write_number(fact, lang)
        case list() | tuple() | set() | frozenset():
            return listed([_written(each, lang, zone) for each in fact], lang)
        case str():
            return fact  # a noun keeps its forms
        case _:
            return str(fact)


def _date(edtf: str, lang: str) -> _Date:
    written = _Date(write_date(edtf, lang))
    written.placed = write_date(edtf, lang, placed=True)
    return written


def write_number(number: float, lang: str) -> str:
    """« 12 500,5 »: groups of three from five digits on, as four need none."""
    text = f"{number:,}" if abs(number) >= 10_000 else str(number)
    return text.translate({ord(","): NO_BREAK, ord("."): ","}) if lang == "fr" else text
