"""Dates in a paragraph."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.time import BadDate, find_dates, read_date


def found(text: str, reference: str | None = "2024-09~") -> list[tuple[str, str]]:
    return [(each.words, each.edtf) for each in find_dates(text, reference)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le comité s’est réuni le 26 juin et rendra son avis.", [("le 26 juin", "2024-06-26")]),
        ("Une lettre partie le 4 juillet dernier.", [("le 4 juillet dernier", "2024-07-04")]),
        (
            "La semaine du 10 juin 2024, trois rencontres.",
            [("La semaine du 10 juin 2024", "2024-06-10/2024-06-16")],
        ),
        ("Elle sera livrée en octobre.", [("en octobre", "2024-10")]),
        ("Elle fut livrée en octobre.", [("en octobre", "2023-10")]),
        ("Ce projet est prévu pour 2025.", [("pour 2025", "2025")]),
        ("Les 17 et 21 juin 2024, deux kiosques.", [("Les 17 et 21 juin 2024", "{2024-06-17,2024-06-21}")]),
        (
            "Du 3 au 5 mai 2024 ; puis cet automne.",
            [("Du 3 au 5 mai 2024", "2024-05-03/2024-05-05"), ("cet automne", "2024-23")],
        ),
        ("Une journée en mars 2024.", [("en mars 2024", "2024-03")]),
        ("Depuis 2022, rien.", [("Depuis 2022", "2022/..")]),
        ("D’ici la fin de l’année 2024.", [("D’ici la fin de l’année 2024", "../2024-12-31")]),
        (
            "À l’automne 2024 et en mars\n dernier.",
            [("À l’automne 2024", "2024-23"), ("en mars\n dernier", "2024-03")],
        ),
        ("Adoptée l’année dernière.", [("l’année dernière", "2023")]),
        ("Congrès des 11 et 12 mai 2012.", [("11 et 12 mai 2012", "2012-05-11/2012-05-12")]),
        ("Le 1er mai, puis le 2024-06-03.", [("Le 1er mai", "2024-05-01"), ("le 2024-06-03", "2024-06-03")]),
        ("Entre octobre et novembre 2025.", [("Entre octobre et novembre 2025", "2025-10/2025-11")]),
        (
            "Un avis le 4 juill. 2023, un autre en sept. 2022.",
            [("le 4 juill. 2023", "2023-07-04"), ("en sept. 2022", "2022-09")],
        ),
        ("A letter was sent on July 4, 2023.", [("on July 4, 2023", "2023-07-04")]),
        ("It met on Sept. 4, 2023 and last June.", [("on Sept. 4, 2023", "2023-09-04"), ("last June", "2024-06")]),
        ("A brief will be tabled by June 15.", [("by June 15", "../2025-06-15")]),
        ("The camp of June 3-5, 2023.", [("June 3-5, 2023", "2023-06-03/2023-06-05")]),
        (
            "In the fall of 2023 and by the end of 2025.",
            [("In the fall of 2023", "2023-23"), ("by the end of 2025", "../2025-12-31")],
        ),
        ("De mai 2020-novembre 2021.", [("mai 2020-novembre 2021", "2020-05/2021-11")]),
    ],
)
def test_dates_of_a_sentence(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Les résolutions 23, 24 et 25 ont été adoptées.",
        "Un don de 2000 membres et de 2 500 $.",
        "Le mars rouge et le comité des 40 ans.",
        "Il a été décidé que 2023 personnes viendraient.",
        "Le 31 juin 2024 n’existe pas.",
        "Monsieur Mai et madame Avril.",
        "La résolution 2024-07.",
        "The march of the members, who may come.",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_relative_dates_are_left_alone_without_reference() -> None:
    assert found("En mai dernier, puis le 3 mai 2024.", None) == [("le 3 mai 2024", "2024-05-03")]


def test_a_bad_reference_is_refused() -> None:
    with pytest.raises(BadDate):
        find_dates("Le 3 mai.", "hier")


@given(
    st.lists(st.sampled_from(["le 3 mai", "2024", "juin", "et", "à", "cet automne", "–", "\n", "dernier", "É", "."]))
)
def test_what_is_found_is_in_the_text_in_order(words: list[str]) -> None:
    text = " ".join(words)
    dates = find_dates(text, "2024-09")
    assert all(text[each.start : each.end] == each.words for each in dates)
    assert all(left.end <= right.start for left, right in pairwise(dates))


TOGETHER = [
    ("May 17 and 21, 2024", "{2024-05-17,2024-05-21}"), ("June 3-5, 2024", "2024-06-03/2024-06-05"),
    ("June 3rd, 5th and 7th, 2024", "{2024-06-03,2024-06-05,2024-06-07}"),
    ("from May 3 to June 5, 2024", "2024-05-03/2024-06-05"), ("May 26, November 12, 2020", "{2020-05-26,2020-11-12}"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "edtf"), TOGETHER)
def test_english_days_together_are_read_alone_and_in_a_sentence(words: str, edtf: str) -> None:
    assert read_date(words) == edtf
    assert found(f"It was held {words}, as planned.") == [(words, edtf)]


@pytest.mark.parametrize(("words", "edtf"), [
    ("le 15/07/2024", "2024-07-15"), ("07/15/2024", "2024-07-15"), ("7/7/2024", "2024-07-07"), ("on 31/12/2023", "2023-12-31"),
    ("la semaine du 2024-06-10", "2024-06-10/2024-06-16"), ("avant le 2024-06-10", "../2024-06-09"),
    ("depuis le 15/07/2024", "2024-07-15/.."), ("by 2024-06-10", "../2024-06-10"), ("2024-06-10", "2024-06-10"),
])  # fmt: skip
def test_days_in_figures_are_found_where_only_one_number_can_be_the_day(words: str, edtf: str) -> None:
    assert found(f"Une rencontre a eu lieu {words}.") == [(words, edtf)]


@pytest.mark.parametrize(
    "words", ["03/04/2024", "12/11/2024", "45/02/2024", "13/14/2024", "31/06/2024", "1/15/07/2024"]
)
def test_figures_that_may_be_two_days_or_none_are_left_alone(words: str) -> None:
    assert found(f"Une rencontre a eu lieu, {words}, chez nous.") == []
