"""Leaving with what one may read: from the API, and from the page of the administration."""

from __future__ import annotations

import io
import json
from zipfile import ZipFile

from services import access
from tests.web.browser import entered
from tests.web.desk import Town

PAGE, TAKE = "/administration", "/administration/tout-emporter"


def archive(content: bytes) -> ZipFile:
    return ZipFile(io.BytesIO(content))


def test_an_administrator_takes_what_they_may_read(place: Town) -> None:
    adam = place.someone("adam", "administrator")
    place.do("2023:5", "restrict", visibility="named", people=["ana"])
    answer = adam.get("/export")
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-length"] == str(len(answer.content))
    assert 'filename="suivi-20' in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "private, no-store"
    cases = archive(answer.content).read("cases.csv").decode("utf-8-sig")
    assert "Des vélos pour les quartiers" in cases and "Une eau propre" not in cases
    assert b"Une eau propre" in archive(place.ana.get("/export").content).read("events.jsonl")
    assert len(access.read(place.home.reader, what="taken")) == 2


def test_the_log_alone(place: Town) -> None:
    answer = place.ana.get("/export?format=jsonl")
    events = [json.loads(line) for line in answer.text.splitlines()]
    assert answer.headers["content-type"] == "application/jsonl" and ".jsonl" in answer.headers["content-disposition"]
    assert [int(event["sequence"]) for event in events] == list(range(1, len(events) + 1))
    assert place.ana.get("/export?format=csv").status_code == 422
    assert place.ana.get("/export?everything=1").status_code == 422


def test_nobody_else_does(place: Town) -> None:
    for role in ("secretary", "auditor", "officer", "member"):
        assert place.someone(role, role).get("/export").status_code == 403
    reading = place.nobody.holding(place.token("read", name="lecture"))
    assert reading.get("/export").status_code == 403
    assert not access.read(place.home.reader, what="taken")


def test_asking_for_its_head_takes_nothing(place: Town) -> None:
    head = place.ana.request("HEAD", "/api/v1/export")
    assert (head.status_code, head.content) == (200, b"") and not access.read(place.home.reader, what="taken")


def test_the_page_of_the_administration_gives_it(place: Town) -> None:
    ana = entered(place)
    sheet = ana.read(PAGE)
    begun = ana.submit(sheet, TAKE)
    assert begun.status_code == 303
    ready = ana.read(begun.headers["location"].removesuffix("/document").partition("?")[0])
    assert "Le document est prêt" in ready.text and ".zip" in ready.text
    given = ana.ask(begun.headers["location"])
    assert given.headers["content-type"] == "application/zip" and archive(given.content).testzip() is None


def test_the_secretary_alone_is_offered_nothing(place: Town) -> None:
    place.someone("sam", "secretary")
    assert TAKE not in entered(place, "sam").ask(PAGE).text


