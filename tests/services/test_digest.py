"""One true mail for each person and hour, whoever dies or races; nothing twice, nothing lost, nothing for nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from services.mail import deliver, digest, react, reasons
from services.mail.digest import digest_id, gather
from services.schema import Urls
from services.settings import Settings
from services.simulation import advance
from services.store import Store
from tests.services.mailing import ZONE, PostOffice, post_office, sink

MORNING = datetime(2024, 9, 18, 8, tzinfo=ZONE)
THURSDAY = MORNING + timedelta(days=1)


@pytest.fixture
def office(database: Urls) -> Iterator[PostOffice]:
    with post_office(database) as office:
        office.do("person:marie", "set-notices", rhythm="daily")
        office.due()
        office.due(18, title="Une rivière")
        office.tasks(2)
        yield office


def mails(office: PostOffice) -> list[dict[str, Any]]:
    return [row for row in office.rows() if row["kind"] == "digest"]


def told(office: PostOffice) -> list[dict[str, Any]]:
    return [row for row in office.rows() if row["kind"] != "digest"]


def text(row: dict[str, Any]) -> str:
    return " ".join(str(row["body"]).replace("\u00a0", " ").split())


def test_one_mail_tells_all_that_came_until_then(office: PostOffice) -> None:
    assert office.ring(MORNING) == 5
    (mail,) = mails(office)
    assert (mail["id"], mail["state"], mail["channel"]) == (digest_id(mail["recipient"], MORNING), "waiting", "mail")
    assert {(row["digest"], row["state"], row["channel"]) for row in told(office)} == {(mail["id"], "sent", "digest")}
    assert mail["subject"] == "Suivi – 4 choses à faire"
    said = text(mail)
    assert said.index("À FAIRE PAR VOUS") < said.index("[2023:17] Un jardin") < said.index("[2023:18] Une rivière")
    assert said.count("[2023:17]") == 1 and said.count("Imprimer") == 2
    assert said.count("J’ai vu ce rappel") == 4
    assert gather(office.store, office.settings) == react(office.store, office.settings) == 0


def test_it_goes_as_one_message_and_once(office: PostOffice) -> None:
    office.ring(MORNING)
    with sink() as relay:
        assert deliver(office.store, office.sending_to(relay.url)).sent == 1
        assert deliver(office.store, office.sending_to(relay.url)).sent == 0
        (message,) = relay.messages
    assert message["To"] == "marie@example.org"
    assert message["Message-ID"] == mails(office)[0]["message_id"]


def test_what_comes_later_goes_with_the_next_one(office: PostOffice) -> None:
    office.ring(MORNING)
    office.due(19, title="Un pont", on="2024-09-18")
    assert office.ring(THURSDAY) == 2
    first, second = mails(office)
    assert "Un pont" not in text(first) and "Un pont" in text(second) and "Un jardin" not in text(second)


def test_what_came_a_moment_too_late_for_the_mail_is_put_off_to_the_next(office: PostOffice) -> None:
    """A row written before the hour and committed after the mail was made: it has the same hour."""
    office.ring(MORNING)
    (mail,) = mails(office)
    late = told(office)[0]["id"]
    undo = "UPDATE suivi.outbox SET state = 'waiting', digest = NULL, sent_at = NULL WHERE id = %s"
    office.store.connection.execute(undo, (late,))
    assert gather(office.store, office.settings) == 0
    assert [row["not_before"] for row in told(office) if row["id"] == late] == [THURSDAY]
    assert mails(office) == [mail]


def test_it_waits_for_the_steps_of_the_morning_but_not_for_ever(office: PostOffice) -> None:
    office.ring(MORNING)
    office.due(19, title="Un pont", on="2024-09-18")
    office.due(20, title="Une école", on="2024-09-19")
    office.reach(THURSDAY)
    office.store.connection.execute("UPDATE suivi.due SET next_at = suivi.now() WHERE due = '2024-09-19'")
    assert react(office.store, office.settings) == 1  # the row; the mail waits, as a step has not been taken yet
    assert len(mails(office)) == 1
    office.reach(THURSDAY + timedelta(seconds=20))
    office.store.connection.execute("UPDATE suivi.due SET next_at = suivi.now() WHERE next_at IS NOT NULL")
    advance(office.store, THURSDAY + timedelta(minutes=15))
    office.store.present.look()
    assert gather(office.store, office.settings) == 1


def test_what_was_settled_meanwhile_is_left_out(office: PostOffice) -> None:
    office.do("person:marie", "set-notices", rhythm="weekly")
    assert office.ring(MORNING) == 4 and not mails(office)
    office.do("2023:18", "acknowledge-step")
    monday = datetime(2024, 9, 23, 8, tzinfo=ZONE)
    assert office.ring(monday) == 1
    assert "Une rivière" not in text(mails(office)[0])
    aside = [row for row in told(office) if row["state"] == "parked"]
    assert [type(reasons.read(row["reason"])).__name__ for row in aside] == ["Overtaken"]
    assert "3 jours ouvrables de retard" not in str(aside[0]["body"]) and "4 jours ouvrables de retard." in text(mails(office)[0])


def test_nothing_to_tell_sends_nothing(office: PostOffice) -> None:
    office.do("person:marie", "set-notices", rhythm="weekly")
    office.ring(MORNING)
    office.do("2023:17", "acknowledge-step")
    office.do("2023:18", "restrict", visibility="named", people=["ana"])
    assert office.ring(datetime(2024, 9, 23, 8, tzinfo=ZONE)) == 0
    assert not mails(office) and office.states() == ["parked"] * 4


def test_a_later_step_of_the_same_clock_takes_the_place_of_the_earlier(office: PostOffice) -> None:
    office.do("person:marie", "set-notices", rhythm="weekly", weekday="friday")
    office.ring(MORNING)
    assert office.ring(datetime(2024, 9, 27, 8, tzinfo=ZONE)) >= 1
    assert text(mails(office)[0]).count("Ce dossier était à régler") == 2


def test_what_is_hidden_before_the_mail_goes_keeps_it_and_the_rest_goes_anew(office: PostOffice) -> None:
    office.ring(MORNING)
    office.do("2023:18", "restrict", visibility="named", people=["ana"])
    with sink() as relay:
        assert deliver(office.store, office.sending_to(relay.url)).parked == 1
        assert react(office.store, office.settings) == 0  # of that very hour a mail was made
        assert relay.taken == []
        assert office.ring(THURSDAY) == 1
        assert deliver(office.store, office.sending_to(relay.url)).sent == 1
        (message,) = relay.messages
    said = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one
    assert "Une rivière" not in said and "Un jardin" in said


def test_of_many_who_gather_at_once_one_makes_the_mail(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as apart:
        apart.setattr("services.mail.reaction.gather", lambda *_: 0)
        office.ring(MORNING)
    assert race(office) == 1
    assert len(mails(office)) == 1


def test_twin_without_the_lock_two_mails_are_begun(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both find the rows; without the id that person and hour make, both would be sent."""
    with monkeypatch.context() as apart:
        apart.setattr("services.mail.reaction.gather", lambda *_: 0)
        office.ring(MORNING)
    together = threading.Barrier(4)
    entries = digest._entries

    def meet(*given: Any) -> Any:
        together.wait(300)
        return entries(*given)

    monkeypatch.setattr(digest, "_WAITING", digest._WAITING.replace("FOR UPDATE", ""))
    monkeypatch.setattr(digest, "digest_id", lambda *_: uuid4())
    monkeypatch.setattr(digest, "_entries", meet)
    assert race(office) == 4
    assert len(mails(office)) == 4


