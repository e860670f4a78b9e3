"""The imports that were made: which document, by whom, what it made, and whether it was taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.imports import Import
from domain.time import local_day
from services.home import Home
from services.imports.service import ImportUnknown
from services.refs import Refs

MOST = 50
Entries = dict[UUID | None, tuple[str, str]]


@dataclass(frozen=True)
class Past:
    """One import. `refs`: what it touched, `created` and `updated` how many cases (or entries) of them it began and did not;
    `plans`: the plans that it began; `rows`: of the cases, those that the reader may see, as the lists show them."""

    id: str
    file: str
    kind: str
    assembly: str
    day: date
    by: str
    created: int
    updated: int
    plans: int
    refs: tuple[str, ...]
    missing: tuple[str, ...]
    undone: bool
    rows: tuple[dict[str, Any], ...] = ()

    @property
    def plan(self) -> str:
        """The key of its plan, which ids of imports begin with; empty for other documents."""
        return self.id.rpartition("-")[0] if self.kind == "plan" else ""


def imports(home: Home) -> list[Past]:
    """The latest of them, the last one first."""
    keys = {stream: key for key, stream in Refs(home.store).keys("import").items()}
    found = [one for one in home.store.load_all(Import, list(keys)) if one.imported]
    found.sort(key=lambda one: one.history[0].position or 0, reverse=True)
    entries = _entries(home, found[:MOST])
    return [_past(home, one, entries) for one in found[:MOST]]


def past_import(home: Home, id: str) -> Past:
    """One of them, with its cases. Raises `ImportUnknown`."""
    keys = Refs(home.store).keys("import")
    if id not in keys:
        raise ImportUnknown(id=id, known=sorted(keys))
    one = home.store.load(Import, keys[id])
    return _past(home, one, _entries(home, [one]), _rows(home, one))


def _past(home: Home, one: Import, entries: Entries, rows: tuple[dict[str, Any], ...] = ()) -> Past:
    imported, first = one.imported, one.history[0]
    assert imported and first.recorded_at
    day = local_day(first.recorded_at, home.store.present.calendar.zone)
    plans = [each for each in imported.touched if each.ref.startswith("plan:")]
    others = [each for each in imported.touched if each not in plans]
    return Past(
        imported.key, imported.file, imported.kind, entries.get(imported.assembly, ("", ""))[0],
        day, entries.get(first.actor, ("", ""))[1],
        sum(each.began for each in others), sum(not each.began for each in others), sum(each.began for each in plans),
        tuple(each.ref for each in imported.touched),
        imported.missing_numbers, one.undone, rows,
    )  # fmt: skip


def _entries(home: Home, found: Sequence[Import]) -> Entries:
    """The key and the name of the assemblies, and of who brought the documents in."""
    ids = {id for one in found for id in (one.history[0].actor, one.imported and one.imported.assembly) if id}
    rows = home.reader.execute("SELECT entry, key, name FROM read.directory WHERE entry = ANY (%s)", (list(ids),))
    return {entry: (key, name) for entry, key, name in rows}


def _rows(home: Home, one: Import) -> tuple[dict[str, Any], ...]:
    """The cases that it touched, in their order, of those that the reader may see."""
    assert one.imported
    viewer, streams = home.viewer(), [each.stream for each in one.imported.touched]
    rows = home.reader.execute(
        "SELECT row FROM read.cases WHERE case_id = ANY (%s) AND NOT withdrawn"
        " AND suivi.may_see(visibility, people, %s, %s) ORDER BY place",
        (streams, viewer.person, sorted(viewer.roles)),
    )  # fmt: skip
    return tuple(row for (row,) in rows)
