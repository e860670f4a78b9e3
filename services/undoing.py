"""What one command did, and the taking back of it: for whoever did it, and while it is recent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from domain.amendments import AMENDMENTS, CreationStands, FactCorrected
from domain.base import Recorded
from domain.case.case import Case
from domain.case.events import CaseAdopted
from domain.clocks import ClockEvent
from domain.demarche.events import DemarcheSent
from domain.directory import REACH, BodyCreated, Created
from domain.errors import NotFound
from domain.plan.events import ItemsCarriedOver
from domain.record.events import RecordCreated
from projections import log
from projections.directory import KINDS
from services.act import Ask, act_all
from services.execute import Actor, Outcome
from services.home import Home
from services.reading.histories import marks, tell

RECENT = timedelta(minutes=30)
STANDING = (*REACH, ClockEvent)  # what is said again, never taken back

_DONE = """SELECT streams FROM suivi.command_log
            WHERE command_id = %s AND actor = %s AND recorded_at > suivi.now() - %s"""


class DeedUnknown(NotFound):
    """There is nothing here that could be undone: it was done by someone else, or too long ago. What was recorded can be taken back from the history."""  # noqa: E501 - one sentence


@dataclass(frozen=True)
class Did:
    """What a command recorded in one stream: the REF of the stream, its events, and what the first of them says."""

    ref: str
    events: tuple[Recorded, ...]
    said: str
    gone: bool = False

    @property
    def first(self) -> Recorded:
        return self.events[0]


@dataclass(frozen=True)
class Deed:
    """What a command did, stream by stream, the one that it was about first."""

    id: UUID
    each: tuple[Did, ...]

    @property
    def gone(self) -> bool:
        """Whether it was taken back."""
        return self.carried.gone if self.carried else all(did.gone for did in self.each)

    @property
    def carried(self) -> Did | None:
        """Where it carried items of a plan over: all of that is taken back with it."""
        return next((did for did in self.each if isinstance(did.first.event, ItemsCarriedOver)), None)

    @property
    def creates(self) -> bool:
        """Whether it began a case, a thread or an entry: that cannot be undone."""
        return any(did.first.originator_version == 1 for did in self.each)

    @property
    def undoable(self) -> bool:
        """Whether all of it can be taken back, as far as its own events tell."""
        kinds = [recorded.event for did in self.each for recorded in did.events]
        if self.carried:
            return not self.gone
        stands = any(isinstance(event, STANDING) or _amends_for_good(event) for event in kinds)
        return bool(kinds) and not (stands or self.creates or self.gone)


def _amends_for_good(event: object) -> bool:
    return isinstance(event, AMENDMENTS) and not isinstance(event, FactCorrected)


def deed(home: Home, actor: Actor, command: UUID, lang: str) -> Deed | None:
    """What the actor's own command did, if it is recent."""
    row = home.store.connection.execute(_DONE, (command, actor.person, RECENT)).fetchone()
    if row is None:
        return None
    order = {stream: place for place, stream in enumerate(row[0])}
    histories = sorted(log.histories(home.reader, row[0]), key=lambda history: order[history[0].originator_id])
    each = [did for history in histories if (did := _did(home, history, command, lang))]
    meant = [did for did in each if not isinstance(did.first.event, BodyCreated)]  # a body that was only named stays
    return Deed(command, tuple(meant or each)) if each else None


def _did(home: Home, history: Sequence[Recorded], command: UUID, lang: str) -> Did | None:
    """Its share in one history; what the engine added by itself follows by itself."""
    kept = [entry for entry in history if entry.command_id == command and not entry.event.machine]
    if not kept:
        return None
    said = tell(home, [(history, kept[:1])], lang)[0]["text"]
    gone = marks(history)
    taken = all(gone.get(entry.originator_version, {}).get("retracted_by") for entry in kept)
    return Did(ref_of(history), tuple(kept), said, taken)


def ref_of(history: Sequence[Recorded]) -> str:
    """The REF of what a history is of."""
    match history[0].event:
        case CaseAdopted():
            return Case.fold(list(history)).ref
        case DemarcheSent(number=number):
            return f"demarche:{number}"
        case RecordCreated(number=number):
            return f"record:{number}"
        case Created(key=key) as event:
            return f"{KINDS[type(event)][0]}:{key}"
        case _:
            return ""


def undo(home: Home, actor: Actor, done: UUID, reason: str, command: UUID) -> Outcome:
    """Takes back all that a command did, the last of it first, in one command that can be told apart. Raises what keeps
    it from being taken back."""
    found = deed(home, actor, done, home.settings.lang or "fr")
    if found is None:
        raise DeedUnknown()
    if found.creates and not found.carried:
        raise CreationStands()
    taken = [found.carried] if found.carried else list(reversed(found.each))
    asks = [
        Ask(ref=did.ref, verb="retract", facts={"event": f"@{entry.originator_version}", "reason": reason})
        for did in taken for entry in reversed(did.events)
    ]  # fmt: skip
    return act_all(home.store, actor, asks, command)
