"""What someone missed who asks for something from what they had read."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from msgspec.structs import replace

from domain.base import Event
from domain.case.case import Case
from domain.case.moves import Moved
from domain.clocks import ClockEvent
from domain.demarche.demarche import Demarche
from services.act import Ask, act
from services.execute import Actor, Outcome, StaleVersion, TooBusy
from services.refs import Refs, read_ref
from services.store import Store

TRIES = 5  # times that others may write in other parts meanwhile


def act_on_what_was_read(store: Store, actor: Actor, ask: Ask, id: UUID) -> Outcome:
    """Once more at the version that now stands, as long as others wrote in other parts only. Raises `StaleVersion`."""
    for _ in range(TRIES):
        try:
            return act(store, actor, ask, id)
        except StaleVersion:
            now = untouched(store, ask)
            if now is None:
                raise
            ask = replace(ask, if_version=now)
    raise TooBusy()


def untouched(store: Store, ask: Ask) -> int | None:
    """The version at which the case now stands, if all that was recorded after `if_version` touches other parts than
    the one that is meant; null if something touches it. A thread has no parts: only its clocks touch nothing."""
    kind, read = read_ref(ask.ref).kind, ask.if_version or 0
    if kind == "demarche":
        thread = store.load(Demarche, Refs(store).demarche(ask.ref))
        clocks = all(isinstance(entry.event, ClockEvent) for entry in thread.history[read:])
        return thread.version if clocks else None
    if kind != "case":
        return None
    case = store.load(Case, Refs(store).case(ask.ref))
    meant = {part.label for part in case.chosen(ask.part)}
    missed = [recorded.event for recorded in case.history if recorded.originator_version > read]
    return case.version if all(_elsewhere(case, event, meant) for event in missed) else None


def _elsewhere(case: Case, event: Event, meant: Collection[str]) -> bool:
    """Reminders touch nothing; a move touches the parts that it moves; the rest, the part that it names, else all."""
    if isinstance(event, ClockEvent):
        return True
    if isinstance(event, Moved):
        return not {*event.parts} & {*meant}
    part = getattr(event, "part", None)
    return part is not None and not {each.label for each in case.chosen(part)} & {*meant}
