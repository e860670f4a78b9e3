"""Who is told in the place of whom: replacements, what waits for a return, what falls to the secretary, who has no mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from domain.directory.reachability import NoticesRole
from services.accounts import disable, enter
from services.act import Ask, act
from services.home import Home
from services.mail import react
from services.mail.rhythms import NEVER
from services.reading import When, people
from services.replacing import ReplacementCircle
from services.schema import Urls
from services.settings import Settings
from tests.services.mailing import RUNG, ZONE, PostOffice, post_office


@pytest.fixture
def office(database: Urls) -> Iterator[PostOffice]:
    with post_office(database) as office:
        for login in ("zoe", "lea"):
            office.person(login, login.title(), f"{login}@example.org")
        yield office


def told(office: PostOffice) -> list[tuple[str, str, bool]]:
    """For each message: whose it is, how it goes, whether it waits for a return."""
    names = {person_of(office, login): login for login in ("ana", "marie", "zoe", "lea")}
    return sorted((names[row["recipient"]], row["channel"], row["held"]) for row in office.rows())


def person_of(office: PostOffice, login: str) -> UUID:
    row = office.store.connection.execute("SELECT person FROM suivi.accounts WHERE login = %s", (login,)).fetchone()
    assert row
    return UUID(str(row[0]))


def away(office: PostOffice, who: str, **facts: Any) -> None:
    office.do(f"person:{who}", "be-away", **facts)


def body(office: PostOffice) -> str:
    (row,) = office.rows()
    return " ".join(str(row["body"]).replace("\u00a0", " ").split())


def test_the_replacement_is_told_and_in_whose_place(office: PostOffice) -> None:
    office.due()
    away(office, "marie", until="2024-09-30", replaced_by="person:zoe")
    assert office.ring() == 1
    assert told(office) == [("zoe", "mail", False)]
    assert "à la place de Marie, en absence jusqu’au 30 septembre 2024." in body(office)


def test_a_chain_is_followed_to_who_is_there(office: PostOffice) -> None:
    office.due()
    away(office, "marie", until="2024-10-30", replaced_by="person:zoe")
    away(office, "zoe", until="2024-10-30", replaced_by="person:lea")
    office.ring()
    assert told(office) == [("lea", "mail", False)]


def test_a_circle_is_refused_if_it_would_close_on_some_day(office: PostOffice) -> None:
    away(office, "marie", until="2024-10-30", replaced_by="person:zoe")
    away(office, "zoe", since="2024-10-01", until="2024-11-30", replaced_by="person:lea")
    with pytest.raises(ReplacementCircle):
        away(office, "lea", since="2024-10-15", until="2024-12-01", replaced_by="person:marie")
    away(office, "lea", since="2024-12-01", until="2024-12-02", replaced_by="person:marie")  # nobody else is away by then


def test_a_circle_that_two_made_at_once_holds_up_nothing(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two writers may close it, each without seeing the other: nobody is found, and the secretary is told."""
    office.due()
    monkeypatch.setattr("services.act.refuse_circle", lambda *_: None)
    away(office, "marie", until="2024-12-30", replaced_by="person:zoe")
    away(office, "zoe", until="2024-12-30", replaced_by="person:marie")
    office.ring()
    assert told(office) == [("ana", "mail", False)]
    assert "à la place de Marie, en absence jusqu’au 30 décembre 2024 et sans remplacement." in body(office)


def test_what_can_wait_a_few_days_waits_for_the_return_and_comes_as_one(office: PostOffice) -> None:
    office.due()
    office.tasks(2)
    away(office, "marie", until="2024-09-20")
    assert office.ring() == 3
    assert told(office) == [("marie", "digest", True)] * 3
    monday = datetime(2024, 9, 23, 8, tzinfo=ZONE)
    assert {row["not_before"] for row in office.rows()} == {monday}
    assert office.ring(monday - timedelta(minutes=1)) == 0
    assert office.ring(monday) == 1
    assert [row["kind"] for row in office.rows() if row["channel"] == "mail"] == ["digest"]
    assert react(office.store, office.settings) == 0


def test_what_cannot_wait_falls_to_the_secretary_and_says_why(office: PostOffice) -> None:
    office.due()
    away(office, "marie", until="2024-09-25")
    office.ring()
    assert told(office) == [("ana", "mail", False)]
    assert "à la place de Marie, en absence jusqu’au 25 septembre 2024 et sans remplacement." in body(office)


