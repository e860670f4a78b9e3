"""Each command once, whatever is lost on the way, and one winner at a time."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from domain.case.case import Case
from domain.case.commands import NoteCase
from domain.case.decisions import handle
from domain.case.refusals import NotFromHere
from services.execute import Actor, OtherActor, OtherRequest, Outcome, StaleVersion, TooBusy, Work, commit
from services.refs import CaseUnknown
from services.schema import Urls
from services.servers import Server
from services.store import Store
from tests.services.desk import HER, HIM, Desk, furnished, opened

REQUEST = {"verb": "note", "text": "à voir"}


@pytest.fixture
def desk(database: Urls) -> Iterator[Desk]:
    with opened(database) as desk:
        yield furnished(desk)


def test_the_same_request_under_the_same_id_is_done_once(desk: Desk) -> None:
    id = uuid4()
    first = desk.act("2023:17", "refer", body="Comité des parcs", id=id)
    count = desk.count()
    again = desk.act("2023:17", "refer", body="Comité des parcs", id=id)
    assert (again.versions, again.repeated, first.repeated) == (first.versions, True, False)
    assert desk.count() == count


def test_a_creation_repeated_is_the_same_creation(desk: Desk) -> None:
    id = uuid4()
    first = desk.act("2023:4", "adopt", title="Un parc", id=id)
    assert desk.act("2023:4", "adopt", title="Un parc", id=id).versions == first.versions


def test_the_answer_stays_when_it_would_now_be_refused(desk: Desk) -> None:
    id = uuid4()
    first = desk.act("2023:17", "start", id=id)
    desk.act("2023:17", "complete", completion="full")
    with pytest.raises(NotFromHere):
        desk.act("2023:17", "start")
    again = desk.act("2023:17", "start", id=id)
    assert again == Outcome(first.versions, repeated=True)


def test_the_answer_stays_when_what_was_read_is_stale(desk: Desk) -> None:
    """The usual retry: the same id, the same version read, and an answer that never arrived."""
    id = uuid4()
    first = desk.act("2023:17", "start", if_version=1, id=id)
    again = desk.act("2023:17", "start", if_version=1, id=id)
    assert again == Outcome(first.versions, repeated=True)


def test_an_id_is_of_one_request_and_of_one_person(desk: Desk) -> None:
    id = uuid4()
    desk.act("2023:17", "note", text="à voir", id=id)
    for more in ({"text": "à revoir"}, {"text": "à voir", "part": "17"}):
        with pytest.raises(OtherRequest):
            desk.act("2023:17", "note", id=id, **more)  # type: ignore[arg-type]
    assert desk.act("2023:17", "note", text="à voir", if_version=2, id=id).repeated  # whoever looked again meanwhile
    with pytest.raises(OtherActor):
        desk.act("2023:17", "note", text="à voir", id=id, actor=HIM)
    assert desk.case("2023:17").version == 2


def test_a_refusal_is_not_remembered(desk: Desk) -> None:
    id = uuid4()
    with pytest.raises(CaseUnknown):
        desk.act("2023:4", "start", id=id)
    desk.act("2023:4", "adopt", title="Un parc")
    assert not desk.act("2023:4", "start", id=id).repeated


def test_what_was_read_must_still_be_so(desk: Desk) -> None:
    desk.act("2023:17", "note", text="à voir", if_version=1)
    with pytest.raises(StaleVersion) as refusal:
        desk.act("2023:17", "start", if_version=1)
    assert refusal.value.facts == {"ref": "2023:17", "now": 2, "read": 1}
    desk.act("2023:17", "start", if_version=2)
    assert desk.case("2023:17").version == 3


def test_who_acted_for_whom_is_recorded(desk: Desk) -> None:
    desk.act("2023:17", "start", actor=Actor(HIM.person, frozenset({"officer"}), on_behalf_of=HER.person))
    last = desk.case("2023:17").history[-1]
    assert (last.actor, last.event.role, last.event.on_behalf_of) == (HIM.person, "officer", HER.person)


THREADS = 16


def at_once(urls: Urls, run: Callable[[Desk, int], object]) -> list[object]:
    """What each of many, all starting together, was answered."""
    barrier = Barrier(THREADS, timeout=300)

    def one(number: int) -> object:
        with Store(urls.writer) as store:
            desk = Desk(store)
            barrier.wait()
            return run(desk, number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


@pytest.mark.parametrize("version", [1, 2, 3])
def test_one_winner_for_each_version(desk: Desk, database: Urls, version: int) -> None:
    for _ in range(version - 1):
        desk.act("2023:17", "note", text="à voir")

    def run(own: Desk, number: int) -> object:
        try:
            return own.act("2023:17", "wait", on=f"quelqu’un, {number}", if_version=version)
        except StaleVersion as refusal:
            return refusal

    answers = at_once(database, run)
    assert sum(isinstance(answer, Outcome) for answer in answers) == 1
    assert {type(answer) for answer in answers} == {Outcome, StaleVersion}
    assert desk.case("2023:17").version == version + 1


def test_those_who_read_no_version_are_all_heard(desk: Desk, database: Urls) -> None:
    answers = at_once(database, lambda own, number: own.act("2023:17", "note", text=f"note {number}"))
    assert all(isinstance(answer, Outcome) for answer in answers)
    notes = [note.text for _, note in desk.case("2023:17").notes]
    assert sorted(notes) == sorted(f"note {number}" for number in range(THREADS))


def test_who_is_outrun_for_too_long_is_told(desk: Desk, database: Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each time this one has decided, another has written."""
    monkeypatch.setattr("services.execute.PATIENCE", 0.2)
    with opened(database) as other:

        def outrun(work: Work) -> None:
            case = work.case(other.case("2023:17").id)
            other.act("2023:17", "note", text="plus vite")
            handle(case, NoteCase(text="trop tard"), work.act)

        with pytest.raises(TooBusy):
            commit(desk.store, HER, {"note": "trop tard"}, outrun)
    assert {note.text for _, note in desk.case("2023:17").notes} == {"plus vite"}


