"""Threads as lists and one by one: the contract's shape, the two times, who sees what, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from services.accounts import add
from services.home import Home
from services.organisation import configure
from services.reading import When, events, history
from services.reading.cases import possible
from services.reading.demarches import Asked, ThreadStateUnknown, TurnUnknown, demarche, demarches, demarches_page
from services.reading.pages import CursorUnreadable
from services.refs import CaseUnknown, DemarcheUnknown
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.threads import send, year

NOW, THEN = When(), When(as_of="2024-09-23")
CONTRACT = {
    "ref", "cases", "office", "redirected_to", "holder", "kind", "expects_reply", "state", "result", "answer", "attempts",
    "reminders", "meetings", "first_sent", "last_contact", "days_waiting", "whose_turn",
}  # fmt: skip


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        year(home)
        yield home


def refs(rows: list[dict[str, Any]]) -> list[int]:
    return [row["number"] for row in rows]


def by_number(home: Home, when: When = THEN) -> dict[int, dict[str, Any]]:
    return {row["number"]: row for row in demarches(home, when)}


def test_a_thread_is_as_the_contract_says(home: Home) -> None:
    row = by_number(home)[7]
    assert row.keys() >= CONTRACT
    assert {key: row[key] for key in CONTRACT} == {
        "ref": "demarche:7",
        "cases": ["2023:23"],
        "office": {"ref": "office:education", "name": "ministre de l’Éducation"},
        "redirected_to": None,
        "holder": {"ref": "person:marc", "name": "Marc Roy", "former": False},
        "kind": "letter",
        "expects_reply": True,
        "state": "sent",
        "result": "no_answer",
        "answer": None,
        "attempts": {"min": 1, "max": 1, "text": None},
        "reminders": {"min": 3, "max": None, "text": None},
        "meetings": [{"date": "2024-23", "state": "hoped", "met": None, "place": None, "holder": None,
                      "delegation": {}, "reason": None}],
        "first_sent": "2024-06-26",
        "last_contact": "2024-09-05",
        "days_waiting": 89,
        "whose_turn": "them",
    }  # fmt: skip
    assert (row["mailing"], row["silent"], row["days_since_contact"]) == (["demarche:8"], True, 18)


def test_days_are_counted_from_the_latest_day_of_the_letter(home: Home) -> None:
    send(home, cases=["22"], office="economie", on="2024-06")
    send(home, cases=["22"], office="emploi", on="2024-06-26/..")
    home.catch_up()
    days = {number: row["days_waiting"] for number, row in by_number(home, When(as_of="2024-07-10")).items()}
    assert days == {1: 69, 2: None, 3: 69, 4: None, 5: None, 7: 14, 8: 14, 9: 10}
    assert by_number(home, NOW)[10]["days_waiting"] is None, "nobody knows which day, nor which month, ends it"
    assert by_number(home, NOW)[6]["days_waiting"] is None


def test_silence_comes_on_the_thirtieth_working_day_and_not_before_the_date_that_was_given(home: Home) -> None:
    """2024-05-02 and 30 working days, 20 May and 24 June being holidays."""
    silent = {day: by_number(home, When(as_of=day))[1]["silent"] for day in ("2024-06-13", "2024-06-14")}
    assert silent == {"2024-06-13": False, "2024-06-14": True}
    assert by_number(home, When(as_of="2024-06-13"))[1]["result"] is None
    do(home, "demarche:1", "acknowledge", wait_until="2024-07-15", occurred="2024-06-14")
    home.catch_up()
    silent = {day: by_number(home, When(as_of=day))[1]["silent"] for day in ("2024-06-14", "2024-07-15", "2024-07-16")}
    assert silent == {"2024-06-14": False, "2024-07-15": False, "2024-07-16": True}


def test_recesses_and_pauses_are_no_days_of_silence(home: Home) -> None:
    do(home, "demarche:8", "pause", reason="on se parle", occurred="2024-07-01")
    do(home, "demarche:8", "resume", occurred="2024-07-11")
    home.catch_up()
    assert [by_number(home, When(as_of="2024-07-05"))[8][key] for key in ("whose_turn", "days_waiting")] == ["us", None]
    silent = {day: [by_number(home, When(as_of=day))[n]["silent"] for n in (7, 8)] for day in ("2024-08-08", "2024-08-19")}
    assert silent == {"2024-08-08": [True, False], "2024-08-19": [True, True]}
    configure(home.store, secretary(home), {"recesses": {"QC": ["2024-06-27/2024-09-09"]}})
    home.catch_up()
    silent = {day: by_number(home, When(as_of=day))[7]["silent"] for day in ("2024-10-22", "2024-10-23")}
    assert silent == {"2024-10-22": False, "2024-10-23": True}, "30 September and 14 October are holidays"


def test_the_holder_is_of_the_time_and_told_so(home: Home) -> None:
    former = {day: by_number(home, When(as_of=day))[4]["holder"] for day in ("2024-09-04", "2024-09-23")}
    luce = {"ref": "person:luce", "name": "Luce Bédard"}
    assert former == {"2024-09-04": luce | {"former": False}, "2024-09-23": luce | {"former": True}}
    assert by_number(home)[5]["holder"] == luce | {"former": False}, "of the other office she is the holder still"
    assert by_number(home)[4]["meetings"][0]["holder"] == luce | {"former": True}
    assert by_number(home, NOW)[6]["holder"] is None


def test_lists_are_narrowed_and_the_unanswered_are_oldest_first(home: Home) -> None:
    def found(when: When = NOW, **asked: Any) -> list[int]:
        return refs(demarches(home, when, Asked(**asked)))

    for when in (NOW, When(known_at="2100-01-01")):
        assert found(when) == [1, 2, 3, 4, 5, 6, 7, 8]
        assert found(when, unanswered=True) == [1, 7, 8, 6]
        assert found(when, office="environnement") == [1, 8]
        assert found(when, office="Ministre de l’Environnement", unanswered=True) == [1, 8]
        assert found(when, case="2023:17") == [1, 2, 3]
        assert found(when, state="declined") == [3]
        assert found(when, turn="us") == [5] and found(when, turn="nobody") == [2, 3, 4]
    do(home, "2023:22", "assign", owner="Ana")
    do(home, "demarche:8", "assign", owner="person:marc")
    home.catch_up()
    for when in (NOW, When(known_at="2100-01-01")):
        assert found(when, owner="Ana") == [6], "who follows the case up sees to its threads"
        assert found(when, owner="person:marc") == [8]
    assert by_number(home, NOW)[6]["owner"]["name"] == "ana"
    with pytest.raises(TurnUnknown, match="them"):
        found(turn="toi")
    with pytest.raises(ThreadStateUnknown, match="redirected"):
        found(state="adopted")


@pytest.mark.parametrize("asked", [Asked(), Asked(unanswered=True), Asked(turn="them"), Asked(case="17")])
@pytest.mark.parametrize("when", [NOW, THEN, When(known_at="2100-01-01")])
def test_pages_follow_one_another(home: Home, asked: Asked, when: When) -> None:
    whole, pages, after = demarches(home, when, asked), list[dict[str, Any]](), None
    for _ in range(20):
        page = demarches_page(home, when, 2, after, asked)
        assert len(page.items) <= 2
        pages += page.items
        if (after := page.next) is None:
            break
    assert pages == whole and len(whole) > 1


@pytest.mark.parametrize("after", ["x", "WyJhIiwiMSJd", "WyIyMDI0LTA2LTI2IiwiYSJd", "WyIyMDI0LTA2LTI2Il0"])
def test_a_place_that_is_none_is_refused(home: Home, after: str) -> None:
    with pytest.raises(CursorUnreadable):
        demarches_page(home, NOW, 2, after)


def test_the_list_and_the_thread_agree_at_both_times(home: Home) -> None:
    known = home.reader.execute("SELECT logged_at::text FROM suivi.log ORDER BY position DESC OFFSET 20 LIMIT 1").fetchone()
    assert known
    for when in (NOW, THEN, When(as_of="2024-05-03"), When(known_at=known[0]), When("2024-06-01", known[0])):
        rows = demarches(home, when)
        assert rows
        for row in rows:
            one = demarche(home, row["ref"], when)
            assert {key: one[key] for key in row if key != "version"} == {k: v for k, v in row.items() if k != "version"}
    assert refs(demarches(home, When(as_of="2024-05-01"))) == [4, 5]
    assert refs(demarches(home, When(known_at="2000-01-01"))) == []


def test_one_thread_with_what_is_possible(home: Home) -> None:
    do(home, "demarche:1", "note", text="Appelé le cabinet", occurred="2024-06-01")
    home.catch_up()
    one = demarche(home, "demarche:1", NOW)
    assert [(n["text"], n["audience"], n["occurred"]) for n in one["notes"]] == [("Appelé le cabinet", "internal", "2024-06-01")]
    assert [clock["kind"] for clock in one["clocks"]] == ["answer"]
    assert {a["verb"] for a in one["actions"] if a["allowed"]} >= {"remind", "answer", "decline", "redirect", "pause"}
    why = {action["verb"]: action["why_not"] for action in possible(home, "demarche:2", "fr")}
    assert why["reopen"] is None and why["remind"] and "redirigée" in why["remind"]
    for unknown in ("demarche:99", "2023:17", "office:economie"):
        with pytest.raises(DemarcheUnknown):
            demarche(home, unknown, NOW)


def test_redirections_are_linked_both_ways(home: Home) -> None:
    rows = by_number(home)
    assert (rows[2]["redirected_to"]["ref"], rows[2]["goes_on_as"], rows[2]["result"]) == (
        "office:environnement", "demarche:1", "redirected",
    )  # fmt: skip
    assert (rows[1]["redirected_from"], rows[1]["goes_on_as"]) == ("demarche:2", None)


def test_histories_name_offices_and_threads(home: Home) -> None:
    told = [entry["text"] for entry in history(home, "demarche:2", NOW, "fr")]
    assert any("ministre de l’Environnement" in text and "démarche 1" in text for text in told)
    of_case = [entry["text"] for entry in history(home, "2023:17", NOW, "fr")]
    assert sum("Une démarche la concerne" in text for text in of_case) == 3 and "la démarche 2." in "".join(of_case)


def test_a_thread_is_seen_by_whoever_may_see_one_of_its_cases(home: Home) -> None:
    send(home, cases=["22", "23"], office="economie", on="2024-07-01")
    do(home, "2023:22", "restrict", visibility="named", people=["person:marc"])
    do(home, "2023:17", "restrict", visibility="officers")
    home.catch_up()
    add(home.store, secretary(home), "rita", ["officer"])
    home.catch_up()
    officer = replace(home, settings=replace(home.settings, user="rita"))
    nobody = replace(home, settings=replace(home.settings, user="passant"))
    for when in (NOW, THEN, When(known_at="2100-01-01")):
        assert 6 not in refs(demarches(officer, when)), "its only case is not for her"
        (shared,) = [row for row in demarches(officer, when) if row["number"] == 9]
        assert shared["cases"] == ["2023:23"]
    assert refs(demarches(officer, NOW)) == [1, 2, 3, 4, 5, 7, 8, 9]
    assert refs(demarches(nobody, NOW)) == [4, 5, 7, 8, 9]
    for who, ref in ((officer, "demarche:6"), (nobody, "demarche:1")):
        with pytest.raises(DemarcheUnknown):
            demarche(who, ref, NOW)
        with pytest.raises(DemarcheUnknown):
            history(who, ref, NOW, "fr")
    for when in (NOW, THEN):
        assert refs(demarches(officer, when, Asked(case="2023:23"))) == [7, 8, 9]
        with pytest.raises(CaseUnknown):
            demarches(officer, when, Asked(case="2023:22"))
    seen = {entry["stream"] for entry in events.events(nobody, 0, 1000, "fr").items if entry["event"] == "DemarcheSent"}
    assert len(seen) == 5
    assert len({e["stream"] for e in events.events(home, 0, 1000, "fr").items if e["event"] == "DemarcheSent"}) == 9
