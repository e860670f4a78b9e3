"""Inclusive writing, as each house writes it."""

from __future__ import annotations

import pytest

from domain.agreement import STYLES, Inclusive, agreed
from domain.inclusive import expanded


@pytest.mark.parametrize(
    ("style", "one", "several"),
    [
        ("dots", "travailleur.euse", "travailleur.euse.s"),
        ("dot", "travailleur.euse", "travailleur.euses"),
        ("middle_dots", "travailleur·euse", "travailleur·euse·s"),
        ("slash", "travailleur/euse", "travailleurs/euses"),
        ("doublets", "travailleur ou travailleuse", "travailleurs et travailleuses"),
        ("none", "travailleur", "travailleurs"),
    ],
)
def test_each_style(style: Inclusive, one: str, several: str) -> None:
    assert agreed("travailleur", "travailleuse", style) == one
    assert agreed("travailleur", "travailleuse", style, many=True) == several


@pytest.mark.parametrize(
    ("masculine", "feminine", "written"),
    [
        ("délégué", "déléguée", "délégué.e.s"),
        ("formateur", "formatrice", "formateur.trice.s"),
        ("officier", "officière", "officier.ère.s"),
        ("conseiller", "conseillère", "conseiller.ère.s"),
        ("professionnel", "professionnelle", "professionnel.le.s"),
        ("chef", "cheffe", "chef.fe.s"),
        ("membre", "membre", "membres"),
        ("syndical", "syndicale", "syndicaux et syndicales"),
        ("nouveau", "nouvelle", "nouveaux et nouvelles"),
        ("copain", "copine", "copains et copines"),
    ],
)
def test_words_whose_plural_is_their_own_are_written_twice(masculine: str, feminine: str, written: str) -> None:
    assert agreed(masculine, feminine, "dots", many=True) == written


@pytest.mark.parametrize("style", [style for style in STYLES if style not in ("doublets", "none")])
@pytest.mark.parametrize("words", [("travailleur", "travailleuse"), ("délégué", "déléguée"), ("officier", "officière")])
def test_what_is_written_is_found_by_either_word(style: Inclusive, words: tuple[str, str]) -> None:
    found = expanded(agreed(*words, style, many=True))
    assert {word + "s" for word in words} <= set(found)
