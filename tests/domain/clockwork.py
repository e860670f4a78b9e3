"""Random acts, corrections, working days and the passing of time, held against the plain clocks."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain import codec
from domain.amendments import CorrectFact, RetractFact
from domain.base import Command
from domain.case import commands
from domain.case.case import Case
from domain.case.decisions import handle
from domain.clocks import (
    AcknowledgeStep,
    ClockSnoozed,
    ClockStopped,
    EscalationStepTaken,
    RecomputeClocks,
    SnoozeClock,
    StepAcknowledged,
    TakeSteps,
)
from domain.errors import SuiviError
from domain.time import Calendar
from tests.domain.given import BODY, HER, NOW, OTHER, act, standing_of, stored
from tests.domain.naive import Line
from tests.domain.plain_clocks import LAST, Days, PlainClocks, deadlines, offset
from tests.domain.winding import EVERYBODY, REACH, a_case

START = date(2024, 6, 26)
near = st.integers(-2, 30)
dates = near | near | st.sampled_from([*LAST])  # days from now, or a date
maybe = near | near | st.none() | st.sampled_from([*LAST])
parts = st.sampled_from([None, "5", "33"])
kinds = st.sampled_from([None, "due", "task", "until"])
bodies = st.sampled_from([BODY, OTHER])


class Clockwork(RuleBasedStateMachine):
    @initialize()
    def adopt(self) -> None:
        self.case = a_case(numbers=("5", "33"))
        self.plain, self.days, self.now = PlainClocks(), Days(), NOW

    @rule(due=dates)
    def set_due(self, due: int | str) -> None:
        self.do(commands.SetDue(due=self.on(due)))

    @rule(body=bodies, due=maybe)
    def refer(self, body: Any, due: int | str | None) -> None:
        self.do(commands.ReferCase(body=body, due=self.on(due)))

    @rule(body=bodies)
    def report(self, body: Any) -> None:
        self.do(commands.ReportBack(body=body))

    @rule(due=maybe)
    def add_task(self, due: int | str | None) -> None:
        self.do(commands.AddTask(text="écrire", due=self.on(due)))

    @rule(task=st.integers(1, 3))
    def finish_task(self, task: int) -> None:
        self.do(commands.FinishTask(task=task))

    @rule(until=dates, part=parts)
    def postpone(self, until: int | str, part: str | None) -> None:
        self.do(commands.PostponeCase(until=self.on(until), reason="trop tôt", part=part))

    @rule(part=parts, which=st.sampled_from(["resume", "block", "start", "reopen", "undone", "over"]))
    def move(self, part: str | None, which: str) -> None:
        moves: dict[str, Command] = {
            "resume": commands.ResumeCase(part=part), "block": commands.BlockCase(on=HER, reason="grève", part=part),
            "start": commands.StartCase(part=part), "reopen": commands.ReopenCase(reason="à revoir", part=part),
            "undone": commands.CloseCaseUndone(reason="temps", part=part), "over": commands.CarryOverCase(to=OTHER, part=part),
        }  # fmt: skip
        self.do(moves[which])

    @rule(part=parts, review=maybe, completion=st.sampled_from(["full", "temporary"]))
    def complete(self, part: str | None, review: int | str | None, completion: Any) -> None:
        self.do(commands.CompleteCase(completion=completion, review=self.on(review), part=part))

    @rule(back=st.integers(0, 9), due=maybe, fact=st.sampled_from(["due", "until", "review"]))
    def correct(self, back: int, due: int | str | None, fact: str) -> None:
        self.do(CorrectFact(event=self.deeds()[-1 - back :][0], set={fact: self.on(due)}, reason="mal noté"))

    @rule(back=st.integers(0, 9))
    def retract(self, back: int) -> None:
        self.do(RetractFact(event=self.deeds()[-1 - back :][0], reason="n’a pas eu lieu"))

    @precondition(lambda self: len(self.case.history) > 60 and not self.case.withdrawn)
    @rule()
    def withdraw(self) -> None:
        self.do(commands.WithdrawCase(version=self.case.version))

    @rule(kind=kinds)
    def acknowledge(self, kind: str | None) -> None:
        self.answer(AcknowledgeStep(clock=kind), self.plain.acknowledge(kind))

    @rule(kind=kinds, days=st.integers(-1, 60))
    def snooze(self, kind: str | None, days: int) -> None:
        until = self.today + timedelta(days=days)
        self.answer(SnoozeClock(until=until.isoformat(), clock=kind), self.plain.snooze(kind, until, self.today, self.days))

    @rule(hours=st.integers(1, 24 * 20))
    def time_passes(self, hours: int) -> None:
        self.now = min(self.now + timedelta(hours=hours), datetime(2027, 6, 1, tzinfo=NOW.tzinfo))

    @rule(days=st.integers(0, 3), hour=st.integers(10, 15))
    def morning_comes(self, days: int, hour: int) -> None:
        self.time_passes(24 * days + (hour - self.now.hour) % 24)
        self.sweep()

    @rule(days=st.integers(1, 8))
    def days_pass(self, days: int) -> None:
        for _ in range(days):
            self.time_passes(24)
            self.sweep()

    @rule(days=st.integers(1, 60))
    def nobody_sweeps(self, days: int) -> None:
        self.time_passes(24 * days)
        self.sweep()

    @rule(due=st.integers(0, 3), days=st.integers(3, 12), answered=st.booleans())
    def it_rings(self, due: int, days: int, answered: bool) -> None:
        self.set_due(due)
        self.nobody_sweeps(days)
        if answered:
            self.acknowledge("due")
            self.snooze("due", days)

    @rule(due=st.integers(1, 9))
    def a_recess_is_called_off(self, due: int) -> None:
        self.change_working_days(1, 25, 8)
        self.set_due(due)
        self.nobody_sweeps(27)
        self.change_working_days(0, 0, 8)
        self.sweep()

    @rule(first=st.integers(-9, 9), length=st.sampled_from([0, 0, 3, 12, 25]), opens=st.sampled_from([7, 8, 10]))
    def change_working_days(self, first: int, length: int, opens: int) -> None:
        off = frozenset(self.today + timedelta(days=first + n) for n in range(length))
        self.days = Days(self.days.version + 1, off, opens)

    def sweep(self) -> None:
        """One pass, as the sweep makes it."""
        before = self.case.version
        handle(self.case, RecomputeClocks(), self.deed("system"))
        for clock in [*self.case.clocks.values()]:
            handle(self.case, TakeSteps(clock=clock.id, reach=REACH), self.deed("system"))
        new = [r.event for r in self.case.history[before:] if isinstance(r.event, EscalationStepTaken)]
        taken = {((s.kind, s.about, s.due), (s.step, s.repetition), s.at, bool(s.told)) for s in new}
        assert len(taken) == len(new)
        assert taken == set(self.plain.sweep(self.now, self.days))
        for step in new:
            day = (step.at - timedelta(hours=4)).date()
            assert step.at <= self.now and self.days.works(day), f"{step.at} is no working day"
            assert step.at.hour - offset(day) == self.days.opens

    @invariant()
    def runs_as_the_plain_clocks_do(self) -> None:
        runs = {(c.kind, c.about, c.due): (c.state, c.next and c.next.at, c.rung) for c in self.case.clocks.values()}
        assert len(runs) == len(self.case.clocks), "two clocks for one deadline"
        assert runs == {
            key: (clock.state, clock.at if clock.state == "running" else None, clock.last)
            for key, clock in self.plain.known.items()
        }

    def teardown(self) -> None:
        if hasattr(self, "case"):
            self.climbed_once_and_upwards()
            assert standing_of(Case.fold(stored(self.case.history))) == standing_of(self.case)

    def climbed_once_and_upwards(self) -> None:
        """Each step of each clock once, each later than the one before; none after an answer."""
        last: dict[Any, datetime] = {}
        silent: set[Any] = set()
        ids: set[Any] = set()
        for recorded in self.case.history:
            match event := recorded.event:
                case EscalationStepTaken():
                    assert event.clock not in silent and event.id not in ids
                    assert event.clock not in last or last[event.clock].date() < event.at.date()
                    last[event.clock] = event.at
                    ids.add(event.id)
                case ClockSnoozed():
                    silent.discard(event.clock)
                case StepAcknowledged() | ClockStopped():
                    silent.add(event.clock)

    @property
    def today(self) -> date:
        return (self.now - timedelta(hours=offset(self.now.date()))).date()

    def deed(self, role: str = "officer") -> Any:
        calendar = Calendar(days_off=self.days.off, opens=time(self.days.opens), version=self.days.version)
        return act(roles=frozenset({role}) if role == "system" else EVERYBODY, now=self.now, calendar=calendar)

    def on(self, day: int | str | None) -> Any:
        """A date: so many days from now, or as it is."""
        return (self.today + timedelta(days=day)).isoformat() if isinstance(day, int) else day

    def deeds(self) -> list[int]:
        """The versions of what people did."""
        return [r.originator_version for r in self.case.history if not r.event.machine]

    def do(self, command: Command) -> None:
        """Whether it may be done is not asked here; what is then due is what the history says."""
        before = standing_of(self.case)
        try:
            handle(self.case, command, self.deed())
        except SuiviError:
            assert standing_of(self.case) == before
            return
        lines = [
            Line(r.originator_version, 0, type(r.event).__name__, json.loads(codec.seal(r.event)), START)
            for r in self.case.history
        ]
        self.plain.wind(deadlines(lines), self.now, self.days)

    def answer(self, command: Command, allowed: bool) -> None:
        before = standing_of(self.case)
        try:
            handle(self.case, command, self.deed())
        except SuiviError:
            assert not allowed
            assert standing_of(self.case) == before
        else:
            assert allowed
