"""Many cases go on under another version of their rules: shown first, then each in an append of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from domain.case.case import Case
from domain.case.migration import Changes, changes
from domain.errors import SuiviError
from services.act import Ask, Asking, act
from services.execute import Actor, rehearse
from services.home import Home
from workflows.library import library
from workflows.workflow import Workflow


@dataclass(frozen=True)
class Migration:
    """What a migration does, or did: the changes of the rules; the REFs of the cases that go on under them, and of each that
    cannot, why."""

    old: Workflow
    new: Workflow
    changes: Changes
    moved: tuple[str, ...]
    refused: tuple[tuple[str, SuiviError], ...]


def migrate_all(
    home: Home, actor: Actor, kind: str, versions: tuple[int, int], states: Mapping[str, str], id: UUID, dry_run: bool = False
) -> Migration:
    """Every case of a kind under the first of the versions. Asked again with the same id, those that went stay."""
    old, new = (library()[f"{kind}.v{version}"] for version in versions)
    moved, refused = list[str](), list[tuple[str, SuiviError]]()
    facts: dict[str, Any] = {"to": new.name, "states": dict(states)}
    for ref in _under(home, kind, old):
        ask = Ask(ref=ref, verb="migrate", facts=facts)
        try:
            _try(home, actor, ask) if dry_run else act(home.store, actor, ask, uuid5(id, ref))
            moved.append(ref)
        except SuiviError as refusal:
            refused.append((ref, refusal))
    return Migration(old, new, changes(old, new), tuple(moved), tuple(refused))


def _under(home: Home, kind: str, old: Workflow) -> list[str]:
    """The cases that stand under that version, in their order."""
    rows = home.store.connection.execute(
        "SELECT case_id, ref FROM read.cases WHERE row->>'kind' = %s AND NOT withdrawn ORDER BY place", (kind,)
    ).fetchall()
    return [ref for id, ref in rows if home.store.load(Case, id).workflow.name == old.name]


def _try(home: Home, actor: Actor, ask: Ask) -> None:
    rehearse(home.store, lambda work: Asking(work, ask).decide(), actor)
