"""The queue: a real worker and a real beat on the embedded broker, what they carry, and what they outlive."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest

from services.schema import Urls
from services.servers import Broker, Server, broker
from services.servers.valkey import broker_place
from services.settings import Settings
from services.store import Store
from services.watching import beat_of
from tests.services.mailing import post_office
from workers.passes import make_missed_delivery, make_missed_sweep
from workers.queue import app

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300.0  # seconds for anything to come, on a slow machine: only what never comes fails
SOON = 0.2


@dataclass
class House:
    """A database and a broker, and the processes of the queue on them."""

    home: Path
    urls: Urls
    broker: Broker
    reader: psycopg.Connection

    @contextmanager
    def running(self, role: str, **environ: str) -> Iterator[subprocess.Popen[str]]:
        """A process of the queue, ready; killed if the test leaves it running."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        given = {"SUIVI_HOME": str(self.home), "SWEEP_EVERY": "1", "SUIVI_LANG": "en", "DATABASE_URL": self.urls.owner,
                 "DATABASE_WRITER_URL": self.urls.writer, "DATABASE_READER_URL": self.urls.reader}  # fmt: skip
        with subprocess.Popen([sys.executable, "-m", "workers.queue", role], cwd=ROOT, env=kept | given | environ, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              start_new_session=True) as process:  # fmt: skip
            try:
                assert process.stdout
                said = process.stdout.readline()
                assert said == "Ready.\n", said + process.stdout.read()
                yield process
            finally:
                process.kill()

    def passed(self, name: str, since: datetime) -> bool:
        """Whether a pass was begun since that instant of the database."""
        row = self.reader.execute("SELECT at > %s FROM suivi.heartbeats WHERE name = %s", (since, name)).fetchone()
        return bool(row and row[0])

    def now(self) -> datetime:
        row = self.reader.execute("SELECT clock_timestamp()").fetchone()
        assert row
        return datetime.astimezone(row[0], UTC)

    def passes_go_on(self, *names: str) -> None:
        """Each of the passes is begun, from now on."""
        since = self.now()
        for name in names or ("sweep", "deliver"):
            until(lambda name=name: self.passed(name, since), name)

    def ask(self, *words: str) -> list[bytes]:
        """What the broker answers to one command."""
        with socket.socket(socket.AF_UNIX) as asked:
            asked.connect(unquote(self.broker.url.removeprefix("redis+socket://")))
            asked.sendall(" ".join(words).encode() + b"\r\n")
            return asked.recv(100_000).split(b"\r\n")

    def waiting(self) -> int:
        """How many orders wait."""
        return int(self.ask("LLEN", "suivi")[0].lstrip(b":"))

    def order(self, **options: object) -> None:
        """One order of a sweep, as beat gives it."""
        app.conf.update(broker_url=self.broker.url)
        with app.connection_for_write() as connection:
            app.send_task("sweep", connection=connection, **options)

    def kill_broker(self) -> None:
        pid = broker_place(self.home / "broker").folder / "server.pid"
        os.kill(int(pid.read_text()), signal.SIGKILL)
        until(lambda: not self.broker.runs(), "the end of the broker")


