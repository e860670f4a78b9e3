"""What a page costs among 100,000 cases of ten events: beside a page of the same size whose content is fixed, from the same
server, and beside itself among 1,000."""

from __future__ import annotations

import gzip
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from http import HTTPStatus
from pathlib import Path

import psycopg

from bench.figures import Figure, median, ratio
from bench.fixed import PREFIX
from bench.ground import BATCH, DAY, Ground, free_port
from bench.load import pace
from domain.base import Command
from domain.case.commands import AssignCase, CompleteCase, NoteCase, SetDue, StartCase
from domain.values import Party
from services import tokens
from services.act import Ask, act
from services.refs import Refs
from web.entering import COOKIE

FEW, MANY = 1_000, 100_000  # cases
EVENTS = 10  # of each
TOGETHER = 40  # cases of an assembly
OPEN = 10  # one case of so many is open
OWN = 20  # of those, the reader's own
OTHERS = 40  # people who have the others
FIRST_DUE, DAYS = date(2024, 1, 1), 1_500
NOTE = "Appel au ministère : on promet une réponse avant la fin de la session."
TURNS, SECONDS = 7, 0.4
TO_FIXED, TO_FEW = 3.0, 1.5
PAGES = {
    "home": "/", "list": "/dossiers", "board": "/dossiers?vue=colonnes", "case": "/dossiers/a12:500",
    "search": "/recherche?q=soins", "history": "/historique",
}  # fmt: skip

Get = Callable[[str], bytes]
"""The page at a path, as it was sent."""


def measure(ground: Ground, cases: int = MANY) -> list[Figure]:
    """Two stores, a server for each, asked in turns by someone who has entered."""
    with ground.another("few") as few, ground.another("many") as many:
        _fill(few, FEW)
        started = time.perf_counter()
        _fill(many, cases)
        made = Figure(
            f"{cases:,} cases of {EVENTS} events made", cases * EVENTS / (time.perf_counter() - started), "events/s"
        )
        with _served(few) as (ask_few, _), _served(many) as (ask_many, folder):
            return [
                made,
                *(each for name, path in PAGES.items() for each in _page(name, path, cases, ask_few, ask_many, folder)),
            ]


def _page(name: str, path: str, cases: int, few: Get, many: Get, folder: Path) -> list[Figure]:
    sent = many(path)
    page = gzip.decompress(sent)
    (folder / name).write_bytes(page)
    asked = [partial(few, path), partial(many, path), partial(many, f"{PREFIX}/{name}")]
    turns = [[1_000 / pace(each, SECONDS) for each in asked] for _ in range(TURNS + 1)][1:]
    least, most, fixed = zip(*turns, strict=True)
    return [
        median(f"{name}, among {FEW:,}", least, "ms"),
        median(f"{name}, among {cases:,}", most, "ms", note=f"{len(page) / 1000:.0f} kB, sent as {len(sent) / 1000:.0f}"),
        median(f"{name}: a fixed page of that size", fixed, "ms"),
        ratio(f"{name}: among {cases:,} ÷ fixed", most, fixed, TO_FIXED, most=True),
        ratio(f"{name}: among {cases:,} ÷ among {FEW:,}", most, least, TO_FEW, most=True),
    ]  # fmt: skip


def _fill(ground: Ground, cases: int) -> None:
    """So many cases, most of them done, and the lists brought up to them."""
    people = [Party("person", ground.actor.person), *_people(ground)]
    for first in range(0, cases, TOGETHER):
        key = f"a{first // TOGETHER}"
        act(
            ground.home.store, ground.actor, Ask(ref=f"assembly:{key}", verb="create", facts={"name": key, "date": DAY})
        )
        ground.store([_life(number, people) for number in range(first, first + TOGETHER)], BATCH // EVENTS, key=key)
    ground.settle()
    with psycopg.connect(ground.home.urls.owner, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _people(ground: Ground) -> list[Party]:
    keys = [f"membre-{number}" for number in range(OTHERS)]
    for key in keys:
        act(ground.home.store, ground.actor, Ask(ref=f"person:{key}", verb="create", facts={"name": key.capitalize()}))
    refs = Refs(ground.home.store)
    return [Party("person", refs.key("person", key)) for key in keys]


def _life(number: int, people: list[Party]) -> list[Command]:
    """What is asked of a case after its adoption."""
    me, *others = people
    mine = number % OPEN == 0 and number < OPEN * OWN
    due = FIRST_DUE + timedelta(days=number * 7 % DAYS)
    begun: list[Command] = [
        AssignCase(owner=me if mine else others[number % OTHERS]),
        SetDue(due=due.isoformat()),
        StartCase(),
    ]
    ends: list[Command] = [] if number % OPEN == 0 else [CompleteCase(completion="full")]
    notes = EVENTS - 1 - len(begun) - len(ends)
    return [*begun, *(NoteCase(text=f"{n} {NOTE}") for n in range(notes)), *ends]


@contextmanager
def _served(ground: Ground) -> Iterator[tuple[Get, Path]]:
    """The web process of a home, with its folder of fixed pages; asks it as its secretary, who has entered."""
    home, port, folder = ground.home, free_port(), ground.home.settings.home / "fixed"
    folder.mkdir()
    environment = os.environ | {
        "SUIVI_HOME": str(home.settings.home), "DATABASE_URL": home.urls.owner,
        "DATABASE_WRITER_URL": home.urls.writer, "DATABASE_READER_URL": home.urls.reader,
    }  # fmt: skip
    command = [sys.executable, "-m", "bench.fixed", "--port", str(port), "--folder", str(folder)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        link = tokens.one_time_link(home.store, ground.actor.person)
        session = _entered(process, line, f"/entrer?lien={link}")
        yield partial(_get, line, {"Cookie": f"{COOKIE}={session}", "Accept-Encoding": "gzip"}), folder
    finally:
        line.close()
        process.terminate()
        process.wait()


def _entered(process: subprocess.Popen[bytes], line: http.client.HTTPConnection, path: str) -> str:
    """The session that a link opens, once the server is there."""
    while process.poll() is None:
        try:
            line.request("GET", path)
        except OSError:
            line.close()
            time.sleep(0.1)
            continue
        answer = line.getresponse()
        answer.read()
        return answer.headers["Set-Cookie"].partition("=")[2].partition(";")[0]
    raise RuntimeError("the web process did not start")


def _get(line: http.client.HTTPConnection, headers: dict[str, str], path: str) -> bytes:
    try:
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
    except http.client.RemoteDisconnected:  # it was left alone for long
        line.close()
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
    content = answer.read()
    if answer.status != HTTPStatus.OK or answer.headers["Content-Encoding"] != "gzip":
        raise RuntimeError(f"{path}: {answer.status}, {answer.headers['Content-Encoding']}")
    return content
