"""The typography of generated French."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.phrases.typography import typeset

N = "\u00a0"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("État : en cours", f"État{N}: en cours"),
        ("État: en cours", f"État{N}: en cours"),
        ("Suivi :", f"Suivi{N}:"),
        ("« Éducation »", f"«{N}Éducation{N}»"),
        ("«Éducation»", f"«{N}Éducation{N}»"),
        ("« Quoi ? »", f"«{N}Quoi?{N}»"),
        ("d'« urgence »", f"d’«{N}urgence{N}»"),
        ("Il coûte 40 000 $, soit 27,5% de plus", f"Il coûte 40{N}000{N}$, soit 27,5{N}% de plus"),
        ("1 234 567", f"1{N}234{N}567"),
        ("l'assemblée d'aujourd'hui", "l’assemblée d’aujourd’hui"),
        ("Fait ; prêt ! Vraiment\u2009?", "Fait; prêt! Vraiment?"),
        ("« un » : « deux »", f"«{N}un{N}»{N}: «{N}deux{N}»"),
    ],
)
def test_french(text: str, expected: str) -> None:
    assert typeset(text, "fr") == expected


@pytest.mark.parametrize(
    "text", ["2023:17", "14:05", "https://exemple.org", "en 2024 300 personnes", "le 26 juin 2024", "12-B"]
)
def test_what_is_not_punctuation_is_left_alone(text: str) -> None:
    assert typeset(text, "fr") == text


def test_english_is_left_alone() -> None:
    assert typeset("It's « so » : 40 000 $ !", "en") == "It's « so » : 40 000 $ !"


@given(st.text(alphabet="aé0123 \u00a0\u2009\n'’«»:;!?$%.,-", max_size=30))
def test_what_is_set_stays_so(text: str) -> None:
    once = typeset(text, "fr")
    assert typeset(once, "fr") == once
    assert once.count("\n") == text.count("\n")
