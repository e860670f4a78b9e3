"""Whom the news of a case goes to, and why: worked out when there is news, as the case and the directory then stand."""

from __future__ import annotations

from uuid import UUID

from domain.case.case import Case
from domain.case.subscriptions import concerned, wishes
from domain.directory import Body
from domain.values import Party
from services.accounts import person_of, roles_of
from services.store import Store

Why = tuple[str, UUID | None]
"""How someone has to do with a case (`mover`, `seconder`, `submitter`, `referred`, `subscribed`), and by which body."""


def audience(store: Store, case: Case) -> dict[UUID, Why]:
    """Person -> why they hear of it. Whoever said no, may not see the case can neither be written to nor enter here hears
    nothing."""
    found: dict[UUID, Why] = {}
    for how, parties in concerned(case).items():
        for party in parties:
            if (person := _holder(store, party)) is not None:
                found.setdefault(person, (how, party.id if party.kind == "body" else None))
    for person, wanted in wishes(case).items():
        found.setdefault(person, ("subscribed", None))
        if not wanted:
            del found[person]
    return {person: why for person, why in found.items() if _reads(store, case, person)}


def _holder(store: Store, party: Party) -> UUID | None:
    """The person; of a body its chair, else its secretary."""
    if party.id is None or party.kind not in ("person", "body"):
        return None
    if party.kind == "person":
        return party.id
    body = store.load(Body, party.id)
    return body.holder("chair") or body.holder("secretary")


def _reads(store: Store, case: Case, person: UUID) -> bool:
    entry, roles = person_of(store, person), roles_of(store, person)
    return entry is not None and bool(entry.mail or roles) and case.seen_by(person, roles)
