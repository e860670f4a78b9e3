"""In which state each case was, from when to when, as it is now known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import NamedTuple
from uuid import UUID

import psycopg

from domain.case.events import Part
from domain.case.rules import completion_of_case, state_of_case
from projections.case_lists import is_final

_LIVES = """
SELECT c.ref, c.row->>'workflow', s.effective_day, s.sets
  FROM read.case_states s JOIN read.cases c USING (case_id)
 WHERE c.ref = ANY (%s) AND suivi.may_see(c.visibility, c.people, %s, %s)
   AND s.known_until IS NULL AND s.sets IS NOT NULL
 ORDER BY c.ref, s.effective_day, s.position"""


class Stage(NamedTuple):
    """A state, from a day on."""

    since: date
    state: str
    completion: str | None


def lives_of(
    connection: psycopg.Connection, refs: Iterable[str], viewer: UUID | None, roles: list[str]
) -> dict[str, list[Stage]]:
    """REF -> its states, in order, of those that the viewer may see; each once as long as it lasts."""
    found: dict[str, list[Stage]] = {}
    parts: dict[str, dict[str, tuple[str, str | None]]] = {}
    for ref, rules, since, sets in connection.execute(_LIVES, (list(refs), viewer, roles)):
        stood = parts.setdefault(ref, {})
        stood |= {label: (value[0], value[1]) for label, value in sets.items() if value}
        for label in (label for label, value in sets.items() if value is None):
            stood.pop(label, None)
        each = [Part(label, (), state, state, completion) for label, (state, completion) in parts[ref].items()]
        state = state_of_case(each, partial(is_final, rules))
        stage, stages = Stage(since, state, completion_of_case(each, state)), found.setdefault(ref, [])
        if stages and stages[-1].since == since:
            stages.pop()
        if not stages or stages[-1][1:] != stage[1:]:
            stages.append(stage)
    return found
