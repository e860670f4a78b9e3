"""Ids, as a reader sees them: the REF and the name of an entry of the directory, the REF of a case or of a thread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from projections.case_lists import names_of, refs_of
from projections.demarche_lists import refs_of_threads
from services.home import Home

PARTY = {"kind", "id", "words"}
_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


Known = dict[str, Any]
"""id -> the REF and the name of an entry of the directory, or the REF of a case or of a thread."""


def looked_up(home: Home, value: Any) -> Known:
    """What the viewer may know of every id within the value, as it now is."""
    ids = set(ids_in(value))
    known: Known = dict(names_of(home.reader, ids)) if ids else {}
    return known | _refs(home, ids - known.keys())


def named(home: Home, rows: list[dict[str, Any]], known: Known | None = None) -> list[dict[str, Any]]:
    """The rows with names and REFs, as those now are, in place of the ids they hold; `known`: what was looked up."""
    known = looked_up(home, rows) if known is None else known
    return [_with_names(row, known) for row in rows]


def words_of(home: Home, value: Any, known: Known | None = None) -> dict[UUID, str]:
    """id -> the name, or the REF of a case or of a thread, for every id within the value."""
    known = looked_up(home, value) if known is None else known
    return {UUID(id): one["name"] if isinstance(one, dict) else one for id, one in known.items()}


def _refs(home: Home, ids: set[str]) -> dict[str, str]:
    """The REFs of those cases and threads that the viewer may see."""
    if not ids:
        return {}
    viewer = home.viewer()
    roles = sorted(viewer.roles)
    cases = refs_of(home.reader, ids, viewer.person, roles)
    others = ids - cases.keys()
    return cases | (refs_of_threads(home.reader, others, viewer.person, roles) if others else {})


def ids_in(value: Any) -> Iterator[str]:
    """Every id within a row, a list or a mapping."""
    found: list[str] = []
    _gather(value, found)
    return iter(found)


def _gather(value: Any, found: list[str]) -> None:
    """Adds them: a list of cases holds thousands of values, and few are ids."""
    if isinstance(value, str):
        if is_id(value):
            found.append(value)
    elif isinstance(value, dict):
        for inner in value.values():
            if inner:
                _gather(inner, found)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _gather(inner, found)
    elif isinstance(value, UUID):
        found.append(str(value))


def is_id(text: str) -> bool:
    """Whether a text is an id: 36 characters, as PostgreSQL writes them."""
    return len(text) == 36 and _ID.fullmatch(text) is not None


def _with_names(value: Any, known: dict[str, Any]) -> Any:
    if isinstance(value, str):
        return known.get(value, value) if is_id(value) else value
    if isinstance(value, dict):
        if "words" in value and value.keys() >= PARTY:
            entry = known.get(value["id"] or "") or {"ref": None, "name": value["words"]}
            return {"kind": value["kind"], **entry}
        return {key: _with_names(inner, known) if inner else inner for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_names(inner, known) for inner in value]
    return value
