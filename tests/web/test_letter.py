"""`GET /demarches/{ref}/letter`: a file to keep, for whoever may see the thread."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from services.letters.drafting import MEDIA_TYPE
from tests.services.letters.reminding import text_of
from tests.web.desk import Town


@pytest.fixture
def sent(place: Town) -> Town:
    """A letter about 2023:17 that nobody answered."""
    place.do("office:edu", "create", name="ministre de l’Éducation")
    place.do("demarche:new", "send", cases=["2023:17"], office=["office:edu"], occurred="2024-06-26")
    return place


@pytest.mark.parametrize("ref", ["1", "demarche:1"])
def test_the_letter_is_a_file_to_keep(sent: Town, ref: str) -> None:
    answer = sent.ana.get(f"/demarches/{ref}/letter", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, MEDIA_TYPE)
    assert "Suivi de notre lettre du 26\u00a0juin 2024" in text_of(answer.content)
    told = answer.headers["content-disposition"]
    assert told.startswith("attachment;")
    assert unquote(told.partition("UTF-8''")[2]).startswith("Relance – Éducation – 20")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "private, no-store"


def test_in_the_language_asked_for(sent: Town) -> None:
    assert "Follow-up on our letter" in text_of(sent.ana.get("/demarches/1/letter?lang=en").content)
    assert sent.ana.get("/demarches/1/letter?lang=la").status_code == 422
    assert sent.ana.get("/demarches/1/letter?langue=en").status_code == 422


def test_what_there_is_not_or_not_for_you(sent: Town) -> None:
    assert sent.nobody.get("/demarches/1/letter").status_code == 401
    zoe = sent.someone("zoe", "officer")
    assert zoe.get("/demarches/1/letter").status_code == 200
    sent.do("2023:17", "restrict", visibility="named", people=["person:ana"])
    hidden, unknown = zoe.get("/demarches/1/letter"), sent.ana.get("/demarches/9/letter")
    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert hidden.json()["type"] == unknown.json()["type"]
    assert sent.ana.get("/demarches/2023:17/letter").status_code == 404


def test_only_the_cases_that_one_may_see_are_named(sent: Town) -> None:
    sent.do("2023:5", "restrict", visibility="named", people=["person:ana"])
    sent.do("demarche:1", "link", to="2023:5")
    assert "Une eau propre" in text_of(sent.ana.get("/demarches/1/letter").content)
    shown = text_of(sent.someone("zoe", "officer").get("/demarches/1/letter").content)
    assert "Des vélos pour les quartiers" in shown and "Une eau propre" not in shown


def test_where_no_answer_is_awaited_it_is_refused(sent: Town) -> None:
    sent.do("demarche:1", "close", reason="overtaken")
    refused = sent.ana.get("/demarches/1/letter")
    assert (refused.status_code, refused.json()["detail"]) == (
        409, "On n’attend maintenant aucune réponse de l’autorité visée par demarche:1\u00a0: il n’y a rien à lui rappeler.",
    )  # fmt: skip
