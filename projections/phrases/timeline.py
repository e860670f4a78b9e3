"""The timeline in sentences: what each recorded fact says to a person, in their language."""

from __future__ import annotations

from domain.base import Recorded
from domain.case.moves import CaseConfirmed, Moved
from projections.phrases.events import clauses
from projections.phrases.events.moves import alike
from projections.phrases.telling import History, Names, Telling

__all__ = ["History", "Names", "sentence"]


def sentence(recorded: Recorded, names: Names, lang: str, context: History | None = None) -> str:
    """What happened, in one sentence about the case (« la résolution ») or the entry of the directory.

    Who did it, and when, stand beside it. With `context`, the history of the stream, parts are named where they
    are not all of them, and a correction says what it changed."""
    tell = Telling(recorded, names, lang, context)
    told = "; ".join(clauses(recorded.event, tell))
    if parts := _named_parts(tell):
        shown = tell.listed([tell.part(part) for part in parts])
        told = tell.ngettext("part {parts}: {told}", "parts {parts}: {told}", len(parts), parts=shown, told=told)
    return told[:1].upper() + told[1:] + "."


def _named_parts(tell: Telling) -> list[str]:
    """The parts that the sentence must name: those that moved, if others did not."""
    event = tell.recorded.event
    if not isinstance(event, Moved) or (isinstance(event, CaseConfirmed) and not alike(event)):
        return []
    labels = [part.label for part in tell.adopted.parts] if tell.adopted else []
    return list(event.parts) if _is_partial(event, labels) else []


def _is_partial(event: Moved, labels: list[str]) -> bool:
    """Whether other parts did not move; when the parts are not known, another state of the case tells."""
    return set(event.parts) != set(labels) if labels else any(s != event.state for s in event.parts.values())
