"""What is asked of the threads together: intervals that stay intervals, chains, meetings counted once, who answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from domain.words import sort_key
from services.home import Home
from services.reading import When
from services.reading.clocks import next_reminders
from services.reading.deadlines import deadlines
from services.reading.demarche_questions import (
    meetings,
    met,
    redirections,
    responsiveness,
    turns,
    unanswered_by_office,
)
from services.reading.demarches import Asked
from services.schema import Urls
from tests.homes import do, opened
from tests.threads import send, year

NOW, THEN = When(), When(as_of="2024-09-23")


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        year(home)
        yield home


def offices(rows: list[dict[str, Any]]) -> list[str]:
    return [row["office"]["ref"].partition(":")[2] for row in rows]


def test_unanswered_by_office_sums_intervals(home: Home) -> None:
    rows = unanswered_by_office(home, THEN)
    assert offices(rows) == ["environnement", "education"]
    first, second = rows
    assert (first["demarches"], first["cases"]) == (["demarche:1", "demarche:8"], ["2023:17", "2023:23"])
    assert first["attempts"] == {"min": 3, "max": None, "text": None}
    assert first["reminders"] == {"min": 2, "max": 2, "text": None}
    assert (first["days_waiting"], first["days_since_contact"], first["holder"]["name"]) == (144, 39, "Paul Gagné")
    assert second["reminders"] == {"min": 3, "max": None, "text": None}
    assert (second["days_waiting"], second["days_since_contact"]) == (89, 18)
    (last,) = [row for row in unanswered_by_office(home, NOW) if offices([row]) == ["securite"]]
    assert last["attempts"] == {"min": 9, "max": 9, "text": None}, "undated letters were all sent by today"
    assert (last["days_waiting"], last["holder"]) == (None, None)
    assert offices(unanswered_by_office(home, THEN, Asked(office="education"))) == ["education"]


def test_redirections_are_chains(home: Home) -> None:
    send(home, cases=["17"], office="emploi", on="2024-05-10")  # 9
    do(home, "demarche:9", "redirect", office="office:education", occurred="2024-06-01")  # opens 10
    do(home, "demarche:10", "redirect", office="office:environnement", occurred="2024-06-20")
    home.catch_up()
    chains = [
        [(link["demarche"], link["office"]["ref"].partition(":")[2], link["redirected_on"]) for link in chain["links"]]
        for chain in redirections(home, THEN)
    ]
    assert chains == [
        [("demarche:2", "ressources", "2024-07-04"), ("demarche:1", "environnement", None)],
        [("demarche:9", "emploi", "2024-06-01"), ("demarche:10", "education", "2024-06-20"),
         ("demarche:1", "environnement", None)],
    ]  # fmt: skip
    assert redirections(home, THEN)[0]["cases"] == ["2023:17"]
    assert redirections(home, THEN)[0]["links"][-1]["result"] == "no_answer", "who we were sent to does not answer either"
    assert len(redirections(home, THEN, Asked(office="environnement"))) == 2
    assert len(redirections(home, THEN, Asked(office="emploi"))) == 1
    assert redirections(home, When(as_of="2024-05-31")) == []


def test_a_meeting_is_counted_once_whatever_it_served(home: Home) -> None:
    rows = met(home, THEN)
    assert [(row["met"], row["date"], row["holder"]["ref"], row["demarches"], row["cases"]) for row in rows] == [
        ("holder", "2024-05-15", "person:luce", ["demarche:4", "demarche:5"], ["2023:13", "2023:18"]),
        ("staff", "2024-07-04", "person:odile", ["demarche:2"], ["2023:17"]),
    ]
    assert offices([{"office": office} for office in rows[0]["offices"]]) == ["immigration", "emploi"]
    assert (rows[0]["delegation"], rows[1]["place"]) == ({"direction": "2"}, "Québec")


@pytest.mark.parametrize(("dates", "counted"), [
    (("2024-09-10", "2024-09-10"), 1), (("2024-09-10", "2024-09-11"), 2), (("2024-09", "2024-09"), 2), ((None, None), 2),
])  # fmt: skip
def test_only_a_day_tells_that_two_threads_met_the_same_people(home: Home, dates: list[str | None], counted: int) -> None:
    """And the staff of an office is never the holder."""
    for thread, date in zip(("demarche:7", "demarche:8"), dates, strict=True):
        holder = {"holder": "person:marc"} if thread == "demarche:7" else {}
        do(home, thread, "hold-meeting", met="staff", occurred=date, **holder)
    send(home, cases=["22"], office="education", on="2024-07-01")
    do(home, "demarche:9", "hold-meeting", met="holder", occurred=dates[0])
    send(home, cases=["22"], office="education", on="2024-07-01")
    do(home, "demarche:10", "hold-meeting", met="staff", occurred=dates[1])
    home.catch_up()
    education = met(home, NOW, Asked(office="education"))
    assert [row["met"] for row in education] == ["holder", *["staff"] * counted]


def test_meetings_fixed_come_before_those_hoped_for(home: Home) -> None:
    do(home, "demarche:8", "fix-meeting", date="2031-09-24", place="Québec", occurred="2024-09-01")
    do(home, "demarche:1", "fix-meeting", confirmed="non", occurred="2024-09-02")
    home.catch_up()
    rows = meetings(home, NOW)
    assert [(row["demarche"], row["state"], row["date"]) for row in rows] == [
        ("demarche:8", "fixed", "2031-09-24"), ("demarche:7", "hoped", "2024-23"), ("demarche:1", "hoped", None),
    ]  # fmt: skip
    assert rows[0]["place"] == "Québec" and offices(rows) == ["environnement", "education", "environnement"]
    do(home, "demarche:7", "close", reason="dépassée par les événements")
    do(home, "demarche:8", "move-meeting", date="2031-10-02", reason="une tempête", occurred="2024-09-10")
    home.catch_up()
    assert [(row["demarche"], row["date"]) for row in meetings(home, NOW)] == [("demarche:8", "2031-10-02"), ("demarche:1", None)]


def test_what_waits_on_whom(home: Home) -> None:
    do(home, "2023:18", "assign", owner="Ana")
    do(home, "demarche:8", "answer", answer="asks_precision", occurred="2024-09-01")
    do(home, "demarche:8", "assign", owner="person:rita")
    home.catch_up()
    rows = turns(home, NOW)
    assert [(row["turn"], row["owner"] and row["owner"]["name"], row["demarches"]) for row in rows] == [
        ("us", "ana", ["demarche:5"]), ("us", "Rita Voyer", ["demarche:8"]),
        ("them", None, ["demarche:1", "demarche:7", "demarche:6"]),
    ]  # fmt: skip
    assert turns(home, When(as_of="2024-09-23"))[0]["days_since_contact"] == 131


def test_how_offices_answer_over_time(home: Home) -> None:
    send(home, cases=["13"], office="immigration", on="2023-02-01")  # 9, of another year
    do(home, "demarche:9", "acknowledge", occurred="2023-02-08")
    do(home, "demarche:9", "decline", reason="pas maintenant", occurred="2023-02-21")
    send(home, cases=["18"], office="immigration", on="2024-09-16")  # 10, too young
    send(home, cases=["18"], office="immigration", on="2024-02")  # 11, never answered
    home.catch_up()
    rows = {row["office"]["ref"].partition(":")[2]: row for row in responsiveness(home, THEN)}
    whole = rows["immigration"]
    years = whole.pop("years")
    assert whole | {"office": None} == {
        "office": None, "threads": 3, "answered": 2, "rate": 0.667, "median_days": 47.5, "open": 2, "left_out": 1,
    }  # fmt: skip
    assert years == [
        {"year": "2023", "threads": 1, "answered": 1, "rate": 1.0, "median_days": 20, "open": 0, "left_out": 0},
        {"year": "2024", "threads": 2, "answered": 1, "rate": 0.5, "median_days": 75, "open": 2, "left_out": 1},
    ]
    silent = rows["environnement"]
    assert (silent["answered"], silent["rate"], silent["median_days"], silent["open"]) == (0, 0.0, None, 2)
    assert rows["ressources"]["rate"] == 1.0, "to be sent elsewhere is an answer"
    assert list(rows) == sorted(rows, key=lambda key: sort_key(rows[key]["office"]["name"]))


def test_a_thread_opened_by_a_redirection_is_no_letter(home: Home) -> None:
    do(home, "demarche:8", "redirect", office="office:securite", occurred="2024-07-10")  # opens 9
    home.catch_up()
    found = {row["office"]["ref"]: row for row in responsiveness(home, When(as_of="2025-09-01"))}["office:securite"]
    assert (found["threads"], found["left_out"], found["rate"]) == (0, 1, None)


def test_deadlines_of_threads_stand_among_those_of_cases(home: Home) -> None:
    send(home, cases=["17", "18"], office="economie", on=None)  # 9
    do(home, "2023:17", "set-due", due="2031-05-01")
    do(home, "2023:18", "assign", owner="Ana")
    home.catch_up()
    rows, after = [], None
    for _ in range(30):
        page = deadlines(home, 2, after)
        rows += page.items
        if (after := page.next) is None:
            break
    assert [row["ends"] for row in rows] == sorted(row["ends"] for row in rows)
    (ours,) = [row for row in rows if row["ref"] == "demarche:9"]
    assert ours["title"] == "Résolution 17 – Résolution 18" and ours["owner"]["name"] == "ana"
    assert (ours["office"]["ref"], ours["kind"], ours["turn"], ours["state"]) == ("office:economie", "answer", "them", "running")
    (case,) = [row for row in rows if row["ref"] == "2023:17"]
    assert case["office"] is None
    assert len({(row["ref"], row["kind"]) for row in rows}) == len(rows) == len(deadlines(home, 100).items)
    assert next_reminders(home, ["2023:18"]).keys() == {"2023:18"}, "its thread will be rung for"
    do(home, "2023:17", "restrict", visibility="officers")
    do(home, "2023:18", "restrict", visibility="officers")
    home.catch_up()
    nobody = replace(home, settings=replace(home.settings, user="passant"))
    assert not {"demarche:9", "2023:17"} & {row["ref"] for row in deadlines(nobody, 100).items}
