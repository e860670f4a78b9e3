"""Imports and search through the API: what a document would become, recorded once it is confirmed; what is found."""

from __future__ import annotations

from typing import Any

import httpx
import msgspec
import pytest

from tests.web.desk import API, Client, Town
from tests.web.test_import_pages import BAD, SAMPLE, TWICE, UNDATED, cases
from web.api.import_shapes import Hit, ImportResult

ASKED = {"assembly": "2030", "reference_date": "septembre 2024"}


def send(client: Client, content: bytes, name: str = "suivi.txt", key: str = "", **told: str) -> httpx.Response:
    headers = {"Idempotency-Key": key} if key else {}
    return client.request("POST", f"{API}/imports", headers, files={"file": (name, content)}, data=told)


def result(answer: httpx.Response) -> ImportResult:
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=ImportResult)


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problemes/")


def confirm(client: Client, id: str | None, **headers: str) -> httpx.Response:
    return client.post(f"/imports/{id}/confirm", **headers)


def test_it_is_proposed_then_confirmed(place: Town) -> None:
    before = cases(place)
    proposed = result(send(place.ana, SAMPLE.read_bytes(), **ASKED))
    assert len(proposed.created) == 25 and len(proposed.missing_numbers) == 7 and proposed.proposals
    assert cases(place) == before, "a proposal records nothing"
    done = result(confirm(place.ana, proposed.id))
    assert (done.id, done.created) == ("2030-1", proposed.created)
    assert len(cases(place)) == len(before) + 25
    again = confirm(place.ana, proposed.id)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (result(again).id, result(again).created) == ("2030-1", []), "it stands as it was recorded"
    assert len(cases(place)) == len(before) + 25


def test_a_text_comes_as_json_too(place: Town) -> None:
    answer = place.ana.post("/imports", {"text": SAMPLE.read_text(), "name": "=suivi.txt", **ASKED})
    assert len(result(answer).created) == 25


def test_the_same_key_proposes_once(place: Town) -> None:
    ids = {result(send(place.ana, SAMPLE.read_bytes(), key="lundi", **ASKED)).id for _ in range(2)}
    assert len(ids) == 1
    assert len({result(confirm(place.ana, *ids, Idempotency_Key="mardi")).id for _ in range(2)}) == 1
    other = result(send(place.ana, TWICE.replace("RÉSOLUTION 1\n\nL’air", "RÉSOLUTION 2\n\nL’air").encode()))
    assert problem(confirm(place.ana, other.id, Idempotency_Key="mardi")) == (422, "other-request")


def test_what_is_to_be_settled_keeps_it_from_being_recorded(place: Town) -> None:
    before, proposed = cases(place), result(send(place.ana, TWICE.encode()))
    assert [(one.line, one.severity) for one in proposed.problems if one.severity == "error"] == [(9, "error")]
    answer = confirm(place.ana, proposed.id)
    assert problem(answer) == (409, "not-settled") and "ligne 9" in answer.json()["detail"]
    assert cases(place) == before


@pytest.mark.parametrize("name", [name for name in BAD if name != "vide.txt"])
def test_a_bad_file_is_a_problem(place: Town, name: str) -> None:
    answer = send(place.ana, BAD[name][0], name)
    assert answer.status_code == 422 and answer.headers["content-type"] == "application/problem+json"
    assert BAD[name][1] in answer.json()["detail"]
    assert not place.home.store.connection.execute("SELECT FROM suivi.import_drafts").fetchall()


@pytest.mark.parametrize(
    ("body", "told"),
    [(b"", "body-unreadable"), (b"[]", "body-unreadable"), (b'{"text": ""}', "document-not-sent"), (b"{}", "document-not-sent"),
     (b'{"text": "x", "more": 1}', "body-unreadable"), (b'{"text": 1}', "body-unreadable"), (b"\xff", "body-unreadable"),
     (b'{"text": "\\ud800"}', "body-unreadable"), (b'{"text": "x", "name": "\\u0000"}', "body-unreadable"),
     (b'{"text": "x"}', "no-such-report"), (b'{"text": "x", "kind": "poem"}', "kind-not-yet"),
     (b'{"text": "x", "kind": "plan"}', "not-a-plan")],
)  # fmt: skip
def test_a_bad_body_is_a_problem(place: Town, body: bytes, told: str) -> None:
    answer = place.ana.request("POST", f"{API}/imports", {"Content-Type": "application/json"}, content=body)
    assert answer.json()["type"] == f"/problemes/{told}" and answer.status_code in (400, 422)


@pytest.mark.parametrize(
    ("told", "said"),
    [({"assembly": "x" * 500}, ""), ({"reference_date": "un jour", "assembly": "2023"}, "un jour"), ({"inconnu": "1"}, "file"),
     ({}, "« assembly »")],
)
def test_how_it_is_to_be_read_is_checked(place: Town, told: dict[str, str], said: str) -> None:
    answer = send(place.ana, UNDATED.encode(), kind="follow-up", **told)
    assert answer.status_code == 422 and said in answer.json()["detail"].replace("\u00a0", " ")


