"""The dated facts that a document tells of a case: pending until somebody writes each down as a note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from domain.base import Act, Command, Event, Recorded, said
from domain.values import Edtf, FreeText
from domain.words import comparable

if TYPE_CHECKING:
    from domain.case.case import Case

Role = Literal["occurred", "target"]
Because = Literal["stated", "before_meeting", "after", "came_of_it", "same_occasion", "same_meeting"]
BECAUSE: Mapping[Because, str] = {
    "stated": "the date is written there",
    "before_meeting": "asked before the meeting that it led to",
    "after": "told as coming after it",
    "came_of_it": "what came of the meeting told just before",
    "same_occasion": "the same occasion is dated elsewhere in the document",
    "same_meeting": "a meeting with the same office is dated elsewhere in the document",
}
"""Why a fact has its date."""


class ToldFact(Struct, frozen=True):
    """What happened (`occurred`), or is to happen (`target`), on a date that was read from the `words` as written, empty
    where the date stands elsewhere; `text`: the sentence that tells it, on its lines of the document."""

    occurred: Edtf
    role: Role
    words: FreeText
    text: FreeText
    first_line: int
    last_line: int
    confidence: Literal["high", "medium", "low"]
    because: Because


class FactsRead(Event, frozen=True, kw_only=True):
    """An import read dated facts in a document; they take the place of those of the document before."""

    facts: tuple[ToldFact, ...]

    def apply(self, case: Case, at: Recorded) -> None:
        case.told = self.facts


class ReadFacts(Command, frozen=True, kw_only=True):
    """An import's, never a person's: it has no verb at the doors."""

    facts: tuple[ToldFact, ...]


def take_facts(case: Case, command: ReadFacts, act: Act) -> None:
    if command.facts != case.told:
        case.trigger(FactsRead(facts=command.facts, **said(act)), act)


def pending_facts(case: Case) -> list[ToldFact]:
    """Those that no dated note says yet. Of several dates of one sentence, a note settles its own date, else the first."""
    dates: dict[str, list[str]] = {}
    for _, note in case.notes:
        if note.occurred:
            dates.setdefault(comparable(note.text), []).append(note.occurred)
    left = [fact for fact in case.told if not _settled(fact, dates, exactly=True)]
    return [fact for fact in left if not _settled(fact, dates)]


def _settled(fact: ToldFact, dates: Mapping[str, list[str]], exactly: bool = False) -> bool:
    """Whether a note says it, which then says no other."""
    said = dates.get(comparable(fact.text), [])
    if said and (fact.occurred in said or not exactly):
        said.remove(fact.occurred if fact.occurred in said else said[0])
        return True
    return False
