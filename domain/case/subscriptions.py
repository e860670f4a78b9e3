"""Who hears what becomes of a case: whoever it comes from and whoever it was referred to, those who subscribed, and
never those who said no."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from domain.amendments import standing
from domain.base import Act, said
from domain.case.commands import SubscribeCase, UnsubscribeCase
from domain.case.events import CaseSubscribed, CaseUnsubscribed, Wish
from domain.errors import Forbidden
from domain.values import Party

if TYPE_CHECKING:
    from domain.case.case import Case

KEEPERS = frozenset({"officer", "secretary", "system"})  # who may subscribe someone else


class OthersRole(Forbidden):
    """Only an officer or the secretary says what someone else is to hear. Nothing was recorded."""


def subscribe(case: Case, command: SubscribeCase | UnsubscribeCase, act: Act) -> None:
    """Records what the person wants; nothing if that is known already."""
    case.decide(command, act, None)
    actor = act.person
    person, wanted = command.person or actor, isinstance(command, SubscribeCase)
    if person != actor and act.roles.isdisjoint(KEEPERS):
        raise OthersRole()
    if wishes(case).get(person) is not wanted:
        kind = CaseSubscribed if wanted else CaseUnsubscribed
        case.trigger(kind(person=person, **said(act)), act)


def wishes(case: Case) -> dict[UUID, bool]:
    """Person -> whether they want to hear of it; who said nothing is not there."""
    events = (recorded.event for recorded in standing(case.history))
    return {event.person: isinstance(event, CaseSubscribed) for event in events if isinstance(event, Wish)}


def concerned(case: Case) -> dict[str, list[Party]]:
    """Whom it concerns without their saying so: `mover`, `seconder`, `submitter`, and the bodies it was `referred` to."""
    adopted = case.adopted
    given = {} if adopted is None else {
        "mover": adopted.mover, "seconder": adopted.seconder, "submitter": adopted.submitted_by,
    }  # fmt: skip
    referred = [Party("body", body) for body in dict.fromkeys(body for body, _ in case.referrals)]
    return {name: [party] for name, party in given.items() if party} | {"referred": referred}
