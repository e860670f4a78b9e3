"""Who a step of a ladder reaches now: classes of people resolved to persons of the directory."""

from __future__ import annotations

from functools import cached_property
from uuid import UUID

from domain.clocks import Clock
from domain.directory import Body, Person
from domain.values import Party
from services import accounts, subjects
from services.store import Store
from services.subjects import Subject


class Recipients:
    """As the directory and the accounts stand when it is made; one serves a whole sweep."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._bodies: dict[UUID, Body] = {}
        self._persons: dict[UUID, Person] = {}

    def reach(self, case: Subject, clock: Clock) -> dict[str, tuple[UUID, ...]]:
        """Class -> the persons that it means for this clock and that can be written to; none where nobody can.
        Whoever may not see the case is nobody."""
        found = {"owner": self._holder(subjects.in_charge(self._store, case, clock)), "body": self._body(case, clock)}
        reached = {tell: (person,) if person and self._written_to(case, person) else () for tell, person in found.items()}
        return reached | {"secretary": self.secretaries}

    @cached_property
    def secretaries(self) -> tuple[UUID, ...]:
        """Who is told whatever nobody else can be told: the secretaries, else the administrators."""
        open_ones = [account for account in self._accounts.values() if not account.disabled]
        for role in ("secretary", "administrator"):
            if held := tuple(account.person for account in open_ones if role in account.roles):
                return held
        return ()

    @cached_property
    def _accounts(self) -> dict[UUID, accounts.Account]:
        return {account.person: account for account in accounts.all_accounts(self._store)}

    def _body(self, case: Subject, clock: Clock) -> UUID | None:
        """Who answers for the body that is to report; else for the body that sees to the case."""
        if clock.kind == "report":
            return self._holder(Party("body", UUID(clock.about)))
        return self._holder(case.owner if case.owner and case.owner.kind == "body" else None)

    def _holder(self, party: Party | None) -> UUID | None:
        """The person; of a body its chair, else its secretary."""
        if party is None or party.id is None:
            return None
        if party.kind == "person":
            return party.id
        if party.kind != "body":
            return None
        if party.id not in self._bodies:
            self._bodies[party.id] = self._store.load(Body, party.id)
        body = self._bodies[party.id]
        return body.holder("chair") or body.holder("secretary")

    def _written_to(self, case: Subject, person: UUID) -> bool:
        if person not in self._persons:
            self._persons[person] = self._store.load(Person, person)
        account = self._accounts.get(person)
        roles = account.roles if account and not account.disabled else frozenset[str]()
        return bool(self._persons[person].mail) and subjects.seen_by(self._store, case, person, roles)
