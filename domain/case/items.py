"""What someone asks of an item of a plan, where it differs from what is asked of a resolution."""

from __future__ import annotations

from domain.base import Command
from domain.case.commands import COMMANDS, AddTask, CaseCommand, NoteCase
from domain.figures import Target
from domain.plan.nodes import Kind
from domain.time.schedules import Schedule
from domain.values import CaseId, Edtf, FreeText, Limb, PlanId


class AdoptItem(CaseCommand, frozen=True, kw_only=True):
    """An item of a plan, entered in its tree: `who` sees to it, as written, the `results` that are expected."""

    verb = "adopt"
    plan: PlanId
    numbers: tuple[str, ...]
    titles: dict[str, FreeText]
    parts: tuple[Limb, ...] = ()
    kind: str = "plan_item"
    adopted_on: Edtf | None = None
    origin: CaseId | None = None
    standing: bool | None = None
    cadence: Schedule | None = None
    who: tuple[FreeText, ...] = ()
    results: tuple[FreeText, ...] = ()
    targets: tuple[Target, ...] = ()


class AddLine(AddTask, frozen=True, kw_only=True):
    """A line of a plan's item, which is due as its `schedule` says."""

    kind: Kind | None = None
    label: str | None = None
    printed: str | None = None
    heading: FreeText | None = None
    group: FreeText | None = None
    schedule: Schedule | None = None
    who: tuple[FreeText, ...] = ()


class NoteFollowUp(NoteCase, frozen=True, kw_only=True):
    """What a plan tells of one of its items, as it stands in its list; no verb at the doors."""

    level: int = 1
    verdict: FreeText | None = None
    planned: Edtf | None = None


OF_ITEMS: dict[str, type[Command]] = COMMANDS | {AdoptItem.verb: AdoptItem, AddLine.verb: AddLine}
"""The verbs of a case, asked of an item of a plan."""
