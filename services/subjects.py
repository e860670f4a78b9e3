"""What has a life of its own and clocks: a case, or a thread with an office. Each is loaded, asked and shown alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any
from uuid import UUID

from domain.base import Act, Command, Event
from domain.case import deadlines as of_cases
from domain.case import decisions as case_decisions
from domain.case.case import Case
from domain.case.events import CaseAdopted
from domain.clocks import Clock, ClockEvent
from domain.demarche import decisions as demarche_decisions
from domain.demarche.demarche import Demarche
from domain.demarche.events import DemarcheSent
from domain.values import Party
from services.store import Store

Subject = Case | Demarche

BEGINNINGS: dict[type[Event], type[Subject]] = {CaseAdopted: Case, DemarcheSent: Demarche}
"""The first event of each kind of subject."""

_DECISIONS: dict[type[Subject], Callable[[Any, Command, Act], None]] = {
    Case: case_decisions.handle,
    Demarche: demarche_decisions.handle,
}

# What was opened, moved or ended since the lists were last brought up to date is looked at as well.
_OPEN_THREADS = """
WITH late AS (
    SELECT stream FROM suivi.pending
    UNION SELECT stream FROM suivi.log
           WHERE position > (SELECT position FROM suivi.projections WHERE name = 'demarches')
)
SELECT demarche_id FROM read.demarches WHERE office = %(office)s AND NOT final
UNION SELECT stream FROM late JOIN suivi.events e USING (stream)
       WHERE e.version = 1 AND split_part(e.topic, '.', 1) = 'DemarcheSent'"""


def load(store: Store, stream: UUID) -> Subject:
    """The case or the thread that a stream is."""
    return fold(store.load_history(stream))


def fold(history: Sequence[Any]) -> Subject:
    """The same, of a whole history."""
    return BEGINNINGS[type(history[0].event)].fold(list(history))


def handle(subject: Subject, command: Command, act: Act) -> None:
    """Lets it decide: it records events, or raises a refusal and is left as it was."""
    _DECISIONS[type(subject)](subject, command, act)


def seen_by(store: Store, subject: Subject, person: UUID, roles: Collection[str]) -> bool:
    """Whether the person may see it. A thread is seen by whoever may see one of its cases."""
    if isinstance(subject, Case):
        return subject.seen_by(person, roles)
    return any(case.seen_by(person, roles) for case in store.load_all(Case, subject.cases))


def in_charge(store: Store, subject: Subject, deadline: Clock | ClockEvent) -> Party | None:
    """Who sees to what is due: to the task or the thread, else to the case."""
    if isinstance(subject, Case):
        return of_cases.in_charge(subject, deadline)
    return owner_of(store, subject)


def owner_of(store: Store, demarche: Demarche) -> Party | None:
    """Who sees to a thread, else to the first of its cases that someone sees to."""
    if demarche.owner:
        return demarche.owner
    found = {case.id: case.owner for case in store.load_all(Case, demarche.cases)}
    return next((owner for case in demarche.cases if (owner := found.get(case))), None)


def open_threads(store: Store, office: UUID) -> list[Demarche]:
    """The threads with an office that are not over."""
    streams = [stream for (stream,) in store.connection.execute(_OPEN_THREADS, {"office": office})]
    return [one for one in store.load_all(Demarche, streams) if one.office == office and not one.final]
