"""Homes of the bench's own: the embedded server at full durability, the shipped workflow and tables."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from domain.base import Act, Command
from domain.case.case import Case
from domain.case.commands import AdoptCase, NoteCase
from domain.case.decisions import handle
from services.act import Ask, act
from services.execute import Actor
from services.home import Home, open_home
from services.refs import Refs
from services.servers import Server, discard, embedded
from services.settings import Settings
from services.simulation import begin
from services.store import Append, Key

ASSEMBLY, DAY = "2001", "2001-11-18"
TEXT = ("On a écrit au ministère, qui promet une réponse avant la fin de la session ; le comité "
        "en reparlera à sa prochaine réunion et la note sera jointe au dossier. ") * 2  # fmt: skip
BATCH = 500  # events an append


@dataclass
class Ground:
    """Where everything is measured. `other_url`: a database of the same server for what Suivi is compared with."""

    home: Home
    server: Server
    actor: Actor
    other_url: str
    cases: int = 0

    def adopt(self, count: int, events: int) -> list[str]:
        """So many new cases, of so many events each, through the aggregate, the codec and the store; their REFs."""
        notes = [NoteCase(text=f"{n} {TEXT}") for n in range(events - 1)]
        return self.store([notes] * count, max(1, BATCH // events))

    def store(
        self, asked: Sequence[Sequence[Command]], together: int, now: datetime | None = None, key: str = ASSEMBLY
    ) -> list[str]:
        """A new case of an assembly for each, of which so much is asked in one go, `together` cases an append; their REFs."""
        assembly = Refs(self.home.store).assembly(key)
        refs = []
        for start in range(0, len(asked), together):
            deed = self.deed(now)
            cases = [self._case((assembly, key), commands, deed) for commands in asked[start : start + together]]
            keys = [Key("case", case.ref, case.id) for case in cases]
            append = Append(deed.command_id, self.actor.person, bytes(32), keys)
            self.home.store.save(*cases, append=append)
            refs += [case.ref for case in cases]
        return refs

    def deed(self, now: datetime | None = None) -> Act:
        """An act of the officer who does everything here; decided at another time, if said."""
        present = self.home.store.present
        return Act(actor=self.actor.person, roles=self.actor.roles, now=now or present.now, command_id=uuid4())

    def _case(self, assembly: tuple[UUID, str], commands: Sequence[Command], deed: Act) -> Case:
        self.cases += 1
        number, (id, key) = str(self.cases), assembly
        adoption = AdoptCase(assembly=id, numbers=(number,), titles={number: "Des soins à domicile"}, text=TEXT)
        case = Case.adopt(uuid4(), adoption, deed, (key, DAY))
        for command in commands:
            handle(case, command, deed)
        return case

    def settle(self) -> None:
        """Everything placed and in the lists, the tables analysed."""
        self.home.catch_up()
        self.analyse()

    def analyse(self) -> None:
        """As autovacuum would in time."""
        with psycopg.connect(self.home.urls.owner, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE suivi.events, suivi.keys, suivi.log, suivi.pending, suivi.due")

    @contextmanager
    def follower(self) -> Iterator[None]:
        """The sequencer and the follower as they run in a home: a process of their own."""
        environment = os.environ | {"SUIVI_HOME": str(self.home.settings.home), "SUIVI_USER": self.home.settings.user}
        process = subprocess.Popen([sys.executable, "-m", "workers.follower"], env=environment)
        try:
            self._await_follower(process)
            yield
        finally:
            process.terminate()
            process.wait()

    def _await_follower(self, process: subprocess.Popen[bytes]) -> None:
        """It is up once it places an event of ours."""
        act(self.home.store, self.actor, Ask(ref=f"assembly:{ASSEMBLY}", verb="rename", facts={"name": str(uuid4())}))
        waits = "SELECT EXISTS (SELECT FROM suivi.pending)"
        while self.home.store.connection.execute(waits).fetchone() == (True,):
            if process.poll() is not None:
                raise RuntimeError("the follower did not start: see its error above")
            time.sleep(0.05)

    @contextmanager
    def another(self, name: str, simulated_at: datetime | None = None) -> Iterator[Ground]:
        """One more home, in a database of the same server; in simulated time, if said."""
        with psycopg.connect(self.server.superuser_url, autocommit=True) as connection:
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        folder, url = self.home.settings.home / name, make_conninfo(self.server.superuser_url, dbname=name)
        with open_home(Settings(home=folder, user="bench", database_url=url), print) as home:
            if simulated_at:
                begin(home.store, simulated_at)
            yield _furnished(home, self.server)


@contextmanager
def ground() -> Iterator[Ground]:
    """Erased when done."""
    with (
        erased("suivi-bench-") as folder,
        embedded(folder) as server,
        open_home(Settings(home=folder, user="bench"), print) as home,
    ):
        with psycopg.connect(server.superuser_url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE other")
        yield _furnished(home, server)


@contextmanager
def erased(prefix: str) -> Iterator[Path]:
    """A folder for a home, which ends with what it holds."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        yield folder
    finally:
        discard(folder)
        shutil.rmtree(folder)


def free_port() -> int:
    """One on which nothing listens."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _furnished(home: Home, server: Server) -> Ground:
    """With an assembly and a body."""
    actor = home.actor()
    act(home.store, actor, Ask(ref=f"assembly:{ASSEMBLY}", verb="create",
                               facts={"name": "Assemblée", "date": DAY}))  # fmt: skip
    act(home.store, actor, Ask(ref="body:sante", verb="create", facts={"name": "Comité de la santé"}))
    return Ground(home, server, actor, make_conninfo(server.superuser_url, dbname="other"))
