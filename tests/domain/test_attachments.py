"""A file is attached to a case at any time, and to one of its notes that stands."""

from __future__ import annotations

from typing import Any

import pytest

from domain.amendments import CorrectFact, FactCorrected, FactRetracted, RetractFact
from domain.attachments import AttachFile, File, FileAttached, KindUnfit, NoteUnknown
from domain.case.events import CaseNoted
from domain.case.moves import CaseCompleted
from domain.case.refusals import FactsMissing, RoleMissing
from tests.domain.given import adopted, given, moved

FILE = File("ab" * 32, "lettre.pdf", 120_000, "application/pdf")
FACTS: dict[str, Any] = {"file": FILE.sha256, "name": FILE.name, "size": FILE.size, "type": FILE.type, "kind": "lettre"}
ATTACHED = FileAttached(**FACTS)
DONE = moved(CaseCompleted, "done")


@pytest.mark.parametrize("history", [[adopted()], [adopted(), DONE]])
def test_a_file_is_attached_whatever_the_state(history: list[Any]) -> None:
    then = given(*history).when(AttachFile(file=FILE, kind=" lettre "), occurred="2024-06~").then(ATTACHED)
    assert [(version, event.name) for version, event in then.aggregate.attachments] == [(len(history) + 1, "lettre.pdf")]


def test_it_goes_with_a_note_that_stands() -> None:
    history = [adopted(), CaseNoted(text="reçue")]
    given(*history).when(AttachFile(file=FILE, kind="lettre", note=2)).then(FileAttached(**FACTS, note=2))
    for wrong in (0, 1, 3, -1):
        given(*history).when(AttachFile(file=FILE, kind="lettre", note=wrong)).then(NoteUnknown)
    gone = [*history, FactRetracted(version=2, reason="erreur")]
    given(*gone).when(AttachFile(file=FILE, kind="lettre", note=2)).then(NoteUnknown)


@pytest.mark.parametrize("kind", ["x" * 61, "a\x00b", "\u202ea"])
def test_a_kind_is_a_word_or_two(kind: str) -> None:
    given(adopted()).when(AttachFile(file=FILE, kind=kind)).then(KindUnfit)


def test_who_may_and_what_is_needed() -> None:
    given(adopted()).when(AttachFile(file=FILE, kind="lettre"), roles=frozenset({"auditor"})).then(RoleMissing)
    given(adopted()).when(AttachFile(file=FILE, kind=" ")).then(FactsMissing)


def test_its_name_is_put_right_and_it_is_taken_back() -> None:
    history = [adopted(), ATTACHED]
    right = FactCorrected(version=2, facts={"name": "avis.pdf"}, reason="mal nommée")
    given(*history).when(CorrectFact(event=2, set={"name": "avis.pdf"}, reason="mal nommée")).then(right)
    given(*history).when(RetractFact(event=2, reason="ailleurs")).then(FactRetracted(version=2, reason="ailleurs")).leaving(
        attachments=[]
    )
