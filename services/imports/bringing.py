"""What every import shares: it is rehearsed, or recorded all or nothing, by who may."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.errors import Forbidden
from services.execute import Actor, Outcome, Work, commit, rehearse
from services.home import Home
from services.imports.reading import Source
from services.imports.result import Result

KEEPERS = frozenset({"officer", "secretary", "system"})


class ImportRole(Forbidden):
    """Documents are brought in and taken back by officers and by the secretary; you have neither role here."""


class _Refused(Exception):
    """Leaves a decision without storing anything: the result says why."""


class Bringing:
    """One file, read once, and what it becomes. `source`: its text, which its problems and its proposals point at."""

    source: Source
    result: Result

    def __init__(self, home: Home) -> None:
        self.home = home

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked, as plain data."""
        raise NotImplementedError

    def bring(self, work: Work) -> None:
        """Does it, and leaves its `result`."""
        raise NotImplementedError

    def rehearse(self) -> Result:
        """What it would do."""
        rehearse(self.home.store, self._decide)
        return replace(self.result, id=None)

    def record(self, actor: Actor, command_id: UUID | None) -> tuple[Result, Outcome]:
        """Does it; stores nothing if a problem is an error."""

        def decide(work: Work) -> None:
            self._decide(work)
            if self.result.refused:
                raise _Refused

        try:
            outcome = commit(self.home.store, actor, self.asked, decide, command_id)
        except _Refused:
            return self.result, Outcome({})
        return self.result, outcome

    def _decide(self, work: Work) -> None:
        """Read as of one instant: another import may end meanwhile, and the append then meets its keys."""
        with work.store.connection.transaction():
            work.store.connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            officers_only(work)
            self.bring(work)


def officers_only(work: Work) -> None:
    """Refuses who may not bring documents in, nor take them back."""
    if not work.act.roles & KEEPERS:
        raise ImportRole()