def test_no_option_of_the_terminal_is_asked_for(place: Town) -> None:
    answer = send(place.ana, SAMPLE.read_bytes(), assembly="2030")
    assert "reference_date" in answer.text and "--" not in "".join(one.message for one in result(answer).problems)


def test_what_does_not_fit_a_text_is_no_failure(place: Town) -> None:
    form = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\0b.txt"\r\n\r\n' + SAMPLE.read_bytes() + b"\r\n--x--"
    told = {"Content-Type": "multipart/form-data; boundary=x"}
    assert place.ana.request("POST", f"{API}/imports", told, content=form).status_code in (200, 422)
    assert problem(send(place.ana, SAMPLE.read_bytes(), assembly="a\0b")) == (400, "form-unreadable")


def test_it_has_a_size(place: Town) -> None:
    assert problem(send(place.ana, b"a" * 26_500_000)) == (413, "file-too-large")
    assert send(place.ana, b"a" * 21_000_000).status_code == 422


def test_a_proposal_is_its_givers_alone(place: Town) -> None:
    id = result(send(place.ana, SAMPLE.read_bytes(), **ASKED)).id
    max_ = place.someone("max", "officer")
    assert problem(confirm(max_, id)) == (404, "draft-gone")
    assert problem(confirm(place.ana, "x")) == (404, "draft-gone")
    assert problem(confirm(place.ana, "5f0c7a52-6d0b-4a2e-9c55-0d8f2b7f3f11")) == (404, "draft-gone")
    assert problem(send(place.someone("audit", "auditor"), b"x"))[0] == 403
    reading = place.nobody.holding(place.token("read", name="lecture"))
    assert problem(send(reading, b"x")) == (403, "scope-missing")


def found(client: Client, q: str, **more: Any) -> list[Hit]:
    return msgspec.convert(client.items("/search", params={"q": q, **more}), list[Hit])


def test_things_are_found_by_their_words(place: Town) -> None:
    (hit,) = found(place.ana, "velos quartier")
    assert (hit.kind, hit.ref, hit.title, hit.state) == ("case", "2023:17", "Des vélos pour les quartiers", "adopted")
    place.do("2023:30", "adopt", title="Des vélos pour tous, annuelle ou non")
    assert {one.kind for one in found(place.ana, "annuelle")} == {"case", "assembly"}
    assert {one.kind for one in found(place.ana, "annuelle", kind="assembly")} == {"assembly"}
    assert [len(found(place.ana, "vélos", limit=limit)) for limit in (1, 2)] == [1, 2]
    assert found(place.ana, "") == found(place.ana, "'; DROP TABLE & | !") == []


def test_what_is_asked_of_a_search_is_checked(place: Town) -> None:
    for asked in ("?q=" + "x" * 201, "?kind=plan", "?limit=0", "?limit=1000", "?mots=eau"):
        assert place.ana.get(f"/search{asked}").status_code == 422


def test_who_may_not_see_does_not_find(place: Town) -> None:
    place.do("2023:5", "restrict", visibility="officers")
    place.do("office:eau", "create", name="ministre de l’Eau")
    place.do("demarche:1", "send", cases=["17"], office=["office:eau"], text="Une eau propre, s’il vous plaît.")
    member = place.someone("luc", "member")
    assert {one.kind for one in found(place.ana, "eau")} >= {"case", "office"}
    assert "case" not in {one.kind for one in found(member, "eau")}
    assert not {one.kind for q in ("eau", "ana", "1") for one in found(member, q)} & {"demarche", "person"}
    assert found(member, "vélos") and [one.kind for one in found(member, "annuelle 2023")] == ["assembly"]


REGISTER = "No;Objet visé;Statut\n1;Eau;En cours\n2;Air;Fait\n"


def test_a_register_with_what_its_columns_hold(place: Town) -> None:
    told = ASKED | {"kind": "table"}
    refused = result(send(place.ana, REGISTER.encode(), "registre.csv", **told))
    assert refused.kind == "table" and [one.severity for one in refused.problems] == ["error"]
    assert problem(confirm(place.ana, refused.id))[0] == 409
    asked = result(send(place.ana, REGISTER.encode(), "registre.csv", **told, columns='{"Objet visé": "title"}'))
    assert asked.created == ["2030:1", "2030:2"] and [one.state for one in asked.proposals] == ["in_progress", "done"]
    assert len(result(confirm(place.ana, asked.id)).created) == 2
    said = {"text": REGISTER.replace("Eau", "Eaux"), "kind": "table", "assembly": "2030"}
    assert result(place.ana.post("/imports", said)).unchanged == ["2030:1", "2030:2"], "known by its headings"
    assert send(place.ana, REGISTER.encode(), "registre.csv", **told, columns="[").status_code == 400
