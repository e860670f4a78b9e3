"""Clocks: each runs towards one due date, up a ladder, until it is answered, settled or spent."""

from domain.clocks.clocked import Clocked, Deadline
from domain.clocks.commands import AcknowledgeStep, RecomputeClocks, SnoozeClock, TakeSteps
from domain.clocks.events import (
    Clock,
    ClockEvent,
    ClockRecomputed,
    ClockSnoozed,
    ClockStarted,
    ClockStopped,
    EscalationStepTaken,
    Ring,
    Rung,
    StepAcknowledged,
)

__all__ = [
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
    "RecomputeClocks",
    "Ring",
    "Rung",
    "SnoozeClock",
    "StepAcknowledged",
    "TakeSteps",
]
