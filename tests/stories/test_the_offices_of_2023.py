"""The demonstration as the secretary and a program ask about it: who has not answered, who declined, who was met, whose
turn it is; the figures are those of the follow-up of 2023, and where its facts are at hand they are compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from services import tokens
from services.accounts import enter
from services.demonstration import load
from services.schema import Urls
from tests.cli.conftest import Suivi
from tests.homes import opened
from tests.web.desk import Client, serving

FACTS = Path(__file__).resolve().parents[2] / ".." / "shared" / "golden" / "000_suivi_resolutions.yaml"
DAY = "2024-09-23"
KEY = "demo-2023"

RESULTS = {"awaiting": "no_answer", "answered_no_commitment": "answered"}

Row = dict[str, Any]
Interval = tuple[int, int | None]


@pytest.fixture(scope="module")
def loaded(database_of_module: Urls) -> Urls:
    """The demonstration, loaded once for all of these tests, which change nothing."""
    with opened(database_of_module, "marie") as home:
        load(home, enter(home.store, "marie")[0])
    return database_of_module


@pytest.fixture(scope="module")
def api(loaded: Urls) -> Iterator[Client]:
    with opened(loaded, "marie") as home, serving(loaded) as client:
        yield client.holding(tokens.add(home.store, enter(home.store, "marie")[0], "program", ["read"])[1])


@pytest.fixture
def suivi(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, loaded: Urls
) -> Suivi:
    monkeypatch.setenv("SUIVI_HOME", str(tmp_path))
    for name, url in (("URL", loaded.owner), ("WRITER_URL", loaded.writer), ("READER_URL", loaded.reader)):
        monkeypatch.setenv(f"DATABASE_{name}", url)
    return Suivi(monkeypatch, capsysbinary)


class Asked:
    """Both doors, which give the same answer to a question. What bears no date happened by the day of its loading."""

    def __init__(self, suivi: Suivi, api: Client) -> None:
        self.suivi, self.api = suivi, api

    def __call__(self, *flags: str, path: str = "", **params: str) -> list[Row]:
        then = ("--as-of", params["as_of"]) if "as_of" in params else ()
        typed: list[Row] = self.suivi.done("demarches", *flags, *then, "--json").json["items"]
        assert self.api.items(f"/demarches{path}", params=params) == typed
        return typed


@pytest.fixture
def asked(suivi: Suivi, api: Client) -> Asked:
    return Asked(suivi, api)


def interval(count: Row) -> Interval:
    return count["min"], count["max"]


def key(row: Row) -> str:
    return str(row["office"]["ref"]).removeprefix("office:")


def numbers(asked: Asked, row: Row) -> set[str]:
    """Of its cases: those of a bundle too."""
    cases = [asked.suivi.done("case", ref, "--json").json for ref in row["cases"]]
    return {number for case in cases for number in case["numbers"]}


def test_who_has_not_answered(asked: Asked) -> None:
    rows = asked("--unanswered", unanswered="true")
    found = {key(row): (numbers(asked, row), interval(row["attempts"]), interval(row["reminders"])) for row in rows}
    assert found == {
        "environnement": ({"17"}, (2, None), (0, 0)),
        "securite-publique": ({"22"}, (9, 9), (0, 0)),
        "education": ({"23", "24", "25"}, (1, 1), (3, None)),
        "services-sociaux": ({"23", "24", "25"}, (1, 1), (2, 2)),
    }
    assert [bool(row["days_waiting"]) for row in rows] == [True, True, False, False], "the oldest dated letter first"
    by_office = asked("--by-office", path="/unanswered")
    assert {key(row): interval(row["attempts"]) for row in by_office} == {office: counts[1] for office, counts in found.items()}


def test_how_long_the_oldest_has_waited(asked: Asked) -> None:
    """Of those with a date, on 23 September 2024."""
    rows = asked("--unanswered", unanswered="true", as_of=DAY)
    assert (key(rows[0]), rows[0]["first_sent"], rows[0]["days_waiting"]) == ("education", "2024-06-26", 89)
    assert max(row["days_waiting"] or 0 for row in asked("--by-office", path="/unanswered", as_of=DAY)) == 89


def test_who_declined_and_why(asked: Asked) -> None:
    (row,) = asked("--declined", state="declined")
    assert (key(row), row["cases"], row["reason"]) == ("economie", [f"{KEY}:17"], "Aucune plage libre à l’agenda")
    assert (row["holder"]["name"], row["holder"]["former"]) == ("Pierre Fitzgibbon", True)


def test_where_we_were_sent(asked: Asked) -> None:
    (chain,) = asked("--redirections", path="/redirections")
    assert chain["cases"] == [f"{KEY}:17"]
    assert [(key(link), link["result"]) for link in chain["links"]] == [
        ("ressources-naturelles", "redirected"), ("environnement", "no_answer"),
    ]  # fmt: skip
    first, last = (asked.suivi.done("demarche", link["demarche"], "--json").json for link in chain["links"])
    assert (first["goes_on_as"], last["redirected_from"]) == (last["ref"], first["ref"]), "followed both ways"
    assert chain["links"][0]["redirected_on"] == "2024-07-04"


def test_who_met_us(asked: Asked) -> None:
    rows = asked("--met", path="/met")
    assert [(row["met"], row["date"], row["holder"]["name"]) for row in rows] == [
        ("holder", "2024-05", "Christine Fréchette"),
        ("holder", None, "Jean-François Roberge"),
        ("staff", "2024-07-04", "Maïté Blanchette-Vézina"),
        ("staff", "2024-07-15", "Jean Boulet"),
        ("staff", "2024-08-12", "Kateri Champagne-Jourdain"),
    ]
    assert rows[0]["holder"]["former"] and rows[0]["cases"] == [f"{KEY}:18", f"{KEY}:13"], "one meeting, two resolutions"
    assert [row["place"] for row in rows[2:]] == ["Montréal", "Montréal", None]


def test_meetings_ahead(asked: Asked) -> None:
    rows = asked("--meetings", path="/meetings")
    assert [(key(row), row["state"], row["date"], row["place"]) for row in rows] == [
        ("famille", "fixed", "2024-09-24", "Québec"),
        ("education", "hoped", "2024-23", None),
        ("services-sociaux", "hoped", "2024-23", None),
    ]


def test_whose_turn_it_is(asked: Asked) -> None:
    turns = {key(row): row["whose_turn"] for row in asked()}
    assert {office for office, turn in turns.items() if turn == "them"} == {
        "environnement", "securite-publique", "education", "services-sociaux",
    }  # fmt: skip
    assert {office for office, turn in turns.items() if turn == "us"} == {"emploi", "travail"}
    rows = asked("--turns", path="/turns")
    assert sorted(ref for row in rows if row["turn"] == "us" for ref in row["demarches"]) == ["demarche:3", "demarche:7"]


def test_every_thread_is_as_the_facts_say(asked: Asked) -> None:
    if not FACTS.exists():
        pytest.skip("the facts of the real report are not beside this checkout")
    told = yaml.safe_load(FACTS.read_text(encoding="utf-8"))["cases"]
    told = [(case, fact) for case in told for fact in case.get("correspondence", [])]
    rows = asked()
    assert len(told) == len(rows) == 11
    for case, fact in told:
        (row,) = [row for row in rows if _is(key(row), fact) and set(case["numbers"]) <= numbers(asked, row)]
        assert interval(row["attempts"]) == _interval(fact["requests"])
        assert interval(row["reminders"]) == _interval(fact["reminders"])
        assert fact["requests"].get("letter") in (None, row["first_sent"])
        assert row["result"] == RESULTS.get(fact["result"], fact["result"])
        assert (row["answer"] == "no_promise") == (fact["result"] == "answered_no_commitment")
        holder = row["holder"] and row["holder"]["ref"].removeprefix("person:")
        assert holder == fact["party"]["holder"]
        held = [meeting for meeting in row["meetings"] if meeting["state"] == "held"]
        assert fact.get("met_on") in (None, *(meeting["date"] for meeting in held))
        assert ("met_via" in fact) == ("staff" in [meeting["met"] for meeting in held])


def _is(office: str, fact: Row) -> bool:
    return office.startswith(str(fact["party"]["office"]).removeprefix("min-"))


def _interval(count: Row) -> Interval:
    """What is not told is none."""
    if "count_min" in count:
        return count["count_min"], None
    return (count["count"] or 0, count["count"] or 0)
