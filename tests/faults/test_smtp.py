"""Mail servers that refuse, hang, greylist, trickle, drop, or die after the content: nothing is lost, nothing is sent
that should not be, and one bad message or server does not keep the others waiting."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from services.mail import deliver, delivery, reasons
from services.mail.delivery import TRIES
from services.schema import Urls
from services.store import Store
from tests.faults.relays import DROP, HANG, relay
from tests.ports import free_port
from tests.services.mailing import PostOffice, post_office, sink


@pytest.fixture
def office(database: Urls) -> Iterator[PostOffice]:
    """With a case that will ring."""
    with post_office(database) as office:
        office.due()
        yield office


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], AbstractContextManager[None]]:
    """With so many seconds of patience for as long as it is entered."""

    @contextmanager
    def entered(seconds: float) -> Iterator[None]:
        with monkeypatch.context() as little:
            little.setattr("services.mail.relay.SILENCE", seconds)
            little.setattr("services.mail.relay.WHOLE", 2 * seconds)
            yield

    return entered


def reason(office: PostOffice) -> reasons.Trouble:
    return reasons.read(office.rows()[0]["reason"])


AGAIN = {
    "greylisted": ({"rcpt": "450 4.2.0 greylisted, come back"}, reasons.NotTaken),
    "too busy": ({"hello": "421 too busy"}, reasons.RelayAway),
    "silent from the start": ({"hello": HANG}, reasons.RelayAway),
    "silent after the recipient": ({"rcpt": HANG}, reasons.NotTaken),
    "silent after the content": ({"done": HANG}, reasons.NotTaken),
    "trickling": ({"done": "trickle"}, reasons.NotTaken),
    "trickling from the start": ({"hello": "trickle"}, reasons.RelayAway),
    "dropping at once": ({"hello": DROP}, reasons.RelayAway),
    "dropping at the recipient": ({"rcpt": DROP}, reasons.NotTaken),
    "dying after the content": ({"done": DROP}, reasons.NotTaken),
    "full": ({"done": "452 4.3.1 no room"}, reasons.NotTaken),
    "shutting down": ({"rcpt": "421 bye"}, reasons.NotTaken),
    "a sender not now": ({"mail": "451 4.3.2 later"}, reasons.NotTaken),
    "nonsense": ({"rcpt": "what a day"}, reasons.NotTaken),
    "no sender": ({"mail": "550 5.7.1 not from you"}, reasons.SenderRefused),
    "a login wanted": ({"rcpt": "530 5.7.0 who are you"}, reasons.LoginRefused),
    "no encryption": ({"ehlo": "250-relay\r\n250 STARTTLS", "starttls": "454 not now"}, reasons.RelayAway),
}


@pytest.mark.parametrize("name", AGAIN)
def test_what_may_pass_is_tried_again_under_the_same_id(
    office: PostOffice, impatient: Callable[[float], AbstractContextManager[None]], name: str
) -> None:
    """A busy machine keeps good servers waiting as well: whoever was taken for silent too soon is given more time."""
    answers, kind = AGAIN[name]
    office.ring()
    with relay(**answers) as server:
        for patience in (1.0, 4.0, 15.0) if {HANG, "trickle"} & {*answers.values()} else (60.0,):
            office.store.connection.execute("UPDATE suivi.outbox SET tries = 0, leased_till = NULL")
            with impatient(patience):
                done = deliver(office.store, office.sending_to(server.url))
            if type(reason(office)) is kind:
                break
    (row,) = office.rows()
    assert (done.sent, done.postponed, row["state"], row["tries"]) == (0, 1, "waiting", 1)
    assert type(reason(office)) is kind
    with sink() as well:
        assert deliver(office.store, office.sending_to(well.url)).sent == 0  # it rests
        office.let_leases_end()
        assert deliver(office.store, office.sending_to(well.url)).sent == 1
    assert well.ids == [row["message_id"]]
    assert all(row["message_id"].encode() in seen for seen in server.seen)


NEVER = {
    "no such person": ({"rcpt": "550 5.1.1 no such person"}, reasons.RecipientRefused),
    "moved": ({"rcpt": "551 moved"}, reasons.RecipientRefused),
    "content refused": ({"done": "554 5.7.1 looks like spam"}, reasons.MessageRefused),
    "data refused": ({"data": "554 no"}, reasons.MessageRefused),
}


@pytest.mark.parametrize("name", NEVER)
def test_what_is_refused_for_good_is_set_aside_at_once(office: PostOffice, name: str) -> None:
    answers, kind = NEVER[name]
    office.due(18, owner="ana")
    office.ring()
    with relay(**answers) as server:
        done = deliver(office.store, office.sending_to(server.url))
    assert (done.parked, done.trouble, office.states()) == (2, None, ["parked", "parked"])
    assert type(reason(office)) is kind
    assert server.connections == 1  # a refusal is no reason to leave


def test_nobody_listens(office: PostOffice) -> None:
    office.ring()
    done = deliver(office.store, office.sending_to(f"smtp://127.0.0.1:{free_port()}"))
    assert (done.postponed, type(done.trouble)) == (1, reasons.RelayAway)


def test_after_twelve_tries_it_is_set_aside_with_the_last_answer(office: PostOffice) -> None:
    office.ring()
    with relay(rcpt="451 later") as server:
        for n in range(TRIES):
            assert office.rows()[0]["tries"] == n
            deliver(office.store, office.sending_to(server.url))
            office.let_leases_end()
        assert deliver(office.store, office.sending_to(server.url)).parked == 0
    assert (office.states(), type(reason(office))) == (["parked"], reasons.GivenUp)
    assert reason(office).facts == {"tries": 12, "answer": "451 later"}


def test_a_server_that_is_away_is_asked_once_a_pass_and_told_once(
    office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    for number in (18, 19, 20):
        office.due(number)
    office.ring()
    with caplog.at_level(logging.WARNING, "services.mail"), relay(mail="550 not from you") as server:
        for _ in range(3):
            deliver(office.store, office.sending_to(server.url))
    assert server.connections == 3
    assert sorted(row["tries"] for row in office.rows()) == [0, 1, 1, 1]
    assert len(caplog.records) == 1 and "MAIL_FROM" in caplog.text and "marie" not in caplog.text


def test_one_bad_recipient_does_not_hold_up_the_others(office: PostOffice) -> None:
    office.person("zoe", "Zoé", "zoe@example.org")
    office.due(18, owner="Zoé")
    office.ring()
    office.do("person:marie", "set-address", mail="marie@bureau")
    with sink() as well:
        done = deliver(office.store, office.sending_to(well.url))
    assert (done.sent, done.parked) == (1, 1)


def test_a_server_that_hangs_up_after_each_message_takes_them_all(office: PostOffice) -> None:
    office.tasks(4)
    office.ring()
    with relay(done="250 taken, bye") as server:
        assert deliver(office.store, office.sending_to(server.url)).sent == 5
    assert (server.connections, len(server.taken)) == (5, 5)


def test_whatever_a_server_does_next_nothing_is_lost(office: PostOffice) -> None:
    """Another fault at each pass, then none."""
    office.tasks(9)
    office.ring()
    quick = [answers for answers, _ in AGAIN.values() if not {HANG, "trickle"} & {*answers.values()}]
    with relay() as server:
        for answers in quick[: TRIES - 1]:
            server.answer_so(answers)
            deliver(office.store, office.sending_to(server.url))
            office.let_leases_end()
        server.answer_so({})
        deliver(office.store, office.sending_to(server.url))
    assert office.states() == ["sent"] * 10
    taken = b"".join(server.taken)
    assert all(row["message_id"].encode() in taken for row in office.rows())


def test_a_message_that_cannot_be_made_does_not_hold_up_the_others(office: PostOffice) -> None:
    office.tasks(1)
    office.ring()
    office.store.connection.execute("UPDATE suivi.outbox SET html = NULL WHERE subject LIKE '%tâche%'")
    with sink() as well:
        done = deliver(office.store, office.sending_to(well.url))
    assert (done.sent, done.parked) == (1, 1)
    assert {type(reasons.read(row["reason"])) for row in office.rows() if row["reason"]} == {reasons.NotWritten}


def test_an_address_that_is_mistyped_sends_nothing_in_the_clear(office: PostOffice) -> None:
    office.ring()
    with sink(query="?starttls=requierd") as well:
        done = deliver(office.store, office.sending_to(well.url))
    assert (type(done.trouble), well.taken, office.rows()[0]["tries"]) == (reasons.RelayUnreadable, [], 0)


def test_nothing_is_held_while_the_server_is_spoken_to(office: PostOffice) -> None:
    office.ring()
    assert free_while_sending(office) == 1


def test_twin_sending_within_a_transaction_holds_the_outbox(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_by_one = delivery._handle

    def all_in_one(store: Store, *others: Any) -> None:
        with store.connection.transaction():
            store.connection.execute("SELECT FROM suivi.outbox FOR UPDATE")
            one_by_one(store, *others)

    monkeypatch.setattr(delivery, "_handle", all_in_one)
    office.ring()
    assert free_while_sending(office) == 0


def free_while_sending(office: PostOffice) -> int:
    """How many messages nobody holds while the server ponders over the content of one."""
    with relay(done=HANG) as server, office.another() as sending, office.another() as other:
        mailer = threading.Thread(target=deliver, args=(sending, office.sending_to(server.url)))
        mailer.start()
        while not server.seen:
            assert mailer.is_alive()
            time.sleep(0.01)
        free = other.connection.execute("SELECT id FROM suivi.outbox FOR UPDATE SKIP LOCKED").fetchall()
        server.over.set()  # it hangs up
        mailer.join(300)
    return len(free)
