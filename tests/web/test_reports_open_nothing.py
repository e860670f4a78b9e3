"""What goes out of the office by reports, plans and calendars, tried by people for whom it is not; and nonsense that is asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services import accounts, feeds
from services.home import Home, Viewer
from services.reports.preparing import MOST, Made, Preparations, TooManyPreparations
from tests.houses import until
from tests.web.browser import entered
from tests.web.desk import Town

HIDDEN = {"register": "vélos", "assembly": "vélos", "unanswered": "Canari"}


def soon(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()


@pytest.fixture
def town(place: Town) -> Town:
    """A case that only Ana may see, and an open one with a task, a letter and a note of the office."""
    place.do("office:edu", "create", name="ministre")
    place.do("office:canari", "create", name="Canari")
    place.do("assembly:2024", "create", name="Annuelle 2024", date="2024-05-11")
    place.do("2023:17", "restrict", visibility="named", people=["person:ana"])
    place.do("2023:5", "add-task", text="Appeler", due=soon(5), owner="person:ana")
    place.do("2023:5", "set-due", due=soon(9))
    place.do("demarche:new", "send", cases=["2023:5"], office=["office:edu"], occurred=soon(-3))
    place.do("demarche:new", "send", cases=["2023:17"], office=["office:canari"], occurred="2024-06-26")
    return place


@pytest.mark.parametrize("name", ["register", "assembly", "unanswered"])
def test_what_an_assembly_is_given_is_what_all_may_see(town: Town, name: str) -> None:
    asked = "format=html&to=2023"
    assert HIDDEN[name] in town.ana.get(f"/reports/{name}?{asked}").text
    made = town.ana.request("POST", f"/api/v1/reports/{name}/table?{asked}")
    assert made.status_code == 200, made.text
    given = town.someone("max", "member").request("GET", made.headers["location"])
    assert given.status_code == 200 and HIDDEN[name] not in given.text
    assert name == "unanswered" or "Une eau propre" in given.text


def test_who_may_not_have_a_report_does_not_table_it(town: Town) -> None:
    member = town.someone("max", "member")
    assert member.request("POST", "/api/v1/reports/unanswered/table?to=2024&format=html").status_code == 403


def summaries(town: Town, login: str) -> set[str]:
    person = accounts.find(town.home.store, login)
    assert person
    text = town.nobody.get(f"/calendar/{feeds.make(town.home.store, person.person, 'all', 'fr')}.ics").text
    return {line.removeprefix("SUMMARY:") for line in text.split("\r\n") if line.startswith("SUMMARY:")}


def test_the_calendar_of_a_member_tells_nothing_of_the_office(town: Town) -> None:
    town.someone("max", "member")
    assert {"2023:5 – tâche 1", "2023:5 – échéance"} < summaries(town, "ana")
    assert any(one.startswith("demarche:") for one in summaries(town, "ana"))
    assert summaries(town, "max") == {"2023:5 – échéance"}


@pytest.mark.parametrize(
    "path",
    ["/reports/follow-up?known_at=0001-01-01T00:00:00Z", "/cases/2023:5/draft?known_at=0001-01-01T00:00:00Z",
     "/reports/annual?as_of=9999-12-31", "/reports/annual?as_of=0001-01-01", "/reports/register?to=%00"],
)  # fmt: skip
def test_nonsense_has_an_answer(town: Town, path: str) -> None:
    assert town.ana.get(path).status_code < 500


@pytest.mark.parametrize(("name", "fields"), [
    ("register", {"pour": "\0"}), ("annual", {"annee": "9999"}), ("annual", {"annee": "0000"}), ("annual", {"au": "9999-12-31"}),
])  # fmt: skip
def test_nonsense_in_a_form_has_an_answer(town: Town, name: str, fields: dict[str, str]) -> None:
    assert entered(town).post(f"/rapports/{name}/preparer", **fields).status_code in (303, 404, 422)


def test_nobody_has_many_documents_prepared_at_once(town: Town) -> None:
    made, go = Preparations(town.home.settings.home), threading.Event()

    @contextmanager
    def opened() -> Iterator[Home]:
        yield town.home

    def work(*_: Any) -> Made:
        go.wait(30)
        return Made("a.csv")

    mine, other = Viewer(uuid4()), Viewer(uuid4())
    begun = [made.start(mine, opened, work) for _ in range(MOST)]
    try:
        with pytest.raises(TooManyPreparations):
            made.start(mine, opened, work)
        begun.append(made.start(other, opened, work))
    finally:
        go.set()
    for who, one in zip([*[mine] * MOST, other], begun, strict=True):
        until(lambda who=who, one=one: made.find(who, one.id).ended, "the document")  # type: ignore[misc]
    assert made.start(mine, opened, work, 30).ended