def until(done: Callable[[], object], what: str) -> None:
    """Waits for another process."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, f"it never came: {what}"
        time.sleep(0.02)


def ended(process: subprocess.Popen[str]) -> str:
    """Told to end, it does; what it said on the way."""
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    return said


@pytest.fixture
def house(home: Path, database: Urls) -> Iterator[House]:
    with broker(home) as held, psycopg.connect(database.reader, autocommit=True) as reader:
        yield House(home, database, held, reader)


def test_both_passes_are_made_again_and_again(house: House) -> None:
    with house.running("worker") as worker, house.running("beat") as beat:
        house.passes_go_on()
        house.passes_go_on()
        assert ended(beat) == ""
        until(lambda: at_rest(house), "an empty queue")
        said = [line for line in ended(worker).splitlines() if line and not any(word in line for word in FAREWELL)]
        assert said == []
    assert not (house.home / "failures.log").exists()


def test_the_first_order_comes_at_the_start_and_holds_nothing(house: House) -> None:
    with house.running("beat", SWEEP_EVERY="120"):
        until(lambda: house.waiting() == 2, "both orders")
        found = [json.loads(line) for line in house.ask("LRANGE", "suivi", "0", "-1") if line.startswith(b"{")]
    assert sorted(message["headers"]["task"] for message in found) == ["deliver", "sweep"]
    for message in found:
        headers = message["headers"]
        assert message["content-type"] == "application/json" and headers["eta"] is None and headers["expires"]
        assert (headers["argsrepr"], headers["kwargsrepr"]) == ("()", "{}")


Missed = Callable[[Store, Settings, Callable[[], bool]], None]


FAREWELL = ("Warm shutdown", "Requeuing undeliverable message")  # the worker, of itself and of an order on its way


def at_rest(house: House) -> bool:
    """Nothing waits and nothing is held. Asked several times: for an instant an order on its way is in neither place."""

    def rests() -> bool:
        time.sleep(0.01)
        return house.waiting() == 0 and house.ask("HLEN", "unacked")[0] == b":0"

    return all(rests() for _ in range(20))


def test_orders_that_nobody_took_in_time_are_void(house: House) -> None:
    for _ in range(50):
        house.order(expires=SOON)
    gone = house.now()
    until(lambda: (house.now() - gone).total_seconds() > SOON, "their end")
    assert house.waiting() == 50
    with house.running("worker") as worker:
        until(lambda: at_rest(house), "an empty queue")
        ended(worker)
    assert beat_of(house.reader, "sweep") is None


def test_planted_orders_without_an_end_are_obeyed_late(house: House) -> None:
    house.order()
    with house.running("worker"):
        until(lambda: beat_of(house.reader, "sweep") is not None, "a sweep")


def test_it_resumes_when_the_broker_was_gone_and_came_back_empty(house: House) -> None:
    with house.running("worker"), house.running("beat"):
        house.passes_go_on()
        house.kill_broker()
        with broker(house.home) as again:
            assert again.url == house.broker.url
            house.ask("FLUSHALL")
            house.passes_go_on()


def test_it_listens_again_when_the_broker_went_while_all_were_at_work(house: House) -> None:
    """None of the orders that were being carried out can then be acknowledged."""
    blocked = "SELECT count(*) = 2 FROM pg_locks WHERE NOT granted AND relation = 'suivi.heartbeats'::regclass"
    with psycopg.connect(house.urls.owner) as owner, house.running("worker") as worker, house.running("beat"):
        house.passes_go_on()
        owner.execute("LOCK TABLE suivi.heartbeats IN EXCLUSIVE MODE")
        until(lambda: house.reader.execute(blocked).fetchone() == (True,), "both at work")
        house.kill_broker()
        owner.rollback()
        assert worker.stdout
        assert any("Couldn't ack" in line for line in worker.stdout)
        assert any("Couldn't ack" in line or "Connection to broker lost" in line for line in worker.stdout)
        with broker(house.home):
            house.passes_go_on()


def test_it_starts_before_the_broker_answers(house: House) -> None:
    house.kill_broker()
    given = {"BROKER_URL": house.broker.url}
    with house.running("beat", **given), broker(house.home), house.running("worker", **given):
        house.passes_go_on()


def test_it_outlives_cut_connections(house: House, server: Server) -> None:
    with house.running("worker"), house.running("beat"):
        for _ in range(2):
            house.passes_go_on()
            with psycopg.connect(server.superuser_url, autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> %s",
                    (house.reader.info.dbname, house.reader.info.backend_pid),
                )
        house.passes_go_on()


def test_another_worker_goes_on_when_one_is_killed(house: House) -> None:
    with house.running("worker") as first, house.running("worker"), house.running("beat"):
        house.passes_go_on()
        os.killpg(first.pid, signal.SIGKILL)
        house.passes_go_on()


def test_two_beats_do_no_harm(house: House) -> None:
    with house.running("worker") as worker, house.running("beat"), house.running("beat"):
        house.passes_go_on()
        ended(worker)
    assert not (house.home / "failures.log").exists()


def test_what_is_unforeseen_is_written_down_and_the_next_pass_tries_again(house: House) -> None:
    with psycopg.connect(house.urls.owner, autocommit=True) as owner:
        owner.execute("REVOKE SELECT ON suivi.due FROM suivi_writer")
        with house.running("worker"), house.running("beat"):
            until((house.home / "failures.log").exists, "the failure")
            house.passes_go_on("deliver")
            owner.execute("GRANT SELECT ON suivi.due TO suivi_writer")
            house.passes_go_on()
    assert "make_sweep\n" in (house.home / "failures.log").read_text()


def test_the_follower_sweeps_when_nobody_else_does(house: House) -> None:
    environ = os.environ | {"SUIVI_HOME": str(house.home), "SWEEP_EVERY": "1", "DATABASE_URL": house.urls.owner}
    with subprocess.Popen([sys.executable, "-W", "error", "-m", "workers.follower"], cwd=ROOT, env=environ,
                          stdout=subprocess.DEVNULL) as follower:  # fmt: skip
        try:
            house.passes_go_on("sweep")
            house.passes_go_on("sweep")
        finally:
            follower.terminate()


def test_a_mail_server_that_hangs_holds_up_no_clock(house: House) -> None:
    with post_office(house.urls) as office:
        office.due()
        assert office.ring() > 0
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(PATIENCE)
        mail = {"SMTP_URL": f"smtp://127.0.0.1:{silent.getsockname()[1]}", "MAIL_FROM": "suivi@example.org"}
        with house.running("worker", **mail), house.running("beat"):
            connection, _ = silent.accept()
            with connection:
                for _ in range(3):
                    house.passes_go_on("sweep")
                connection.setblocking(False)
                with pytest.raises(BlockingIOError):  # the mailer still waits for a greeting
                    connection.recv(1)


@pytest.mark.parametrize(("name", "make"), [("sweep", make_missed_sweep), ("deliver", make_missed_delivery)])
@pytest.mark.parametrize(("silent_for", "made"), [(0, False), (60, False), (130, True), (None, True)])
def test_the_second_waker_waits_for_two_intervals(
    database: Urls, name: str, make: Missed, silent_for: int | None, made: bool
) -> None:
    with Store(database.writer) as store:
        if silent_for is not None:
            store.connection.execute(
                "INSERT INTO suivi.heartbeats VALUES (%s, clock_timestamp() - make_interval(secs => %s), 'worker')",
                (name, silent_for),
            )
        make(store, Settings(Path("nowhere"), "ana", sweep_every=60), lambda: False)
        row = store.connection.execute("SELECT who <> 'worker' FROM suivi.heartbeats WHERE name = %s", (name,)).fetchone()
    assert row == (made,)
