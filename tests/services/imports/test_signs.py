"""What keyboards and systems write in other signs is read the same."""

from __future__ import annotations

import unicodedata

import pytest

from services.imports.documents.reading import read_document
from services.imports.headings import worded
from services.imports.reading import decode


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
