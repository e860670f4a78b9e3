"""Mail that came back is set aside in sight, and the secretary hears of it once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.errors import SuiviError
from services.execute import Actor
from services.mail import bounces, deliver, reasons, record_bounce, retry
from services.mail.bounces import BouncesRole, NotGone, NotOurs, Recorded
from services.schema import Urls
from services.simulation import advance
from services.watching import watch
from tests.faults.relays import relay
from tests.services import notices
from tests.services.mailing import RUNG, ZONE, PostOffice, parsed, post_office, sink


@pytest.fixture
def office(database: Urls) -> Iterator[PostOffice]:
    """One reminder has gone to Marie."""
    with post_office(database) as office:
        office.due()
        office.ring()
        send(office)
        yield office


def fed(office: PostOffice, notice: bytes, times: int) -> list[int]:
    """The notice, so many times at the same moment; how many people each was told to tell."""
    actor = office.ana
    return sorted(office.at_once(times, lambda store: record_bounce(store, office.settings, actor, notice).told))


def send(office: PostOffice) -> list[Any]:
    with sink() as server:
        deliver(office.store, office.sending_to(server.url))
        return server.taken


def row_of(office: PostOffice, kind: str = "reminder") -> dict[str, Any]:
    (row,) = (row for row in office.rows() if row["kind"] == kind)
    return row


def another(office: PostOffice, owner: str = "Marie") -> dict[str, Any]:
    """One more reminder, which waits; whatever else rings meanwhile is settled."""
    office.do("2023:17", "acknowledge-step")
    office.due(18, owner=owner, on="2024-09-20")
    office.ring(datetime(2024, 9, 23, 10, tzinfo=ZONE))
    (row,) = (row for row in office.rows() if row["state"] == "waiting")
    return row


def came_back(office: PostOffice, notice: bytes, by: Actor | None = None) -> Recorded:
    return record_bounce(office.store, office.settings, by or office.ana, notice)


@pytest.mark.parametrize("form", [notices.postfix, notices.exchange, notices.exim, notices.qmail])
def test_a_message_that_came_back_is_set_aside_and_told(office: PostOffice, form: Any) -> None:
    id = row_of(office)["message_id"]
    done = came_back(office, form(id))
    row, told = row_of(office), row_of(office, "bounce")
    assert (done.state, done.told, row["state"], row["bounced_at"]) == ("bounced", 1, "bounced", RUNG)
    assert done.answer in reasons.said(row["reason"], "fr")  # type: ignore[operator]
    assert (told["recipient"], told["subject"]) == (office.ana.person, "Suivi – un message est revenu")
    for words in ("à Marie", done.answer, f"suivi outbox --retry {str(row['id'])[:8]}",
                  "suivi act person:marie set-address", f"https://suivi.example.org/envois/{row['id']}"):  # fmt: skip
        assert words in " ".join(told["body"].split()).replace("\u00a0", " "), words
    assert watch(office.store.connection).parked == 1
    ((recipients, content),) = send(office)
    assert recipients == ["ana@example.org"] and parsed(content)["Auto-Submitted"] == "auto-generated"


def test_the_same_notice_again_changes_nothing(office: PostOffice) -> None:
    notice = notices.postfix(row_of(office)["message_id"])
    came_back(office, notice)
    before = office.rows()
    assert came_back(office, notice).told == 0
    assert came_back(office, notices.exim(row_of(office)["message_id"])).told == 0  # nor another about what is set aside
    assert office.rows() == before


def test_several_at_once_tell_it_once(office: PostOffice) -> None:
    assert fed(office, notices.postfix(row_of(office)["message_id"]), 4) == [0, 0, 0, 1]
    assert len(office.rows()) == 2


def test_twin_without_the_lock_and_with_ids_of_chance_it_is_told_twice(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = threading.Barrier(2)  # both have looked before either marks it

    def both_have_looked(notice: Any) -> str:
        found.wait(300)
        return reasons.written(notice)

    monkeypatch.setattr(bounces, "_FIND", bounces._FIND.replace("FOR UPDATE", ""))
    monkeypatch.setattr(bounces, "uuid5", lambda *about: uuid4())
    monkeypatch.setattr(bounces, "written", both_have_looked)
    assert fed(office, notices.postfix(row_of(office)["message_id"]), 2) == [1, 1]


def test_a_delay_is_shown_and_is_not_final(office: PostOffice) -> None:
    id = row_of(office)["message_id"]
    done = came_back(office, notices.postfix(id, "delayed", "4.4.1", "smtp; 451 4.4.1 no answer"))
    assert (done.state, done.told, row_of(office)["state"], len(office.rows())) == ("sent", 0, "sent", 1)
    assert "451 4.4.1 no answer" in (reasons.said(row_of(office)["reason"], "fr") or "")
    assert watch(office.store.connection).parked == 0
    assert came_back(office, notices.postfix(id)).state == "bounced"


def test_what_came_back_is_sent_again_and_may_come_back_again(office: PostOffice) -> None:
    notice = notices.postfix(row_of(office)["message_id"])
    came_back(office, notice)
    retry(office.store, office.ana, row_of(office)["id"])
    assert (row_of(office)["state"], row_of(office)["bounced_at"]) == ("waiting", None)
    with pytest.raises(NotGone):
        came_back(office, notices.exim(row_of(office)["message_id"]))
    advance(office.store, RUNG + timedelta(minutes=5))
    assert {tuple(to) for to, _ in send(office)} == {("marie@example.org",), ("ana@example.org",)}
    assert came_back(office, notice).state == "sent"  # the old notice, once more
    assert came_back(office, notices.exim(row_of(office)["message_id"])).told == 1
    assert [row["kind"] for row in office.rows()].count("bounce") == 2


def test_a_letter_about_what_came_back_that_comes_back_tells_nobody(office: PostOffice) -> None:
    came_back(office, notices.postfix(row_of(office)["message_id"]))
    send(office)
    done = came_back(office, notices.postfix(row_of(office, "bounce")["message_id"]))
    assert (done.state, done.told, len(office.rows())) == ("bounced", 0, 2)


def test_what_came_back_from_the_only_secretary_stays_in_sight(office: PostOffice) -> None:
    row = another(office, owner="ana")
    send(office)
    assert came_back(office, notices.postfix(row["message_id"])).told == 0
    assert watch(office.store.connection).parked == 1


def test_who_may_and_what_is_not_ours(office: PostOffice) -> None:
    notice = notices.postfix(row_of(office)["message_id"])
    zoe = office.person("zoe", "Zoé", None, "officer", "auditor")
    refused: list[tuple[type[SuiviError], bytes, Actor | None]] = [
        (BouncesRole, notice, Actor(zoe.person, zoe.roles)),
        (NotOurs, notices.postfix("<0f8fad5b-d9cb-469f-a165-70867728950e@example.org>"), None),
        (NotOurs, notices.postfix("<someone@elsewhere.example>"), None),
    ]
    before = office.rows()
    for refusal, content, by in refused:
        with pytest.raises(refusal):
            came_back(office, content, by)
    assert office.rows() == before


def test_what_waits_or_was_set_aside_has_not_gone(office: PostOffice) -> None:
    row = another(office)
    with pytest.raises(NotGone):
        came_back(office, notices.postfix(row["message_id"]))


def test_a_refusal_on_the_spot_is_shown_alike(office: PostOffice) -> None:
    """The relay itself may know at once (550 after RCPT): set aside by the pass, and counted with what came back."""
    another(office)
    with relay(rcpt="550 5.1.1 unknown") as server:
        assert deliver(office.store, office.sending_to(server.url)).parked == 1
    came_back(office, notices.postfix(next(row for row in office.rows() if row["state"] == "sent")["message_id"]))
    assert watch(office.store.connection).parked == 2
