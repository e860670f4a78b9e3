"""A process that keeps recording, and writes down what it asked and what it was told: `writer URL FOLDER NAME`.

Started again after a kill it first asks again, under the same id, for what it was never told. It ends once FOLDER
holds the file `stop`, with every command told."""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TextIO
from uuid import UUID, uuid4

import psycopg

from domain.directory import Body, CreateBody, Rename
from domain.errors import Unavailable
from services.execute import Actor, Outcome, Work, commit
from services.sequencer import sequence
from services.store import Store

ACTOR = Actor(UUID(int=1), frozenset({"officer"}))


class Request(NamedTuple):
    """A new name for some streams, and for one more that begins, or not."""

    streams: list[str]
    name: str
    more: bool


def draw(folder: Path) -> Request:
    """Writes to streams that the other writers write to as well."""
    shared = json.loads((folder / "shared").read_text())
    return Request(random.sample(shared, random.randint(1, 3)), f"Comité {random.random()}", random.random() < 0.3)


def carry_out(store: Store, command_id: UUID, request: Request) -> Outcome:
    def decide(work: Work) -> None:
        for stream in request.streams:
            work.load(Body, UUID(stream)).handle(Rename(name=request.name), work.act)
        if request.more:
            stream = str(work.id("body"))
            work.add(Body.create(UUID(stream), stream, CreateBody(name=request.name), work.act), ("body", stream))

    return commit(store, ACTOR, request, decide, command_id)


def connected(url: str) -> Store:
    while True:
        try:
            return Store(url)
        except psycopg.OperationalError:
            time.sleep(0.02)


def write(url: str, notes: TextIO, commands: Iterable[tuple[UUID, Request]]) -> None:
    """Carries out each command until its fate is known, whatever happens to the server."""
    store = connected(url)
    for command_id, request in commands:
        note(notes, "asked", command_id, request)
        outcome = None
        while outcome is None:
            try:
                outcome = carry_out(store, command_id, request)
                if random.random() < 0.2:
                    sequence(store.connection)
            except (psycopg.OperationalError, Unavailable):
                time.sleep(0.02)
        told = {str(stream): version for stream, version in outcome.versions.items()}
        note(notes, "told", command_id, [outcome.repeated, told])
    store.close()


def note(notes: TextIO, word: str, command_id: UUID, facts: Any) -> None:
    """On disk before anything else is done."""
    notes.write(f"{word} {command_id} {json.dumps(facts)}\n")
    notes.flush()
    os.fsync(notes.fileno())


def commands(folder: Path, before: list[str]) -> Iterator[tuple[UUID, Request]]:
    """What was asked last and never told, then new ones."""
    for line in before[-1:]:
        word, command_id, facts = line.split(maxsplit=2)
        if word == "asked":
            yield UUID(command_id), Request(*json.loads(facts))
    while not (folder / "stop").exists():
        yield uuid4(), draw(folder)


def main(url: str, folder: Path, name: str) -> None:
    file = folder / f"{name}.notes"
    before = whole_lines(file)
    with file.open("a") as notes:
        write(url, notes, commands(folder, before))


def whole_lines(file: Path) -> list[str]:
    """What was noted; a line cut by a kill is taken off."""
    if not file.exists():
        return []
    text = file.read_text()
    whole = text[: text.rfind("\n") + 1]
    os.truncate(file, len(whole.encode()))
    return whole.splitlines()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