def test_the_last_day_of_an_absence_counts_and_the_day_after_does_not(office: PostOffice) -> None:
    office.due()
    away(office, "marie", until="2024-09-17")
    office.ring()
    assert told(office) == [("marie", "mail", False)]


def test_the_secretary_of_a_body_stands_in_for_its_chair(office: PostOffice) -> None:
    office.due(owner=None)
    office.do("body:env", "create", name="Comité environnement")
    office.do("body:env", "appoint", person="marie", charge="chair")
    office.do("body:env", "appoint", person="lea", charge="secretary")
    office.do("2023:17", "assign", owner="body:env")
    away(office, "marie", until="2024-12-30")
    office.ring()
    assert told(office) == [("lea", "mail", False)]


def test_while_nobody_is_on_duty_it_waits_in_sight_for_the_first_to_return(office: PostOffice) -> None:
    office.due(owner=None)
    office.person("zoe", "Zoe", "zoe@example.org", "secretary")
    away(office, "ana", until="2024-10-11")
    away(office, "zoe")
    assert office.ring() == 2
    assert told(office) == [("ana", "digest", True), ("zoe", "digest", True)]
    assert NEVER in {row["not_before"].astimezone(UTC) for row in office.rows()}
    assert office.ring(RUNG + timedelta(days=7)) >= 0
    office.do("person:zoe", "come-back")
    react(office.store, office.settings)
    mails = [row for row in office.rows() if row["kind"] == "digest"]
    assert [row["recipient"] for row in mails] == [person_of(office, "zoe")]
    assert {row["digest"] for row in office.rows() if row["recipient"] == person_of(office, "zoe")} - {None} == {mails[0]["id"]}
    assert all(row["state"] == "waiting" for row in office.rows() if row["recipient"] == person_of(office, "ana"))


def test_an_administrator_is_on_duty_while_the_secretaries_are_away(office: PostOffice) -> None:
    office.due(owner=None)
    office.person("zoe", "Zoe", "zoe@example.org", "administrator")
    away(office, "ana")
    office.ring()
    assert told(office) == [("zoe", "mail", False)]


def test_who_extends_an_absence_is_waited_for_longer(office: PostOffice) -> None:
    office.due()
    away(office, "marie", until="2024-09-20")
    office.ring()
    away(office, "marie", until="2024-10-04")
    react(office.store, office.settings)
    assert [row["not_before"] for row in office.rows()] == [datetime(2024, 10, 7, 8, tzinfo=ZONE)]


def test_who_has_no_address_is_told_in_the_application(office: PostOffice) -> None:
    office.due()
    office.do("person:marie", "set-address")
    office.ring()
    assert told(office) == [("marie", "inbox", False)]
    assert office.states() == ["sent"]


def test_who_has_neither_address_nor_account_is_nobody(office: PostOffice) -> None:
    office.due()
    office.do("person:marie", "set-address")
    disable(office.store, office.ana, "marie")
    office.ring()
    assert told(office) == [("ana", "mail", False)]


def test_nobody_sets_this_for_others_but_the_keepers(office: PostOffice) -> None:
    marie, _ = enter(office.store, "marie")
    act(office.store, marie, Ask(ref="person:marie", verb="set-notices", facts={"rhythm": "daily"}))
    with pytest.raises(NoticesRole):
        act(office.store, marie, Ask(ref="person:zoe", verb="be-away"))
    with pytest.raises(NoticesRole):
        act(office.store, marie, Ask(ref="person:zoe", verb="set-notices", facts={"hour": "9:00"}))


def test_the_list_of_people_says_who_is_away(office: PostOffice, database: Urls) -> None:
    away(office, "marie", until="2024-09-30", replaced_by="person:zoe")
    away(office, "lea", since="2024-12-02")
    with psycopg.connect(database.reader, autocommit=True) as reader:
        for login, told in (("ana", True), ("nobody", False)):
            home = Home(Settings(office.settings.home, login), database, office.store, reader)
            absences = {row["key"]: row["away"] for row in people(home, When())}
            assert bool(absences["marie"]) is told and absences["zoe"] is None
        absences = {row["key"]: row["away"] for row in people(Home(office.settings, database, office.store, reader), When())}
    assert absences["lea"] == {"since": "2024-12-02", "until": None, "replaced_by": None}
    assert absences["marie"]["replaced_by"]["ref"] == "person:zoe"
    assert (absences["marie"]["since"], absences["marie"]["until"]) == ("2024-09-16", "2024-09-30")
