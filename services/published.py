"""The organisation's own definitions, held to what they said when cases began to follow them. The table of keys has each with
a digest of its rules as its stream: what no case follows may still change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import psycopg

from workflows.definition import Definition
from workflows.errors import VersionChanged, VersionGone
from workflows.library import folder_in_use, library
from workflows.source import TOP, read_source

SCOPE = "rules"
RULES = UUID("5c0e6f0a-9a0e-5a67-9d2b-1f9b2f6f3c55")  # the space of the digests

_FOLLOWED = """SELECT EXISTS (SELECT FROM read.case_states WHERE row->>'workflow' = %(name)s)
                   OR EXISTS (SELECT FROM read.cases WHERE row->>'workflow' = %(name)s)"""


def hold(connection: psycopg.Connection) -> None:
    """Holds the definitions in use to what they say. Raises `VersionChanged` or `VersionGone` where cases follow one that is no
    longer what it was, and changes nothing then. The read tables are there."""
    own = library().own
    known: dict[str, UUID] = dict(connection.execute("SELECT key, stream FROM suivi.keys WHERE scope = %s", (SCOPE,)).fetchall())
    digests = {name: digest(library()[name].definition) for name in own}
    changed = [name for name, was in known.items() if digests.get(name) != was and _followed(connection, name)]
    for name in sorted(changed):
        raise _changed(name, own[name]) if name in own else _gone(name)
    for name, now in digests.items():
        if known.get(name) != now:
            _keep(connection, name, now)


def digest(definition: Definition) -> UUID:
    """Tells its rules from others; what people read of them may be corrected."""
    return uuid5(RULES, json.dumps(_without_labels(definition.model_dump(mode="json", by_alias=True)), sort_keys=True))


def _without_labels(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_labels(each) for key, each in value.items() if key != "label"}
    return [_without_labels(each) for each in value] if isinstance(value, list) else value


def _followed(connection: psycopg.Connection, name: str) -> bool:
    """Whether a case follows it, or once did: its history is told by it."""
    row = connection.execute(_FOLLOWED, {"name": name}).fetchone()
    return bool(row and row[0])


def _keep(connection: psycopg.Connection, name: str, now: UUID) -> None:
    asked = {"scope": SCOPE, "name": name, "digest": now}
    with connection.transaction():
        connection.execute("DELETE FROM suivi.keys WHERE scope = %(scope)s AND key = %(name)s", asked)
        connection.execute("INSERT INTO suivi.keys VALUES (%(scope)s, %(name)s, %(digest)s) ON CONFLICT DO NOTHING", asked)


def _changed(name: str, file: Path) -> VersionChanged:
    source = read_source(file)
    kind = name.rpartition(".v")[0]
    following = library().latest(kind).definition.version + 1
    place = source.place(("version",))
    return VersionChanged(file=file.name, line=place.line, column=place.column, name=name, next=f"{kind}.v{following}.yaml")


def _gone(name: str) -> VersionGone:
    return VersionGone(file=f"{name}.yaml", line=TOP.line, column=TOP.column, name=name, folder=str(folder_in_use()))
