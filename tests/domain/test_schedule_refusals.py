"""What says no time, or one that no calendar has: refused with what to write instead."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.time import BadDate, NoReference, edtf
from domain.time.schedules import (
    Backwards,
    BadSchedule,
    Context,
    NoPeriod,
    NoPrevious,
    NoSuchDay,
    NoSuchNumbers,
    Rhythm,
    read_schedule,
)
from projections.phrases.catalogue import say

NO_BREAK = "\u00a0"
REFUSALS = [
    ("32 novembre", NoSuchDay),
    ("le 31 juin", NoSuchDay),
    ("31 juin 2024", NoSuchDay),
    ("29 février 2023", NoSuchDay),
    ("avant le 32 novembre", NoSuchDay),
    ("du 30 au 32 mai", NoSuchDay),
    ("du 32 au 30 novembre", NoSuchDay),
    ("November 31, 2024", NoSuchDay),
    ("0 mai 2024", NoSuchDay),
    ("2024-11-32", NoSuchNumbers),
    ("45/13/2024", NoSuchNumbers),
    ("du 5 au 3 mai 2024", Backwards),
    ("de 2015 à 2012", Backwards),
    ("l'an prochain", NoReference),
    ("juin dernier", NoReference),
    ("dans trois semaines", NoReference),
    ("chaque mois jusqu'à l'an prochain", NoReference),
    ("reste du mandat", NoPeriod),
    ("la 2e année du mandat", NoPeriod),
    ("mi-mandat", NoPeriod),
    ("quelques jours plus tard", NoPrevious),
    *((words, BadSchedule) for words in ("en mars ou en avril 2024", "trois à deux fois par année", "chaque saison")),
    *((words, BadSchedule) for words in ("avant le 30 juin de chaque année", "d'ici juin 2025, puis annuellement")),
    *((words, BadSchedule) for words in ("", "   ", "32", "deux", "bonjour tout le monde", "3 pommes", "avant le 5")),
    *((words, BadSchedule) for words in ("au moins deux fois", "chaque", "mensuellement, annuellement", "juin " * 60)),
]


@pytest.mark.parametrize(("words", "kind"), REFUSALS)
def test_nonsense_is_refused_by_its_name(words: str, kind: type[BadDate]) -> None:
    with pytest.raises(BadDate) as refusal:
        read_schedule(words)
    assert type(refusal.value) is kind
    assert refusal.value.facts["words"] == words


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("32 novembre", "« 32 novembre » : novembre compte 30 jours. Écrivez un jour de 1 à 30, ou le mois seul."),
        (
            "29 février 2023",
            "« 29 février 2023 » : février 2023 compte 28 jours. Écrivez un jour de 1 à 28, ou le mois seul.",
        ),
        ("du 5 au 3 mai 2024", "« du 5 au 3 mai 2024 » finit avant de commencer. Écrivez d’abord la première des deux dates."),
        (
            "l'an prochain",
            "« l'an prochain » dépend du jour où ces mots ont été écrits, qui n’est pas connu. "
            "Indiquez la date de référence, par exemple 2024-09, ou écrivez l’année.",
        ),
        (
            "reste du mandat",
            "« reste du mandat » dépend des années du mandat ou du plan, qui ne sont pas connues. "
            "Indiquez-les, par exemple 2019-2022, ou écrivez une date.",
        ),
    ],
)
def test_the_sentence_says_what_to_write_instead(words: str, sentence: str) -> None:
    with pytest.raises(BadDate) as refusal:
        read_schedule(words)
    assert say(refusal.value, "fr").replace(NO_BREAK, " ") == sentence


def test_the_rest_of_a_mandate_needs_where_it_begins() -> None:
    with pytest.raises(NoPrevious):
        read_schedule("reste du mandat", Context(period="2019/2022"))


def test_a_year_beyond_the_mandate_is_refused() -> None:
    with pytest.raises(BadSchedule):
        read_schedule("la 5e année du mandat", Context(period="2019/2022"))


def test_a_mandate_of_stated_days_has_years_from_day_to_day() -> None:
    (only,) = read_schedule("la 2e année du mandat", Context(period="2019-11-14/2022-11-13"))
    assert only.schedule.edtf == "2020-11-14/2021-11-13"


@pytest.mark.parametrize("words", ["32 décembre 2024", "2024-13-01", "depuis le 31 avril"])
def test_an_impossible_day_is_never_read_as_the_month_beside_it(words: str) -> None:
    for context in (Context(), Context("2024-09-01", period="2019/2022", previous="2020-12")):
        with pytest.raises((NoSuchDay, NoSuchNumbers)):
            read_schedule(words, context)


pieces = st.sampled_from(
    [
        *("chaque", "tous les", "deux", "fois", "par", "mois", "année", "ans", "au moins", "CA", "AG", "à", "le", "la"),
        *("automne", "mars", "31", "2024", "1er", "du", "au", "de", "des", ",", "(", ")", "-", "/", "mandat", "reste"),
        *("après", "avant", "jusqu'à", "réponse", "pendant", "environ", "?", "..", "lundi", "bimensuel", "fin", "hiver"),
        *("mi-juin", "vers", "peut-être", "printemps", "-", "mai", "{", "XXXX-06", "lundi", "semaine", "trimestre", "T2"),
        *("dernier", "prochain", "XXXX", "99", "0", "P3Y", "each", "every", "twice", "once", "continue", "besoin"),
    ]
)
contexts = st.builds(
    Context,
    reference=st.none() | st.dates() | st.sampled_from(["2024-09~", "2022/..", "XXXX-09"]),
    period=st.none() | st.sampled_from(["2019/2022", "2012", "2019-11-14/2022-11-13", "2022/.."]),
    previous=st.none() | st.sampled_from(["2020-12", "{2020-05-26,2021-10-01}", "2020/2021"]),
    ahead=st.sampled_from([True, False, None]),
    year_begins=st.none() | st.integers(1, 12),
)


@given(st.lists(pieces, max_size=8).map(" ".join) | st.text(max_size=60), contexts)
def test_any_words_give_schedules_or_a_refusal(words: str, context: Context) -> None:
    try:
        found = read_schedule(words, context)
    except BadDate as refusal:
        assert refusal.facts["words"] == words
        return
    assert found
    for each in found:
        said = each.schedule
        assert said.words == words
        assert said.edtf is None or edtf(said.edtf) == said.edtf
        assert said.rrule is None or Rhythm.of(said.rrule).text() == said.rrule
        assert said.kind != "recurring" or said.due is None
        assert not said.inferred or said.reference


@given(st.dates(date(1001, 1, 1), date(9990, 12, 31)))
def test_a_day_of_the_calendar_is_never_refused(day: date) -> None:
    months = ["janvier", "février", "mars", "avril", "mai", "juin"]
    months += ["juillet", "août", "septembre", "octobre", "novembre", "décembre"]
    words = f"le {day.day} {months[day.month - 1]} {day.year}"
    assert read_schedule(words)[0].schedule.edtf == day.isoformat()


@pytest.mark.parametrize("context", [Context("hier"), Context(period="2022-2019"), Context(previous="bientôt")])
def test_a_context_that_is_no_date_is_refused_as_such(context: Context) -> None:
    with pytest.raises(BadDate) as refusal:
        read_schedule("Septembre", context)
    assert refusal.value.facts["words"] in ("hier", "2022-2019", "bientôt")


@pytest.mark.parametrize("words", ["mars, " * 33, "un " * 66, "au besoin " * 20, "x, " * 60, "chaque mois (" * 15, "à " * 100])
def test_long_nonsense_is_refused_and_not_dwelt_on(words: str) -> None:
    with pytest.raises(BadSchedule):
        read_schedule(words)
