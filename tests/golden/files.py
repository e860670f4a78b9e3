"""Where the stored events are, and which there must be: one file for each event and each revision of its shape."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from domain.base import Event
from domain.codec import topics

FOLDER = Path(__file__).parent / "events"


def kinds() -> list[type[Event]]:
    """The events that are stored: those that others are made from are not."""
    return [event for event in topics().values() if not event.__subclasses__()]


def file_of(event: type[Event], revision: int) -> Path:
    return FOLDER / f"{event.__name__}.{revision}.json"


def expected() -> Iterator[tuple[type[Event], int]]:
    for event in kinds():
        yield from ((event, revision) for revision in range(1, event.revision + 1))


def topic_in(file: Path) -> str:
    """The topic under which the bytes of the file were stored."""
    name, revision, _ = file.name.split(".")
    return name if revision == "1" else f"{name}.{revision}"
