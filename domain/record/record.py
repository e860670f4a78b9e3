"""One record: its state, folded from its events, and what it decides."""

from __future__ import annotations

from uuid import UUID

from domain.aggregate import Aggregate
from domain.amendments import CorrectFact, RetractFact
from domain.base import Act, Command, need, said
from domain.errors import Forbidden, Refused
from domain.record.commands import CreateRecord, LinkRecord, OpenThread, RewordRecord, WithdrawRecord
from domain.record.events import (
    EXPECT_REPLY,
    RecordCreated,
    RecordLinked,
    RecordReworded,
    RecordWithdrawn,
    Told,
)

KEEPERS = frozenset({"officer", "secretary", "system"})
WRITTEN = frozenset({"advocacy", "publication"})


class RecordRole(Forbidden):
    """Records are kept by officers and by the secretary; you have neither role here."""


class RecordOver(Refused):
    """{ref} was withdrawn. To bring it back, retract its withdrawal: suivi act {ref} retract"""


class RelationElsewhere(Refused):
    """Only an alliance says what we are in it; this is not one."""


class FormElsewhere(Refused):
    """Only a letter of advocacy or a publication has a form of writing; this is neither."""


class NotALetter(Refused):
    """{ref} is no letter that awaits an answer: no thread is opened by it."""


class ThreadOpened(Refused):
    """A thread was already opened by {ref}."""


class NothingSaid(Refused):
    """Nothing would change: say at least one fact otherwise."""


class Record(Aggregate):
    """One thing that an organisation did, owes or is part of."""

    def start(self) -> None:
        self.created: RecordCreated | None = None
        self.told: Told | None = None
        self.links: list[UUID] = []
        self.threads: list[UUID] = []  # those among the links that it opened
        self.withdrawn = False

    @classmethod
    def create(cls, id: UUID, number: int, command: CreateRecord, act: Act) -> Record:
        """A new record under its number."""
        record = cls(id)
        record.start()
        _allow(act)
        need(command, "title")
        facts = {name: getattr(command, name) for name in command.__struct_fields__}
        event = RecordCreated(number=number, **facts, **said(act))
        _fit(event, command.kind)
        record.trigger(event, act)
        return record

    @property
    def ref(self) -> str:
        """`record:12`."""
        return f"record:{self.created.number}" if self.created else str(self.id)

    @property
    def awaits_reply(self) -> bool:
        """Whether it asks something of someone who is named."""
        assert self.created and self.told
        return self.created.kind == "advocacy" and self.told.form in EXPECT_REPLY and bool(self.told.addressees)

    def handle(self, command: Command, act: Act) -> None:
        """Lets it decide."""
        _allow(act)
        if isinstance(command, CorrectFact):
            self.correct(command, act)
        elif isinstance(command, RetractFact):
            self.retract(command, act)
        elif self.withdrawn:
            raise RecordOver(ref=self.ref)
        else:
            self._change(command, act)

    def correct(self, command: CorrectFact, act: Act) -> None:
        """As everywhere, and what it then says still fits its kind."""
        super().correct(command, act)
        if self.created and self.told:
            _fit(self.told, self.created.kind)

    def _change(self, command: Command, act: Act) -> None:
        match command:
            case RewordRecord():
                self._reword(command, act)
            case LinkRecord(to=to):
                self.trigger(RecordLinked(to=to, **said(act)), act)
            case WithdrawRecord(reason=reason):
                need(command, "reason")
                self.trigger(RecordWithdrawn(reason=reason, **said(act)), act)
            case _:
                raise NotImplementedError(type(command).__name__)

    def _reword(self, command: RewordRecord, act: Act) -> None:
        assert self.created and self.told
        new = {name: value for name in command.__struct_fields__ if (value := getattr(command, name)) is not None}
        before = {name: getattr(self.told, name) for name in command.__struct_fields__}
        if all(before[name] == value for name, value in new.items()):
            raise NothingSaid()
        if "title" in new:
            need(command, "title")
        event = RecordReworded(**before | new, **said(act))
        _fit(event, self.created.kind)
        self.trigger(event, act)

    def may_open(self, command: OpenThread, act: Act) -> None:
        """Refuses what is no letter to an office, and what was sent already."""
        _allow(act)
        need(command, "cases", "office")
        if self.withdrawn:
            raise RecordOver(ref=self.ref)
        if (
            self.created is None
            or self.created.kind != "advocacy"
            or self.told is None
            or self.told.form not in EXPECT_REPLY
        ):
            raise NotALetter(ref=self.ref)
        if self.threads:
            raise ThreadOpened(ref=self.ref)

    def opened(self, thread: UUID, act: Act) -> None:
        """Its letter is a thread from now on."""
        self.trigger(RecordLinked(to=thread, opened=True, **said(act)), act)


def _allow(act: Act) -> None:
    if not act.roles & KEEPERS:
        raise RecordRole()


def _fit(told: Told, kind: str) -> None:
    """Refuses facts that this kind of record does not have."""
    if told.relation is not None and kind != "alliance":
        raise RelationElsewhere()
    if told.form is not None and kind not in WRITTEN:
        raise FormElsewhere()
