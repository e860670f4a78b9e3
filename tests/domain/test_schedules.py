"""Expressions of time -> schedules: those of real documents first, then the turns that they did not have."""

from __future__ import annotations

from datetime import date

import pytest

from domain.time import earliest, latest
from domain.time.schedules import Context, Reading, Schedule, read_schedule
from domain.values import Count
from tests.domain.expressions import ALL, CONTEXTS, short

PLAN = Context("2019-11-14", period="2019/2022", previous="2020-12")


@pytest.mark.parametrize(("document", "words", "meaning"), ALL)
def test_every_expression_of_the_documents(document: str, words: str, meaning: str) -> None:
    first = read_schedule(words, CONTEXTS[document])[0].schedule
    assert (short(first), first.words) == (meaning, words)


RHYTHMS = [
    ("chaque mois", "recurring FREQ=MONTHLY"),
    ("tous les jours", "recurring FREQ=DAILY"),
    ("toutes les deux semaines", "recurring FREQ=WEEKLY;INTERVAL=2"),
    ("aux trois mois", "recurring FREQ=MONTHLY;INTERVAL=3"),
    ("une fois aux deux mois", "recurring FREQ=MONTHLY;INTERVAL=2"),
    ("trimestriellement", "recurring FREQ=MONTHLY;INTERVAL=3"),
    ("rapport semestriel", "recurring FREQ=MONTHLY;INTERVAL=6"),
    ("deux fois l'an", "recurring FREQ=YEARLY 2-2"),
    ("une fois par année", "recurring FREQ=YEARLY"),
    ("au plus trois fois par année", "recurring FREQ=YEARLY 0-3"),
    ("un minimum de 4 rencontres par année", "recurring FREQ=YEARLY 4-"),
    ("plusieurs fois par année", "recurring FREQ=YEARLY 2-"),
    ("deux à trois fois par année", "recurring FREQ=YEARLY 2-3"),
    ("2 ou 3 rencontres par année", "recurring FREQ=YEARLY 2-3"),
    ("deux fois tous les 3 ans", "recurring FREQ=YEARLY;INTERVAL=3 2-2"),
    ("chaque automne", "recurring FREQ=YEARLY;BYMONTH=9,10,11 1-1"),
    ("tous les ans en mars", "recurring FREQ=YEARLY;BYMONTH=3"),
    ("chaque 1er mai", "recurring FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1"),
    ("le 14 février de chaque année", "recurring FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=14"),
    ("en mars et en septembre de chaque année", "recurring FREQ=YEARLY;BYMONTH=3,9"),
    ("de juin à septembre de chaque année", "recurring FREQ=YEARLY;BYMONTH=6,7,8,9 1-1"),
    ("deux fois par année, au printemps et à l'automne", "recurring FREQ=YEARLY;BYMONTH=3,4,5,9,10,11 2-2"),
    ("chaque lundi", "recurring FREQ=WEEKLY;BYDAY=MO"),
    ("le premier lundi du mois", "recurring FREQ=MONTHLY;BYDAY=1MO"),
    ("le dernier vendredi de chaque mois", "recurring FREQ=MONTHLY;BYDAY=-1FR"),
    ("le 15 de chaque mois", "recurring FREQ=MONTHLY;BYMONTHDAY=15"),
    ("chaque année jusqu'en 2015", "recurring ../2015 FREQ=YEARLY"),
    ("chaque mois à compter de janvier 2021", "recurring 2021-01/.. FREQ=MONTHLY"),
    ("chaque année, le 1er mai, de 2012 à 2015", "recurring 2012/2015 FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1"),
    ("at least twice a month", "recurring FREQ=MONTHLY 2-"),
    ("every other week", "recurring FREQ=WEEKLY;INTERVAL=2"),
    ("quarterly", "recurring FREQ=MONTHLY;INTERVAL=3"),
    ("each fall", "recurring FREQ=YEARLY;BYMONTH=9,10,11 1-1"),
]
OTHERS = [
    ("à toutes les réunions du conseil", "per_meeting at: réunion du conseil"),
    ("après chaque congrès", "per_meeting after: congrès"),
    ("at each meeting", "per_meeting at: meeting"),
    ("après la réponse", "condition after: la réponse"),
    ("after the answer", "condition after: the answer"),
    ("dès que possible", "unchecked"),
    ("sous réserve du budget", "condition if: budget"),
    ("la deuxième année du mandat", "once 2020/2021"),
    ("an 3", "once 2021/2022"),
    ("mi-mandat", "once 2020-12~"),
    ("d'ici la fin du mandat", "once ../2022"),
    ("rest of the mandate", "continuous 2020-12/2022"),
    ("à trois reprises en 2024", "once 2024 3-3"),
    ("peut-être en juin 2024", "once 2024-06?"),
    ("juin 2024 (date incertaine)", "once 2024-06?"),
    ("vers juin 2024 (date incertaine)", "once 2024-06%"),
    ("2024 environ", "once 2024~"),
    ("dans les années 2010", "once 201X"),
    ("avant l'AG du 5 mai 2024", "once ../2024-05-04 at: AG"),
    ("au printemps 2026 (dates à confirmer)", "once 2026-21 unconfirmed"),
    ("26/06/2024", "once 2024-06-26"),
    ("le vendredi 3 mai 2024", "once 2024-05-03"),
    ("11 et 12 mai 2012", "once 2012-05-11/2012-05-12"),
    ("2024-06-26/..", "once 2024-06-26/.."),
    ("P18M", "duration P18M"),
]


