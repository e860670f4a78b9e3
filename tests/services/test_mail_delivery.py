"""What waits in the outbox goes out once, whoever sends it, and nothing is lost on the way."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.mail import deliver, react, reasons
from services.mail.delivery import KEPT, LATE, TRIES, pause
from services.schema import Urls
from services.simulation import advance
from tests.services.mailing import RUNG, PostOffice, Sink, post_office, sink

HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted", "Content-Language",
           "MIME-Version", "Content-Type"}  # fmt: skip


@pytest.fixture
def office(database: Urls) -> Iterator[PostOffice]:
    with post_office(database) as office:
        yield office


def test_a_reminder_goes_once(office: PostOffice) -> None:
    office.due()
    assert office.ring() == 1
    with sink() as relay:
        first = deliver(office.store, office.sending_to(relay.url))
        second = deliver(office.store, office.sending_to(relay.url))
    assert (first.sent, second.sent, office.states()) == (1, 0, ["sent"])
    ((recipients, _),), (message,) = relay.taken, relay.messages
    assert recipients == ["marie@example.org"]
    assert set(message.keys()) == HEADERS
    assert message["Message-ID"] == office.rows()[0]["message_id"]
    assert message["Message-ID"] == f"<{office.rows()[0]['id']}@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"] == "Suivi <suivi@example.org>"
    assert message["Subject"] == "Suivi – 2023:17\u00a0: échéance dépassée"
    assert message["Content-Language"] == "fr-CA"
    assert message["Date"].datetime == RUNG
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert office.rows()[0]["sent_at"] == RUNG


def test_what_one_reader_gets_about_one_case_is_one_thread(office: PostOffice) -> None:
    for number in (17, 18):
        office.due(number)
    with sink() as relay:
        for instant in (RUNG, RUNG + timedelta(days=14)):
            office.ring(instant)
            deliver(office.store, office.sending_to(relay.url))
        threads = {(to, str(message["Subject"])[8:15]): str(message["References"])
                   for (to,), message in zip([to for to, _ in relay.taken], relay.messages, strict=True)}  # fmt: skip
        assert len(relay.taken) == 6 and len(set(threads.values())) == len(threads) == 4
    assert {str(message["In-Reply-To"]) for message in relay.messages} == set(threads.values())


def test_what_cannot_be_delivered_returns_to_the_sender_or_where_it_is_told(office: PostOffice) -> None:
    office.due()
    office.tasks(1)
    office.ring()
    with sink() as relay:
        settings = office.sending_to(relay.url)
        deliver(office.store, settings)
        office.tasks(2)
        office.ring(RUNG + timedelta(days=7))
        deliver(office.store, replace(settings, bounces_to="Retours <retours@example.org>"))
    assert relay.senders[0] == "suivi@example.org" and relay.senders[-1] == "retours@example.org"
    assert {str(message["From"]) for message in relay.messages} == {"Suivi <suivi@example.org>"}


def test_without_a_server_messages_wait_in_sight(office: PostOffice) -> None:
    office.due()
    office.ring()
    done = deliver(office.store, office.sending_to(None))
    assert (done.sent, done.parked, office.states()) == (0, 0, ["waiting"])
    assert "2023:17" in office.rows()[0]["body"]


def test_a_server_without_a_sender_is_said_and_costs_no_try(office: PostOffice) -> None:
    office.due()
    office.ring()
    settings = office.sending_to("smtp://127.0.0.1:1")
    done = deliver(office.store, type(settings)(settings.home, "ana", smtp_url=settings.smtp_url))
    assert isinstance(done.trouble, reasons.SenderUnknown)
    assert (office.rows()[0]["tries"], office.states()) == (0, ["waiting"])


def test_nothing_goes_at_night_or_on_a_weekend(office: PostOffice) -> None:
    office.due()
    office.reach(RUNG)
    saturday = RUNG + timedelta(days=3)
    advance(office.store, saturday)
    react(office.store, office.settings)
    with sink() as relay:
        for hours in (0, 24, 44):
            advance(office.store, saturday + timedelta(hours=hours))
            assert deliver(office.store, office.sending_to(relay.url)).sent == 0
        advance(office.store, saturday + timedelta(hours=46))  # Monday at eight
        assert deliver(office.store, office.sending_to(relay.url)).sent == 1


def test_what_is_tried_again_waits_for_the_morning_too(office: PostOffice) -> None:
    office.due()
    assert office.ring() == 1
    with sink() as relay:
        for hour, sent in ((18, 0), (31, 0), (32, 1)):  # that evening, at seven and at eight the next morning
            advance(office.store, RUNG.replace(hour=0) + timedelta(hours=hour))
            assert deliver(office.store, office.sending_to(relay.url)).sent == sent


def test_the_address_is_the_one_of_the_day_it_goes(office: PostOffice) -> None:
    office.due()
    office.ring()
    office.do("person:marie", "set-address", mail="marie@ailleurs.example")
    with sink() as relay:
        deliver(office.store, office.sending_to(relay.url))
    assert relay.taken[0][0] == ["marie@ailleurs.example"]


@pytest.mark.parametrize(
    ("mail", "kind"), [(None, "AddressMissing"), ("marie@bureau", "AddressUnfit"), ("a@b\r\nBcc: x@y.z", "AddressUnfit")]
)
def test_without_an_address_it_is_set_aside_with_that_reason(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch, mail: str | None, kind: str
) -> None:
    """Also of what was recorded before the directory judged addresses."""
    monkeypatch.setattr("domain.directory.entries.fit_mail", lambda mail: mail)
    office.due()
    office.ring()
    office.do("person:marie", "set-address", **({"mail": mail} if mail else {}))
    with sink() as relay:
        done = deliver(office.store, office.sending_to(relay.url))
    assert (done.parked, relay.taken) == (1, [])
    assert type(reasons.read(office.rows()[0]["reason"])).__name__ == kind


def test_what_was_answered_meanwhile_is_not_sent(office: PostOffice) -> None:
    for number in (17, 18, 19, 20):
        office.due(number)
    office.do("2023:17", "add-task", text="Imprimer le guide", owner="Marie", due="2024-09-17")
    assert office.ring() == 5
    office.do("2023:17", "finish-task", task="1")
    office.do("2023:18", "acknowledge-step")
    office.do("2023:19", "snooze", until="2024-10-10")
    office.do("2023:20", "set-due", due="2024-12-01")
    with sink() as relay:
        done = deliver(office.store, office.sending_to(relay.url))
    assert (done.sent, done.parked) == (1, 4)
    assert [message["Subject"] for message in relay.messages] == ["Suivi – 2023:17\u00a0: échéance dépassée"]
    assert {row["reason"] for row in office.rows() if row["state"] == "parked"} == {reasons.written(reasons.Overtaken())}


def test_what_someone_may_no_longer_see_is_not_sent_to_them(office: PostOffice) -> None:
    office.due()
    office.ring()
    office.do("2023:17", "restrict", visibility="named", people=["ana"])
    with sink() as relay:
        assert deliver(office.store, office.sending_to(relay.url)).parked == 1
    assert not relay.taken
    assert isinstance(reasons.read(office.rows()[0]["reason"]), reasons.CaseHidden)


def test_what_is_five_days_late_is_set_aside(office: PostOffice) -> None:
    office.due()
    office.ring()
    office.let_leases_end()
    advance(office.store, RUNG + LATE - timedelta(seconds=1))
    assert deliver(office.store, office.sending_to(None)).parked == 0
    advance(office.store, RUNG + LATE)
    with sink() as relay:
        assert deliver(office.store, office.sending_to(relay.url)).parked == 1
    assert not relay.taken
    assert isinstance(reasons.read(office.rows()[0]["reason"]), reasons.TooLate)


def test_texts_are_forgotten_after_thirty_days(office: PostOffice) -> None:
    office.due()
    office.ring()
    with sink() as relay:
        deliver(office.store, office.sending_to(relay.url))
        advance(office.store, RUNG + KEPT - timedelta(seconds=1))
        assert deliver(office.store, office.sending_to(relay.url)).purged == 0
        advance(office.store, RUNG + KEPT)
        assert deliver(office.store, office.sending_to(relay.url)).purged == 1
    (row,) = office.rows()
    assert (row["body"], row["html"], row["state"]) == (None, None, "sent")


@pytest.mark.parametrize("mailers", [2, 5])
def test_however_many_send_each_message_goes_once(office: PostOffice, mailers: int) -> None:
    office.due()
    office.tasks(19)
    assert office.ring() == 20
    with sink() as relay:
        send_at_once(office, relay.url, mailers)
    assert Counter(relay.ids) == Counter(row["message_id"] for row in office.rows())
    assert office.states() == ["sent"] * 20


def test_twin_without_a_lease_messages_go_twice(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.mail.delivery.LEASE", timedelta(0))
    office.due()
    office.tasks(4)
    office.ring()
    with sink(taking=Pondering()) as relay:
        send_at_once(office, relay.url, 2)
    assert len(relay.ids) > len(set(relay.ids))


class Pondering(Sink):
    """It answers to the first message once it has a second one."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        while len(self.taken) < 2:
            await asyncio.sleep(0.005)
        return answer


def send_at_once(office: PostOffice, url: str, mailers: int) -> None:
    """From as many threads, each over a connection of its own, let go together."""
    office.at_once(mailers, lambda store: deliver(store, office.sending_to(url)))


def test_pauses_double_up_to_six_hours() -> None:
    minutes = [pause(tries) // timedelta(minutes=1) for tries in range(1, TRIES)]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]
