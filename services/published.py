"""The organisation's own definitions, held to what they said when cases began to follow them. The table of keys has each with
a digest of its rules as its stream: what no case follows may still change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

import psycopg

from workflows.errors import DefinitionError, VersionChanged, VersionGone
from workflows.library import Library, folder_in_use, library
from workflows.source import TOP, read_source

if TYPE_CHECKING:
    from workflows.definition import Definition

SCOPE = "rules"
RULES = UUID("5c0e6f0a-9a0e-5a67-9d2b-1f9b2f6f3c55")  # the space of the digests

_KNOWN = "SELECT key, stream FROM suivi.keys WHERE scope = %s"
_FOLLOWED = """SELECT EXISTS (SELECT FROM read.case_states WHERE row->>'workflow' = %(name)s)
                   OR EXISTS (SELECT FROM read.cases WHERE row->>'workflow' = %(name)s)"""


def hold(connection: psycopg.Connection) -> None:
    """Holds the definitions in use to what they say. Raises `VersionChanged` or `VersionGone` where cases follow one that is no
    longer what it was, and changes nothing then. The read tables are there."""
    known = library()
    for problem in held_against(connection, known):
        raise problem
    held, now = _held(connection), {name: digest(known[name].definition) for name in known.own}
    for name in (name for name in held | now if held.get(name) != now.get(name)):
        _keep(connection, name, now.get(name))


def held_against(connection: psycopg.Connection, known: Library) -> list[DefinitionError]:
    """What keeps those definitions, each sound by itself, from being used."""
    return [problem for problem in differing(_held(connection), known) if _followed(connection, problem.facts["name"])]


def differing(held: Mapping[str, UUID], known: Library) -> list[DefinitionError]:
    """Those that are held to a digest and have another by now, or are there no more."""
    return [
        _changed(name, known) if name in known.own else _gone(name) for name, was in sorted(held.items())
        if name not in known.own or digest(known[name].definition) != was
    ]  # fmt: skip


def _held(connection: psycopg.Connection) -> dict[str, UUID]:
    return dict(connection.execute(_KNOWN, (SCOPE,)).fetchall())


def digest(definition: Definition) -> UUID:
    """Tells its rules from others; what people read of them may be corrected."""
    return uuid5(RULES, json.dumps(_without_labels(definition.model_dump(mode="json", by_alias=True)), sort_keys=True))


def _without_labels(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_labels(each) for key, each in value.items() if not (key == "label" and "fr" in (each or ()))}
    return [_without_labels(each) for each in value] if isinstance(value, list) else value


def _followed(connection: psycopg.Connection, name: str) -> bool:
    """Whether a case follows it, or once did: its history is told by it."""
    row = connection.execute(_FOLLOWED, {"name": name}).fetchone()
    return bool(row and row[0])


def _keep(connection: psycopg.Connection, name: str, now: UUID | None) -> None:
    asked = {"scope": SCOPE, "name": name, "digest": now}
    with connection.transaction():
        connection.execute("DELETE FROM suivi.keys WHERE scope = %(scope)s AND key = %(name)s", asked)
        if now:
            connection.execute("INSERT INTO suivi.keys VALUES (%(scope)s, %(name)s, %(digest)s) ON CONFLICT DO NOTHING", asked)


def _changed(name: str, known: Library) -> VersionChanged:
    source, kind = read_source(known.own[name]), known[name].definition.workflow
    place, following = source.place(("version",)), known.latest(kind).definition.version + 1
    return VersionChanged(
        file=source.file.name, line=place.line, column=place.column, name=name, next=f"{kind}.v{following}.yaml"
    )


def _gone(name: str) -> VersionGone:
    return VersionGone(file=f"{name}.yaml", line=TOP.line, column=TOP.column, name=name, folder=str(folder_in_use()))
