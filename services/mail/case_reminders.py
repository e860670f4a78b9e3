"""What a reminder says of a case."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import quote
from uuid import UUID

from domain.case.case import Case
from domain.case.deadlines import in_charge
from domain.case.tasks import Task
from domain.time import Edtf
from domain.values import Party
from projections.phrases.catalogue import N_
from services.mail import wording
from services.mail.letters import Occasion
from services.mail.reminders import Reminder
from services.store import Store


class CaseReminder(Reminder):
    """Of a date of a case."""

    def __init__(self, store: Store, occasion: Occasion, case: Case) -> None:
        super().__init__(store, occasion)
        self.case = case

    @property
    def ref(self) -> str:
        return self.case.ref

    @property
    def title(self) -> str:
        return self.case.title

    @property
    def link(self) -> str:
        return f"{self.url}/dossiers/{quote(self.ref, safe=':')}"

    @property
    def kind(self) -> wording.Kind:
        """The sentences of this kind of deadline."""
        return wording.KINDS[self.event.kind]

    @property
    def what(self) -> str:
        return self.say(self.kind.late if self.late else self.kind.coming)

    def due(self) -> str:
        facts: dict[str, Any] = {"due": Edtf(self.event.due)}
        if self.event.kind == "task":
            facts |= {"number": self.event.about, "task": self.task.text if self.task else "…"}
        if self.event.kind == "report":
            noun = self.noun(Party("body", UUID(self.event.about)))
            facts["body"] = noun[:1].upper() + noun[1:]
        return self.say(self.kind.past if self.late else self.kind.to_come, **facts)

    def lateness(self) -> str:
        return self.days_late()

    @cached_property
    def task(self) -> Task | None:
        """The task, of a task's date."""
        return self.case.tasks.get(int(self.event.about)) if self.event.kind == "task" else None

    @property
    def task_is_theirs(self) -> bool:
        return self.event.kind == "task"

    @property
    def owner(self) -> Party | None:
        return in_charge(self.case, self.event)

    def whose(self) -> str:
        if self.owner is None:
            return self.say(N_("Nobody follows this case up."))
        if self.task and self.task.owner:
            return self.say(N_("The task is entrusted {owner}."), owner=self.noun(self.owner).to)
        return self.say(N_("This case is followed up by {owner}."), owner=self.noun(self.owner))

    def more(self) -> Iterator[str]:
        yield from ()

    def commands(self) -> list[tuple[str, str]]:
        commands = super().commands()
        if "owner" in self.event.unheld and self.owner is None:
            commands.append((self.say(N_("To say who follows the case up:")), f"suivi act {self.ref} assign --set owner=…"))
        return commands