@pytest.mark.parametrize(("words", "meaning"), RHYTHMS + OTHERS)
def test_other_turns(words: str, meaning: str) -> None:
    assert short(read_schedule(words, PLAN)[0].schedule) == meaning


def readings(words: str, context: Context = PLAN) -> list[tuple[str, str]]:
    return [(short(each.schedule), each.confidence) for each in read_schedule(words, context)]


DOUBTS = [
    ("Septembre", [("once 2020-09", "medium"), ("recurring 2019/2022 FREQ=YEARLY;BYMONTH=9", "low")]),
    ("hiver 2021", [("once 2020-24", "medium"), ("once 2021-24", "low")]),
    ("hiver-printemps 2020", [("once 2020-01/2020-06", "medium"), ("once 2019-24/2020-21", "medium")]),
    ("fin juin 2020", [("once 2020-06~", "medium"), ("once ../2020-06-30", "medium")]),
    ("05/06/2024", [("once 2024-06-05", "medium"), ("once 2024-05-06", "low")]),
    ("chaque trimestre", [("recurring FREQ=MONTHLY;INTERVAL=3", "high")]),
    ("au cours du mandat", [("once 2019/2022", "high")]),
    ("bimensuel", [("recurring FREQ=MONTHLY 2-2", "medium"), ("recurring FREQ=MONTHLY;INTERVAL=2", "low")]),
    ("bisannuelle", [("recurring FREQ=YEARLY;INTERVAL=2", "medium"), ("recurring FREQ=YEARLY 2-2", "low")]),
    ("lundi 3 mai 2024", [("once 2024-05-03", "low")]),  # it was a Friday
    ("Annuellement", [("recurring FREQ=YEARLY", "high")]),
    ("mi-juin", [("once 2020-06~", "medium")]),
    ("peut-être en juin", [("once 2020-06?", "medium")]),
    ("hiver 2020-2021", [("once 2020-24", "high")]),
]


@pytest.mark.parametrize(("words", "expected"), DOUBTS)
def test_what_may_mean_several_things_is_proposed(words: str, expected: list[tuple[str, str]]) -> None:
    assert readings(words) == expected


def test_a_year_of_the_organisation_is_proposed_beside_the_years() -> None:
    april = Context("2025-03-31", year_begins=4)
    assert readings("2024-2025", april) == [("once 2024/2025", "medium"), ("once 2024-04/2025-03", "medium")]
    assert readings("exercice 2024-2025", april) == [("once 2024-04/2025-03", "high")]
    assert readings("2024-2025", Context("2025-03-31")) == [("once 2024/2025", "high")]


def test_where_nobody_says_whether_it_is_past_or_to_come_both_are_proposed() -> None:
    either = Context("2024-09-15", ahead=None)
    assert readings("le 26 juin", either) == [("once 2025-06-26", "medium"), ("once 2024-06-26", "medium")]


def one(words: str, context: Context) -> Schedule:
    (only,) = read_schedule(words, context)
    return only.schedule


def test_what_the_words_alone_say_is_kept_beside_what_was_inferred_from_a_stated_reference() -> None:
    september = one("Septembre", Context("2012-12-01"))
    assert (september.said, september.edtf, september.reference) == ("XXXX-09", "2013-09", "2012-12-01")
    assert september.inferred and september.due == date(2013, 9, 30)
    june = one("juin dernier", Context("2024-09~", ahead=False))
    assert (june.said, june.edtf, june.reference) == (None, "2024-06", "2024-09~")
    whole = one("mandat complet", Context(period="2019/2022"))
    assert (whole.said, whole.edtf, whole.reference) == (None, "2019/2022", "2019/2022")
    stated = one("juin 2024", Context("2024-09~"))
    assert (stated.said, stated.edtf, stated.reference, stated.inferred) == ("2024-06", "2024-06", None, False)


def test_without_reference_a_plan_counts_from_its_first_day_and_nothing_else_is_invented() -> None:
    assert one("Septembre", Context()).edtf == "XXXX-09"
    first = read_schedule("Septembre", Context(period="2012/2015"))[0].schedule
    assert (first.edtf, first.reference) == ("2012-09", "2012-01-01")


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("décembre 2019", date(2019, 12, 31)),
        ("printemps 2021", date(2021, 6, 20)),
        ("congrès 2022", date(2022, 12, 31)),
        ("d'ici le 30 juin 2025", date(2025, 6, 30)),
        *[(words, None) for words in ("à chacun des CA", "au besoin", "chaque année", "en continu", "après la réponse")],
    ],
)
def test_only_a_date_is_due_and_on_its_last_day(words: str, due: date | None) -> None:
    assert read_schedule(words, PLAN)[0].schedule.due == due


def test_a_season_of_each_year_is_asked_for_once() -> None:
    assert one("Automne, annuellement", PLAN).times == Count(1, 1)


@pytest.mark.parametrize("words", [words for _, words, _ in ALL])
def test_the_first_day_is_never_after_the_last(words: str) -> None:
    document = next(document for document, other, _ in ALL if other == words)
    for each in read_schedule(words, CONTEXTS[document]):
        assert isinstance(each, Reading)
        first, last = (day(each.schedule.edtf or "2024/..") for day in (earliest, latest))
        assert first is None or last is None or first <= last
