"""What a letter with news says of a case, and whether it is still so."""

from __future__ import annotations

from uuid import UUID, uuid5

from domain.case.case import Case
from services.subjects import Subject


def standing_of(case: Case) -> list[tuple[str, str, str | None, str | None]]:
    """Where each part stands, how far it is done, until when it is put off."""
    return [(part.label, part.state, part.completion, part.until) for part in case.parts]


def as_of(case: Case, version: int) -> Case:
    """The case as it was recorded until then."""
    return Case.fold(case.history[:version])


def step_of(stream: UUID, version: int) -> UUID:
    """What stands for a piece of news in the outbox: for the version that it tells."""
    return uuid5(stream, f"news {version}")


def still_stands(subject: Subject, step: UUID) -> bool:
    """Whether the case stands as the letters of that step say."""
    versions = (entry.originator_version for entry in subject.history)
    told = next((version for version in versions if step_of(subject.id, version) == step), None)
    return isinstance(subject, Case) and told is not None and standing_of(as_of(subject, told)) == standing_of(subject)
