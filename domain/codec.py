"""Events to stored bytes and back: topics, upcasts, and the one place where personal data is sealed and opened."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.persistence import Mapper, StoredEvent
from msgspec import Struct

from domain.base import Event, Recorded, meet
from domain.errors import Unavailable


class TopicUnknown(Unavailable):
    """The history holds an event of a kind that this version of Suivi does not know ({topic}). Install the version that recorded it, or a later one."""  # noqa: E501 - one sentence


class EventUnreadable(Unavailable):
    """Event {version} of {stream} cannot be read ({topic}): {reason}. Nothing was changed."""


class StoredRow(Struct, frozen=True, gc=False):
    """An event as a row: what the library calls a stored event, with its envelope. Follows `StoredEvent`'s names."""

    originator_id: UUID
    originator_version: int
    topic: str
    state: bytes
    actor: UUID
    command_id: UUID
    recorded_at: Any = None
    position: int | None = None
    logged_at: Any = None


def _concrete(base: type[Event]) -> Iterator[type[Event]]:
    for event in base.__subclasses__():
        yield event
        yield from _concrete(event)


@cache
def topics() -> dict[str, type[Event]]:
    """Short, stable names on disk: the class name and, from the second shape on, its revision."""
    import domain.case.decisions
    import domain.demarche.decisions
    import domain.directory
    import domain.imports
    import domain.organisation
    import domain.plan.events
    import domain.record.record  # noqa: F401 - registers every event

    return {event.__name__: event for event in _concrete(Event)}


encoder = msgspec.json.Encoder(order="deterministic")


@cache
def _decoder(topic: str) -> tuple[type[Event], int, msgspec.json.Decoder[Event]]:
    name, _, revision = topic.partition(".")
    event = topics().get(name)
    if event is None or int(revision or 1) > event.revision:
        raise TopicUnknown(topic=topic)
    meet(event)
    return event, int(revision or 1), msgspec.json.Decoder(event)


def topic_of(event: type[Event]) -> str:
    """The name under which the event's present shape is stored."""
    return event.__name__ if event.revision == 1 else f"{event.__name__}.{event.revision}"


def seal(event: Event) -> bytes:
    """The stored bytes. Fields typed FreeText, Name or Mail are to be encrypted here; for now they stay as they are."""
    return encoder.encode(event)


def open(topic: str, data: bytes) -> Event:
    """The event that `seal` stored, brought to its present shape. Raises `TopicUnknown`, or ValueError."""
    event, revision, decoder = _decoder(topic)
    if revision == event.revision:
        return decoder.decode(data)
    facts = msgspec.json.decode(data)
    for step in range(revision, event.revision):
        getattr(event, f"upcast_v{step}_v{step + 1}")(facts)
    return msgspec.convert(facts, event)


class EventMapper(Mapper[UUID]):
    """The library's mapper, for events that stand in an envelope."""

    def to_stored_event(self, recorded: Any) -> Any:
        return StoredRow(
            recorded.originator_id, recorded.originator_version, topic_of(type(recorded.event)), seal(recorded.event),
            recorded.actor, recorded.command_id,
        )  # fmt: skip

    def to_domain_event(self, stored: StoredEvent | StoredRow) -> Any:
        assert isinstance(stored, StoredRow)
        try:
            event = open(stored.topic, stored.state)
        except ValueError as error:
            raise EventUnreadable(stream=stored.originator_id, version=stored.originator_version,
                                  topic=stored.topic, reason=error) from error  # fmt: skip
        return Recorded(
            stored.originator_id, stored.originator_version, event, stored.actor, stored.command_id,
            stored.recorded_at, stored.position, stored.logged_at,
        )  # fmt: skip
