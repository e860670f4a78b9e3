"""A day that no calendar has, wherever a date is typed in a page or in its address."""

from __future__ import annotations

from tests.web.browser import Sheet, entered
from tests.web.desk import Town
from tests.web.desk_of_acts import act, recorded

DAY = "32 novembre"
ADDRESSES = (
    "/dossiers?as_of={}",
    "/dossiers/2023:17?as_of={}",
    "/activites?de={}",
    "/activites?a={}",
    "/activites?as_of={}",
)
FORMS = (
    ("note", {"text": "Vu", "occurred": DAY}),
    ("postpone", {"until": DAY, "reason": "La neige"}),
    ("add-task", {"text": "Écrire", "due": DAY}),
    ("wait", {"on": "la ministre", "since": DAY}),
)


def test_in_an_address(place: Town) -> None:
    ana = entered(place)
    for address in ADDRESSES:
        answer = ana.ask(address.format(DAY))
        assert (address, answer.status_code) == (address, 422) and DAY in answer.text, Sheet(answer).main.text


def test_in_a_form(place: Town) -> None:
    ana, before = entered(place), recorded(place, "2023:17")
    for verb, typed in FORMS:
        answer = act(ana, f"/dossiers/2023:17/agir/{verb}", **typed)
        assert (verb, answer.status_code) == (verb, 422) and DAY in answer.text, Sheet(answer).main.text
    assert recorded(place, "2023:17") == before
