"""The figures: what their tables say is what was given, nothing is guessed, nothing is read as markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from tests.web.browser import Element, Reader
from web.figures import (
    Age,
    Ages,
    Answers,
    Band,
    Comb,
    Event,
    Holders,
    Lane,
    Life,
    Office,
    Outcome,
    Point,
    Stage,
    Thread,
    Tooth,
    Year,
    Years,
    ages,
    answers,
    comb,
    holders,
    life,
    outcome_mark,
    state_mark,
    years,
)
from web.figures.days import scale, short
from web.figures.drawing import element, number, wrapped
from web.figures.frame import WIDTHS
from web.rendering import Page

PAGE = Page("fr", "/")
AT = date(2024, 9, 18)
EVIL = '<script>"&'
STAGES = [Stage("Adoptée", "adopted"), Stage("Confiée", "referred"), Stage("En cours", "in_progress", "2024-07-04"),
          Stage("Bloquée", "blocked", "2024-09-12")]  # fmt: skip
CASE_17 = Life("La vie", STAGES, [
    Lane("Ressources", "Renvoyé", outcome_mark("renvoi"), "../2024-07-04", "2024-07-04", "demande",
         [Point("2024-07-04", "cabinet")], onward=(1, "2024-07-04")),
    Lane("Environnement", "Sans réponse", outcome_mark("sans-reponse"), open=True, level="tres"),
], AT)  # fmt: skip


def read(figure: Markup) -> Element:
    """The figure, well formed."""
    reader = Reader()
    reader.feed(str(figure))
    reader.close()
    assert reader.open == [reader.root]
    return reader.root


def table(figure: Markup) -> list[list[str]]:
    """The rows of its twin, heads of rows first."""
    (found,) = read(figure).all("table")
    assert found.one("caption").text and {head.attributes["scope"] for head in found.one("thead").all("th")} == {"col"}
    rows = found.one("tbody").all("tr")
    assert all(row.one("th").attributes["scope"] == "row" for row in rows)
    return [[cell.text for cell in row.inner if isinstance(cell, Element)] for row in rows]


def drawn(figure: Markup) -> list[str]:
    """Each drawing, as it came."""
    return re.findall(r'<svg class="drawing.*?</svg>', str(figure), re.DOTALL)


def wait(least: int | None, most: int | None) -> Ages:
    return Ages("Ce qui attend", [Age("Éducation", "23", least, most, "dit", "tres", "très en retard")])


def test_each_is_one_image_at_each_width_and_a_table() -> None:
    for figure in (life(CASE_17, PAGE), ages(wait(84, 84), PAGE), comb(Comb("Les numéros", [Tooth("1", "adoptée")]), PAGE)):
        images = [svg for svg in read(figure).all("svg") if svg.attributes.get("role") == "img"]
        assert [svg.attributes["class"].split()[1] for svg in images] == list(WIDTHS)
        assert all(svg.all("title")[0].text for svg in images)
        assert read(figure).one("summary").text == "Voir en tableau"


def test_a_life_tells_states_offices_and_where_one_was_sent() -> None:
    rows = table(life(CASE_17, PAGE))
    assert rows[:4] == [["État", "Adoptée", "date non précisée"], ["État", "Confiée", "date non précisée"],
                        ["État", "En cours", "4 juillet 2024"], ["État", "Bloquée", "12 septembre 2024"]]  # fmt: skip
    assert ["Ressources", "nous renvoie à : Environnement", "4 juillet 2024"] in rows
    assert ["Environnement", "Sans réponse", "date non précisée"] in rows
    wide = drawn(life(CASE_17, PAGE))[0]
    assert "Adoptée puis confiée, dates non dites" in wide and 'class="onward"' in wide and 'class="now"' in wide
    assert 'class="lane guessed tres"' in wide, "nobody said since when: dotted, not solid"
    assert 'class="lane tres"' not in wide


def test_a_holder_whose_dates_nobody_said_has_no_certain_day() -> None:
    shown = Holders("Titulaires", [Band("Ana", None, "../2024-09")], [Event("2024-05", "rencontre")], AT)
    assert 'class="band sure"' not in str(holders(shown, PAGE))
    assert table(holders(shown, PAGE))[0] == ["Ana", "date non précisée", "au plus tard en septembre 2024"]
    told = Holders("Titulaires", [Band("Ana", "2023-06-06", goes_on=True)], [], AT)
    assert 'class="band sure"' in str(holders(told, PAGE)) and "aujourd’hui" in str(holders(told, PAGE))


def test_a_wait_that_nobody_dated_is_hatched_and_has_no_length() -> None:
    unknown, zero = str(ages(wait(None, None), PAGE)), str(ages(wait(0, 0), PAGE))
    assert 'class="doubt"' in unknown and 'class="age' not in unknown
    assert 'class="doubt"' not in zero and 'class="age tres"' in zero
    assert 'class="age guessed tres"' in str(ages(wait(94, 100), PAGE))
    assert 'class="age guessed tres"' not in str(ages(wait(84, 84), PAGE))
    assert 'class="age head tres"' in str(ages(wait(12, None), PAGE)), "or more: it does not end"
    assert table(ages(wait(84, 84), PAGE)) == [["Éducation", "23", "", "dit", "très en retard"]]


def test_the_comb_tells_every_number_and_what_is_missing() -> None:
    teeth = [Tooth(str(n), "en cours", state_mark("in_progress"), f"Titre {n}") for n in range(1, 37) if n != 2]
    teeth.insert(1, Tooth("2", "absent du suivi"))
    shown = Comb("Les numéros", teeth, [["5", "33", "36"], ["23", "24", "25"]])
    rows = table(comb(shown, PAGE))
    assert [row[0] for row in rows] == [str(n) for n in range(1, 37)]
    assert rows[1] == ["2", "", "absent du suivi"] and rows[4] == ["5", "Titre 5", "en cours"]
    for svg in drawn(comb(shown, PAGE)):
        assert len(re.findall(r'class="no( gone)?"', svg)) == 36 and svg.count('class="absent"') == 1
        assert svg.count('class="mark in_progress"') == 35
    wide, _, narrow = drawn(comb(shown, PAGE))
    assert wide.count('class="bracket"') == 2 and "un dossier : 5 – 33 – 36" in wide.replace("\u00a0", " ")
    assert narrow.count('class="bracket"') > 2, "it goes on where the line is full"


def test_the_outcomes_are_a_table_with_a_square_for_each_thread() -> None:
    shown = Answers("Qui répond", [
        Outcome("Sans réponse", outcome_mark("sans-reponse"), [Thread("Environnement", "17", "/x"), Thread("Sécurité", "22")]),
        Outcome("Accepté", outcome_mark("accepte"), []), Outcome("Renvoyé", outcome_mark("renvoi"), [Thread("Ana", here=True)]),
    ])  # fmt: skip
    figure = answers(shown, PAGE)
    assert [row[:2] for row in table(figure)] == [["Sans réponse", "2"], ["Renvoyé", "1"]]
    assert str(figure).count('class="square') == 3 and 'class="this-office"' in str(figure)


def test_too_soon_is_not_no_answer() -> None:
    offices = [Office("Travail", [Year("2023", 1, 2), Year("2024", 0, 0, 3)]), Office("Emploi", [Year("2024", 2, 0)])]
    shown = Years("Au fil des ans", offices)
    assert table(years(shown, PAGE)) == [["Travail", "1 sur 3", "3 trop récents"], ["Emploi", "–", "2 sur 2"]]
    assert [str(years(shown, PAGE)).count(f'<i class="{kind}"') for kind in ("full", "empty", "dotted")] == [3, 2, 3]


def test_what_people_wrote_is_no_markup() -> None:
    lane = Lane(EVIL, EVIL, since="2024-01-01", words=EVIL, points=[Point("2024-02-01", EVIL)], open=True)
    for figure in (
        life(Life(EVIL, [Stage(EVIL, "blocked", "2024-01-01")], [lane], AT), PAGE),
        holders(Holders(EVIL, [Band(EVIL, "2024-01-01", goes_on=True)], [Event("2024-05", EVIL)], AT), PAGE),
        answers(Answers(EVIL, [Outcome(EVIL, Markup(""), [Thread(EVIL, EVIL, EVIL)])]), PAGE),
        years(Years(EVIL, [Office(EVIL, [Year("2023", 1, 1)])]), PAGE),
        ages(Ages(EVIL, [Age(EVIL, EVIL, 1, 1, EVIL)]), PAGE),
        comb(Comb(EVIL, [Tooth("1", EVIL, "", EVIL)]), PAGE, EVIL),
    ):
        assert "<script" not in str(figure) and "&lt;script" in str(figure)
        assert not read(figure).all("script")


@pytest.mark.parametrize("place", [float("nan"), float("inf")])
def test_a_place_that_is_none_is_refused(place: float) -> None:
    with pytest.raises(ValueError):
        number(place)
    with pytest.raises(ValueError):
        element("path", x=place)


DATES = st.sampled_from([
    None, "2024", "2024-05", "2024-05-17", "../2024-05", "2024-05/..", "2023-06/2024-09", "2024-21", "XXXX-05", "9999",
])  # fmt: skip
ENDS = st.sampled_from(["0001-01-01", "2024-09-18", "9999-12-31"])


@settings(max_examples=60, deadline=None)
@given(st.lists(DATES, max_size=4), st.lists(st.tuples(DATES, DATES), max_size=4), ENDS)
def test_any_dates_can_be_drawn(stages: list[str | None], spans: Sequence[tuple[str | None, str | None]], at: str) -> None:
    lanes = [
        Lane("A", "b", since=since, until=until, words="c", points=[Point(until, "d")], open=until is None, onward=(0, since))
        for since, until in spans
    ]
    bands = [Band("A", since, until, goes_on=until is None) for since, until in spans]
    day = date.fromisoformat(at)
    for figure in (
        life(Life("t", [Stage("a", "adopted", since) for since in stages], lanes, day), PAGE),
        holders(Holders("t", bands, [Event(each, "e") for each in stages], day), PAGE),
    ):
        assert not re.search(r"\b(nan|inf)\b", str(figure)) and len(drawn(figure)) == 3
        read(figure)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 300), unique=True, max_size=80), st.lists(st.lists(st.integers(1, 300), max_size=4), max_size=4))
def test_any_numbers_can_be_combed(numbers: list[int], bundles: list[list[int]]) -> None:
    figure = comb(Comb("t", [Tooth(str(n), "a") for n in sorted(numbers)], [list(map(str, each)) for each in bundles]), PAGE)
    assert [row[0] for row in table(figure)] == [str(n) for n in sorted(numbers)]


def test_days_are_told_short_and_places_are_kept_within() -> None:
    assert (short(PAGE, date(2024, 7, 1)), short(PAGE, AT, year=True)) == ("1er juill.", "18 sept. 2024")
    assert short(Page("en", "/"), AT, year=True) == "Sept. 18, 2024"
    line = scale([date(2024, 1, 1), AT], 10, 100)
    assert line.x(date(1900, 1, 1)) == line.x(None) == 10 and line.x(date(2100, 1, 1)) == 100
    assert wrapped("Environnement et lutte contre les changements", 100)[0] == "Environnement"
