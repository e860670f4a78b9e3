"""Sorting, naming and comparing French words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.words import RESERVED, SORTED, comparable, natural, natural_text, same, slug, sort_key


def test_accents_case_and_ligatures_sort_with_their_letters() -> None:
    words = [
        "Zoé",
        "école",
        "Eau",
        "œuvre",
        "Étude",
        "abri",
        "offre",
        "L’élan",
        "lac",
        "main-d’œuvre",
        "mainmise",
    ]
    assert sorted(words, key=sort_key) == [
        *[
            "abri",
            "Eau",
            "école",
            "Étude",
            "L’élan",
            "lac",
            "main-d’œuvre",
            "mainmise",
            "œuvre",
            "offre",
            "Zoé",
        ]
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("  L’œuvre –\u00a0d'été! ", "l oeuvre d ete"),
        ("main-d'oeuvre", "main d oeuvre"),
        ("e\u0301cole", "ecole"),
        ("« »", ""),
        ("4\u202f000 $", "4 000"),
    ],
)
def test_sort_keys(text: str, key: str) -> None:
    assert sort_key(text) == key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Comité de l’environnement", "comite-de-l-environnement"),
        ("Cœur à cœur", "coeur-a-coeur"),
        ("2023", "2023"),
        ("", "unnamed"),
        ("人民", "unnamed"),
        ("Plan", "plan-1"),
        ("Plan de travail", "plan-de-travail"),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_long_slug_is_cut_between_words_and_stays_its_own() -> None:
    one, other = (slug(f"comité des délégués sociaux de la région {end}", longest=30) for end in ("nord", "sud"))
    assert one.startswith("comite-des-delegues-") and len(one) <= 30
    assert one != other


def test_numbers_sort_as_people_count() -> None:
    numbers = ["2", "10", "12", "12-A", "12-B", "17", "2024-07", "2024-12", "A-1", "A-10"]
    backwards = numbers[::-1]
    assert sorted(backwards, key=natural) == numbers
    assert natural("07") < natural("8")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("l'assemblée", "l’assemblée"),
        ("main-d'oeuvre", "main\u2011d’œuvre"),
        ("fonds :\u00a040\u202f000 $", "fonds : 40 000 $"),
        ("e\u0301te\u0301", "été"),
    ],
)
def test_same_but_for_the_typing(a: str, b: str) -> None:
    assert same(a, b)


@pytest.mark.parametrize(("a", "b"), [("été", "ete"), ("Mine", "mine"), ("cote", "côte")])
def test_accents_and_capitals_count(a: str, b: str) -> None:
    assert not same(a, b)


@given(st.text())
def test_a_sort_key_sorts_as_itself(text: str) -> None:
    assert sort_key(sort_key(text)) == sort_key(text)


@given(st.text(alphabet="aàâæbcçdeéèêëfgiîïoôœuùûü-’' \u00a0"))
def test_a_sort_key_is_blind_to_case(text: str) -> None:
    assert sort_key(text.upper()) == sort_key(text)


@given(st.text(), st.integers(8, 80))
def test_a_slug_is_always_a_key(text: str, longest: int) -> None:
    key = slug(text, longest)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)
    assert len(key) <= longest
    assert key not in RESERVED
    assert slug(key, longest) == key


@given(st.lists(st.text(alphabet="0129-AB é", max_size=8)))
def test_numbers_always_have_one_order(numbers: list[str]) -> None:
    backwards = numbers[::-1]
    assert sorted(numbers, key=natural) == sorted(backwards, key=natural)


@given(st.lists(st.text(alphabet="0123456789aAbéœ-. ", max_size=6)))
def test_the_order_of_numbers_is_the_same_as_one_text(numbers: list[str]) -> None:
    assert sorted(numbers, key=natural_text) == sorted(numbers, key=natural)


@given(st.text())
def test_what_is_comparable_stays_so(text: str) -> None:
    assert comparable(comparable(text)) == comparable(text)


def test_a_sort_key_has_room_in_an_index() -> None:
    """A database indexes no text of more than a few thousand bytes: what stands in a list must stand in its index."""
    long = "été " * 9000
    assert len(sort_key(long)) <= SORTED and sort_key(long).startswith("ete ete") and sort_key(sort_key(long)) == sort_key(long)
    assert sort_key(long + "a") != sort_key(long + "b")
