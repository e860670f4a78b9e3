"""Dates in words; first the expressions of a follow-up written about September 2024."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.time import BadDate, NoReference, earliest, edtf, latest, read_date

ABOUT_SEPTEMBER = "2024-09~"

FOLLOW_UP = [
    ("La semaine du 10 juin 2024", "2024-06-10/2024-06-16"),
    ("de 2024", "2024"),
    ("depuis les 50 dernières années", "1974~/2024"),
    ("pour les prochaines années", "2024/.."),
    ("en 2025", "2025"),
    ("pour 2024", "2024"),
    ("Au cours de la dernière année", "2023/2024"),
    ("le 14 février", "2024-02-14"),
    ("en mars 2024", "2024-03"),
    ("l'année dernière", "2023"),
    ("au printemps 2026", "2026-21"),
    ("d'ici la fin de l'année 2024", "../2024-12-31"),
    ("en mai dernier", "2024-05"),
    ("en décembre dernier", "2023-12"),
    ("de juin dernier", "2024-06"),
    ("dans les prochains mois", "2024-09~/.."),
    ("le 10 juillet", "2024-07-10"),
    ("cet automne", "2024-23"),
    ("le 4 juillet dernier", "2024-07-04"),
    ("le 12 août dernier", "2024-08-12"),
    ("au cours de l'année", "2023/2024"),
    ("en mars dernier", "2024-03"),
    ("à l'automne 2024", "2024-23"),
    ("le 15 juillet 2024", "2024-07-15"),
    ("le 26 juin", "2024-06-26"),
    ("le 24 septembre", "2024-09-24"),
    ("le 11 janvier 2022", "2022-01-11"),
    ("Depuis 2022", "2022/.."),
    ("dans les derniers mois", "../2024-09~"),
    ("dans les dernières semaines", "../2024-09~"),
]

OTHERS = [
    ("1er mai 2024", "2024-05-01"),
    ("1^{er} mai 2024", "2024-05-01"),
    ("(2 juin 2020)", "2020-06-02"),
    ("le 26 juin 2024.", "2024-06-26"),
    ("JUIN 2024", "2024-06"),
    ("aout 2024", "2024-08"),
    ("sept. 2024", "2024-09"),
    ("automne 2020", "2020-23"),
    ("hiver 2021", "2020-24"),
    ("hiver 2020-2021", "2020-24"),
    ("l’hiver dernier", "2023-24"),
    ("cet hiver", "2024-24"),
    ("mi-mars 2022", "2022-03~"),
    ("à la fin de juin 2024", "2024-06~"),
    ("vers septembre 2012", "2012-09~"),
    ("vers le 10 juin 2024", "2024-06-10~"),
    ("au plus tard le 30 juin 2025", "../2025-06-30"),
    ("d’ici le 30 juin", "../2025-06-30"),
    ("d'ici août 2025", "../2025-08"),
    ("jusqu’au 26 juin 2024", "../2024-06-26"),
    ("jusqu'en mars 2025", "../2025-03"),
    ("avant le 1er juillet 2024", "../2024-06-30"),
    ("après juin 2024", "2024-07-01/.."),
    ("11 et 12 mai 2012", "2012-05-11/2012-05-12"),
    ("30 novembre, 1er décembre 2012", "2012-11-30/2012-12-01"),
    ("Les 17 et 21 juin 2024", "{2024-06-17,2024-06-21}"),
    ("26 mai et 12 novembre 2020 et 1er octobre 2021", "{2020-05-26,2020-11-12,2021-10-01}"),
    ("du 3 au 5 mai 2024", "2024-05-03/2024-05-05"),
    ("du 28 décembre au 3 janvier 2025", "2024-12-28/2025-01-03"),
    ("24-25 avril 2024", "2024-04-24/2024-04-25"),
    ("26–28 juin 2024", "2024-06-26/2024-06-28"),
    ("novembre-décembre 2024", "2024-11/2024-12"),
    ("décembre et janvier 2025", "2024-12/2025-01"),
    ("mai 2020-novembre 2021", "2020-05/2021-11"),
    ("d'avril à juin 2024", "2024-04/2024-06"),
    ("entre octobre et novembre 2025", "2025-10/2025-11"),
    ("printemps-été 2024", "2024-21/2024-22"),
    ("automne-hiver 2020-2021", "2020-23/2020-24"),
    ("hiver-printemps 2020", "2020-01/2020-06"),
    ("à l’hiver et au printemps 2020", "2020-01/2020-06"),
    ("winter to summer 2021", "2021-01/2021-08"),
    ("hiver 2019-2020 au printemps 2020", "2019-24/2020-21"),
    ("2009-2010", "2009/2010"),
    ("(1976-2005)", "1976/2005"),
    ("2e trimestre 2023", "2023-04/2023-06"),
    ("depuis le 2 juin 2023", "2023-06-02/.."),
    ("à partir de février 2025", "2025-02/.."),
    ("à compter de l'automne 2013", "2013-23/.."),
    ("dès décembre 2019", "2019-12/.."),
    ("en décembre prochain", "2024-12"),
    ("l’an prochain", "2025"),
    ("au mois de novembre 2022", "2022-11"),
    ("en date du 31 mars", "2024-03-31"),
    ("29 février", "2024-02-29"),
    ("le 26 juin 2024", "2024-06-26"),
    ("2024-06-26/..", "2024-06-26/.."),
    ("June 26, 2024", "2024-06-26"),
    ("26 June 2024", "2024-06-26"),
    ("on June 26th", "2024-06-26"),
    ("fall 2024", "2024-23"),
    ("last June", "2024-06"),
    ("last year", "2023"),
    ("this fall", "2024-23"),
    ("by June 30, 2025", "../2025-06-30"),
    ("by the end of the year", "../2024-12-31"),
    ("since the fall of 2013", "2013-23/.."),
    ("the week of June 10, 2024", "2024-06-10/2024-06-16"),
    ("from 3 to 5 May 2024", "2024-05-03/2024-05-05"),
    ("around June 2024", "2024-06~"),
]


@pytest.mark.parametrize(("words", "expected"), FOLLOW_UP + OTHERS)
def test_words_of_september_2024(words: str, expected: str) -> None:
    assert read_date(words, ABOUT_SEPTEMBER) == expected


@pytest.mark.parametrize(
    ("words", "reference", "expected"),
    [
        ("en octobre", ABOUT_SEPTEMBER, "2024-10"),
        ("le 24 septembre", ABOUT_SEPTEMBER, "2024-09-24"),
        ("le 26 juin", ABOUT_SEPTEMBER, "2025-06-26"),
        ("Septembre", "2012-12-01", "2013-09"),
        ("Automne", "2012-12-01", "2013-23"),
        ("Hiver", "2012-12-01", "2012-24"),
        ("Printemps", "2012-12-01", "2013-21"),
        ("29 février", "2024-09", "2028-02-29"),
    ],
)
def test_a_target_without_year_is_the_next_one(words: str, reference: str, expected: str) -> None:
    assert read_date(words, reference, ahead=True) == expected


def test_without_reference_the_year_stays_unknown() -> None:
    assert [read_date(words) for words in ("le 26 juin", "Septembre", "Automne", "du 3 au 5 mai")] == [
        "XXXX-06-26",
        "XXXX-09",
        "XXXX-23",
        "XXXX-05-03/XXXX-05-05",
    ]


@pytest.mark.parametrize("words", ["juin dernier", "cet automne", "l'année dernière", "les prochains mois", "hier"])
def test_relative_words_need_a_reference(words: str) -> None:
    asked = f"dans {words}" if words.startswith("les") else words
    with pytest.raises(NoReference) as refusal:
        read_date(asked)
    assert refusal.value.facts["words"] == asked


def test_yesterday_needs_a_day_and_not_a_month() -> None:
    assert read_date("hier", date(2024, 3, 1)) == "2024-02-29"
    assert read_date("aujourd’hui", date(2024, 3, 1)) == "2024-03-01"
    with pytest.raises(NoReference):
        read_date("hier", "2024-03")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("dans trois semaines", "2024-02-21"),
        ("Dans 3\u00a0semaines", "2024-02-21"),
        ("dans 10 jours", "2024-02-10"),
        ("dans quinze jours", "2024-02-15"),
        ("dans une semaine", "2024-02-07"),
        ("dans un mois", "2024-02-29"),  # there is no 31 February
        ("dans 13 mois", "2025-02-28"),
        ("dans deux ans", "2026-01-31"),
        ("dans une année", "2025-01-31"),
        ("demain", "2024-02-01"),
        ("d’ici un an", "../2025-01-31"),
        ("d'ici 3 semaines", "../2024-02-21"),
        ("in three weeks", "2024-02-21"),
        ("in 10 days", "2024-02-10"),
        ("in a month", "2024-02-29"),
        ("within two years", "../2026-01-31"),
        ("tomorrow", "2024-02-01"),
        ("in 2025", "2025"),  # not a number of anything
        ("dans 999 ans", "3023-01-31"),
    ],
)
def test_so_long_from_the_day_it_was_written(words: str, expected: str) -> None:
    assert read_date(words, date(2024, 1, 31)) == read_date(words, "2024-01-31", ahead=True) == expected


@pytest.mark.parametrize("words", ["dans trois semaines", "in 10 days", "demain", "d’ici un an"])
def test_so_long_from_a_month_is_no_day(words: str) -> None:
    for reference in (None, "2024-01", ABOUT_SEPTEMBER):
        with pytest.raises(NoReference):
            read_date(words, reference)


def test_nothing_is_later_than_the_calendar() -> None:
    for words in ("dans 3 semaines", "dans un mois", "dans 999 ans"):
        with pytest.raises(BadDate):
            read_date(words, date(9999, 12, 20))


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 400))
def test_days_and_weeks_are_counted_and_months_keep_their_day(day: date, count: int) -> None:
    assert read_date(f"dans {count} jours", day) == f"{day + timedelta(days=count)}"
    assert read_date(f"dans {count} semaines", day) == f"{day + timedelta(weeks=count)}"
    month = date.fromisoformat(read_date(f"dans {count} mois", day))
    assert (month.year - day.year) * 12 + month.month - day.month == count
    assert month.day == day.day or (month + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    "words",
    [
        *["", "bientôt", "lors d'une prochaine rencontre", "une fois le contenu terminé", "31 juin 2024", "le 12"],
        *[
            "17 et juin 2024",
            "du 5 au 3 mai 2024",
            "26 automne 2024",
            "3 semaines",
            "dans 10 jours ouvrables",
            "tous les ans",
            "1-2-3 mai",
        ],
        *["la semaine de juin 2024", "12 34 2024", "juin " * 100],
    ],
)
def test_what_is_not_understood_is_refused_with_what_is_accepted(words: str) -> None:
    with pytest.raises(BadDate) as refusal:
        read_date(words, ABOUT_SEPTEMBER)
    assert refusal.value.facts["words"] == words
    assert not isinstance(refusal.value, NoReference)


words_of_dates = st.sampled_from(
    [
        *[
            "1",
            "2",
            "11",
            "29",
            "30",
            "31",
            "1er",
            "50",
            "2024",
            "2021",
            "0000",
            "9999",
            "XXXX",
            "..",
            "~",
            "/",
        ],
        *["juin", "mai", "décembre", "février", "june", "automne", "hiver", "été", "année", "années", "an"],
        *[
            "dernier",
            "prochaine",
            "dernières",
            "last",
            "cet",
            "ce",
            "le",
            "la",
            "les",
            "l'",
            "du",
            "de",
            "des",
        ],
        *["au", "à", "et", ",", "-", "entre", "depuis", "d'ici", "fin", "vers", "mi-", "avant", "après"],
        *["jusqu'au", "semaine", "trimestre", "hier", "by", "the", "end", "of", "since"],
    ]
)
references = (
    st.none() | st.dates() | st.sampled_from(["2024-09~", "2022/..", "../2022", "XXXX-09", "9998-24"])
)


@given(st.lists(words_of_dates, max_size=9).map(" ".join) | st.text(max_size=60), references, st.booleans())
def test_any_words_give_a_date_or_a_refusal(words: str, reference: date | str | None, ahead: bool) -> None:
    try:
        found = read_date(words, reference, ahead=ahead)
    except BadDate as refusal:
        assert refusal.facts["words"] == words
    else:
        assert edtf(found) == found


@given(st.dates(date(1001, 1, 1), date(9990, 12, 31)), st.sampled_from(["", " dernier", " prochain"]))
def test_a_day_without_year_keeps_its_day_and_month(day: date, side: str) -> None:
    found = read_date(f"le 17 octobre{side}", day)
    first = earliest(found)
    assert first == latest(found)
    assert first is not None and (first.month, first.day) == (10, 17)
    assert first > day if side == " prochain" else first <= day
