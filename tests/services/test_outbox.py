"""From the log to the outbox, once; and what people see and may do there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.clocks import EscalationStepTaken
from projections import follower
from projections.registry import PROJECTIONS
from services.execute import SYSTEM, Actor, Work, commit
from services.home import Home, Viewer
from services.mail import deliver, hold_back, letter, listing, react, reaction, reasons, retry
from services.mail.outbox import MessageUnknown, NothingWritten, NotParked, SendingRole
from services.schema import Urls
from services.settings import Settings
from services.simulation import advance
from services.store import Store
from services.watching import watch
from tests.services.mailing import RUNG, PostOffice, post_office, sink


@pytest.fixture
def office(database: Urls) -> Iterator[PostOffice]:
    with post_office(database) as office:
        yield office


@contextmanager
def seen_by(office: PostOffice, database: Urls, login: str) -> Iterator[Home]:
    """The home of the office, as someone opens it."""
    with psycopg.connect(database.reader, autocommit=True) as reader:
        settings = Settings(office.settings.home, login)
        yield Home(settings, database, office.store, reader)


def kinds(office: PostOffice) -> list[str | None]:
    return [row["reason"] and type(reasons.read(row["reason"])).__name__ for row in office.rows()]


def position(office: PostOffice) -> tuple[int, int]:
    row = office.store.connection.execute(
        "SELECT position, (SELECT size FROM suivi.log_head) FROM suivi.reactions WHERE name = 'mail'"
    ).fetchone()
    assert row
    return row[0], row[1]


def take_step(office: PostOffice, ref: str, *told: UUID, kind: str = "due", about: str = "") -> UUID:
    """A step as the sweep would record it, made by hand; its id."""
    step = uuid4()

    def decide(work: Work) -> None:
        case = work.case(work.refs.case(ref))
        event = EscalationStepTaken(clock=uuid4(), kind=kind, about=about, due="2024-09-17", id=step, step=1, repetition=1,
                                    at=RUNG, tell=("owner",), told=told)  # fmt: skip
        case.trigger(event, work.act)

    commit(office.store, SYSTEM, {"step": str(step)}, decide)
    office.settle()
    return step


def test_each_step_is_told_once(office: PostOffice) -> None:
    office.due()
    office.due(18, owner=None)
    assert (office.ring(), react(office.store, office.settings)) == (2, 0)
    assert position(office)[0] == position(office)[1]
    assert office.states() == ["waiting", "waiting"]
    assert {row["channel"] for row in office.rows()} == {"mail"}


def test_the_position_moves_beyond_what_is_not_for_it(office: PostOffice) -> None:
    assert react(office.store, office.settings) == 0
    assert position(office)[0] == position(office)[1] > 0


def test_many_steps_take_many_transactions(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaction, "BATCH", 3)
    office.due()
    office.tasks(9)
    assert office.ring() == 10
    assert position(office)[0] == position(office)[1]


def test_however_many_react_each_step_is_told_once(office: PostOffice) -> None:
    office.due()
    office.tasks(9)
    office.reach()
    assert sum(office.at_once(5, lambda store: react(store, office.settings))) == len(office.rows()) == 10


def test_a_crash_between_the_rows_and_the_position_leaves_neither(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.due()
    office.reach()
    monkeypatch.setattr(reaction, "_ADVANCE", "SELECT 1 / 0, %s, %s")
    with pytest.raises(psycopg.errors.DivisionByZero):
        react(office.store, office.settings)
    assert office.rows() == []
    monkeypatch.undo()
    assert react(office.store, office.settings) == 1


def test_twin_a_position_that_moves_by_itself_loses_the_step(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash_after_moving(store: Store, settings: Settings) -> None:
        store.connection.execute("UPDATE suivi.reactions SET position = (SELECT size FROM suivi.log_head)")
        raise InterruptedError

    office.due()
    office.reach()
    with monkeypatch.context() as planted, pytest.raises(InterruptedError):
        planted.setattr(reaction, "_take_turn", crash_after_moving)
        react(office.store, office.settings)
    assert react(office.store, office.settings) == 0
    assert office.rows() == []


def test_whoever_may_not_see_the_case_is_told_nothing(office: PostOffice) -> None:
    ref = office.due(title="Un secret")
    office.do(ref, "restrict", visibility="named", people=["ana"])
    take_step(office, ref, office.person("marie", "Marie", None).person)
    assert react(office.store, office.settings) == 1
    (row,) = office.rows()
    assert (row["state"], kinds(office), row["body"], row["html"], row["subject"]) == (
        "parked", ["CaseHidden"], None, None, "Suivi",
    )  # fmt: skip


def test_what_fails_is_kept_in_sight_and_the_others_are_on_time(office: PostOffice) -> None:
    ref = office.due()
    stranger, ana = uuid4(), office.ana.person
    take_step(office, ref, stranger)
    take_step(office, ref, ana, kind="report", about="not an id")
    take_step(office, ref, ana, kind="unheard of")
    office.reach()
    assert react(office.store, office.settings) == 4
    assert sorted(office.states()) == ["parked", "parked", "parked", "waiting"]
    assert sorted(filter(None, kinds(office))) == ["AddressMissing", "NotWritten", "NotWritten"]
    assert position(office)[0] == position(office)[1]


def test_a_step_of_a_later_version_is_kept_in_sight(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    take_step(office, office.due(), office.ana.person)

    def unreadable(topic: str, data: bytes) -> None:
        raise ValueError(topic)

    monkeypatch.setattr(reaction, "open_event", unreadable)
    assert react(office.store, office.settings) == 1
    assert (kinds(office), office.rows()[0]["recipient"]) == (["NotWritten"], reaction.NOBODY)


def test_a_rebuild_sends_nothing(office: PostOffice) -> None:
    office.due()
    office.ring()
    for projection in PROJECTIONS:
        follower.rebuild(office.store.connection, projection)
    assert react(office.store, office.settings) == 0
    assert len(office.rows()) == 1


def test_in_real_time_mail_waits_for_working_hours(database: Urls) -> None:
    with post_office(database, beginning=None) as office, sink() as relay:
        take_step(office, office.due(), office.person("marie", "Marie", None).person)
        assert react(office.store, office.settings) == 1
        (row,) = office.rows()
        assert row["not_before"] == office.store.present.calendar.reopening(row["created_at"])
        office.store.connection.execute("UPDATE suivi.outbox SET not_before = now() + interval '1 hour'")
        assert deliver(office.store, office.sending_to(relay.url)).sent == 0
        office.store.connection.execute("UPDATE suivi.outbox SET not_before = now()")
        present = office.store.present
        at_work = present.calendar.reopening(present.now) == present.now  # this test runs at any hour of any day
        assert deliver(office.store, office.sending_to(relay.url)).sent == at_work


def test_even_told_again_a_step_is_one_message(office: PostOffice) -> None:
    office.due()
    office.ring()
    (before,) = office.rows()
    office.store.connection.execute("UPDATE suivi.reactions SET position = 0")
    assert react(office.store, office.settings) == 0
    assert office.rows() == [before]


def test_what_comes_back_with_a_backup_is_held_back(office: PostOffice) -> None:
    office.due()
    office.ring()
    assert hold_back(office.store) == 1
    assert (office.states(), kinds(office)) == (["parked"], ["BackFromBackup"])
    retry(office.store, office.ana, office.rows()[0]["id"])
    with sink() as relay:
        assert deliver(office.store, office.sending_to(relay.url)).sent == 1


def test_only_what_somebody_should_see_to_is_counted(office: PostOffice) -> None:
    office.due()
    office.ring()
    hold_back(office.store)
    settled = {kind.__name__ for kind in (reasons.CaseHidden, reasons.Overtaken, reasons.BackFromBackup)}
    for kind in reasons.KINDS:
        office.store.connection.execute("UPDATE suivi.outbox SET reason = %s", (f'["{kind}",{{}}]',))
        assert watch(office.store.connection).parked == (kind not in settled), kind


def test_the_secretary_sees_all_and_others_their_own(office: PostOffice, database: Urls) -> None:
    office.due()
    office.due(18, owner=None)
    office.ring()
    for login, expected in (("ana", ["2023:17", "2023:18"]), ("marie", ["2023:17"]), ("zoe", [])):
        with seen_by(office, database, login) as home:
            assert sorted(row["case"] for row in listing(home)) == expected
            assert listing(home, "sent") == []
            if login != "ana":
                assert all(row["recipient"]["name"] == "Marie" for row in listing(home))


def test_one_message_is_read_by_the_beginning_of_its_id(office: PostOffice, database: Urls) -> None:
    office.due()
    office.ring()
    id = str(office.rows()[0]["id"])
    with seen_by(office, database, "ana") as home:
        assert letter(home, id[:8])["text"] == letter(home, id)["text"] == office.rows()[0]["body"]
        assert letter(home, id)["created_at"] == office.rows()[0]["created_at"].astimezone(UTC).isoformat()[:-6] + "Z"
        for unknown in ("zzzz", "", "%", "-", str(uuid4())):
            with pytest.raises(MessageUnknown):
                letter(home, unknown)


def test_a_case_that_an_administrator_may_not_see_stays_hidden_in_the_outbox(office: PostOffice, database: Urls) -> None:
    ref = office.due(title="Un secret")
    office.ring()
    office.person("zoe", "Zoé", "zoe@example.org", "administrator")
    office.do(ref, "restrict", visibility="named", people=["ana"])
    with seen_by(office, database, "zoe") as home:
        (row,) = listing(home)
        assert (row["case"], row["subject"], letter(home, row["id"])["text"]) == (None, None, None)
        assert home.viewer() != Viewer()


def test_sent_again_when_mail_may_next_go(office: PostOffice) -> None:
    office.due()
    office.ring()
    (row,) = office.rows()
    with pytest.raises(NotParked):
        retry(office.store, office.ana, row["id"])
    advance(office.store, RUNG + timedelta(days=10))  # a Saturday, before a Monday that is a holiday
    deliver(office.store, office.settings)
    assert office.states() == ["parked"]
    with pytest.raises(SendingRole):
        retry(office.store, Actor(uuid4(), frozenset({"officer"})), row["id"])
    retry(office.store, office.ana, row["id"])
    (again,) = office.rows()
    assert (again["state"], again["tries"], again["reason"]) == ("waiting", 0, None)
    assert again["not_before"] == office.store.present.calendar.opening(RUNG.date() + timedelta(days=13))
    assert again["message_id"] == row["message_id"]


def test_what_has_no_text_cannot_be_sent_again(office: PostOffice) -> None:
    take_step(office, office.due(), uuid4())
    react(office.store, office.settings)
    with pytest.raises(NothingWritten):
        retry(office.store, office.ana, office.rows()[0]["id"])
    with pytest.raises(MessageUnknown):
        retry(office.store, office.ana, uuid4())
