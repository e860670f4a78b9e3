"""The embedded broker: how it is shared, and that nothing in its folder keeps it from starting."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest

from services.servers import Broker, broker, discard
from services.servers.errors import BrokerDoesNotStart, InUse
from services.servers.valkey import SETTINGS, Valkey, broker_place
from tests.services.test_servers_shared import HOLD, Holder

HOLDING = HOLD.replace("import embedded", "import broker").replace(
    "embedded(Path(sys.argv[1]), lambda message: print(message, flush=True))", "broker(Path(sys.argv[1]))"
)


def server(home: Path) -> Valkey:
    return Valkey(broker_place(home / "broker"))


def pid(home: Path) -> int:
    return int((server(home).place.folder / "server.pid").read_text())


def ask(held: Broker, *words: str) -> bytes:
    """What it answers to one command."""
    with socket.socket(socket.AF_UNIX) as asked:
        asked.settimeout(20)
        asked.connect(unquote(held.url.removeprefix("redis+socket://")))
        asked.sendall(" ".join(words).encode() + b"\r\n")
        return asked.recv(1000)


def test_it_is_reached_by_this_account_alone_and_not_by_the_network(home: Path) -> None:
    with broker(home) as held:
        path = Path(unquote(held.url.removeprefix("redis+socket://")))
        assert path.stat().st_mode & 0o777 == 0o700 and path.parent.stat().st_mode & 0o777 == 0o700
        assert ask(held, "CONFIG", "GET", "port").split() == [b"*2", b"$4", b"port", b"$1", b"0"]


def test_the_last_one_out_stops_it_and_leaves_no_trace(home: Path) -> None:
    other = Holder(home, HOLDING)
    other.wait_for("ready")
    held = broker(home)
    assert other.end() == 0
    assert held.runs() and server(home).answers()
    assert held.release()
    assert not held.runs() and not server(home).address.exists()
    assert not list((home / "broker" / "leases").iterdir())


def test_it_stays_for_the_others(home: Path) -> None:
    held = broker(home)
    other = Holder(home, HOLDING)
    other.wait_for("ready")
    assert not held.release()
    assert server(home).answers()
    other.end(signal.SIGINT)
    assert not server(home).runs()


def test_whoever_was_killed_is_forgotten(home: Path) -> None:
    other = Holder(home, HOLDING)
    other.wait_for("ready")
    assert other.end(signal.SIGKILL) == -signal.SIGKILL
    before = pid(home)
    with broker(home):
        assert pid(home) == before
    assert not server(home).runs()


def test_a_fork_that_outlives_whoever_was_killed_does_not_count(home: Path) -> None:
    # The fork says that it lives: until then, the lock is also its own, as it has not yet begun to run.
    fork = HOLDING.replace("    print(", "    import os, time\n    lives = not os.fork()\n    lives and print(").replace(
        "    sys.stdin.read()", "    lives and time.sleep(600)\n    sys.stdin.read()"
    )
    other = Holder(home, fork)
    other.wait_for("ready")
    held = broker(home)
    other.process.kill()
    other.process.wait()
    assert held.release()
    assert not server(home).runs()
    os.killpg(other.process.pid, signal.SIGKILL)
    other.process.communicate()


def test_many_first_starts_at_once(home: Path) -> None:
    others = [Holder(home, HOLDING) for _ in range(4)]
    for other in others:
        other.wait_for("ready")
    assert [other.end() for other in others] == [0] * 4
    assert not server(home).runs()


def test_a_killed_broker_is_started_again_over_what_it_left(home: Path) -> None:
    held = broker(home)
    assert ask(held, "SET", "kept", "17") == b"+OK\r\n"
    os.kill(pid(home), signal.SIGKILL)
    assert server(home).address.exists()
    with broker(home) as again:
        assert ask(again, "PING") == b"+PONG\r\n" and held.url == again.url
    assert held.release()


def test_the_pid_of_a_killed_broker_may_be_another_programs(home: Path) -> None:
    held = broker(home)
    os.kill(pid(home), signal.SIGKILL)
    stranger = subprocess.Popen(["sleep", "600"])
    (server(home).place.folder / "server.pid").write_text(f"{stranger.pid}\n")
    with broker(home) as again:
        assert ask(again, "PING") == b"+PONG\r\n"
    held.release()
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_one_that_hangs_is_replaced(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = broker(home)
    hung = pid(home)
    os.kill(hung, signal.SIGSTOP)
    really = Valkey._started

    def started(self: Valkey) -> bool:
        monkeypatch.undo()  # the new one is given its time
        return really(self)

    monkeypatch.setattr("services.servers.valkey.PATIENCE", 0.5)
    monkeypatch.setattr(Valkey, "_started", started)
    with broker(home) as again:
        assert pid(home) != hung and ask(again, "PING") == b"+PONG\r\n"
    held.release()


def log_of_messages(data: Path) -> Path:
    return next((data / "appendonlydir").glob("*.incr.aof"))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "emptied": lambda data: [shutil.rmtree(path) for path in data.iterdir()],
    "erased": shutil.rmtree,
    "cut": lambda data: os.truncate(log_of_messages(data), 20),
    "nonsense": lambda data: log_of_messages(data).write_bytes(b"nonsense\n" * 100),
    "no manifest": lambda data: [path.write_text("?") for path in data.glob("*/*.manifest")],
    "a file": lambda data: (shutil.rmtree(data), data.write_text("")),
    "all of it": lambda data: shutil.rmtree(data.parent) if os.geteuid() == 0 else shutil.rmtree(data),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_whatever_became_of_its_data_it_starts(home: Path, damage: str) -> None:
    with broker(home) as held:
        assert ask(held, "SET", "kept", "17") == b"+OK\r\n"
    DAMAGES[damage](server(home).data)
    with broker(home) as held:
        assert ask(held, "SET", "kept", "18") == b"+OK\r\n"


def test_what_it_had_is_there_at_the_next_start(home: Path) -> None:
    with broker(home) as held:
        ask(held, "SET", "kept", "17")
    with broker(home) as held:
        assert ask(held, "GET", "kept") == b"$2\r\n17\r\n"


def test_one_that_cannot_start_says_where_to_look(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SETTINGS, "hz", "often")
    with pytest.raises(BrokerDoesNotStart, match=r"server\.log"):
        broker(home)


def test_it_is_not_erased_while_in_use(home: Path) -> None:
    with broker(home) as held:
        with pytest.raises(InUse):
            discard(home)
        assert ask(held, "PING") == b"+PONG\r\n"
    discard(home)
    assert not (home / "broker").exists()


@pytest.mark.parametrize("name", ["é" * 60, "l'été « $HOME » \"2024\", `x` \\ #?%41"], ids=["long", "odd"])
def test_any_path_of_home_will_do(home: Path, name: str) -> None:
    with broker(home / name) as held:
        assert ask(held, "PING") == b"+PONG\r\n"
    discard(home / name)
