"""The supervisor as a person starts it: ready line, ends of every kind, and nothing left running."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from cli.children import Children, Ended
from cli.up import PortReserved, check_port
from services.servers.accounts import place
from tests.houses import PATIENCE, ROOT, Held, House, lives, until


@pytest.fixture
def start(home: Path) -> Iterator[Callable[..., House]]:
    houses: list[House] = []

    def started(*args: str, **settings: str) -> House:
        houses.append(House(home, *args, **settings))
        return houses[-1]

    yield started
    for house in houses:
        house.process.kill()
        house.ended()
        until(lambda house=house: not house.left(), "the end of all")


def test_it_serves_and_ends_with_ctrl_c_and_starts_again(start: Callable[..., House]) -> None:
    for _ in range(2):
        house = start()
        said = house.ready()
        assert said["url"] == f"http://127.0.0.1:{house.port}"
        assert house.get("/api/v1/ready")[0] == 200
        link = urlsplit(said["link"])
        assert house.get(f"{link.path}?{link.query}")[0] == 303
        assert house.get(f"{link.path}?{link.query}")[0] != 303
        os.killpg(house.process.pid, signal.SIGINT)
        assert house.ended() == 0, house.err
        assert "Traceback" not in house.err and house.err.endswith("\n")
        assert "Tout s’arrête." in house.err
        until(lambda house=house: not house.left(), "the end of all")


def test_every_pass_is_made_and_term_ends_all(start: Callable[..., House]) -> None:
    house = start("--demo")
    house.ready()
    environ = os.environ | {"SUIVI_HOME": str(house.home), "SUIVI_USER": "marie"}
    listed = subprocess.run([sys.executable, "-m", "cli.main", "cases", "--json"], cwd=ROOT, env=environ,
                            capture_output=True, text=True, check=True)  # fmt: skip
    assert len(json.loads(listed.stdout)["items"]) == 25
    house.process.send_signal(signal.SIGTERM)
    assert house.ended() == 0, house.err
    until(lambda: not house.left(), "the end of all")


CHILDREN = {
    "follower": ("workers.follower",),
    "worker": ("workers.queue", "worker"),
    "beat": ("workers.queue", "beat"),
    "web": ("web", "--port"),
}


@pytest.mark.parametrize("name", [*CHILDREN, "database", "broker"])
def test_what_is_killed_is_named_and_ends_all(start: Callable[..., House], name: str) -> None:
    house = start()
    house.ready()
    if name in CHILDREN:
        words = (*CHILDREN[name], str(house.port)) if name == "web" else CHILDREN[name]
        house.child(*words).kill()
    else:
        house.servers()[name == "broker"].kill()
    assert house.ended() == 1
    sentence = next(line for line in house.err.splitlines() if line.startswith("Le processus"))
    assert f"«\u00a0{name}\u00a0» s’est arrêté" in sentence
    assert ("signal SIGKILL" in sentence) == (name in CHILDREN)
    until(lambda: not house.left(), "the end of all")


def test_when_the_supervisor_is_killed_nothing_is_left(start: Callable[..., House]) -> None:
    house = start()
    house.ready()
    house.process.kill()
    house.ended()
    until(lambda: not house.left(), "the end of all")


def test_killed_while_it_starts_it_leaves_nothing(start: Callable[..., House]) -> None:
    house = start()
    until(lambda: house.runs("workers.queue"), "the worker")
    house.seen = {one.pid: one for one in [*house.children(), *house.servers()]}
    house.process.kill()
    house.ended()
    until(lambda: not house.left(), "the end of all")


def test_ctrl_c_while_it_starts(start: Callable[..., House]) -> None:
    house = start()
    until(lambda: house.runs("cli.child"), "its first child")
    os.killpg(house.process.pid, signal.SIGINT)
    assert house.ended() == 0, house.err
    assert "Traceback" not in house.err


@pytest.mark.parametrize("program", ["initdb", "pg_ctl"])
def test_ctrl_c_while_the_database_starts(start: Callable[..., House], tmp_path: Path, program: str) -> None:
    held = Held(tmp_path, program)
    house = start(PYTHONPATH=str(tmp_path))
    held.wait()
    assert house.runs(program)
    house.seen = {one.pid: one for one in house.children() if lives(one)}
    os.killpg(house.process.pid, signal.SIGINT)
    held.let_go()
    assert house.ended() == 0, house.err
    until(lambda: not house.left(), "the end of all")
    assert not (place(house.home / "postgres").folder / "data" / "postmaster.pid").exists()


def test_a_port_that_is_taken_is_said_with_a_free_one_before_anything_starts(start: Callable[..., House]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        house = start("--port", str(other.getsockname()[1]))
        assert house.ended() == 1
        found = re.search(r"suivi up --port (\d+)", house.err)
        assert house.err.count("\n") == 1 and found and int(found[1]) != other.getsockname()[1]
        assert not (house.home / "postgres").exists()


def test_a_port_that_is_not_for_everyone_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def bind(tried: socket.socket, address: tuple[str, int]) -> None:
        if address[1] < 1024:  # as the kernel does for whoever is not root
            raise PermissionError()

    monkeypatch.setattr(socket.socket, "bind", bind)
    check_port(1024)
    with pytest.raises(PortReserved) as refused:
        check_port(80)
    assert refused.value.facts == {"port": "80", "free": "8017"}


def test_a_broker_that_is_not_there_is_said_before_anything_else_starts(start: Callable[..., House]) -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        house = start(BROKER_URL=f"redis://:secret@127.0.0.1:{unheard.getsockname()[1]}/0")
        assert house.ended() == 1
    assert "BROKER_URL ne répond pas" in house.err and "secret" not in house.err and "Traceback" not in house.err
    until(lambda: not house.left(), "the end of all")


STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('Ready.', flush=True); time.sleep(600)"


@pytest.fixture
def children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Children]:
    """Children that run modules of the test's own."""
    (tmp_path / "stubborn.py").write_text(STUBBORN)
    (tmp_path / "talker.py").write_text("for n in range(30):\n    print('line', n)\nraise SystemExit(3)")
    told: list[tuple[str, str]] = []
    made = Children(os.environ | {"PYTHONPATH": str(tmp_path)}, "Ready.", lambda *line: told.append(line))
    yield made
    made.end()


def test_what_does_not_end_when_asked_is_killed(children: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.children.GRACE", 0.5)
    child = children.start("one", "stubborn")
    until(lambda: child.ready, "its line")
    children.end()
    assert child.process.returncode == -signal.SIGKILL


def test_asked_twice_it_ends_at_once(children: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.children.GRACE", 2 * PATIENCE)
    child = children.start("one", "stubborn")
    until(lambda: child.ready, "its line")
    children.stop()
    begun = time.monotonic()
    children.end()
    assert child.process.returncode == -signal.SIGKILL and time.monotonic() - begun < PATIENCE


def test_the_last_lines_of_what_ended_are_kept(children: Children) -> None:
    child = children.start("one", "talker")
    with pytest.raises(Ended) as news:
        children.watch(PATIENCE)
    assert news.value.child is child and child.process.returncode == 3
    assert [*child.last] == [f"line {n}" for n in range(20, 30)]
