"""An open home: its database, its store, who acts in it, and its lists brought up to date."""

from __future__ import annotations

import json
import select
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import msgspec
import psycopg
from psycopg.types.json import set_json_loads

from domain.case.case import SEEING
from domain.errors import Invalid, SuiviError, Unavailable
from projections import follower
from projections.registry import PROJECTIONS
from services import accounts, schema
from services.execute import Actor, Outcome
from services.published import hold
from services.sequencer import sequence_all
from services.servers import embedded
from services.settings import Settings
from services.store import Store, StoreFull
from workflows.library import library, use

PATIENCE = 30.0  # seconds for another sequencer or follower to take in what was just written


class ListsBehind(Unavailable):
    """What you wrote is recorded, but the lists are late in showing it: another process holds them. Look again in a moment."""


class HomeUnwritable(Unavailable):
    """The folder “{home}” cannot be used ({reason}). Choose another with SUIVI_HOME."""


class DatabaseLost(Unavailable):
    """The database was lost on the way ({reason}). What was acknowledged is safe; the history says whether the last act was recorded."""  # noqa: E501 - one sentence


class DatabaseAway(Unavailable):
    """The database does not answer ({reason}). Nothing was changed."""


class AddressUnreadable(Invalid):
    """The address of a database in {names} cannot be read. Write it as postgresql://USER@HOST:5432/DATABASE."""


class LoginsUnreadable(Unavailable):
    """The logins of the database, in “{file}”, cannot be read. Delete that file: it is made anew, and nothing is lost."""


@dataclass(frozen=True)
class Viewer:
    """Who reads: a person and their roles; nobody in particular sees what is open to all."""

    person: UUID | None = None
    roles: frozenset[str] = frozenset()

    @property
    def has_office(self) -> bool:
        """Whether they have a role in the office, and may read the addresses of persons."""
        return bool(self.roles & SEEING)

    @property
    def works_here(self) -> bool:
        """Whether they read what is the office's own: all but members do, on the machine itself too."""
        return not self.roles or self.has_office


@dataclass
class Home:
    """What every door works with. `notices`: what the person should be told beside the answer; `known_viewer`: who
    reads, where the door has asked already."""

    settings: Settings
    urls: schema.Urls
    store: Store
    reader: psycopg.Connection
    notices: list[SuiviError] = field(default_factory=list)
    known_viewer: Viewer | None = None  # of a request, whose door has looked up who reads

    def actor(self, as_login: str | None = None) -> Actor:
        """Who acts, from the settings. The first person of an empty store becomes its secretary and administrator."""
        actor, notice = accounts.enter(self.store, self.settings.user, as_login)
        if notice:
            self.notices.append(notice)
            self.catch_up()
        return actor

    def viewer(self) -> Viewer:
        """Who reads."""
        if self.known_viewer:
            return self.known_viewer
        account = accounts.find(self.store, self.settings.user)
        return Viewer(account.person, account.roles) if account else Viewer()

    def answers(self) -> bool:
        """Whether both connections still reach the database. One that has nothing to say is well: a server that ends
        closes them, and that is heard here without asking it."""
        try:
            for connection in (self.store.connection, self.reader):
                if connection.closed or _speaks(connection):
                    connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def catch_up(self) -> None:
        """Brings the lists to the end of the log."""
        self._until(lambda: not self._pending() and not any(self._behind()))

    def settle(self, outcome: Outcome, patience: float | None = None) -> None:
        """Brings the lists to where they show the outcome; gives up after so many seconds of others' work."""
        streams, versions = list(outcome.versions), list(outcome.versions.values())
        self._until(lambda: self._shown(streams, versions), patience)

    def _until(self, done: Callable[[], bool], patience: float | None = None) -> None:
        end = time.monotonic() + (PATIENCE if patience is None else patience)
        while not done():
            worked = sequence_all(self.store.connection) + follower.follow_all(self.store.connection, PROJECTIONS)
            if not worked and time.monotonic() > end:
                raise ListsBehind()
            if not worked:
                time.sleep(0.01)

    def _pending(self) -> bool:
        row = self.store.connection.execute("SELECT EXISTS (SELECT FROM suivi.pending)").fetchone()
        return bool(row and row[0])

    def _behind(self) -> list[int]:
        return [follower.behind(self.store.connection, projection.name) for projection in PROJECTIONS]

    def _shown(self, streams: list[UUID], versions: list[int]) -> bool:
        row = self.store.connection.execute(
            "SELECT count(*) = %s AND coalesce(max(position), 0) <= (SELECT min(position) FROM suivi.projections)"
            " FROM suivi.log JOIN unnest(%s::uuid[], %s::int[]) AS w(stream, version) USING (stream, version)",
            (len(streams), streams, versions),
        ).fetchone()
        return bool(row and row[0])


