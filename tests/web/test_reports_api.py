"""`/reports`: what one may see, as a file to keep."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from services.reports.writing import FORMATS
from tests.web.desk import Town


@pytest.fixture
def town(place: Town) -> Town:
    """With a letter that nobody answered."""
    place.do("office:edu", "create", name="ministre de l’Éducation")
    place.do("demarche:new", "send", cases=["2023:17"], office=["office:edu"], occurred="2024-06-26")
    return place


def test_the_reports_are_listed_for_who_may_have_them(town: Town) -> None:
    names = {row["name"] for row in town.ana.items("/reports")}
    assert {"register", "assembly", "unanswered"} <= names
    theirs = {row["name"] for row in town.someone("max", "member").items("/reports")}
    assert {"register", "assembly"} <= theirs and "unanswered" not in theirs


@pytest.mark.parametrize("format", FORMATS)
def test_a_report_is_a_file_to_keep(town: Town, format: str) -> None:
    answer = town.ana.get(f"/reports/register?to=2023&format={format}&as_of=2024-06-30")
    assert (answer.status_code, answer.headers["content-type"]) == (200, FORMATS[format].media_type)
    told = answer.headers["content-disposition"]
    assert unquote(told.partition("UTF-8''")[2]) == f"Registre des résolutions – 2024-06-30.{format}"
    assert (answer.headers["suivi-as-of"], int(answer.headers["content-length"])) == ("2024-06-30", len(answer.content))
    assert answer.headers["x-content-type-options"] == "nosniff" and "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "private, no-store"


def test_in_the_language_asked_for(town: Town) -> None:
    assert "Register of resolutions" in town.ana.get("/reports/register?format=html&lang=en").text
    assert "Registre des résolutions" in town.ana.get("/reports/register?format=html", headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize(
    ("query", "status"),
    [("register?format=odt", 422), ("register?langue=fr", 422), ("register?to=1999", 404), ("bilan", 422),
     ("register?year=2024", 422), ("register?gaps=true", 422), ("annual?year=jadis", 422), ("annual?standing=true", 422),
     ("plan", 404), ("register?as_of=zzz", 422), ("register?large=peut-être", 422)],
)  # fmt: skip
def test_what_cannot_be_is_a_problem_and_no_file(town: Town, query: str, status: int) -> None:
    answer = town.ana.get(f"/reports/{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_what_a_report_alone_takes(town: Town) -> None:
    assert "Rapport annuel\n" in town.ana.get("/reports/annual?year=1998&format=html").text.replace("<br>", "\n")
    assert "1998" in town.ana.get("/reports/annual?year=1998&format=html").text
    silent = [town.ana.get(f"/reports/follow-up?format=html{more}").text for more in ("", "&gaps=true")]
    assert ["ne dit rien" in text for text in silent] == [False, True]


def test_nobody_has_more_than_is_theirs(town: Town) -> None:
    assert town.nobody.get("/reports/register").status_code == 401
    member = town.someone("max", "member")
    assert member.get("/reports/unanswered?format=csv").status_code == 403
    assert "ministre" in town.ana.get("/reports/register?format=csv").text
    assert "ministre" not in member.get("/reports/register?format=csv").text
    town.do("2023:17", "restrict", visibility="named", people=["person:ana"])
    zoe = town.someone("zoe", "officer")
    first, hidden = (one.get("/reports/register?format=csv&to=2023").text for one in (town.ana, zoe))
    assert ";17;" in f";{first.replace(chr(10), ';')}" and ";17;" not in f";{hidden.replace(chr(10), ';')}"
    assert "ministre" not in zoe.get("/reports/unanswered?format=csv").text


def test_asked_for_its_head_alone(town: Town) -> None:
    answer = town.ana.request("HEAD", "/api/v1/reports/register?format=csv")
    assert (answer.status_code, answer.content) == (200, b"") and int(answer.headers["content-length"]) > 0
