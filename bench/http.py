"""What the door of HTTP costs: a page of a short list and of a long one, and a command beside the same in process."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from urllib.parse import quote

from bench.figures import Figure, median, ratio
from bench.ground import TEXT, Ground, free_port
from bench.load import pace
from services import reading
from services.act import Ask, act
from services.tokens import add

FEW, MANY = 1_000, 20_000  # cases
EVENTS, PAGE = 2, 50
TURNS, SECONDS = 7, 0.6
NOTED = 200  # cases that notes are added to, in turn
BAR = 1.3

Send = Callable[[str, str, object], bytes]


def measure(ground: Ground) -> list[Figure]:
    """One server for each home, asked over one connection that stays open."""
    with ground.another("few") as few, ground.another("many") as many:
        refs = few.adopt(FEW, EVENTS)
        many.adopt(MANY, EVENTS)
        few.settle()
        many.settle()
        with _served(few) as ask_few, _served(many) as ask_many:
            return _lists(ask_few, ask_many) + _notes(few, refs[:NOTED], ask_few)


def _lists(few: Send, many: Send) -> list[Figure]:
    lists = [partial(send, "GET", f"/api/v1/cases?limit={PAGE}", None) for send in (few, many)]
    for each in lists:
        assert len(json.loads(each())["items"]) == PAGE
    short, long = zip(*([1_000 / pace(each, SECONDS) for each in lists] for _ in range(TURNS)), strict=True)
    return [
        median(f"GET /cases, {PAGE} of {FEW:,}", short, "ms"),
        median(f"GET /cases, {PAGE} of {MANY:,}", long, "ms"),
        ratio(f"GET /cases: of {MANY:,} ÷ of {FEW:,}", long, short, BAR, most=True),
    ]


def _notes(ground: Ground, refs: list[str], send: Send) -> list[Figure]:
    """The door waits for the lists to show the note and answers with the case as it then stands; so does the second
    of the two that it is compared with."""
    home, notes = ground.home, cycle(refs)

    def through_the_door() -> None:
        send("POST", f"/api/v1/cases/{quote(next(notes))}/note", {"text": TEXT})

    def alone() -> None:
        act(home.store, ground.actor, Ask(ref=next(notes), verb="note", facts={"text": TEXT}))

    def shown() -> None:
        ref = next(notes)
        home.settle(act(home.store, ground.actor, Ask(ref=ref, verb="note", facts={"text": TEXT})))
        reading.case(home, ref, reading.When())

    door, plain, whole = [], [], []
    for _ in range(TURNS):
        for times, operation in ((door, through_the_door), (whole, shown), (plain, alone)):
            times.append(1_000 / pace(operation, SECONDS))
            home.catch_up()
    return [
        median("POST /cases/REF/note", door, "ms"),
        median("the same in process, shown in the lists and read back", whole, "ms"),
        median("the same in process, recorded only", plain, "ms"),
        ratio("POST note ÷ in process, shown and read back", door, whole),
        ratio("POST note ÷ in process, recorded only", door, plain),
    ]


@contextmanager
def _served(ground: Ground) -> Iterator[Send]:
    """The web process of a home; asks it, as its secretary."""
    home, port = ground.home, free_port()
    environment = os.environ | {
        "SUIVI_HOME": str(home.settings.home), "DATABASE_URL": home.urls.owner,
        "DATABASE_WRITER_URL": home.urls.writer, "DATABASE_READER_URL": home.urls.reader,
    }  # fmt: skip
    _, secret = add(home.store, ground.actor, "bench", ["write"])
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def send(method: str, path: str, facts: object) -> bytes:
        line.request(method, path, None if facts is None else json.dumps(facts), headers)
        answer = line.getresponse()
        content = answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{method} {path}: {answer.status}")
        return content

    command = [sys.executable, "-m", "web", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        _await(process, line)
        yield send
    finally:
        line.close()
        process.terminate()
        process.wait()


def _await(process: subprocess.Popen[bytes], line: http.client.HTTPConnection) -> None:
    """Until it serves."""
    while process.poll() is None:
        try:
            line.request("GET", "/api/v1/ready")
            line.getresponse().read()
            return
        except OSError:
            line.close()
            time.sleep(0.1)
    raise RuntimeError("the web process did not start")
