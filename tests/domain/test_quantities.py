"""Figures as texts give them: never more precise than their words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.numerals import read_number
from domain.quantities import FigureUnreadable, find_figures, read_figure

READ = [
    ("près de 2500 personnes", "2500", "about", "personnes"),
    ("Près de soixante éditions", "60", "about", "éditions"),
    ("plus de 200 plaintes", "200", "at_least", "plaintes"),
    ("au moins deux formations", "2", "at_least", "formations"),
    ("à partir de 14 ans", "14", "at_least", "ans"),
    ("moins de 12 heures", "12", "at_most", "heures"),
    ("15 681 visites", "15681", "exact", "visites"),
    ("15\u202f681 visites", "15681", "exact", "visites"),
    ("115 000$", "115000", "exact", "$"),
    ("environ 2000 $", "2000", "about", "$"),
    ("27,5%", "27.5", "exact", "%"),
    ("3,80 %", "3.8", "exact", "%"),
    ("une quarantaine de bénévoles", "40", "about", "bénévoles"),
    ("près d’une quarantaine de bénévoles", "40", "about", "bénévoles"),
    ("des centaines de milliers de tonnes", None, "about", "tonnes"),
    ("172 autres organisations", "172", "exact", "organisations"),
    ("75 représentant·e·s", "75", "exact", "représentant·e·s"),
    ("quatre-vingt-deux lettres", "82", "exact", "lettres"),
    ("nearly 1,200 people", "1200", "about", "people"),
    ("at least two hundred letters", "200", "at_least", "letters"),
    ("hundreds of members", None, "about", "members"),
    ("36 percent", "36", "exact", "%"),
]


@pytest.mark.parametrize(("words", "value", "bound", "unit"), READ, ids=[each[0] for each in READ])
def test_a_figure_keeps_its_qualifier(words: str, value: str | None, bound: str, unit: str) -> None:
    (found,) = find_figures(f"Cette année, {words} ont compté.")
    assert (found.figure.value, found.figure.bound, found.figure.unit) == (value and Decimal(value), bound, unit)
    assert found.figure.words == words, "the words of the page, whole"
    assert read_figure(words).value == (value and Decimal(value))


NONE = [
    "Le 4 et 5 octobre 2024, le comité a siégé.", "Depuis 2019, rien.", "la 4e édition du forum", "le projet de loi 84 sur l’eau",
    "la section locale 574", "Unifor 8284 FTQ", "les années (1976-2005)", "le 50e anniversaire", "vol. 13, no 1",
    "un comité et une assemblée", "au 31 mars", "SQEES-298 et B-52", "l’article 12.3 du code", "1) En solidarité",
]  # fmt: skip


@pytest.mark.parametrize("text", NONE)
def test_dates_ordinals_and_names_are_no_figures(text: str) -> None:
    assert find_figures(text) == []


def test_a_small_number_in_words_may_be_a_turn_of_phrase() -> None:
    found = find_figures("Pour trois raisons, 3 lettres et au moins trois appels.")
    assert [each.sure for each in found] == [False, True, True]


def test_words_without_a_figure_are_refused() -> None:
    with pytest.raises(FigureUnreadable):
        read_figure("beaucoup de monde")


@pytest.mark.parametrize(
    ("words", "value"),
    [("soixante et onze", 71), ("quatre-vingts", 80), ("quatre-vingt-dix-neuf", 99), ("deux cent trois", 203),
     ("mille deux cents", 1200), ("two hundred and five", 205), ("trois millions", 3_000_000), ("zero", 0)],
)  # fmt: skip
def test_numbers_in_words(words: str, value: int) -> None:
    number = read_number(words)
    assert number and number.value == value


TURNS = [
    "nos 50 prochaines années", "au cours des 50 dernières années", "Pour les 3 années à venir", "les trois premiers mois",
    "the last two years", "the next 3 years", "attribuable à trois facteurs : le temps", "autour de trois axes communs : l’eau",
    "les deux organisations fondatrices", "aux trois comités", "these two campaigns", "there are three reasons: time",
]  # fmt: skip


@pytest.mark.parametrize("text", TURNS)
def test_a_number_that_counts_nothing_is_no_figure(text: str) -> None:
    assert find_figures(text) == []


COUNTS = ["nos 50 ans d’histoire", "Deux subventions salariales ont été accordées : la première", "dans les 12 régions",
          "un financement de trois ans", "au cours d’au moins trois rencontres : celle de mai"]  # fmt: skip


@pytest.mark.parametrize("text", COUNTS)
def test_and_beside_them_what_counts_is_one(text: str) -> None:
    assert len(find_figures(text)) == 1


LONG = ("9" * 100_000, "près de " * 20_000, "deux cent " * 20_000, "12 345 " * 20_000, "des milliers " * 9_000)


@pytest.mark.parametrize("text", LONG)
def test_long_nonsense_is_read_in_little_time(text: str) -> None:
    find_figures(text)
