"""Threads with offices over HTTP: their lists and questions, one, and what is recorded of it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from services.schema import Urls
from tests.homes import opened
from tests.threads import year
from tests.web.browser import entered
from tests.web.desk import API, Town, serving
from web.api import shapes

QUESTIONS = ("unanswered", "redirections", "meetings", "met", "turns", "responsiveness")


@pytest.fixture
def place(database: Urls) -> Iterator[Town]:
    with opened(database) as home, serving(database) as client:
        year(home)
        yield Town(home, client)


def numbers(place: Town, **params: str) -> list[int]:
    return [row["number"] for row in place.ana.items("/demarches", params=params)]


def test_lists_and_pages(place: Town) -> None:
    assert numbers(place, limit="3") == [1, 2, 3, 4, 5, 6, 7, 8]
    assert numbers(place, limit="2", unanswered="true") == [1, 7, 8, 6]
    assert numbers(place, office="office:environnement") == [1, 8]
    assert numbers(place, case="2023:17", state="redirected") == [2]
    assert numbers(place, turn="us") == [5]
    (row,) = place.ana.items("/demarches", params={"office": "education", "as_of": "2024-09-23"})
    assert (row["days_waiting"], row["reminders"]["min"], row["reminders"]["max"]) == (89, 3, None)
    assert numbers(place, known_at="2000-01-01") == []
    for params in ({"turn": "toi"}, {"state": "adopted"}, {"office": "inconnu"}, {"case": "99"}, {"body": "x"}):
        answer = place.ana.get("/demarches", params=params)
        assert answer.status_code in (404, 422) and answer.json()["detail"], params


def test_questions(place: Town) -> None:
    found = {word: place.ana.get(f"/demarches/{word}", params={"as_of": "2024-09-23"}) for word in QUESTIONS}
    assert {answer.headers["suivi-as-of"] for answer in found.values()} == {"2024-09-23"}
    items = {word: answer.json()["items"] for word, answer in found.items()}
    assert [row["office"]["ref"] for row in items["unanswered"]] == ["office:environnement", "office:education"]
    assert [link["demarche"] for link in items["redirections"][0]["links"]] == ["demarche:2", "demarche:1"]
    assert [row["met"] for row in items["met"]] == ["holder", "staff"]
    assert [row["state"] for row in items["meetings"]] == ["hoped"]
    assert [row["turn"] for row in items["turns"]] == ["us", "them"]
    assert {row["office"]["ref"]: row["rate"] for row in items["responsiveness"]}["office:economie"] == 1.0
    for word in QUESTIONS:
        one = place.ana.get(f"/demarches/{word}", params={"office": "economie"}).json()["items"]
        assert len(one) < len(items[word]) or not one, word
        assert place.ana.get(f"/demarches/{word}", params={"limit": "2"}).status_code == 422


def test_one_and_its_history(place: Town) -> None:
    answer = place.ana.get("/demarches/demarche:7")
    assert answer.headers["etag"] == f'"{answer.json()["version"]}"'
    assert place.ana.get("/demarches/7").json() == answer.json()
    assert place.ana.request("GET", f"{API}/demarches/7", {"If-None-Match": answer.headers["etag"]}).status_code == 304
    assert place.ana.get("/demarches/7", params={"as_of": "2024-07-01"}).json()["reminders"]["min"] == 0
    told = place.ana.items("/demarches/7/history", params={"limit": "2"})
    assert [entry["version"] for entry in told] == sorted(entry["version"] for entry in told)
    assert told[0]["event"] == "DemarcheSent" and "ministre de l’Éducation" in told[0]["text"]
    actions = {action["verb"]: action for action in place.ana.items("/demarches/3/actions")}
    assert actions["reopen"]["allowed"] and "refusée" in actions["remind"]["why_not"]
    for unknown in ("99", "demarche:99", "2023:17", "office:economie", "demarche:new"):
        assert place.ana.get(f"/demarches/{unknown}").status_code == 404, unknown
    assert place.ana.get("/cases/demarche:7").status_code == 404


def test_a_letter_to_several_offices_is_several_threads(place: Town) -> None:
    facts = {"cases": ["2023:22", "2023:23"], "office": ["office:economie", "ministre de l’Emploi"], "occurred": "2024-09-01"}
    made = place.ana.post("/demarches", facts, Idempotency_Key="une fois")
    assert (made.status_code, made.headers["location"]) == (201, f"{API}/demarches/demarche%3A9")
    shown = made.json()
    assert (shown["ref"], shown["cases"], shown["mailing"]) == ("demarche:9", ["2023:22", "2023:23"], ["demarche:10"])
    assert made.links["related"]["url"] == f"{API}/demarches/demarche%3A10"
    assert made.headers["etag"] == f'"{shown["version"]}"'
    again = place.ana.post("/demarches", facts, Idempotency_Key="une fois")
    assert (again.json(), again.headers["idempotent-replayed"]) == (shown, "true")
    assert place.ana.request("GET", made.links["related"]["url"]).json()["mailing"] == ["demarche:9"]
    assert len(numbers(place)) == 10
    other = place.ana.post("/demarches", facts | {"occurred": "2024-09-02"}, Idempotency_Key="une fois")
    assert other.status_code == 422
    one = place.ana.post("/demarches", {"cases": ["22"], "kind": "open_letter", "ref": "demarche:11"})
    assert (one.status_code, one.json()["office"], one.links) == (201, None, {})
    for facts in ({}, {"cases": ["22"]}, {"cases": ["99"], "office": "economie"}, {"cases": ["22"], "office": "personne"},
                  {"cases": ["22"], "office": "economie", "ref": "demarche:40"}, {"cases": ["22"], "ref": "22"},
                  {"cases": ["22"], "office": "economie", "occurred": "2999"}):  # fmt: skip
        refused = place.ana.post("/demarches", facts)
        assert refused.status_code in (404, 409, 422) and refused.json()["detail"], facts
    assert len(numbers(place)) == 11


def test_what_moves_a_thread_needs_what_was_read(place: Town) -> None:
    version = place.ana.get("/demarches/8").json()["version"]
    assert place.ana.post("/demarches/8/remind", {"occurred": "2024-09-10"}).status_code == 428
    moved = place.ana.post("/demarches/8/remind", {"count": "au moins deux"}, If_Match=f'"{version}"')
    assert (moved.status_code, moved.json()["reminders"]) == (200, {"min": 4, "max": None, "text": None})
    stale = place.ana.post("/demarches/8/decline", {"reason": "non"}, If_Match=f'"{version}"')
    assert stale.status_code == 412
    assert "ReminderSent" in [entry["event"] for entry in stale.json()["missed"]]
    for verb, facts in (("note", {"text": "Appelé."}), ("link", {"to": "2023:17"}),
                        ("remind-me", {"until": "2031-01-01"})):  # fmt: skip
        assert place.ana.post(f"/demarches/8/{verb}", facts, If_Match=f'"{version}"').status_code == 200, verb
    assert place.ana.get("/demarches/8").json()["cases"] == ["2023:23", "2023:17"]
    refused = place.ana.post("/demarches/8/hold-meeting", {"met": "holder", "holder": "person:rita"}, If_Match="*")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problemes/outside-term")
    assert place.ana.post("/demarches/8/explode", {}, If_Match="*").status_code == 404
    assert place.ana.post("/demarches/99/note", {"text": "x"}).status_code == 404


def test_a_reminder_of_a_clock_is_nothing_that_was_missed(place: Town) -> None:
    """Whoever had read the thread just before Suivi rang has not missed anything."""
    place.do("demarche:new", "send", cases=["2023:22"], office=["office:economie"])
    read = place.ana.get("/demarches/9").json()
    clock = read["clocks"][0]["clock"]
    assert read["version"] == 2 and clock
    sent = place.ana.post("/demarches/9/remind", {}, If_Match='"1"')
    assert sent.status_code == 200, "all that came after the letter is its clock"


def test_who_may_only_read_and_who_sees_nothing(place: Town) -> None:
    place.do("2023:22", "restrict", visibility="named", people=["person:ana"])
    officer, auditor = place.someone("olive", "officer"), place.someone("aude", "auditor")
    assert officer.get("/demarches/6").status_code == 404
    assert officer.post("/demarches/6/note", {"text": "x"}).status_code == 404
    assert [row["number"] for row in officer.items("/demarches")] == [1, 2, 3, 4, 5, 7, 8]
    assert auditor.post("/demarches/7/note", {"text": "x"}).status_code == 403
    assert place.nobody.get("/demarches").status_code == 401


def test_answers_have_the_shapes_that_are_described(place: Town) -> None:
    place.do("demarche:8", "pause", reason="on se parle", upon="demarche:7")
    place.do("demarche:7", "note", text="Vu.")
    facts = {"cases": ["2023:22"], "office": "office:economie", "by": "Le comité", "behalf": "person:ana",
             "cosigners": "172", "channel": "email", "subject": "Objet", "text": "Texte"}  # fmt: skip
    assert place.ana.post("/demarches", facts).status_code == 201
    place.do("demarche:9", "fix-meeting", date="2031-05-05", place="Québec")
    paths = [path for path in shapes.LISTS if path.startswith("/demarches")]
    assert len(paths) == 9
    for path in paths:
        for ref in ("7", "9"):
            rows = place.ana.items(path.replace("{ref}", ref))
            assert rows and msgspec.convert(rows, list[shapes.LISTS[path]]), path  # type: ignore[misc]
    for ref in range(1, 10):
        msgspec.json.decode(place.ana.get(f"/demarches/{ref}").content, type=shapes.Demarche)
    rows = place.ana.items("/deadlines")
    assert {row["office"]["ref"] for row in rows if row["office"]} >= {"office:economie", "office:education"}
    assert msgspec.convert(rows, list[shapes.Deadline])


def test_the_page_of_a_case_shows_its_threads(place: Town) -> None:
    """One that sends us on stands right before the one where it goes on."""
    ana = entered(place)
    sheet = ana.read("/dossiers/17")
    onward, silent, declined = (line.text for line in sheet.root.one("ul", class_="threads").all("li"))
    assert "Ressources naturelles" in onward and "Renvoyée ailleurs" in onward and onward.endswith("renvoie à")
    assert "Environnement" in silent and "Paul Gagné" in silent and "Sans réponse" in silent
    assert "2 lettres ou plus (« multiples »)" in silent and "très en retard" in silent
    assert "Demande déclinée" in declined and "« faute de disponibilités »" in declined
    assert not ana.read("/dossiers/17", as_of="2024-01-01").root.all("ul", class_="threads")
