"""What an aggregate with clocks does: winds them after each act, climbs their ladders when asked, is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID, uuid5

from domain.aggregate import Aggregate
from domain.base import Act, Event, said
from domain.clocks import ladder, refusals
from domain.clocks.commands import AcknowledgeStep, RemindMe, SnoozeClock, TakeSteps
from domain.clocks.events import (
    PERSONAL,
    Clock,
    ClockEvent,
    ClockRecomputed,
    ClockSnoozed,
    ClockStarted,
    ClockStopped,
    EscalationStepTaken,
    PersonalReminderSet,
    Ring,
    Rung,
    StepAcknowledged,
)
from domain.conditions import Awaited, AwaitedStands, at_once
from domain.time import Edtf
from domain.time.working import Calendar


class Deadline(NamedTuple):
    """Something due: which kind, about what (a task's number, a body's id; empty where there is one), and its date."""

    kind: str
    about: str
    due: str


class Clocked(Aggregate):
    """An aggregate with clocks: one for each deadline that now counts, whatever act made or unmade it."""

    waits: frozenset[str] = frozenset()  # kinds whose date is when a wait began: their steps count from a day gone by

    def start(self) -> None:
        self.clocks: dict[UUID, Clock] = {}
        self.awaited_by: list[UUID] = []  # who waits until this has ended
        self.personal: dict[str, PersonalReminderSet] = {}  # whose -> what they asked to be reminded of

    @property
    def concluded(self) -> bool:
        """Whether it has ended: who waits for that is told."""
        return False

    @property
    def waits_upon(self) -> frozenset[UUID]:
        """What is to end before something goes on here."""
        return frozenset()

    def deadlines(self) -> Iterable[Deadline]:
        """What is due, as things stand now: here, what people asked to be reminded of, whatever the state."""
        return [Deadline(PERSONAL, person, asked.until) for person, asked in self.personal.items()]

    def ladders(self) -> Mapping[str, tuple[Rung, ...]]:
        """The ladder of each kind of deadline, by the rules of this aggregate; a kind without one has no clock."""
        return {}

    def calendar(self, kind: str, act: Act) -> Calendar:
        """The working days that deadlines of that kind are reckoned with."""
        return act.calendar

    def wind(self, act: Act) -> None:
        """Stops the clocks of what is due no more, starts those of what is due now. Another date is another clock."""
        ladders = self.ladders()
        wanted = {d: ladders[d.kind] for d in self.deadlines() if d.kind in ladders and ladder.end_of(d.due)}
        known = {Deadline(clock.kind, clock.about, clock.due): clock for clock in self.clocks.values()}
        for deadline, clock in known.items():
            if deadline not in wanted:
                self.trigger(ClockStopped(**clock.facts, **at_once(act)), act)
        for deadline, rungs in wanted.items():
            if deadline not in known:
                self._start_clock(deadline, rungs, act)

    def _start_clock(self, deadline: Deadline, rungs: tuple[Rung, ...], act: Act) -> None:
        id = uuid5(self.id, f"clock {self.version + 1}")
        day, calendar = ladder.last_day(deadline.due), self.calendar(deadline.kind, act)
        ends, ring = calendar.end(day), ladder.first(id, rungs, day, calendar)
        clock = Clock(id=id, kind=deadline.kind, about=deadline.about, due=deadline.due, ends=ends, ladder=rungs,
                      calendar=calendar.version, ring=ring, state="running")  # fmt: skip
        waits = deadline.kind in self.waits
        next = ladder.first_to_come(clock, calendar, act.now) if waits else ring if ends >= act.now else None
        self.trigger(
            ClockStarted(**clock.facts, ends=ends, ladder=rungs, calendar=calendar.version, lapsed=next is None,
                         next=next, **at_once(act)),
            act,
        )  # fmt: skip

    def take_steps(self, command: TakeSteps, act: Act) -> None:
        """Takes each step that has come, with its true instant; one message goes out, for the highest."""
        clock = self.clocks.get(command.clock)
        while clock and (ring := clock.next) and ring.at <= act.now:
            after = ladder.following(clock, ring, self.calendar(clock.kind, act))
            highest = after is None or after.at > act.now
            self.trigger(self._step(clock, ring, after, command if highest else None, act), act)

    def _step(self, clock: Clock, ring: Ring, after: Ring | None, reach: TakeSteps | None, act: Act) -> EscalationStepTaken:
        rung = clock.ladder[ring.step - 1]
        tell = rung.tell
        told: list[UUID] = []
        unheld: tuple[str, ...] = ()
        if reach:
            told = [person for each in tell for person in reach.reach.get(each, ())]
            unheld = tuple(each for each in tell if not reach.reach.get(each))
            told += reach.fallback if unheld and clock.kind != PERSONAL else ()
        return EscalationStepTaken(
            **clock.facts, id=ring.id, step=ring.step, repetition=ring.repetition, at=ring.at, tell=tell,
            draft=rung.draft if reach else "", told=tuple(dict.fromkeys(told)), unheld=unheld, next=after, **at_once(act),
        )  # fmt: skip

    def recompute(self, act: Act) -> None:
        """Reckons anew what was reckoned with other working days, as events."""
        for clock in list(self.clocks.values()):
            calendar = self.calendar(clock.kind, act)
            if clock.next and clock.calendar < calendar.version:
                ends = calendar.end(ladder.last_day(clock.due))
                ring = ladder.again(clock, clock.next, calendar)
                event = ClockRecomputed(**clock.facts, ends=ends, calendar=calendar.version, next=ring, **at_once(act))
                self.trigger(event, act)

    def remind(self, command: RemindMe, act: Act) -> None:
        """Whoever asks will be reminded, they alone."""
        until = ladder.end_of(command.until)
        if until is None:
            raise refusals.RemindUnending(until=Edtf(command.until))
        if until <= act.today:
            raise refusals.RemindPast(until=Edtf(command.until), today=act.today)
        facts = said(act) | {"occurred": None}
        self.trigger(PersonalReminderSet(person=act.person, until=command.until, text=command.text, **facts), act)

    def acknowledge(self, command: AcknowledgeStep, act: Act) -> None:
        """Nobody is reminded of it any more; refused where nothing has rung."""
        meant = self._meant(command.clock, act)
        ringing = [c for c in meant if (c.rung or c.kind == PERSONAL) and c.state != "acknowledged"]
        if not ringing:
            raise refusals.NothingRang()
        for clock in ringing:
            self.trigger(StepAcknowledged(**clock.facts, **said(act)), act)

    def snooze(self, command: SnoozeClock, act: Act) -> None:
        """Silence until a day to come, for what has rung, else for what runs; never to ring earlier. One that was
        acknowledged runs again, when it is the one that is meant or there is no other."""
        until = ladder.end_of(command.until)
        if until is None:
            raise refusals.SnoozeUnending(until=Edtf(command.until))
        if until <= act.today:
            raise refusals.SnoozePast(until=Edtf(command.until), today=act.today)
        able = [clock for clock in self._meant(command.clock, act) if clock.ring]
        running = [clock for clock in able if clock.next]
        chosen = [clock for clock in running if clock.rung] or running or able
        if not chosen:
            raise refusals.NothingRuns()
        rings = [(clock, ladder.put_off(clock, until, self.calendar(clock.kind, act))) for clock in chosen]
        if not any(ring for _, ring in rings):
            soonest = min(clock.next.at for clock in chosen if clock.next)
            raise refusals.LaterAlready(until=Edtf(command.until), next=act.calendar.today(soonest))
        for clock, ring in rings:
            if ring:
                self.trigger(ClockSnoozed(**clock.facts, until=command.until, next=ring, **said(act)), act)

    def amendable(self, version: int) -> Event:
        """Nothing of a clock is, but that it was asked for; nor that something waits here."""
        event = super().amendable(version)
        if isinstance(event, ClockEvent):
            raise refusals.ReminderStands(version=version)
        if isinstance(event, Awaited):
            raise AwaitedStands(version=version)
        return event

    def _meant(self, words: str | None, act: Act) -> list[Clock]:
        """The clocks that a kind, a task or an id means; without one, all of them. What people set for themselves
        answers to them alone, and when it is named or has rung."""
        mine = str(act.person)
        clocks = [c for c in self.clocks.values() if c.kind != PERSONAL or (c.about == mine and (words or c.rung))]
        if words is None or not clocks:
            return clocks
        kind, _, about = words.strip().partition(" ")
        found = [c for c in clocks if words.strip() == str(c.id) or (c.kind == kind and about.strip() in ("", c.about))]
        if not found:
            known = sorted({f"{c.kind} {c.about}" if c.kind == "task" else c.kind for c in clocks})
            raise refusals.ClockUnknown(clock=words, known=known)
        return found
