"""Documents that take time: each is made in a thread with a home of its own, while whoever asked for it sees how far it is.

They are kept in this process, for who asked and nobody else, a quarter of an hour after they were asked for. Nothing of
them is recorded, except what their making itself records."""

from __future__ import annotations

import os
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from threading import BoundedSemaphore, Event, Lock, Thread
from typing import BinaryIO
from uuid import UUID, uuid4

from domain.errors import NotFound, SuiviError, Unavailable
from services import failures
from services.home import Home
from services.reports.words import Progress

KEPT = 900.0  # seconds
AT_ONCE = 2  # that are made at the same moment; the others wait their turn
MOST = 5  # of one person; the oldest give way, where they are made


class PreparationGone(NotFound):
    """This document is no longer kept here: it was asked for more than a quarter of an hour ago. Ask for it again."""


class TooManyPreparations(Unavailable):
    """{most} of your documents are being prepared already: wait until one of them is there, then ask again."""


class PreparationBroken(SuiviError):
    """This document could not be made, and nothing was recorded. Try again; if it fails again, tell whoever looks after Suivi."""


@dataclass(frozen=True)
class Made:
    """What came of it: the name of the file, of `file`; or the page where it is found."""

    called: str = ""
    place: str = ""


Work = Callable[[Home, BinaryIO, Progress], Made]


@dataclass
class Preparation:
    """One document on its way. `done` of `steps` cases and rows are written, 0 of 0 where that cannot be told; then either
    `made` or `error` says how it ended."""

    id: UUID
    person: UUID
    asked_at: float
    file: BinaryIO
    done: int = 0
    steps: int = 0
    made: Made | None = None
    error: SuiviError | None = None
    ended: Event = field(default_factory=Event)

    def goes(self, done: int, steps: int) -> None:
        """Tells how far it is."""
        self.done, self.steps = done, steps

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return os.fstat(self.file.fileno()).st_size


class Preparations:
    """All of this process. `folder`: the data folder, where what was not foreseen is written down."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._all: dict[UUID, Preparation] = {}
        self._lock, self._turns = Lock(), BoundedSemaphore(AT_ONCE)

    def start(self, person: UUID, opened: Callable[[], AbstractContextManager[Home]], work: Work) -> Preparation:
        """Begins one; `opened` gives the home that it is made with. Raises `TooManyPreparations`."""
        with self._lock:
            self._forget(person)
            if sum(one.person == person for one in self._all.values()) >= MOST:
                raise TooManyPreparations(most=MOST)
            one = Preparation(uuid4(), person, time.monotonic(), TemporaryFile())  # noqa: SIM115 - closed just below
            weakref.finalize(one, one.file.close)  # once nobody reads it any more
            self._all[one.id] = one
        Thread(target=self._make, args=(one, opened, work), daemon=True).start()
        return one

    def find(self, person: UUID, id: UUID) -> Preparation:
        """One of that person's. Raises `PreparationGone`."""
        one = self._all.get(id)
        if one is None or one.person != person or time.monotonic() - one.asked_at > KEPT:
            raise PreparationGone()
        return one

    def _make(self, one: Preparation, opened: Callable[[], AbstractContextManager[Home]], work: Work) -> None:
        try:
            with self._turns, opened() as home:
                made = work(home, one.file, one.goes)
                one.file.flush()
                one.made = made
        except SuiviError as error:
            one.error = error
        except Exception as error:  # what it says may hold names: it is not shown
            failures.record(self._folder, "document being prepared", error)
            one.error = PreparationBroken()
        finally:
            one.ended.set()

    def _forget(self, person: UUID) -> None:
        """Those that are over, and those that one person has too many of."""
        now = time.monotonic()
        self._all = {id: one for id, one in self._all.items() if now - one.asked_at <= KEPT or not one.ended.is_set()}
        theirs = [id for id, one in self._all.items() if one.person == person and one.ended.is_set()]
        for id in theirs[: max(len(theirs) - MOST + 1, 0)]:
            del self._all[id]


def pieces(one: Preparation, size: int = 1 << 16) -> Iterator[bytes]:
    """The bytes of the file, for as many readers as there are."""
    at = 0
    while piece := os.pread(one.file.fileno(), size, at):
        at += len(piece)
        yield piece
