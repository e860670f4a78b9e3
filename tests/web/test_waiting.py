"""The marks of a thread: how long it has waited, whose turn it is, what came of it, what was sent."""

from __future__ import annotations

from typing import Any

import pytest

from services.organisation import configure
from services.schema import Urls
from tests.homes import opened, secretary
from web.pages.waiting import (
    MOST_STROKES,
    Thresholds,
    limits_of,
    meter_model,
    outcome_model,
    tally_model,
    turn_model,
    waiting_model,
)
from web.rendering import Page

FRENCH = Page("fr", "/")
NONE = {"min": 0, "max": 0, "text": None}
ONCE = {"min": 1, "max": 1, "text": None}


def thread(**facts: Any) -> dict[str, Any]:
    """A letter that waits for its answer, but for what is said otherwise."""
    return {
        "kind": "letter", "state": "sent", "result": None, "answer": None, "paused": False, "whose_turn": "them",
        "days_waiting": 18, "since": "2024-06-26", "first_sent": "2024-06-26", "attempts": ONCE, "reminders": NONE,
        "meetings": [], **facts,
    }  # fmt: skip


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("days", "level"), [(0, "attente"), (29, "attente"), (30, "retard"), (59, "retard"), (60, "tres"), (4000, "tres")]
)
def test_the_thresholds(days: int, level: str) -> None:
    assert meter_model(FRENCH, days, days)["level"] == level


def test_an_organisation_has_its_own(database: Urls) -> None:
    with opened(database) as home:
        assert limits_of(home) == Thresholds(30, 60)
        configure(home.store, secretary(home), {"late_after": "10", "very_late_after": "45"})
        limits = limits_of(home)
    assert [meter_model(FRENCH, n, n, limits=limits)["level"] for n in (9, 10, 44, 45)] == ["attente", "retard", "retard", "tres"]


def test_a_number_that_is_not_known_is_never_zero() -> None:
    unknown = waiting_model(FRENCH, thread(days_waiting=None, since=None, first_sent=None))
    assert unknown and unknown["unknown"] and unknown["min"] is None and unknown["words"] == "date non dite"
    month = waiting_model(FRENCH, thread(days_waiting=94, since="2024-06-30", first_sent="2024-06-24/2024-06-30"))
    assert month and (month["min"], month["max"], month["words"]) == (94, 100, "94 à 100 j")
    open_ = waiting_model(FRENCH, thread(days_waiting=94, since="2024-06-30", first_sent="../2024-06-30"))
    assert open_ and (open_["max"], open_["words"]) == (None, "94 j ou plus") and open_["beyond"]


def test_where_nobody_is_awaited_there_is_no_meter() -> None:
    assert waiting_model(FRENCH, thread(whose_turn="us", days_waiting=None)) is None
    assert waiting_model(FRENCH, []) is None


def test_of_several_the_one_that_has_waited_longest() -> None:
    several = [thread(days_waiting=41), thread(days_waiting=None, since=None), thread(days_waiting=84), thread(paused=True)]
    found = waiting_model(FRENCH, several)
    assert found and (found["words"], found["said"]) == ("84 j", "très en retard")


def test_a_pause_is_an_outline_and_says_so() -> None:
    found = waiting_model(FRENCH, thread(paused=True, whose_turn="us", days_waiting=None))
    assert found and found["paused"] and found["words"] == "décompte suspendu" and found["level"] == "attente"


@pytest.mark.parametrize(
    ("facts", "key", "words"),
    [
        ({}, "attente", "En attente"),
        ({"state": "acknowledged"}, "recu", "Réception accusée"),
        ({"result": "no_answer"}, "sans-reponse", "Sans réponse"),
        ({"result": "no_answer", "paused": True}, "suspendu", "Suspendue"),
        ({"result": "declined"}, "decline", "Demande déclinée"),
        ({"result": "declined", "kind": "meeting_request"}, "decline", "Rencontre déclinée"),
        ({"result": "redirected"}, "renvoi", "Renvoyée ailleurs"),
        ({"result": "answered", "answer": "no_promise"}, "reponse", "Réponse sans engagement"),
        ({"result": "answered", "answer": "accepts"}, "accepte", "Acceptée"),
        ({"result": "met", "meetings": [{"state": "held", "met": "staff"}]}, "rencontre", "Cabinet rencontré"),
        ({"result": "met", "meetings": [{"state": "held", "met": "holder"}]}, "rencontre", "Titulaire rencontré"),
        ({"result": "meeting_planned"}, "fixee", "Rencontre fixée"),
        ({"whose_turn": "us"}, "a-nous", "À nous de répondre"),
        ({"whose_turn": "nobody"}, "envoye", "Envoyée, sans réponse attendue"),
    ],
)
def test_what_came_of_it(facts: dict[str, Any], key: str, words: str) -> None:
    """To meet the staff is not to meet the holder; silence is no refusal."""
    assert outcome_model(FRENCH, thread(**facts)) == {"key": key, "words": words}


@pytest.mark.parametrize(
    ("facts", "strokes", "more", "words"),
    [
        ({}, 1, False, "1 lettre"),
        ({"reminders": {"min": 3, "max": None, "text": "au moins 3"}}, 4, True, "1 lettre; 3 relances ou plus"),
        ({"kind": "request", "attempts": {"min": 9, "max": 9, "text": None}}, 9, False, "9 demandes"),
        ({"attempts": {"min": 2, "max": None, "text": "multiples"}}, 2, True, "2 lettres ou plus (« multiples »)"),
        ({"reminders": {"min": 0, "max": None, "text": None}}, 1, True, "1 lettre; relances non dites"),
        ({"attempts": {"min": 2, "max": 4, "text": None}}, 2, False, "2 à 4 lettres"),
        ({"attempts": {"min": 400, "max": 400, "text": None}}, MOST_STROKES, True, "400 lettres"),
    ],
)
def test_what_was_sent(facts: dict[str, Any], strokes: int, more: bool, words: str) -> None:
    found = tally_model(FRENCH, thread(**facts))
    assert (found["strokes"], found["more"], plain(found["words"])) == (strokes, more, words)


def test_whose_turn() -> None:
    assert turn_model(FRENCH, "them", "Environnement")["words"] == "Environnement"
    assert plain(turn_model(FRENCH, "us", "le cahier")["words"]) == "À nous : le cahier"
    assert turn_model(Page("en", "/"), "nobody")["words"] == "Nobody’s"
