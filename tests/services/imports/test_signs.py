"""What keyboards and systems write in other signs is read the same."""

from __future__ import annotations

import re
import unicodedata

import pytest

from services.imports.assembly import hint
from services.imports.clues import CLUES, Clue, Signal
from services.imports.documents.reading import read_document
from services.imports.headings import worded
from services.imports.reading import decode
from services.imports.sentences import signals
from services.imports.spelling import lenient


@pytest.mark.parametrize("sign", "-–—·•")
def test_any_dash_or_dot_stands_between_a_number_and_its_title(sign: str) -> None:
    heading = worded(f"Résolution 12 {sign} Les quais")
    assert heading is not None
    assert (heading.numbers, heading.title) == (("12",), "Les quais")


def test_letters_with_their_accents_apart_are_one_character() -> None:
    text = "Résolution 3\n\nÉté à la forêt\n"
    apart = unicodedata.normalize("NFD", text)
    assert apart != text
    assert decode("a.txt", apart.encode()).text == text
    page = f"<!doctype html><html><body><p>{apart}</p></body></html>".encode()
    assert "Été à la forêt" in read_document("a.html", page).text


def bare(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))


@pytest.mark.parametrize("clue", CLUES, ids=lambda clue: clue.example)
def test_a_clue_is_read_without_its_accents(clue: Clue) -> None:
    assert signals(bare(clue.example)).get(clue.signal) == clue.weight


@pytest.mark.parametrize("sign", "'’ʼ´`‘")
def test_a_clue_is_read_with_any_apostrophe_and_any_space(sign: str) -> None:
    said = signals(f"Le colloque n{sign}a\u202fpas eu\u00a0lieu.")
    assert said[Signal.NOT_DONE] == 3


def test_an_accent_is_lost_but_never_found() -> None:
    """What « a » is in a pattern, « à » is not in a text: « à continué » is no verb of ours."""
    assert re.compile(lenient("à l’été")).search("a l'ete")
    assert not re.compile(lenient("a")).search("à")
    assert Signal.POSTPONED not in signals("Un rapport différent a été présenté.")
    assert Signal.ONGOING not in signals("Le comite a continue la campagne, et a collabore avec nous.")


@pytest.mark.parametrize(
    "title",
    ["Suivi des résolutions de l’assemblée extraordinaire 2023", "CONGRÈS DE MAI 2024", "Conseil exécutif, 2021"],
)
def test_a_title_names_its_assembly_without_accents(title: str) -> None:
    known, found = hint(title), hint(bare(title))
    assert known and found
    assert (found.key, found.kind, found.date) == (known.key, known.kind, known.date)
