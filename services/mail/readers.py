"""Whether a message is still to go, and where: the address as it now is, the case as it now stands."""

from __future__ import annotations

from email.headerregistry import Address
from uuid import UUID

from domain.case.case import Case
from domain.clocks import ClockSnoozed, ClockStopped, EscalationStepTaken, StepAcknowledged
from services.accounts import person_of, roles_of
from services.mail.messages import address
from services.mail.reasons import AddressMissing, AddressUnfit, CaseHidden, Overtaken
from services.store import Store


def ready(store: Store, step: UUID, stream: UUID, recipient: UUID) -> Address:
    """Where the message about a step is to go, looked up when it goes. Raises the `Trouble` that keeps it from going:
    a case that was answered meanwhile or is hidden from them, an address that is none."""
    for case in store.load_all(Case, [stream]):
        if not still_rings(case, step):
            raise Overtaken()
        if not case.seen_by(recipient, roles_of(store, recipient)):
            raise CaseHidden()
    person = person_of(store, recipient)
    if person is None or not (person.mail or "").strip():
        raise AddressMissing()
    if (found := address(person.mail or "")) is None:
        raise AddressUnfit()
    return found


def still_rings(case: Case, step: UUID) -> bool:
    """Whether nobody has acknowledged, put off or settled what the step was about since it was taken."""
    clock = None
    for recorded in case.history:
        match recorded.event:
            case EscalationStepTaken(id=id, clock=rung) if id == step:
                clock = rung
            case StepAcknowledged(clock=answered) | ClockSnoozed(clock=answered) | ClockStopped(clock=answered):
                clock = None if answered == clock else clock
    return clock is not None
