"""Documents that take time: each is made in a thread with a home of its own, while whoever asked for it sees how far it is.

They lie in the data folder, where all processes that serve it see them: for who asked and nobody else, as long as they
have the roles that they had then, a quarter of an hour after they asked. Nothing of them is recorded, except what their
making itself records."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from threading import BoundedSemaphore, Event, Thread
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from domain import errors
from domain.errors import NotFound, SuiviError, Unavailable
from domain.values import Lang
from projections.phrases.catalogue import say
from services import failures
from services.home import Home, Viewer
from services.reports.words import Progress
from services.servers.leases import is_locked, locked

FOLDER = "prepared"  # in the data folder
KEPT = 900.0  # seconds
AT_ONCE = 2  # that one process makes at the same moment; the others wait their turn
MOST = 5  # of one person; the oldest give way, where they are made
TOLD = 0.5  # seconds between two notes of how far one is

STATE, DOCUMENT, MAKING, LOCK = "state.json", "document", "making", ".lock"
KINDS = ("NotFound", "Refused", "Forbidden", "Invalid", "Conflict", "Unavailable")


class PreparationGone(NotFound):
    """This document is no longer kept here: it was asked for more than a quarter of an hour ago. Ask for it again."""


class TooManyPreparations(Unavailable):
    """{most} of your documents are being prepared already: wait until one of them is there, then ask again."""


class PreparationBroken(SuiviError):
    """This document could not be made, and nothing was recorded. Try again; if it fails again, tell whoever looks after Suivi."""


class PreparationCutShort(Unavailable):
    """The server ended while this document was being made. Ask for it again; if it was to be given to an assembly, look first whether it was."""  # noqa: E501 - one sentence


@dataclass(frozen=True)
class Made:
    """What came of it: the name of the file, of `file`; or the page where it is found."""

    called: str = ""
    place: str = ""


@dataclass(frozen=True)
class Unmade:
    """Why nothing came of it, in each language; `kind`: the kind of error."""

    said: dict[Lang, str]
    kind: str = ""

    @classmethod
    def of(cls, error: SuiviError) -> Unmade:
        kind = next((name for name in KINDS if isinstance(error, getattr(errors, name))), "SuiviError")
        return cls({"fr": say(error, "fr"), "en": say(error, "en")}, kind)

    @property
    def error(self) -> SuiviError:
        """One of that kind."""
        made: SuiviError = getattr(errors, self.kind)(what="")
        return made


Work = Callable[[Home, BinaryIO, Progress], Made]


@dataclass(frozen=True)
class Preparation:
    """One document on its way, as it stands. `done` of `steps` cases and rows are written, 0 of 0 where that cannot be told;
    then either `made` or `unmade` says how it ended. `asked_at`: seconds of the clock."""

    id: UUID
    folder: Path
    person: UUID | None
    roles: frozenset[str]
    asked_at: float
    done: int = 0
    steps: int = 0
    made: Made | None = None
    unmade: Unmade | None = None

    @property
    def ended(self) -> bool:
        return bool(self.made or self.unmade)

    @property
    def over(self) -> bool:
        """Whether it is no longer kept."""
        return time.time() - self.asked_at > KEPT

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return (self.folder / DOCUMENT).stat().st_size

    def write(self) -> None:
        """Notes how it stands, whole or not at all."""
        person = str(self.person) if self.person else None
        told = asdict(self) | {"id": str(self.id), "folder": None, "person": person, "roles": sorted(self.roles)}
        beside = self.folder / f"{STATE}.new"
        beside.write_text(json.dumps(told))
        beside.replace(self.folder / STATE)


class Preparations:
    """All of one data folder, of which this process makes some."""

    def __init__(self, home: Path) -> None:
        self._home, self._folder = home, home / FOLDER
        self._turns, self._sweeper = BoundedSemaphore(AT_ONCE), Thread()
        self._sweep()  # what a process that ended left

    def start(
        self, viewer: Viewer, opened: Callable[[], AbstractContextManager[Home]], work: Work, patience: float = 0.0
    ) -> Preparation:
        """Begins one and gives it so many seconds; `opened` gives the home that it is made with. Raises
        `TooManyPreparations`."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(self._folder / LOCK):
            self._forget(viewer.person)
            id = uuid4()
            one = Preparation(id, self._folder / str(id), viewer.person, viewer.roles, time.time())
            one.folder.mkdir(mode=0o700)
            begun, ended = Event(), Event()
            Thread(target=self._make, args=(one, opened, work, begun, ended), daemon=True).start()
            begun.wait()
            self._sweep()
        ended.wait(patience)
        return self.find(viewer, id)

    def find(self, viewer: Viewer, id: UUID) -> Preparation:
        """One of that person's. Raises `PreparationGone`."""
        one = self._read(self._folder / str(id))
        if one is None or one.over or one.person != viewer.person or not one.roles <= viewer.roles:
            raise PreparationGone()
        return one

    def _make(
        self,
        one: Preparation,
        opened: Callable[[], AbstractContextManager[Home]],
        work: Work,
        begun: Event,
        ended: Event,
    ) -> None:
        try:
            with locked(one.folder / MAKING):
                one.write()
                begun.set()
                with (one.folder / DOCUMENT).open("xb") as out:
                    made = self._made(one, opened, work, out)
                replace(one, **made).write()
        finally:
            begun.set()
            ended.set()

    def _made(
        self, one: Preparation, opened: Callable[[], AbstractContextManager[Home]], work: Work, out: BinaryIO
    ) -> dict[str, Any]:
        """How it ended, as facts of a preparation."""
        going = Going(one)
        try:
            with self._turns, opened() as home:
                return going.facts | {"made": work(home, out, going)}
        except SuiviError as error:
            return going.facts | {"unmade": Unmade.of(error)}
        except Exception as error:  # what it says may hold names: it is not shown
            failures.record(self._home, "document being prepared", error)
            return going.facts | {"unmade": Unmade.of(PreparationBroken())}

    def _read(self, folder: Path) -> Preparation | None:
        """One as it stands; one whose process ended before it is cut short."""
        try:
            one = _state(folder)
            if not one.ended and not is_locked(folder / MAKING):
                one = _state(folder)  # it may have ended since
                one = one if one.ended else replace(one, unmade=Unmade.of(PreparationCutShort()))
        except (OSError, ValueError, KeyError, TypeError):  # taken away; or power was lost, or another version wrote it
            return None
        gone = one.made and one.made.called and not (folder / DOCUMENT).exists()  # to make room on the disk
        return None if gone else one

    def _forget(self, person: UUID | None = None) -> None:
        """Takes away those that are over, and those that one person has too many of. Raises `TooManyPreparations`."""
        theirs: list[Preparation] = []
        for folder in self._folders():
            one = self._read(folder)
            if one is None or (one.ended and one.over):
                shutil.rmtree(folder, ignore_errors=True)
            elif person and one.person == person:
                theirs.append(one)
        theirs.sort(key=lambda one: (one.ended, -one.asked_at))  # what is being made first, then the latest
        for one in theirs[MOST - 1 :]:
            if not one.ended:
                raise TooManyPreparations(most=MOST)
            shutil.rmtree(one.folder, ignore_errors=True)

    def _folders(self) -> list[Path]:
        return [each for each in self._folder.glob("*-*") if each.is_dir()]

    def _sweep(self) -> None:
        """Takes away what is over, now and then, as long as there is something."""

        def sweep() -> None:
            while self._folders():
                with locked(self._folder / LOCK):
                    self._forget()
                time.sleep(KEPT / 10)

        if self._folders() and not self._sweeper.is_alive():
            self._sweeper = Thread(target=sweep, daemon=True)
            self._sweeper.start()


@dataclass
class Going:
    """Tells how far a preparation is, now and then."""

    of: Preparation
    facts: dict[str, Any] = field(default_factory=dict)
    _told: float = 0.0

    def __call__(self, done: int, steps: int) -> None:
        self.facts = {"done": done, "steps": steps}
        if time.monotonic() - self._told >= TOLD:
            self._told = time.monotonic()
            replace(self.of, **self.facts).write()


def _state(folder: Path) -> Preparation:
    told = json.loads((folder / STATE).read_bytes())
    made, unmade = told["made"], told["unmade"]
    return Preparation(
        UUID(told["id"]), folder, told["person"] and UUID(told["person"]), frozenset(told["roles"]), told["asked_at"],
        told["done"], told["steps"], made and Made(**made), unmade and Unmade(**unmade),
    )  # fmt: skip


def pieces(one: Preparation, size: int = 1 << 16) -> Iterator[bytes]:
    """The bytes of the file, which is there until the last of them even if it is taken away meanwhile."""
    file = os.open(one.folder / DOCUMENT, os.O_RDONLY)
    return _pieces(file, size)


def _pieces(file: int, size: int) -> Iterator[bytes]:
    with os.fdopen(file, "rb") as read:
        while piece := read.read(size):
            yield piece
