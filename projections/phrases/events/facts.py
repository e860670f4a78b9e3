"""One fact of an event in words: what it is called, and its value as a person would write it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, get_args, get_type_hints
from uuid import UUID

from msgspec import Meta

from domain.base import Event
from domain.figures import Target
from domain.time.schedules import Schedule
from domain.values import Count, Party, Proposal, Ref
from projections.phrases.catalogue import N_
from projections.phrases.choices import LANGUAGES
from projections.phrases.counts import count_words
from projections.phrases.dates import write_date
from projections.phrases.events.demarches import ANSWERS
from projections.phrases.events.directory import CHARGES, KINDS
from projections.phrases.events.moves import COMPLETIONS
from projections.phrases.telling import Telling
from projections.phrases.threads import CHANNELS, UNADDRESSED
from workflows.vocabulary import FACTS

LABELS = FACTS | {
    "address": N_("the postal address"),
    "charge": N_("the charge"),
    "completions": N_("how far each part is done"),
    "date": N_("the date"),
    "legislature": N_("the legislature whose recesses count"),
    "mailing": N_("the mailing"),
    "feminine": N_("the title in the feminine"),
    "gender": N_("the grammatical gender"),
    "into": N_("where it goes"),
    "initial": N_("the state at the beginning"),
    "kind": N_("the kind"),
    "lang": N_("the language"),
    "mail": N_("the mail address"),
    "name": N_("the name"),
    "part": N_("the part"),
    "person": N_("the person"),
    "level": N_("its level in the list"),
    "phone": N_("the telephone number"),
    "planned": N_("for when it was planned"),
    "proposals": N_("the state read in the document"),
    "quorum": N_("the quorum"),
    "successor": N_("the successor"),
    "target": N_("what is to be reached"),
    "threads": N_("the threads that go along"),
    "verdict": N_("what is underlined"),
    "what": N_("what is moved"),
}
WORDS: dict[str, dict[str, str]] = {
    "audience": {"internal": N_("for the office"), "assembly": N_("for the assembly")},
    "charge": CHARGES,
    "completion": COMPLETIONS,
    "completions": COMPLETIONS,
    "gender": {"f": N_("feminine"), "m": N_("masculine")},
    "answer": ANSWERS,
    "channel": CHANNELS,
    "kind": KINDS | UNADDRESSED,
    "met": {"holder": N_("the holder of the office"), "staff": N_("the staff only")},
    "lang": LANGUAGES,
    "numbers": {
        "adopted": N_("it was adopted"),
        "defeated": N_("it was defeated"),
        "withdrawn": N_("it was withdrawn"),
        "referred": N_("it was sent elsewhere"),
        "not_reached": N_("it was not reached"),
        "unknown": N_("what became of it is not known"),
    },
    "stage": {"proposed": N_("as proposed"), "amended": N_("as amended"), "adopted": N_("as adopted")},
    "legislature": {"QC": N_("the National Assembly of Quebec"), "CA": N_("the Parliament of Canada")},
    "visibility": {"open": N_("everyone"), "officers": N_("the officers"), "named": N_("named people")},
}

TRUTHS = {True: N_("yes"), False: N_("no")}


@dataclass(frozen=True)
class Fact:
    """A fact of an event, or one `key` of a fact that is a mapping. `hint` is the type that the event gives it."""

    name: str
    hint: Any
    value: Any
    key: str = ""

    @classmethod
    def of(cls, event: Event, name: str) -> Fact:
        return cls(name, get_type_hints(type(event), include_extras=True)[name], getattr(event, name))

    def at(self, key: str) -> Fact:
        """The fact under one key of a mapping; null when there is none."""
        return replace(self, key=key, value=(self.value or {}).get(key))

    @property
    def date(self) -> bool:
        return any(extra.get("date") for extra in _extras(self.hint))

    @property
    def private(self) -> bool:
        """Whether its value is kept out of sentences: someone’s address."""
        return any(extra.get("personal") == "mail" for extra in _extras(self.hint))

    @property
    def target(self) -> str:
        """What an id points at: person, body, assembly or case."""
        refs = (extra["ref"] for extra in _extras(self.hint) if isinstance(extra.get("ref"), Ref))
        return next((ref.kinds[0] for ref in refs), "person")


def _extras(hint: Any) -> Iterator[dict[str, Any]]:
    """What the type says beside its shape, wherever it stands in the annotation."""
    if isinstance(hint, Meta):
        yield hint.extra or {}
    for inner in (*get_args(hint), *getattr(hint, "__metadata__", ())):
        yield from _extras(inner)


def fact_label(name: str, tell: Telling) -> str:
    """What a fact is called, with its article: « l’instance responsable »."""
    return tell.say(LABELS.get(name, name))


def fact_words(fact: Fact, tell: Telling) -> str | None:
    """The value in words; null when nothing is said."""
    match fact.value:
        case None | "" | () | []:
            return None
        case list() | tuple():
            return tell.listed([fact_words(replace(fact, value=item), tell) or "" for item in fact.value])
        case Party():
            return tell.party(fact.value)
        case Proposal():
            return tell.state(fact.value.state, fact.value.completion)
        case Schedule():
            return tell.quote(fact.value.words)
        case Target():
            return tell.quote(fact.value.figure.words)
        case UUID():
            return _pointed(fact, tell)
        case Count():
            return count_words(fact.value, tell.lang)
        case bool():
            return tell.say(TRUTHS[fact.value])
        case str() if fact.date:
            return write_date(fact.value, tell.lang)
        case str() if fact.value in WORDS.get(fact.name, ()):
            return tell.say(WORDS[fact.name][fact.value])
        case str():
            return tell.quote(fact.value)
        case _:
            return str(fact.value)


def _pointed(fact: Fact, tell: Telling) -> str:
    nouns = {"person": tell.person, "case": tell.case, "office": tell.office, "demarche": tell.thread}
    return nouns.get(fact.target, tell.body)(fact.value)