def test_one_of_many_who_repeat_one_command_does_it(desk: Desk, database: Urls) -> None:
    id = uuid4()
    answers = at_once(database, lambda own, number: own.act("2023:17", "start", id=id))
    assert all(isinstance(a, Outcome) and [*a.versions.values()] == [2] for a in answers)
    assert sum(isinstance(a, Outcome) and not a.repeated for a in answers) == 1
    assert desk.case("2023:17").version == 2


def test_one_of_many_adopts_a_number(desk: Desk, database: Urls) -> None:
    def run(own: Desk, number: int) -> object:
        try:
            return own.act("2023:4", "adopt", title=f"Titre {number}")
        except Exception as refusal:
            return type(refusal).__name__

    answers = at_once(database, run)
    assert sum(isinstance(answer, Outcome) for answer in answers) == 1
    assert {answer for answer in answers if isinstance(answer, str)} == {"AlreadyThere"}


def superuser(server: Server, urls: Urls) -> psycopg.Connection:
    database = str(conninfo_to_dict(urls.writer)["dbname"])
    return psycopg.connect(make_conninfo(server.superuser_url, dbname=database), autocommit=True)


def noting(desk: Desk, before: Callable[[Store], None]) -> Callable[[Work], None]:
    """Decides to note something; the first time, something happens before it can be stored."""
    stream, first = desk.refs.case("2023:17"), [before]

    def decide(work: Work) -> None:
        handle(work.case(stream), NoteCase(text="à voir"), work.act)
        if first:
            first.pop()(work.store)

    return decide


def test_a_connection_lost_before_the_append_is_made_anew(desk: Desk, database: Urls, server: Server) -> None:
    def cut(store: Store) -> None:
        with superuser(server, database) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", (store.connection.info.backend_pid,))

    before, stream, decide, id = desk.store.connection, desk.refs.case("2023:17"), noting(desk, cut), uuid4()
    outcome = commit(desk.store, HER, REQUEST, decide, id)
    assert desk.store.connection is not before, "nothing was lost"
    assert outcome == Outcome({stream: 2}, before={stream: 1})
    assert commit(desk.store, HER, REQUEST, decide, id).repeated


def test_what_was_stored_though_the_answer_was_lost_is_found_by_its_id(
    desk: Desk, database: Urls, server: Server
) -> None:
    """The append is held until its client has hung up and asks again: only one of the two is stored."""
    line = socket.socket(fileno=os.dup(desk.store.connection.fileno()))
    stream, decide, id = desk.refs.case("2023:17"), noting(desk, lambda store: None), uuid4()
    with (
        superuser(server, database) as other,
        superuser(server, database) as holder,
        ThreadPoolExecutor(1) as pool,
        line,
    ):
        with holder.transaction():
            holder.execute("LOCK TABLE suivi.pending IN SHARE MODE")
            asked = pool.submit(commit, desk.store, HER, REQUEST, decide, id)
            await_waiting(other, 1)
            line.shutdown(socket.SHUT_RDWR)
            await_waiting(other, 2)
        outcome = asked.result(timeout=300)
    assert outcome == Outcome({stream: 2}, repeated=True)
    assert [note.text for _, note in desk.store.load(Case, stream).notes] == ["à voir"]


def await_waiting(connection: psycopg.Connection, count: int) -> None:
    """Until so many sessions of this database wait for a lock."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    end = time.monotonic() + 300
    while connection.execute(query).fetchone() != (count,):
        assert time.monotonic() < end, f"{count} sessions should be waiting"
        time.sleep(0.01)
