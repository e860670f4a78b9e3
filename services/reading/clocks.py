"""The clocks of a case or of a thread: towards which dates they run, which reminder comes next, and whom it will reach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.clocks import PERSONAL, Clock
from services.home import Home
from services.reading.histories import utc
from services.recipients import Recipients
from services.subjects import Subject

THEIRS = frozenset({"answer", "reminder", "announced"})  # kinds of deadlines that an office is to meet


def clocks_of(home: Home, subject: Subject) -> list[dict[str, Any]]:
    """Each clock, those whose reminder comes first at the head. `turn`: who is to act, us or them; `about`: the body
    that is to report, the number of the task, or whoever asked to be reminded; `tell`: the classes of people that the
    next step is for, `told`: the persons whom it would reach now."""
    recipients = Recipients(home.store)
    return [_shape(clock) | {"next": _next(subject, clock, recipients)} for clock in _in_order(subject)]


def clocks_unaddressed(subject: Subject) -> list[dict[str, Any]]:
    """The same, without a look at whom the next step would reach."""
    return [_shape(clock) | {"next": _ring(clock)} for clock in _in_order(subject)]


def _in_order(subject: Subject) -> list[Clock]:
    return sorted(subject.clocks.values(), key=lambda clock: (clock.next is None, clock.next and clock.next.at, clock.due))


def _shape(clock: Clock) -> dict[str, Any]:
    return {"clock": str(clock.id), "kind": clock.kind, "turn": turn(clock.kind), "about": clock.about, "due": clock.due,
            "state": clock.state, "last": utc(clock.rung)}  # fmt: skip


def turn(kind: str) -> str:
    """Whose turn it is while a clock of that kind runs: theirs while an office is awaited, else ours."""
    return "them" if kind in THEIRS else "us"


def _ring(clock: Clock) -> dict[str, Any] | None:
    if (ring := clock.next) is None:
        return None
    tell = list(clock.ladder[ring.step - 1].tell)
    return {"at": utc(ring.at), "step": ring.step, "repetition": ring.repetition, "tell": tell, "told": []}


def _next(subject: Subject, clock: Clock, recipients: Recipients) -> dict[str, Any] | None:
    if (ring := _ring(clock)) is None:
        return None
    tell = ring["tell"]
    reach = recipients.reach(subject, clock)
    told: list[UUID] = [person for each in tell for person in reach.get(each, ())]
    if clock.kind != PERSONAL and not all(reach.get(each) for each in tell):
        told += reach["secretary"]
    return ring | {"told": [str(person) for person in dict.fromkeys(told)]}


_NEXT = """
SELECT c.ref, min(d.next_at)
  FROM read.cases c CROSS JOIN LATERAL (
    SELECT c.case_id AS stream UNION ALL SELECT t.demarche_id FROM read.demarches t WHERE t.cases @> ARRAY[c.case_id]
  ) AS its JOIN suivi.due d USING (stream)
 WHERE c.ref = ANY (%s) AND d.next_at IS NOT NULL AND suivi.may_see(c.visibility, c.people, %s, %s)
 GROUP BY c.ref"""


def next_reminders(home: Home, refs: Sequence[str]) -> dict[str, datetime]:
    """REF -> the instant of the next reminder of the case or of one of its threads, for those that have one."""
    viewer = home.viewer()
    asked = (list(refs), viewer.person, sorted(viewer.roles))
    return dict(home.reader.execute(_NEXT, asked, prepare=True).fetchall())
