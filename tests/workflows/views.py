"""A part of a case, as a workflow sees it."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.vocabulary import GUARDS, NOTHING
from workflows.workflow import View


@dataclass
class Part(View):
    state: str = NOTHING
    before: str = "adopted"
    confirmable: bool = True
    successor_unmoved: bool = True
    divisible: bool = True
    no_thread_awaits: bool = True
    answer_concludes: bool = True
    meeting_confirmed: bool = True
    meeting_ahead: bool = True
    running: bool = True
    paused: bool = True

    @classmethod
    def of(cls, state: str, guards: tuple[bool, ...]) -> Part:
        """With a value for each guard, in the order of the vocabulary."""
        part = cls(state)
        for guard, value in zip(GUARDS, guards, strict=True):
            setattr(part, guard, value)
        return part
