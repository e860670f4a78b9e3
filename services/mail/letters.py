"""A message as the outbox keeps it: written once, when what it tells of came, with the same words in both its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

from domain.clocks import EscalationStepTaken
from domain.directory import Person
from domain.organisation import Organisation
from domain.values import Lang
from services.subjects import Subject

if TYPE_CHECKING:
    from jinja2 import Environment

WIDTH = 72  # letters of a line of plain text

_BREAKS = re.compile("[ \t\r\n\v\f\x85\u2028\u2029]+")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Letter:
    """A message as the outbox keeps it; without a text when there was none to write. `summary`: the same in a sentence or
    two, for the mail that gathers several."""

    lang: str
    subject: str
    body: str | None = None
    html: str | None = None
    summary: str | None = None


@dataclass(frozen=True)
class Occasion:
    """A step that was taken in a case or a thread, one of its readers, where the pages are, and the data folder. `lang`: in
    place of what the reader reads."""

    subject: Subject
    event: EscalationStepTaken
    reader: Person
    url: str
    home: Path
    lang: str | None = None


def laid_out(template: str, words: dict[str, Any], summary: str | None = None) -> Letter:
    """The letter whose `words` have a language and a subject, by the templates of that name."""
    words = clean(words)
    body, html = (_templates().get_template(f"{template}.{kind}").render(words) for kind in ("txt", "html"))
    return Letter(words["lang"], words["subject"], body, html, clean(summary))


def language(reader: Person, organisation: Organisation) -> Lang:
    """What the reader reads, else what the organisation writes."""
    return reader.lang or organisation.lang


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    made = Environment(
        loader=PackageLoader("services.mail"), autoescape=select_autoescape(["html"], default=False),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    made.filters["lines"] = lambda text: fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    return made


def clean(words: Any) -> Any:
    """Each text within, on one line, and without what could turn or break the text around it."""
    match words:
        case str():
            return _UNSAFE.sub("\ufffd", _BREAKS.sub(" ", words)).strip(" ")
        case dict():
            return {name: clean(each) for name, each in words.items()}
        case list() | tuple():
            return [clean(each) for each in words]
    return words
