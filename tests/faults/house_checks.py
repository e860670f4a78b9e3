"""What must hold of a house that was attacked, once it is at rest; the steps by plain clocks, which ask the house nothing."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.rows import namedtuple_row

from domain import codec
from domain.base import Recorded
from domain.case.case import Case
from domain.clocks import ClockEvent, ClockSnoozed, EscalationStepTaken, StepAcknowledged
from services.execute import SYSTEM
from services.mail.reasons import Overtaken
from services.store import Store
from tests.domain.naive import Line
from tests.domain.plain_clocks import PLACES, Days, Key, PlainClock, PlainClocks, deadlines, last_day
from tests.faults.house_relay import MoodyRelay
from tests.faults.house_traffic import Answer, Traffic
from tests.services.invariants import Aftermath, check_chain, check_commands, check_log, check_streams
from tests.services.ringing import check_clocks

MADE = {"adopt": "CaseAdopted", "set-due": "CaseDueSet", "add-task": "TaskAdded", "finish-task": "TaskFinished",
        "refer": "CaseReferred", "report-back": "ReportReceived", "assign": "CaseAssigned", "note": "CaseNoted",
        "acknowledge-step": "StepAcknowledged", "snooze": "ClockSnoozed", "postpone": "CasePostponed",
        "resume": "CaseResumed", "complete": "CaseCompleted"}  # fmt: skip
"""The event that each verb leads to."""
MAILERS = 3  # that may send at once, so that one kill interrupts them all: both processes of the worker, the follower


class Record(NamedTuple):
    """Everything that is left: what is recorded, what officers were told, what the mail server took."""

    log: Aftermath
    cases: list[list[Recorded]]
    refs: dict[UUID, str]
    outbox: list[Any]
    troubles: list[Any]
    now: datetime
    traffic: Traffic
    relay: MoodyRelay
    before: set[UUID]
    mail: dict[UUID, str]
    kills: int
    steps: int

    @classmethod
    def of(cls, store: Store, log: Aftermath, traffic: Traffic, relay: MoodyRelay, before: set[UUID], mail: dict[UUID, str],
           kills: int) -> Record:  # fmt: skip
        """Reads it from a store at rest, after what must hold of every store with clocks."""
        steps = check_clocks(store)
        streams = [row[0] for row in store.connection.execute("SELECT DISTINCT stream FROM suivi.keys WHERE scope = 'case'")]
        cases = store.load_all(Case, streams)
        with store.connection.cursor(row_factory=namedtuple_row) as cursor:
            outbox = cursor.execute("SELECT * FROM suivi.outbox").fetchall()
            troubles = cursor.execute("SELECT * FROM suivi.troubles").fetchall()
        return cls(log, [case.history for case in cases], {case.id: case.ref for case in cases}, outbox, troubles,
                   store.present.now, traffic, relay, before, mail, kills, steps)  # fmt: skip


def check(record: Record) -> Counter[str]:
    """Everything; returns how much there was of what."""
    for each in (check_log, check_streams, check_chain):
        each(record.log)
    check_acknowledged(record)
    check_steps(record)
    check_mail(record)
    assert not record.troubles, f"set aside: {record.troubles}"
    ids = Counter(id for id, _ in record.relay.sent())
    return Counter({
        "commands acknowledged": len(record.traffic.answers), "asked again": record.traffic.asked_again,
        "answered from the log": sum(answer.again for answer in record.traffic.answers.values()),
        "refused": len(record.traffic.refused), "steps": record.steps, "instants settled": len(record.traffic.settled),
        "mails to be sent": len(record.outbox), "sent": sum(row.state == "sent" for row in record.outbox),
        "parked": sum(row.state == "parked" for row in record.outbox),
        "mails taken": ids.total(), "repeats": ids.total() - len(ids),
    } | {f"mail server: {mood}": n for mood, n in record.relay.moods.items()})  # fmt: skip


def check_acknowledged(record: Record) -> None:
    """Each command acknowledged is there once, with the event of its verb, in its case; of what was refused, nothing."""
    effects: dict[UUID, list[Any]] = defaultdict(list)
    for row in record.log.events:
        effects[row.command_id].append(row)
    ours = {row.command_id for row in record.log.commands if row.actor == SYSTEM.person} | record.before
    told = ours | record.traffic.answers.keys()
    check_commands(record.log, {command: [(row.stream, row.version) for row in effects[command]] for command in told})
    for command, answer in record.traffic.answers.items():
        _check_answer(record, answer, effects[command])


def _check_answer(record: Record, answer: Answer, rows: list[Any]) -> None:
    made = [row.topic.split(".")[0] for row in rows]
    wanted = MADE[answer.verb]
    count = made.count(wanted)
    assert count >= 1 if issubclass(codec.topics()[wanted], ClockEvent) else count == 1, f"{answer} led to {made}"
    assert {record.refs[row.stream] for row in rows} == {answer.ref}, f"{answer} is elsewhere"
    assert answer.version in (None, max(row.version for row in rows)), f"{answer} was told another version"


def check_steps(record: Record) -> None:
    """Every case lives again on plain clocks: each step is the one that comes next, in its time and not after the act
    that ended its clock; at each instant at which nothing was due, and now, none was missing."""
    for history in record.cases:
        relived = Relived(record.traffic.settled)
        for each in history:
            relived.live(each)
        relived.rest(record.now)
    together: dict[UUID, list[EscalationStepTaken]] = defaultdict(list)
    for each in (each for history in record.cases for each in history):
        if isinstance(each.event, EscalationStepTaken):
            together[each.command_id].append(each.event)
    for steps in together.values():
        assert [bool(step.told) for step in steps] == [False] * (len(steps) - 1) + [True], "one message for the highest"


class Relived:
    """One case, event by event."""

    def __init__(self, settled: Sequence[datetime]) -> None:
        self.plain, self.days, self.settled = PlainClocks(), Days(), settled
        self.lines: list[Line] = []
        self.since: dict[Key, datetime] = {}

    def live(self, each: Recorded) -> None:
        event, at = each.event, each.recorded_at
        assert at
        if not isinstance(event, ClockEvent):
            self._act(each, at)
        elif isinstance(event, EscalationStepTaken | StepAcknowledged | ClockSnoozed):
            key = event.kind, event.about, event.due
            clock = self.plain.known.get(key)
            assert clock, f"{type(event).__name__} of {key}, which no longer counts"
            self._in_time(key, clock, at)
            if isinstance(event, EscalationStepTaken):
                self._step(event, clock, at)
            elif isinstance(event, StepAcknowledged):
                clock.state = "acknowledged"
            else:
                self._snooze(event, clock)
                self.since[key] = at

    def _act(self, each: Recorded, at: datetime) -> None:
        name = type(each.event).__name__
        self.lines.append(Line(each.originator_version, 0, name, json.loads(codec.seal(each.event)), at.date()))
        before = dict(self.plain.known)
        self.plain.wind(deadlines(self.lines), at, self.days)
        for key in before.keys() - self.plain.known.keys():
            self._in_time(key, before[key], at)
        self.since.update(dict.fromkeys(self.plain.known.keys() - before.keys(), at))

    def _step(self, step: EscalationStepTaken, clock: PlainClock, at: datetime) -> None:
        assert clock.state == "running", f"{step} was recorded after the act that ended its clock"
        assert ((step.step, step.repetition), step.at) == (PLACES[clock.place], clock.at), f"{step}, instead of {clock}"
        assert step.at <= at, f"{step} was recorded too early"
        clock.place, clock.last = clock.place + 1, step.at
        if clock.place == len(PLACES):
            clock.state, clock.at = "spent", None
        else:
            clock.place_next(self.days, step.at)

    def _snooze(self, event: ClockSnoozed, clock: PlainClock) -> None:
        until = last_day(event.until)
        assert until
        clock.state, clock.at = "running", self.days.opening(self.days.after(until, 0))
        clock.base, clock.already = until, clock.offsets[clock.place]

    def _in_time(self, key: Key, clock: PlainClock, at: datetime) -> None:
        """Nothing was due that had been left undone, at any instant of which that is known."""
        if clock.state == "running" and clock.at:
            missed = [known for known in self.settled if max(self.since[key], clock.at) < known < at]
            assert not missed, f"a step of {key} at {clock.at} was missed at {missed[0]}"

    def rest(self, now: datetime) -> None:
        for key, clock in self.plain.known.items():
            assert clock.state != "running" or (clock.at and clock.at > now), f"a step of {key} at {clock.at} was missed"


def check_mail(record: Record) -> None:
    """One reminder for each step told and reader; whatever was to go was sent, or set aside because it was answered
    first; what the mail server took is one of these messages, to its reader."""
    steps = [each.event for history in record.cases for each in history if isinstance(each.event, EscalationStepTaken)]
    wanted = Counter((step.id, person) for step in steps for person in step.told)
    rows = Counter((row.step, row.recipient) for row in record.outbox if row.kind == "reminder")
    assert rows == wanted, f"told and not to be sent: {wanted - rows}; to be sent and not told: {rows - wanted}"
    mails = [row for row in record.outbox if row.channel == "mail"]
    by_id = {row.message_id: row for row in mails}
    assert len(by_id) == len(mails), "two messages with one Message-ID"
    sent = Counter(record.relay.sent())
    strangers = [each for each in sent if each[0] not in by_id]
    assert not strangers, f"mail that no step asked for: {strangers}"
    astray = [(id, to) for id, to in sent if record.mail[by_id[id].recipient] != to]
    assert not astray, f"mail that went to someone else: {astray}"
    for row in record.outbox:
        taken = sent[row.message_id, record.mail[row.recipient]] or row.channel == "inbox" or row.digest
        assert row.state != "waiting" or row.not_before > record.now, f"{row.message_id} still waits"
        assert row.state != "sent" or taken, f"{row.message_id} counts as sent, and the mail server never took it"
        reason = json.loads(row.reason)[0] if row.reason else None
        assert row.state in ("sent", "waiting") or reason == Overtaken.__name__, f"{row.message_id} was set aside: {row.reason}"
    repeats = sent.total() - len(sent)
    interrupted = MAILERS * record.kills + record.relay.moods["cut"]
    assert repeats <= interrupted, f"{repeats} repeats, more often than anyone was interrupted"
