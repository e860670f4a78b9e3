"""The embedded PostgreSQL between processes: the first starts it, the last stops it, the dead count not."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from services.servers import Server, embedded
from services.servers.accounts import place

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from services.servers import embedded
with embedded(Path(sys.argv[1]), lambda message: print(message, flush=True)):
    print("ready", flush=True)
    sys.stdin.read()
"""


class Holder:
    """Another process that uses the server until it is told to end."""

    def __init__(self, home: Path, script: str = HOLD) -> None:
        command = [sys.executable, "-W", "error", "-c", script, str(home)]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )

    def wait_for(self, word: str) -> None:
        assert self.process.stdout
        assert any(word in line for line in self.process.stdout), f"it never said « {word} »"

    def end(self, how: signal.Signals | None = None) -> int:
        """Politely, or by a signal to it and its whole group; its exit code."""
        if how:
            os.killpg(self.process.pid, how)
        self.process.communicate()
        return self.process.returncode


def works(server: Server) -> bool:
    try:
        with psycopg.connect(server.url) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def postmaster(home: Path) -> Path:
    return place(home / "postgres").folder / "data" / "postmaster.pid"


def kill_postmaster(home: Path) -> None:
    os.kill(int(postmaster(home).read_text().splitlines()[0]), signal.SIGKILL)


def test_the_last_one_out_stops_it(home: Path) -> None:
    other = Holder(home)
    other.wait_for("ready")
    server = embedded(home)
    assert other.end() == 0
    assert works(server)
    assert server.release()
    assert not works(server) and not postmaster(home).exists()


def test_it_stays_for_the_others(home: Path) -> None:
    server = embedded(home)
    other = Holder(home)
    other.wait_for("ready")
    assert not server.release()
    assert works(server)
    other.end()
    assert not works(server) and not postmaster(home).exists()


def test_whoever_was_killed_is_forgotten(home: Path) -> None:
    other = Holder(home)
    other.wait_for("ready")
    assert other.end(signal.SIGKILL) == -signal.SIGKILL
    assert postmaster(home).exists()
    server = embedded(home)
    assert works(server)
    assert server.release()
    assert not works(server) and not postmaster(home).exists()


def test_ctrl_c_ends_its_user_alone(home: Path) -> None:
    other = Holder(home)
    other.wait_for("ready")
    with embedded(home) as server:
        other.end(signal.SIGINT)
        assert works(server)


def test_many_first_starts_at_once(home: Path) -> None:
    others = [Holder(home) for _ in range(4)]
    for other in others:
        other.wait_for("ready")
    assert [other.end() for other in others] == [0] * 4
    assert not postmaster(home).exists()


def test_a_fork_releases_nothing(home: Path) -> None:
    fork = HOLD.replace("    sys.stdin.read()", "    import os\n    os.fork() and os.wait()")
    server = embedded(home)
    other = Holder(home, fork)
    assert other.end() == 0
    assert works(server)
    assert server.release()


def test_two_leases_of_one_process(home: Path) -> None:
    with embedded(home) as first:
        with embedded(home) as second:
            assert second.url == first.url
        assert works(first)
    assert not works(first)


def test_joining_takes_no_time(home: Path) -> None:
    with embedded(home):
        assert min(seconds_to_join(home) for _ in range(20)) < 0.5  # some 5 ms; the best of many, for a busy machine


def seconds_to_join(home: Path) -> float:
    start = time.perf_counter()
    embedded(home).release()
    return time.perf_counter() - start


def test_a_killed_server_recovers_what_was_committed(home: Path) -> None:
    server = embedded(home)
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (number int)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
        kill_postmaster(home)
        with embedded(home) as again, psycopg.connect(again.url) as after:
            assert after.execute("SELECT count(*) FROM kept").fetchone() == (1000,)
    assert server.release()


def test_the_pid_of_a_killed_server_may_be_another_programs(home: Path) -> None:
    server = embedded(home)
    kill_postmaster(home)
    stranger = subprocess.Popen(["sleep", "600"], **place(home / "postgres").identity)
    file = postmaster(home)
    _, *rest = file.read_text().splitlines()
    file.write_text("\n".join([str(stranger.pid), *rest]) + "\n")
    with embedded(home):
        assert works(server)
    server.release()
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_set_up_cut_short_is_done_again(home: Path) -> None:
    other = Holder(home)
    other.wait_for("Setting up")
    other.end(signal.SIGKILL)
    with embedded(home) as server:
        assert works(server)


@pytest.mark.skipif(os.geteuid() != 0, reason="root alone needs another account")
def test_as_root_no_folder_outside_its_own_is_opened(home: Path) -> None:
    before = [(folder, folder.stat().st_mode) for folder in home.parents if folder.is_dir()]
    with embedded(home) as server:
        assert works(server)
        own = place(home / "postgres").folder
        assert own.stat().st_mode & 0o777 == 0o700 and own.owner() == "suivi"
    assert before == [(folder, folder.stat().st_mode) for folder in home.parents if folder.is_dir()]


@pytest.mark.skipif(os.geteuid() != 0, reason="only as root are the data outside the home")
def test_a_home_erased_while_in_use_leaves_nothing_running(home: Path) -> None:
    server = embedded(home)
    data = place(home / "postgres").folder
    shutil.rmtree(home / "postgres")
    assert server.release()
    assert not works(server)
    shutil.rmtree(data)
