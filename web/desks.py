"""A few open homes that requests take in turn: a home is not for two threads at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field

import anyio
from anyio.to_thread import run_sync

from domain.errors import Unavailable
from services.home import Home, losing_it_is_said, open_home, seated
from services.schema import Urls
from services.settings import Settings

SEATS = 8
PATIENCE = 5.0  # seconds that a request waits for a home
UPLOADING = 60.0  # seconds that a file waits for the memory it takes
ROOM = 2  # files of 25 MB that are in hand at once, each several times over


class AllTaken(Unavailable):
    """Too many ask at the same moment. Nothing was changed; try again in a few seconds."""


@dataclass
class Seat:
    """One home, and what closes it."""

    home: Home
    stack: ExitStack


@dataclass
class Desks:
    """Homes opened as they are needed, up to `SEATS`; one whose database went away is opened anew."""

    settings: Settings
    urls: Urls
    free: list[Seat] = field(default_factory=list)
    turns: anyio.Semaphore = field(default_factory=lambda: anyio.Semaphore(SEATS))
    rooms: anyio.Semaphore = field(default_factory=lambda: anyio.Semaphore(ROOM))

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[Home]:
        """A home for one request. Waiting holds no thread: those who have a home need them to finish."""
        try:
            with anyio.fail_after(PATIENCE):
                await self.turns.acquire()
        except TimeoutError as error:
            raise AllTaken() from error
        try:
            seat = await run_sync(self._take)
            try:
                with losing_it_is_said():
                    yield seat.home
            finally:
                self.free.append(seat)
        finally:
            self.turns.release()

    @asynccontextmanager
    async def room(self) -> AsyncIterator[None]:
        """The memory for one file on its way in."""
        try:
            with anyio.fail_after(UPLOADING):
                await self.rooms.acquire()
        except TimeoutError as error:
            raise AllTaken() from error
        try:
            yield
        finally:
            self.rooms.release()

    def _take(self) -> Seat:
        while self.free:
            seat = self.free.pop()
            if seat.home.answers():
                return seat
            seat.stack.close()
        with ExitStack() as stack:
            home = stack.enter_context(seated(self.settings, self.urls))
            return Seat(home, stack.pop_all())

    def close(self) -> None:
        """Closes every home that is not in use."""
        while self.free:
            self.free.pop().stack.close()


@asynccontextmanager
async def open_desks(settings: Settings, progress: Callable[[str], None]) -> AsyncIterator[Desks]:
    """Starts, or joins, the database that the settings mean, and lends homes at it. The first home stays here: as long
    as it is open, so is the database."""
    with ExitStack() as stack:
        first = await run_sync(stack.enter_context, open_home(settings, progress))
        desks = Desks(settings, first.urls)
        stack.callback(desks.close)
        yield desks
