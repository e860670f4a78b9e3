"""Verbs through HTTP: upon what was read, once for each key."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.homes import do
from tests.web.desk import Client, Town
from web.api import acting
from web.api.acting import COMMUTING

NOTE = {"text": "Appelé la ville."}


def count(place: Town) -> int:
    row = place.home.store.connection.execute("SELECT count(*) FROM suivi.events").fetchone()
    assert row
    return int(row[0])


def test_a_move_answers_with_the_case_as_it_now_stands(place: Town) -> None:
    read = place.ana.get("/cases/17")
    moved = place.ana.post("/cases/17/start", {"occurred": "4 juillet 2024"}, If_Match=read.headers["etag"])
    assert (moved.status_code, moved.headers["etag"], moved.json()["state"]) == (200, '"2"', "in_progress")
    assert "idempotent-replayed" not in moved.headers
    assert place.ana.get("/cases/17").json() == moved.json()
    assert place.ana.items("/cases/17/history")[1]["occurred"] == "2024-07-04"
    assert place.ana.items("/cases", params={"state": "in_progress"})[0]["version"] == 2


def test_a_move_needs_the_version_that_was_read(place: Town) -> None:
    before = count(place)
    without = place.ana.post("/cases/17/start")
    assert (without.status_code, without.json()["type"]) == (428, "/problemes/version-needed")
    for tag in ("1", 'W/"1"', '"1", "2"', '"x"', ""):
        assert place.ana.post("/cases/17/start", If_Match=tag).status_code == 422, tag
    assert count(place) == before
    assert place.ana.post("/cases/17/start", If_Match="*").status_code == 200


def test_a_stale_move_is_told_what_was_missed(place: Town) -> None:
    place.do("17", "start")
    place.do("17", "assign", owner="person:ana")
    stale = place.ana.post("/cases/17/complete", {"completion": "full"}, If_Match='"1"')
    assert (stale.status_code, stale.headers["etag"], stale.json()["type"]) == (412, '"3"', "/problemes/stale-version")
    assert [entry["event"] for entry in stale.json()["missed"]] == ["CaseStarted", "CaseAssigned"]
    assert stale.json()["missed"] == place.ana.items("/cases/17/history")[1:]
    assert place.ana.post("/cases/17/complete", {"completion": "full"}, If_Match='"3"').status_code == 200


@pytest.mark.parametrize(
    ("others", "through"),
    [
        (lambda place: place.do("5", "start", part="6"), True),
        (lambda place: place.do("5", "note", text="De l’autre.", part="6"), True),
        (lambda place: place.do("5", "start", part="5"), False),
        (lambda place: place.do("5", "start"), False),
        (lambda place: place.do("5", "note", text="Du tout."), False),
        (lambda place: place.do("5", "set-due", due="2030-01-01"), False),
    ],
)
def test_what_touches_other_parts_only_does_not_stop_a_move(place: Town, others: Any, through: bool) -> None:
    others(place)
    asked = place.ana.post("/cases/5/refer", {"body": "Comité de l’eau", "part": "5"}, If_Match='"1"')
    assert asked.status_code == (200 if through else 412), asked.text
    assert place.ana.post("/cases/5/close-undone", {"reason": "Fini."}, If_Match='"1"').status_code == 412


@pytest.mark.parametrize("verb", sorted(COMMUTING))
def test_what_commutes_needs_no_version(place: Town, verb: str) -> None:
    place.do("17", "start")
    facts = {"note": NOTE, "add-task": NOTE, "link": {"to": "2023:5", "kind": "related"}}.get(verb, {})
    answer = place.ana.post(f"/cases/17/{verb}", facts)
    assert answer.status_code not in (412, 428), answer.text
    if facts:
        assert place.ana.post(f"/cases/17/{verb}", facts, If_Match='"1"').status_code == 200


def test_the_same_key_is_recorded_once(place: Town) -> None:
    sent = [place.ana.post("/cases/17/start", Idempotency_Key="lundi", If_Match='"1"') for _ in range(3)]
    assert [answer.status_code for answer in sent] == [200] * 3
    assert [answer.headers.get("idempotent-replayed") for answer in sent] == [None, "true", "true"]
    assert len({answer.content for answer in sent}) == 1
    assert place.ana.get("/cases/17").headers["etag"] == '"2"'


def test_a_repetition_answers_even_after_others_moved_on(place: Town) -> None:
    first = place.ana.post("/cases/5/start", {"part": "5"}, Idempotency_Key="k", If_Match='"1"')
    place.do("5", "start", part="6")
    place.do("5", "complete", completion="full")
    again = place.ana.post("/cases/5/start", {"part": "5"}, Idempotency_Key="k", If_Match='"1"')
    assert (first.status_code, again.status_code) == (200, 200)
    assert (again.headers["idempotent-replayed"], again.headers["etag"]) == ("true", '"4"')


def test_the_same_key_for_something_else_is_refused(place: Town) -> None:
    assert place.ana.post("/cases/17/note", NOTE, Idempotency_Key="k").status_code == 200
    for ref, verb, facts in (("17", "note", {"text": "Autre"}), ("17", "add-task", NOTE), ("5", "note", NOTE)):
        other = place.ana.post(f"/cases/{ref}/{verb}", facts, Idempotency_Key="k")
        assert (other.status_code, other.json()["type"]) == (422, "/problemes/other-request")


def test_a_key_is_of_the_person_who_sends_it(place: Town) -> None:
    jean = place.someone("jean", "officer")
    for who in (place.ana, jean):
        assert "idempotent-replayed" not in who.post("/cases/17/note", NOTE, Idempotency_Key="k").headers
    assert len(place.ana.get("/cases/17").json()["notes"]) == 2


@pytest.mark.parametrize("key", ["", "x" * 201, "a\tb"])
def test_a_key_that_cannot_be_one(place: Town, key: str) -> None:
    answer = place.ana.post("/cases/17/note", NOTE, Idempotency_Key=key)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problemes/idempotency-key-unfit")


def race(place: Town) -> None:
    """Eight at once, with one key: one is recorded, all have the same answer."""

    def send(_: int) -> httpx.Response:
        return place.ana.post("/cases/17/note", NOTE, Idempotency_Key="à huit".encode().hex())

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert [answer.status_code for answer in answers] == [200] * 8
    assert [answer.headers.get("idempotent-replayed") for answer in answers].count(None) == 1
    assert len(place.ana.get("/cases/17").json()["notes"]) == 1


def test_eight_at_once_with_one_key(place: Town) -> None:
    race(place)


def test_the_race_would_see_a_key_that_is_forgotten(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acting, "command_id", lambda desk, key: uuid4())
    with pytest.raises(AssertionError):
        race(place)


def test_of_two_moves_upon_the_same_version_one_is_recorded(place: Town) -> None:
    with ThreadPoolExecutor(8) as pool:
        asked = pool.map(lambda _: place.ana.post("/cases/17/start", If_Match='"1"').status_code, range(8))
    assert sorted(asked) == [200] + [412] * 7


def test_a_new_case(place: Town) -> None:
    made = place.ana.post("/cases", {"ref": "2023:18", "title": "Des trains"}, Idempotency_Key="neuf")
    assert (made.status_code, made.headers["location"]) == (201, "/api/v1/cases/2023%3A18")
    assert place.ana.request("GET", made.headers["location"]).json() == made.json()
    again = place.ana.post("/cases", {"ref": "2023:18", "title": "Des trains"}, Idempotency_Key="neuf")
    assert (again.status_code, again.headers["idempotent-replayed"]) == (201, "true")
    assert place.ana.post("/cases", {"ref": "2023:18", "title": "Des trains"}).status_code == 409
    bundle = {"assembly": "2023", "numbers": ["20", "21"], "titles": {"20": "Un", "21": "Deux"}}
    assert place.ana.post("/cases", bundle).json()["ref"] == "2023:20"
    assert place.ana.post("/cases", {"title": "Sans numéro"}).status_code == 409


def test_a_body_that_is_not_known_is_entered_by_the_same_act(place: Town) -> None:
    referred = place.ana.post("/cases/17/refer", {"body": "Comité du vélo", "due": "fin 2024"}, If_Match='"1"').json()
    assert referred["referrals"][0]["body"] == {"ref": "body:comite-du-velo", "name": "Comité du vélo"}


@pytest.mark.parametrize(
    ("verb", "facts", "status", "type_"),
    [
        ("danser", {}, 404, "verb-unknown"), ("__class__", {}, 404, "verb-unknown"), ("handle", {}, 404, "verb-unknown"),
        ("complete", {}, 422, "fact-missing"), ("complete", {"completion": "trop"}, 422, "not-a-choice"),
        ("start", {"vite": True}, 422, "fact-unknown"), ("reopen", {"reason": "x"}, 409, "not-from-here"),
        ("start", {"part": 3}, 422, "fact-not-text"), ("assign", {"owner": "Personne"}, 404, "entry-unknown"),
        ("note", {"text": " "}, 422, "facts-missing"), ("set-due", {"due": "un jour"}, 422, "bad-date"),
    ],
)  # fmt: skip
def test_refusals_are_problems(place: Town, verb: str, facts: dict[str, Any], status: int, type_: str) -> None:
    before = count(place)
    answer = place.ana.post(f"/cases/17/{verb}", facts, If_Match='"1"')
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problemes/{type_}"), answer.text
    assert count(place) == before


def test_a_repetition_is_answered_where_the_case_was_hidden_meanwhile(place: Town) -> None:
    jean = place.someone("jean", "officer")
    assert jean.post("/cases/17/note", NOTE, Idempotency_Key="k").status_code == 200
    place.do("17", "restrict", visibility="named", people=["person:ana"])
    again = jean.post("/cases/17/note", NOTE, Idempotency_Key="k")
    assert (again.status_code, again.json()) == (200, {"ref": "17", "version": 2})
    assert again.headers["idempotent-replayed"] == "true"


def test_an_answer_does_not_wait_for_lists_that_are_held(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acting, "PATIENCE", 0.05)
    with place.home.store.connection.transaction():
        place.home.store.connection.execute("SELECT FROM suivi.projections FOR UPDATE")
        late = place.ana.post("/cases/17/start", If_Match='"1"')
        assert (late.status_code, late.json()) == (202, {"ref": "17", "version": 2})
    place.home.catch_up()
    assert place.ana.get("/cases/17").headers["etag"] == '"2"'


def test_a_restricted_case_is_absent_to_those_who_may_not_see_it(place: Town) -> None:
    place.do("17", "restrict", visibility="named", people=["person:ana"])
    do(place.home, "17", "set-due", due="2030-01-01")
    place.home.catch_up()
    jean = place.someone("jean", "officer")

    def answers(who: Client, ref: str) -> list[tuple[int, str]]:
        asked = [who.get(f"/cases/{ref}{more}") for more in ("", "/history", "/actions")]
        asked += [who.post(f"/cases/{ref}/{verb}", {}, If_Match='"1"') for verb in ("start", "note", "danser", "set-due")]
        return [(one.status_code, one.text.replace(ref, "N")) for one in asked]

    assert answers(jean, "2023:17") == answers(jean, "2023:99")
    assert [row["ref"] for row in jean.items("/cases")] == ["2023:5"]
    assert jean.items("/cases", params={"query": "vélos"}) == jean.items("/deadlines") == []
    stream = place.ana.items("/cases/17/history")[0]["stream"]
    assert stream in {entry["stream"] for entry in place.ana.items("/events")}
    seen = jean.items("/events", params={"limit": "3"})
    assert seen and stream not in {entry["stream"] for entry in seen}
    assert "17" not in jean.get("/assemblies/2023").json()["numbers"]


def test_who_looked_again_before_sending_again_is_recognised(place: Town) -> None:
    """The answer was lost: the version that is read then is already that of one's own act."""
    assert place.ana.post("/cases/17/start", Idempotency_Key="k", If_Match='"1"').status_code == 200
    again = place.ana.post("/cases/17/start", Idempotency_Key="k", If_Match='"2"')
    assert (again.status_code, again.headers["idempotent-replayed"], again.headers["etag"]) == (200, "true", '"2"')


def test_a_refusal_is_not_remembered_under_its_key(place: Town) -> None:
    place.do("17", "note", text="Vu.")
    assert place.ana.post("/cases/17/start", Idempotency_Key="k", If_Match='"1"').status_code == 412
    again = place.ana.post("/cases/17/start", Idempotency_Key="k", If_Match='"2"')
    assert again.status_code == 200 and "idempotent-replayed" not in again.headers