@contextmanager
def open_home(settings: Settings, progress: Callable[[str], None]) -> Iterator[Home]:
    """Starts the embedded database if no other is given, brings the schema and the read tables to this version."""
    with ExitStack() as stack:
        home = stack.enter_context(seated(settings, connect(settings, progress, stack)))
        for projection in PROJECTIONS:
            follower.install(home.store.connection, projection)
        hold(home.store.connection)
        yield home


@contextmanager
def seated(settings: Settings, urls: schema.Urls) -> Iterator[Home]:
    """A home at a database that is up: a writer's connection and a reader's, for one thread at a time."""
    with ExitStack() as stack:
        with reachable("DATABASE_WRITER_URL", "DATABASE_READER_URL"):
            store = stack.enter_context(Store(urls.writer))
            reader = stack.enter_context(psycopg.connect(urls.reader, autocommit=True))
        set_json_loads(msgspec.json.decode, reader)  # a list reads a hundred rows of it: four times quicker
        stack.enter_context(losing_it_is_said())
        store.present.look()  # what is read without asking the time has the organisation's seasons too
        yield Home(settings, urls, store, reader)


@contextmanager
def losing_it_is_said() -> Iterator[None]:
    """Says in a sentence that the database was lost on the way, or that its disk is full."""
    try:
        yield
    except psycopg.errors.DiskFull as error:
        raise StoreFull() from error
    except psycopg.OperationalError as error:
        raise DatabaseLost(reason=first_line(error)) from error


def connect(settings: Settings, progress: Callable[[str], None], stack: ExitStack) -> schema.Urls:
    """The three logins of the database that the settings mean, ready to use, once the definitions of the home are read.
    Raises `DefinitionError`."""
    use(settings.home / "workflows")
    library()
    owner = connect_owner(settings, progress, stack)
    if settings.database_writer_url and settings.database_reader_url:
        schema.migrate(owner)
        return schema.Urls(owner, settings.database_writer_url, settings.database_reader_url)
    return schema.prepare(owner, readable(settings.home / "logins.json"))


def readable(logins: Path) -> Path:
    """The file of the logins, if it is none or one that can be read."""
    try:
        kept = json.loads(logins.read_text(encoding="utf-8")) if logins.exists() else {}
        words = [*kept, *kept.values()]
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise LoginsUnreadable(file=logins) from error
    if not all(isinstance(word, str) for word in words):
        raise LoginsUnreadable(file=logins)
    return logins


def connect_owner(settings: Settings, progress: Callable[[str], None], stack: ExitStack) -> str:
    """The owner's address of the database: the one given, else the embedded one, started for as long as the stack."""
    try:
        if settings.database_url:
            settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        owner = settings.database_url or stack.enter_context(embedded(settings.home, progress)).url
        with reachable("DATABASE_URL"):
            psycopg.connect(owner).close()
    except OSError as error:
        raise HomeUnwritable(home=settings.home, reason=error.strerror) from error
    return owner


@contextmanager
def reachable(*names: str) -> Iterator[None]:
    """Says in a sentence that the database is away, or that its address, in the settings of those names, is none."""
    try:
        yield
    except psycopg.OperationalError as error:
        said = [line for line in str(error).strip().splitlines() if not line.startswith("\t")]
        raise DatabaseAway(reason=said[-1] if said else type(error).__name__) from error
    except psycopg.ProgrammingError:  # it may quote a password, and is not repeated
        raise AddressUnreadable(names=list(names)) from None


def _speaks(connection: psycopg.Connection) -> bool:
    """Whether something came that nobody asked for: its end, most often."""
    return bool(select.select([connection.fileno()], [], [], 0)[0])


def first_line(error: Exception) -> str:
    """What the database says, without its details."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
