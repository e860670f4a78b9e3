"""What is known around a thread when it is asked: its office on that day, and what the rules may ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from domain.base import Command
from domain.demarche.events import INCONCLUSIVE
from domain.time.working import Legislature
from workflows.workflow import View

if TYPE_CHECKING:
    from domain.demarche.demarche import Demarche


class Addressee(NamedTuple):
    """What the directory says of an office on the day of an act."""

    office: UUID
    legislature: Legislature | None = None
    holder: UUID | None = None


class DemarcheView(View):
    """What a workflow may ask of a thread on the way of a command."""

    def __init__(self, demarche: Demarche, command: Command | None = None) -> None:
        self.demarche, self.command = demarche, command

    @property
    def state(self) -> str:
        return self.demarche.state

    @property
    def before(self) -> str:
        return self.demarche.before

    @property
    def answer_concludes(self) -> bool:
        return getattr(self.command, "answer", None) not in INCONCLUSIVE

    @property
    def meeting_confirmed(self) -> bool:
        return bool(getattr(self.command, "confirmed", True))

    @property
    def meeting_ahead(self) -> bool:
        return self.demarche.meeting is not None

    @property
    def running(self) -> bool:
        return not self.demarche.paused

    @property
    def paused(self) -> bool:
        return self.demarche.paused
