"""What the phrases of the timeline share: names behind ids, quotations, dates as written, the other facts told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from domain.base import Event, Recorded
from domain.case.bundles import CaseMerged
from domain.case.events import CaseAdopted
from domain.values import Party
from projections.phrases.catalogue import N_, listed, translator
from projections.phrases.dates import write_date
from projections.phrases.nouns import Noun, body_noun, case_noun, office_noun, person_noun, subject_noun, thread_noun
from projections.phrases.states import state_word
from workflows.library import library
from workflows.workflow import Workflow

History = Sequence[Recorded]
"""A stream from its first event on, amendments included."""

Clauses = Iterator[str]
"""Parts of a sentence that each stand by themselves; semicolons join them."""

EXCERPT = 300
_BLANKS = re.compile(r"[ \t\r\n]+")
_INNER = {"fr": (re.compile(r"«\s*(.*?)\s*»"), "“\\1”"), "en": (re.compile("“(.*?)”"), "‘\\1’")}


class Names(Protocol):
    """The names of persons, bodies and assemblies, and the REF of cases, by their id."""

    def get(self, id: UUID, /) -> str | None: ...


@dataclass(frozen=True)
class Telling:
    """One recorded fact on its way into a sentence. `context` is the history of its stream, if it is at hand."""

    recorded: Recorded
    names: Names
    lang: str
    context: History | None = None

    def say(self, template: str, **facts: Any) -> str:
        """A clause in the reader's language. Facts are words already; a noun has its forms."""
        return translator(self.lang).gettext(template).format(**facts)

    def ngettext(self, singular: str, plural: str, n: int, **facts: Any) -> str:
        """As `say`, in the form for `n`."""
        return translator(self.lang).ngettext(singular, plural, n).format(n=n, **facts)

    def listed(self, words: Sequence[str]) -> str:
        return listed([*words], self.lang)

    def quote(self, text: str, most: int = EXCERPT) -> str:
        """Text as someone wrote it, on one line; beyond `most` characters, its beginning."""
        pattern, marks = _INNER[self.lang]
        plain = pattern.sub(marks, _BLANKS.sub(" ", text.strip()))
        if len(plain) > most:
            plain = plain[:most].rpartition(" ")[0].rstrip(",;:") + " […]"
        ended = plain.endswith(".") and not plain.endswith("..")
        return self.say(N_("“{text}”"), text=plain[:-1] if ended else plain)

    def quotes(self, texts: Sequence[str]) -> str:
        return self.listed([self.quote(text) for text in texts])

    def quoted(self, template: str, text: str | None, most: int = EXCERPT) -> Clauses:
        """A clause about a {text} that may be missing."""
        if text:
            yield self.say(template, text=self.quote(text, most))

    def dated(self, template: str, event: Event, fact: str) -> Clauses:
        """A clause about {when}, a date that may be missing; the words it was written in follow if they say more."""
        if (date := getattr(event, fact)) is None:
            return
        when = date.removesuffix("/..") if fact == "since" else date  # “began in 2022”, not “from 2022 on”
        told = self.say(template, when=self.day(when))
        words = event.words.get(fact)
        known = {write_date(date, lang, placed=placed) for lang in ("fr", "en") for placed in (False, True)}
        if words and words.casefold() not in {each.casefold() for each in known}:
            told = self.say(N_("{told} ({words})"), told=told, words=self.quote(words))
        yield told

    def day(self, date: str) -> str:
        """« le 26 juin 2024 », « en juin 2024 »: an EDTF date that follows a verb."""
        return write_date(date, self.lang, placed=True)

    def person(self, id: UUID | None) -> Noun:
        return person_noun(self.names.get(id) if id else None, self.lang)

    def body(self, id: UUID) -> Noun:
        return body_noun(self.names.get(id), self.lang)

    def case(self, id: UUID) -> Noun:
        return case_noun(self.names.get(id), self.lang)

    def office(self, id: UUID) -> Noun:
        return office_noun(self.names.get(id), self.lang)

    def thread(self, id: UUID) -> Noun:
        return thread_noun(self.names.get(id), self.lang)

    def subject(self, id: UUID) -> Noun:
        """A case or a thread, by its REF."""
        return subject_noun(self.names.get(id), self.lang)

    def party(self, party: Party) -> Noun:
        """Someone of the directory, or the words they were called by."""
        if party.id is None:
            return person_noun(self.quote(party.words) if party.words else None, self.lang)
        return {"person": self.person, "office": self.office}.get(party.kind, self.body)(party.id)

    @cached_property
    def workflow(self) -> Workflow:
        """The rules of the case."""
        return library()[self.adopted.workflow] if self.adopted else library().latest("resolution")

    @property
    def adopted(self) -> CaseAdopted | None:
        """How the case began, if that is at hand."""
        return next((r.event for r in self.context or () if isinstance(r.event, CaseAdopted)), None)

    @property
    def undivided(self) -> bool:
        """Whether the case is known to have one silent part."""
        joined = any(isinstance(r.event, CaseMerged) for r in self.context or ())
        return self.adopted is not None and len(self.adopted.parts) == 1 and not joined

    def state(self, state: str, completion: str | None = None) -> str:
        return state_word(self.workflow, state, completion, self.lang)

    def part(self, label: str) -> str:
        """A part by its number, or by its label in quotes."""
        return label if label.isdigit() else self.quote(label)

    def earlier(self, version: int) -> Recorded | None:
        """The fact of this stream with that version."""
        return next((r for r in self.context or () if r.originator_version == version), None)
