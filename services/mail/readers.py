"""Whether a message is still to go, and where: the address as it now is, what it is about as it now stands."""

from __future__ import annotations

from email.headerregistry import Address
from uuid import UUID

from domain.clocks import ClockSnoozed, ClockStopped, EscalationStepTaken, StepAcknowledged
from services import subjects
from services.accounts import person_of, roles_of
from services.mail.messages import address
from services.mail.reasons import AddressMissing, AddressUnfit, CaseHidden, Overtaken, Trouble
from services.mail.standing import still_stands
from services.signing_in import links
from services.store import Store
from services.subjects import Subject

_GATHERED = "SELECT DISTINCT stream FROM suivi.outbox WHERE digest = %s"
_SET_FREE = """UPDATE suivi.outbox SET state = 'waiting', sent_at = NULL, digest = NULL, not_before = suivi.now()
                WHERE digest = %s"""


def ready(store: Store, kind: str, told: UUID, stream: UUID, recipient: UUID) -> Address:
    """Where a message of that kind is to go, looked up when it goes. Raises the `Trouble` that keeps it from going: what
    it is about was answered meanwhile or is hidden from them, an address that is none. `told`: the step, the id of
    the mail that gathers, or the link that opens an account."""
    if kind == "access":
        return _of_link(store, told)
    if kind == "digest":
        _still_open(store, told, recipient)
    elif kind != "bounce" and (trouble := overtaken(store, kind, told, subjects.load(store, stream), recipient)):
        raise trouble
    person = person_of(store, recipient)
    return _whole(person.mail if person else None)


def _of_link(store: Store, id: UUID) -> Address:
    """Where it was to go when it was made, whatever the directory says now, and only as long as it serves."""
    if (link := links.standing(store, id)) is None:
        raise Overtaken()
    return _whole(link.mail)


def _whole(mail: str | None) -> Address:
    if not (mail or "").strip():
        raise AddressMissing()
    if (found := address(mail or "")) is None:
        raise AddressUnfit()
    return found


def overtaken(store: Store, kind: str, step: UUID, subject: Subject, recipient: UUID) -> Trouble | None:
    """Why one thing is not to be told any more, if it is not."""
    if kind in ("reminder", "personal") and not still_rings(subject, step):
        return Overtaken()
    if kind == "news" and not still_stands(subject, step):
        return Overtaken()
    if not subjects.seen_by(store, subject, recipient, roles_of(store, recipient)):
        return CaseHidden()
    return None


def still_rings(subject: Subject, step: UUID) -> bool:
    """Whether nobody has acknowledged, put off or settled what the step was about since it was taken."""
    clock = None
    for recorded in subject.history:
        match recorded.event:
            case EscalationStepTaken(id=id, clock=rung) if id == step:
                clock = rung
            case StepAcknowledged(clock=answered) | ClockSnoozed(clock=answered) | ClockStopped(clock=answered):
                clock = None if answered == clock else clock
    return clock is not None


def _still_open(store: Store, digest: UUID, recipient: UUID) -> None:
    """A mail that gathers what is hidden from its reader by now does not go: what else it told is gathered anew."""
    streams = [stream for (stream,) in store.connection.execute(_GATHERED, (digest,))]
    roles = roles_of(store, recipient)
    if not all(subjects.seen_by(store, subjects.load(store, each), recipient, roles) for each in streams):
        store.connection.execute(_SET_FREE, (digest,))
        raise CaseHidden()
