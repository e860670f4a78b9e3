"""Clocks: each runs towards one due date, up a ladder, until it is answered, settled or spent."""

from domain.clocks.clocked import Clocked, Deadline
from domain.clocks.commands import AcknowledgeStep, RecomputeClocks, RemindMe, SnoozeClock, TakeSteps
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

__all__ = [
    "PERSONAL",
    "AcknowledgeStep",
    "Clock",
    "ClockEvent",
    "ClockRecomputed",
    "ClockSnoozed",
    "ClockStarted",
    "ClockStopped",
    "Clocked",
    "Deadline",
    "EscalationStepTaken",
    "PersonalReminderSet",
    "RecomputeClocks",
    "RemindMe",
    "Ring",
    "Rung",
    "SnoozeClock",
    "StepAcknowledged",
    "TakeSteps",
]
