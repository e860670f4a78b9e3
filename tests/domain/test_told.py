"""Dated facts that a document tells: pending until a dated note says each."""

from __future__ import annotations

import pytest

from domain.amendments import RetractFact
from domain.case.case import Case
from domain.case.commands import NoteCase
from domain.case.decisions import handle
from domain.case.told import FactsRead, ReadFacts, ToldFact, pending_facts
from tests.domain.given import act, adopted, recorded


def fact(day: str, text: str) -> ToldFact:
    return ToldFact(day, "occurred", "", text, 3, 4, "high", "stated")


LETTER, MET = fact("2024-05-02", "Une lettre est partie."), fact("2024-06-05", "On s’est vu.")
ANSWERED = fact("2024-06-05", "Elle dit « d’accord ».")
TWICE = (fact("2024-05", "Deux marches, en mai et en juin."), fact("2024-06", "Deux marches, en mai et en juin."))


def told(*facts: ToldFact) -> Case:
    return Case.fold(recorded([adopted(), FactsRead(facts=facts)]))


def note(case: Case, text: str, occurred: str | None = "2024-05-02") -> None:
    handle(case, NoteCase(text=text), act(occurred=occurred))


def test_a_dated_note_with_its_words_settles_it_however_they_were_typed() -> None:
    case = told(LETTER, MET, ANSWERED)
    note(case, "Elle dit « d'accord ».", "2024")
    assert pending_facts(case) == [LETTER, MET]


@pytest.mark.parametrize(
    ("text", "occurred"), [("Une lettre est partie.", None), ("Une lettre est partie, enfin.", "2024-05-02")]
)
def test_an_undated_note_or_another_leaves_it(text: str, occurred: str | None) -> None:
    case = told(LETTER)
    note(case, text, occurred)
    assert pending_facts(case) == [LETTER]


def test_of_two_dates_of_a_sentence_a_note_settles_its_own() -> None:
    case = told(*TWICE)
    note(case, TWICE[0].text, "2024-06")
    assert pending_facts(case) == [TWICE[0]]
    note(case, TWICE[0].text, "2024-05-11")
    assert pending_facts(case) == []


def test_a_note_that_is_taken_back_settles_nothing() -> None:
    case = told(LETTER)
    note(case, LETTER.text)
    handle(case, RetractFact(event=case.version, reason="par erreur"), act())
    assert pending_facts(case) == [LETTER]


def test_a_newer_document_takes_the_place_of_what_is_pending() -> None:
    case = told(LETTER, MET)
    note(case, LETTER.text)
    handle(case, ReadFacts(facts=(LETTER, ANSWERED)), act())
    assert pending_facts(case) == [ANSWERED]
    before = case.version
    handle(case, ReadFacts(facts=(LETTER, ANSWERED)), act())
    assert case.version == before, "the same again says nothing"
