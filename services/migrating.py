"""Cases go on under another version of their rules: shown first, then each in an append of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from domain.case.case import Case
from domain.case.migration import Changes, changes, standing_under
from domain.errors import SuiviError
from services.act import Ask, Asking, act
from services.execute import Actor, rehearse
from services.home import Home
from workflows.library import library
from workflows.workflow import Workflow

Deadline = tuple[str, str, str]
"""The kind of a deadline, what it is about, its day (EDTF)."""

_UNDER = """SELECT case_id FROM read.cases WHERE row->>'workflow' = %s AND NOT withdrawn
             AND suivi.may_see(visibility, people, %s, %s) ORDER BY place"""
_COUNTED = """SELECT row->>'workflow', count(*)::int FROM read.cases WHERE NOT withdrawn
               AND suivi.may_see(visibility, people, %s, %s) GROUP BY 1"""


@dataclass(frozen=True)
class Passage:
    """What becomes of a case: from which state to which its parts go, each pair once; its running deadlines whose reminders
    stay those of the old rules; its open tasks, where the new rules have no verb to finish them. Or why it cannot go."""

    case: Case
    states: tuple[tuple[str, str], ...] = ()
    kept: tuple[Deadline, ...] = ()
    stuck: tuple[str, ...] = ()
    refused: SuiviError | None = None


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
    """Every case of a kind under the first of the versions that the actor may see. Asked again with the same id, those that
    went stay."""
    old, new = (library()[f"{kind}.v{version}"] for version in versions)
    moved, refused = list[str](), list[tuple[str, SuiviError]]()
    for case in _cases(home, under(home, actor, old)):
        try:
            ask = asked(case.ref, new, states)
            _try(home, actor, ask) if dry_run else act(home.store, actor, ask, uuid5(id, case.ref))
            moved.append(case.ref)
        except SuiviError as refusal:
            refused.append((case.ref, refusal))
    return Migration(old, new, changes(old, new), tuple(moved), tuple(refused))


def asked(ref: str, new: Workflow, states: Mapping[str, str], reason: str = "") -> Ask:
    """That a case goes on under those rules."""
    facts = {"to": new.name, "states": dict(states)} | ({"reason": reason} if reason else {})
    return Ask(ref=ref, verb="migrate", facts=facts)


def foreseen(home: Home, actor: Actor, new: Workflow, states: Mapping[str, str], cases: Sequence[UUID]) -> list[Passage]:
    """What would become of some cases; nothing is recorded."""
    return [_passage(home, actor, case, new, states) for case in _cases(home, cases)]


def _passage(home: Home, actor: Actor, case: Case, new: Workflow, states: Mapping[str, str]) -> Passage:
    try:
        _try(home, actor, asked(case.ref, new, states))
    except SuiviError as refusal:
        return Passage(case, refused=refusal)
    there = standing_under(case, new, states)
    differ = changes(case.workflow, new).clocks
    return Passage(
        case,
        tuple(dict.fromkeys((part.state, there[part.label][0]) for part in case.parts)),
        tuple((clock.kind, clock.about, clock.due) for clock in case.clocks.values() if clock.kind in differ),
        () if "finish-task" in new.verbs else tuple(task.text for task in case.tasks.values() if not task.done),
    )


def under(home: Home, actor: Actor, rules: Workflow) -> list[UUID]:
    """The cases that follow that version, of those that the actor may see, in their order."""
    asked = (rules.name, actor.person, sorted(actor.roles))
    return [id for (id,) in home.store.connection.execute(_UNDER, asked)]


def followed(home: Home) -> dict[str, int]:
    """Name of a version -> how many cases follow it, of those that the viewer may see."""
    viewer = home.viewer()
    return dict(home.store.connection.execute(_COUNTED, (viewer.person, sorted(viewer.roles))).fetchall())


def _cases(home: Home, ids: Sequence[UUID]) -> Iterator[Case]:
    return (home.store.load(Case, id) for id in ids)


def _try(home: Home, actor: Actor, ask: Ask) -> None:
    rehearse(home.store, lambda work: Asking(work, ask).decide(), actor)