def race(office: PostOffice) -> int:
    return sum(office.at_once(4, lambda store: gather(store, office.settings)))


def test_whoever_dies_before_the_marks_leaves_neither_mail_nor_marks(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest, "_TOLD", "SELECT 1 / 0, %s, %s")
    with pytest.raises(psycopg.errors.DivisionByZero):
        office.ring(MORNING)
    assert not mails(office) and {row["state"] for row in told(office)} == {"waiting"}
    monkeypatch.undo()
    assert react(office.store, office.settings) == 1


def test_twin_a_mail_apart_from_its_marks_leaves_them_behind(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made in a transaction of its own, it would be there while what it tells still waits; its id keeps it the only one."""
    write = digest._write

    def apart(store: Store, settings: Settings, *more: Any) -> None:
        with office.another() as other, pytest.MonkeyPatch.context() as planted:
            planted.setattr(digest, "_TOLD", "SELECT %s, %s")
            write(other, settings, *more)
        raise InterruptedError

    with monkeypatch.context() as planted:
        planted.setattr(digest, "_write", apart)
        with pytest.raises(InterruptedError):
            office.ring(MORNING)
    assert len(mails(office)) == 1 and {row["state"] for row in told(office)} == {"waiting"}
    assert react(office.store, office.settings) == 0
    assert len(mails(office)) == 1


@pytest.mark.parametrize(("lang", "words"), [
    ("fr", ("À FAIRE PAR VOUS", "Vos avis sont réunis en un seul courriel", "Suivi – 4 choses à faire")),
    ("en", ("FOR YOU TO DO", "Your notices are gathered in one mail", "Suivi – 4 things for you to do")),
])  # fmt: skip
def test_it_is_in_the_language_of_its_reader(office: PostOffice, lang: str, words: tuple[str, ...]) -> None:
    office.do("person:marie", "set-language", lang=lang)
    office.ring(MORNING)
    (mail,) = mails(office)
    assert all(word in text(mail) + mail["subject"] for word in words)
    assert f'lang="{lang}-CA"' in mail["html"] and "suivi act person:marie set-notices --set rhythm=at_once" in mail["body"]


def test_who_asked_for_no_mail_reads_it_in_the_application(office: PostOffice) -> None:
    office.do("person:marie", "set-notices", kinds={"reminder": "none"})
    assert office.ring(MORNING) == 4
    assert {(row["channel"], row["state"]) for row in office.rows()} == {("inbox", "sent")}


def test_who_asks_for_no_mail_meanwhile_gets_none_of_what_waits(office: PostOffice) -> None:
    office.do("person:marie", "set-notices", rhythm="weekly")
    office.ring(MORNING)
    office.do("person:marie", "set-notices", kinds={"reminder": "none"})
    assert react(office.store, office.settings) == 0
    assert {(row["channel"], row["state"]) for row in office.rows()} == {("inbox", "sent")}
    assert office.ring(datetime(2024, 9, 23, 8, tzinfo=ZONE)) == 0


def test_what_others_are_to_do_comes_after(office: PostOffice) -> None:
    office.do("person:ana", "set-notices", rhythm="daily")
    office.ring(MORNING)
    at = MORNING
    while not (found := [row for row in mails(office) if row["recipient"] == office.ana.person]):
        at += timedelta(days=1)
        office.ring(at)
    assert found[0]["subject"] == "Suivi – 4 choses à savoir" and "POUR INFORMATION" in text(found[0])


def test_a_rhythm_that_changes_changes_what_waits(office: PostOffice) -> None:
    office.do("person:marie", "set-notices", rhythm="weekly")
    office.ring(MORNING)
    office.do("person:marie", "set-notices", rhythm="at_once")
    assert react(office.store, office.settings) == 1
    assert len(mails(office)) == 1
