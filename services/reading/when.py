"""The two times, from what a person typed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.base import Recorded
from domain.case.bundles import CaseCutOff, CaseMerged, CaseMergedInto, CaseSplit
from domain.case.case import Case
from domain.case.events import CaseWithdrawn
from domain.errors import Invalid
from domain.time import latest, parse_instant, read_date
from projections import log
from projections.case_lists import Known, may_see
from projections.demarche_lists import refs_of_threads
from services import access
from services.home import Home
from services.refs import Address, DemarcheUnknown, EntryUnknown, RecordUnknown, Refs, read_ref

OTHERWISE = ["officer"]  # the role that an auditor is thought of with, to ask what they would see without theirs


class DayNeeded(Invalid):
    """A reading as of a date needs a date that ends: a day, a month, a year. “{date}” does not."""


@dataclass(frozen=True)
class When:
    """`as_of`: a date; `known_at`: an instant, or a date (its end). Both as typed; both left out is now."""

    as_of: str | None = None
    known_at: str | None = None

    @property
    def now(self) -> bool:
        return self.as_of is None and self.known_at is None

    def known(self, home: Home) -> Known:
        """Up to which position of the log, and of that, up to which day."""
        day = None
        if self.as_of is not None:
            day = latest(read_date(self.as_of, today(home)))
            if day is None:
                raise DayNeeded(date=self.as_of)
        if self.known_at is None:
            return Known(None, day)
        return Known(log.position_at(home.reader, parse_instant(self.known_at, home.store.present.calendar.zone)), day)


def today(home: Home) -> str:
    """The day in the organisation's zone, as EDTF."""
    present = home.store.present
    return present.calendar.today(present.now).isoformat()


def placed(home: Home, ref: str, known: Known) -> list[Recorded]:
    """The events of a REF in the log at the time known. What the viewer may not see is absent."""
    refs, address = Refs(home.store), read_ref(ref)
    if address.kind == "case":
        return _case(home, refs, address, known)
    if address.kind == "demarche":
        return _demarche(home, refs, ref, known)
    stream = refs.key(address.kind, address.key)
    if stream is None:
        raise RecordUnknown(ref=ref) if address.kind == "record" else EntryUnknown(ref=ref, kind=address.kind)
    return log.of_streams(home.reader, [stream], _upto(known))


def _case(home: Home, refs: Refs, address: Address, known: Known) -> list[Recorded]:
    """The events of the case that bears a number, or that bore it at the time known."""
    ref, viewer = refs.full(address), home.viewer()
    stream = refs.key("case", ref)
    entries = log.of_streams(home.reader, [stream], _upto(known)) if stream else []
    if stream and known != Known():
        entries = _bearing(home, ref, stream, known) or entries
    if not entries and known.position is not None:
        entries = _former(home, ref, known.position)
    if not entries or not may_see(home.reader, entries[0].originator_id, viewer.person, sorted(viewer.roles)):
        raise refs.unknown(address)
    if access.as_auditor_only(viewer) and not may_see(home.reader, entries[0].originator_id, viewer.person, OTHERWISE):
        access.note(home, viewer, [ref])
    return entries


def _bearing(home: Home, ref: str, stream: UUID, known: Known) -> list[Recorded]:
    """The events of the case that bore a number at the time known, of all that parted from the one that bears it now, or
    joined it; none if no case did."""
    number, looked = ref.partition(":")[2], set[UUID]()
    to_look = [stream]
    while to_look:
        looked.add(each := to_look.pop())
        whole = log.of_streams(home.reader, [each], log.EVERYTHING)
        entries = [entry for entry in whole if (entry.position or 0) <= _upto(known)]
        case = Case.fold(entries, known.day) if entries else None
        if case and case.adopted and not case.withdrawn and number in case.adopted.numbers:
            return entries
        to_look += [id for entry in whole for id in _beside(entry) if id not in looked]
    return []


def _beside(entry: Recorded) -> list[UUID]:
    """The case that parted, or joined, by an event."""
    match entry.event:
        case CaseSplit(to=id) | CaseCutOff(of=id) | CaseMerged(other=id) | CaseMergedInto(into=id):
            return [id]
    return []


def _demarche(home: Home, refs: Refs, ref: str, known: Known) -> list[Recorded]:
    """The events of a thread."""
    stream, viewer = refs.demarche(ref), home.viewer()
    entries = log.of_streams(home.reader, [stream], _upto(known))
    if not entries or not refs_of_threads(home.reader, [str(stream)], viewer.person, sorted(viewer.roles)):
        raise DemarcheUnknown(ref=ref)
    return entries


def _former(home: Home, ref: str, position: int) -> list[Recorded]:
    """The events of the case that bore a number at a position, and has since been withdrawn."""
    key, _, number = ref.partition(":")
    withdrawn = log.streams_with(home.reader, CaseWithdrawn.__name__, position)
    for entries in log.histories(home.reader, withdrawn, position):
        adopted = Case.fold(entries).adopted
        if adopted and adopted.ref.startswith(f"{key}:") and number in adopted.numbers:
            return entries
    return []


def _upto(known: Known) -> int:
    return log.EVERYTHING if known.position is None else known.position
