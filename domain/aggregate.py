"""What every aggregate shares: its history, and the fold that knows of corrections and retractions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Self
from uuid import UUID

from domain.amendments import (
    AMENDMENTS,
    CorrectFact,
    CreationStands,
    EventUnknown,
    FactCorrected,
    FactRetracted,
    RetractFact,
    fitting,
    retracted,
    standing,
)
from domain.base import Act, Event, Recorded, need, said


class Aggregate:
    """Decides: command and state give events, or a refusal. Holds its whole history, since the past is amendable."""

    def __init__(self, id: UUID) -> None:
        self.id = id
        self.version = 0
        self.history: list[Recorded] = []
        self.new: list[Recorded] = []

    @classmethod
    def project(cls, initial: Self | None, events: Iterable[Recorded]) -> Self | None:
        """The fold that the repository calls; null when there is nothing to fold."""
        history = list(events)
        return cls.fold(history) if history else initial

    @classmethod
    def fold(cls, history: list[Recorded], as_of: date | None = None) -> Self:
        """The aggregate after `history`; with `as_of`, after what had certainly happened by the end of that day."""
        self = cls(history[0].originator_id)
        self.history = history
        self.version = history[-1].originator_version
        self.replay(as_of)
        return self

    def collect_events(self) -> Sequence[Recorded]:
        """The events not yet saved, which are then no longer new."""
        new, self.new = self.new, []
        return new

    def trigger(self, event: Event, act: Act) -> None:
        """Records `event` as caused by `act` and applies it."""
        recorded = Recorded(self.id, self.version + 1, event, act.actor, act.command_id, act.now)
        self.version += 1
        self.history.append(recorded)
        self.new.append(recorded)
        if isinstance(event, AMENDMENTS):
            self.replay()
        else:
            event.apply(self, recorded)

    def replay(self, as_of: date | None = None) -> None:
        """Folds the history anew."""
        self.start()
        for recorded in standing(self.history):
            if as_of is None or recorded.day() <= as_of:
                recorded.event.apply(self, recorded)

    def start(self) -> None:
        """Sets the state before any event."""

    def correct(self, command: CorrectFact, act: Act) -> None:
        """Replaces facts of an earlier event; the state it led to stays."""
        need(command, "set", "reason")
        event = self.amendable(command.event)
        facts = fitting(event, command.set)
        self.trigger(FactCorrected(version=command.event, facts=facts, reason=command.reason, **said(act)), act)

    def retract(self, command: RetractFact, act: Act) -> None:
        """Takes an earlier event back."""
        need(command, "reason")
        if command.event == 1:
            raise CreationStands()
        self.retractable(command.event)
        self.trigger(FactRetracted(version=command.event, reason=command.reason, **said(act)), act)

    def amendable(self, version: int) -> Event:
        """The event of that version as it now stands; a retracted one, or an amendment, is out of reach."""
        for recorded in standing(self.history):
            if recorded.originator_version == version:
                return recorded.event
        raise EventUnknown(version=version)

    def retractable(self, version: int) -> Event:
        """As `amendable`, and a correction that was not itself taken back."""
        gone = retracted(self.history)
        for recorded in self.history:
            if recorded.originator_version == version not in gone and isinstance(recorded.event, FactCorrected):
                return recorded.event
        return self.amendable(version)
