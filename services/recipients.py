"""Who a step of a ladder reaches now: classes of people resolved to persons of the directory who are there."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from domain.clocks import PERSONAL, Clock
from domain.directory import Body, Person
from domain.time import Calendar
from domain.values import Party
from services import accounts, subjects
from services.replacing import in_place_of
from services.store import Store
from services.subjects import Subject

HOLD = 5  # working days for which a message waits for someone who is away and whom nobody replaces
KEEPERS = ("secretary", "administrator")


class Recipients:
    """As the directory, the accounts and the day stand when it is made; one serves a whole sweep."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._bodies: dict[UUID, Body] = {}
        self._persons: dict[UUID, Person] = {}
        self._accounts = [account for account in accounts.all_accounts(store) if not account.disabled]
        self._roles = {account.person: account.roles for account in self._accounts}
        self._calendar: Calendar = store.present.calendar
        self._today = self._calendar.today(store.present.now)

    def reach(self, subject: Subject, clock: Clock) -> dict[str, tuple[UUID, ...]]:
        """Class -> the persons that it means for this clock and that can be told, by mail or in the application; none
        where nobody can. Whoever may not see the subject is nobody."""
        owner = subjects.in_charge(self._store, subject, clock)
        found = {"owner": self._holders(owner), "body": self._holders(self._body(subject, clock))}
        reached = {tell: self._there(subject, candidates) for tell, candidates in found.items()}
        asker = [UUID(clock.about)] if clock.kind == PERSONAL else []
        return reached | {"secretary": self.keepers(subject), "asker": self._reachable(subject, asker)}

    def keepers(self, subject: Subject | None = None) -> tuple[UUID, ...]:
        """Who is told whatever nobody else can be told of the subject, or of anything: the secretaries who are there,
        else the administrators. Where all of them are away, each is meant: what they are told waits for their return."""
        known: list[UUID] = []
        for role in KEEPERS:
            held = [account.person for account in self._accounts if role in account.roles]
            there = (in_place_of(self.person, self.person(each), self._today) for each in held)
            if on_duty := self._reachable(subject, (each.id for each in there if each)):
                return on_duty
            known += held
        return self._reachable(subject, known) or tuple(known)

    def person(self, id: UUID) -> Person:
        """The entry of the directory, loaded once."""
        if id not in self._persons:
            self._persons[id] = self._store.load(Person, id)
        return self._persons[id]

    def _there(self, subject: Subject, candidates: list[UUID]) -> tuple[UUID, ...]:
        """The first who is there or replaced, else the first who comes back soon."""
        for each in candidates:
            there = in_place_of(self.person, self.person(each), self._today)
            if there and (found := self._reachable(subject, [there.id])):
                return found
        soon = [each for each in candidates if self._soon_back(self.person(each))]
        return self._reachable(subject, soon)[:1]

    def _soon_back(self, person: Person) -> bool:
        """Whether an absence that holds today ends so early that what is to be said can wait."""
        last = person.absence.last if person.absence and person.away(self._today) else None
        return last is not None and self._calendar.after(last, 1) <= self._calendar.after(self._today, HOLD)

    def _body(self, subject: Subject, clock: Clock) -> Party | None:
        """The body that is to report; else the body that sees to the case."""
        if clock.kind == "report":
            return Party("body", UUID(clock.about))
        return subject.owner if subject.owner and subject.owner.kind == "body" else None

    def _holders(self, party: Party | None) -> list[UUID]:
        """The person; of a body its chair, while they are away its secretary too; without a chair its secretary."""
        if party is None or party.id is None:
            return []
        if party.kind == "person":
            return [party.id]
        if party.kind != "body":
            return []
        if party.id not in self._bodies:
            self._bodies[party.id] = self._store.load(Body, party.id)
        chair, secretary = map(self._bodies[party.id].holder, ("chair", "secretary"))
        alone = chair is not None and not self.person(chair).away(self._today)
        return [each for each in (chair, None if alone else secretary) if each]

    def _reachable(self, subject: Subject | None, persons: Iterable[UUID]) -> tuple[UUID, ...]:
        """Those who have a mail address or an account, and who may see the subject; each once."""
        return tuple(each for each in dict.fromkeys(persons) if self._reads(subject, each))

    def _reads(self, subject: Subject | None, person: UUID) -> bool:
        told = person in self._roles or bool(self.person(person).mail)
        roles = self._roles.get(person, frozenset[str]())
        return told and (subject is None or subjects.seen_by(self._store, subject, person, roles))
