"""The facts of a letter, from a thread, its office and its cases as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast
from uuid import UUID

from domain.amendments import standing
from domain.base import Recorded
from domain.case.case import Case
from domain.demarche.demarche import Demarche
from domain.demarche.events import DemarcheAcknowledged, DemarcheSent, ReminderSent
from domain.directory import Office, Person
from domain.errors import Refused
from domain.time import latest
from domain.values import ONCE, Edtf
from domain.words import natural
from services.letters.facts import Addressee, Gender, Holder, Reminder, Resolution, Sent, Since
from services.store import Store
from services.subjects import owner_of

_OPENNESS = ("open", "officers")


class NothingAwaited(Refused):
    """No answer is awaited from the office of {ref} now: there is nothing to remind it of."""


def gathered(store: Store, demarche: Demarche, cases: Sequence[Case], day: date) -> Reminder:
    """The facts on that day, of those cases. Raises `NothingAwaited`."""
    if not demarche.awaits or demarche.came_back or demarche.office is None or demarche.sent is None:
        raise NothingAwaited(ref=demarche.ref)
    owner, office = owner_of(store, demarche), store.load(Office, demarche.office)
    person = store.load(Person, owner.id) if owner and owner.kind == "person" and owner.id else None
    return Reminder(
        day=day,
        number=demarche.sent.number,
        to=_addressee(store, office, day),
        resolutions=tuple(_resolutions(cases)),
        sent=_sent(store, demarche, office, day),
        since=_since(store, demarche, day),
        organisation=store.present.organisation.name,
        signatory=person.name if person else "",
        inclusive=store.present.organisation.inclusive,
        spaced=store.present.organisation.spaced_signs,
    )


def as_open(cases: Sequence[Case]) -> list[Case]:
    """Those that everyone may see who sees the thread: what is attached to it is seen through its most open case."""
    ranks = [_OPENNESS.index(case.visibility) if case.visibility in _OPENNESS else len(_OPENNESS) for case in cases]
    most = [case for case, rank in zip(cases, ranks, strict=True) if rank == min(ranks)]
    return most[:1] if ranks and min(ranks) == len(_OPENNESS) else most


def _addressee(store: Store, office: Office, day: date) -> Addressee:
    title, term = office.title_on(day), office.term_on(day)
    holder = _holder(store, term.person, term.interim) if term and term.person else None
    return Addressee(title.name, holder, tuple(office.address), title.feminine)


def _holder(store: Store, id: UUID, interim: bool = False) -> Holder:
    person = store.load(Person, id)
    return Holder(person.name, cast(Gender, person.gender), interim)


def _resolutions(cases: Sequence[Case]) -> Iterator[Resolution]:
    """Each number with its own title, in their natural order. An item of a plan is no resolution."""
    resolved = [case for case in cases if not (case.adopted and case.adopted.plan)]
    for case in sorted(resolved, key=lambda case: natural(case.ref)):
        for number, title in case.titles.items():
            yield Resolution(number, title, case.adopted.occurred if case.adopted else None)


def _sent(store: Store, demarche: Demarche, office: Office, day: date) -> Sent:
    """The first letter: of the thread from which the office was pointed out to us, if nothing was sent here before."""
    first = demarche.sent
    assert first
    referred = demarche.redirected_from if demarche.attempts.max == 0 else None
    origin = store.load(Demarche, referred) if referred else demarche
    begun = origin.sent or first
    sent_on = _day_of(next(iter(standing(origin.history))), store.present.calendar.zone)
    elsewhere = origin.office if referred else next(iter(demarche.former_offices), None)
    return Sent(
        kind=begun.kind,
        day=sent_on,
        subject=first.subject or begun.subject,
        text=first.text or begun.text,
        predecessor=None if elsewhere else _predecessor(store, office, begun, sent_on, day),
        elsewhere=_title(store, elsewhere, sent_on, day) if elsewhere else None,
        referred=referred is not None,
        cosigners=begun.cosigners,
        count=origin.attempts,
    )


def _predecessor(store: Store, office: Office, begun: DemarcheSent, sent_on: Edtf | None, day: date) -> Holder | None:
    """Who held the office when it was first written to, if that is known and it is somebody else now."""
    then = latest(sent_on) if sent_on else None
    former = begun.holder or (office.holder_on(then) if then else None)
    return _holder(store, former) if former and former != office.holder_on(day) else None


def _title(store: Store, office: UUID, sent_on: Edtf | None, day: date) -> str:
    then = latest(sent_on) if sent_on else None
    return store.load(Office, office).title_on(then or day).name


def _since(store: Store, demarche: Demarche, day: date) -> Since:
    zone = store.present.calendar.zone
    events = list(standing(demarche.history))
    reminders = [(r, r.event) for r in events if isinstance(r.event, ReminderSent)]
    reminded = [_day_of(r, zone) if event.count == ONCE else None for r, event in reminders]
    acknowledged = [_day_of(r, zone) for r in events if isinstance(r.event, DemarcheAcknowledged)]
    promised = demarche.wait_until
    over = promised is not None and (end := latest(promised)) is not None and end < day
    dated = tuple(filter(None, reminded)) if reminded and reminded[-1] else ()
    return Since(demarche.reminders, dated, acknowledged[-1] if acknowledged else None, promised if over else None)


def _day_of(recorded: Recorded, zone: str) -> Edtf | None:
    """When it happened: as it was said, else the day of its recording, but of what was loaded in bulk, or told of several
    times at once. Null of a time without an end: a letter says when, not since when."""
    event = recorded.event
    told_together = getattr(event, "loaded", False) or getattr(event, "count", ONCE) != ONCE
    if event.occurred or event.source or told_together:
        return None if ".." in (event.occurred or "") else event.occurred
    return recorded.day(zone).isoformat()
