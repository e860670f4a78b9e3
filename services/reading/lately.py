"""What happened lately, in sentences: of what the reader may see, the last facts that people recorded one by one.

Not told: what machines do, what an import brings at once, and what happened long before it was recorded."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from domain.base import Recorded
from domain.case.events import CaseAdopted
from domain.demarche.events import DemarcheSent
from domain.time import earliest, parse_instant
from projections import log
from services.home import Home
from services.reading.histories import tell
from services.reading.names import words_of
from services.reading.when import today

LOOKED_AT = 400  # entries of the log, the last ones
MOST = 40  # of them that may be told
WINDOW = timedelta(days=7)
BULK = 3  # entries of one act: beyond, they were brought in, not told

# Of cases and threads that the reader may see, and of nothing else.
_LAST = """
SELECT l.stream, l.version, e.command_id FROM suivi.log l
  JOIN suivi.events e USING (stream, version)
 WHERE l.stream IN (
        SELECT case_id FROM read.cases WHERE case_id = l.stream AND NOT withdrawn
           AND suivi.may_see(visibility, people, %(viewer)s, %(roles)s)
        UNION ALL SELECT d.demarche_id FROM read.demarches d WHERE d.demarche_id = l.stream AND EXISTS (
            SELECT FROM read.cases c WHERE c.case_id = ANY (d.cases) AND NOT c.withdrawn
               AND suivi.may_see(c.visibility, c.people, %(viewer)s, %(roles)s)))
   AND l.position > (SELECT size FROM suivi.log_head) - %(looked)s AND l.logged_at >= %(since)s
   AND split_part(e.topic, '.', 1) <> ALL (%(passed)s)
 ORDER BY l.position DESC LIMIT %(most)s"""
_PASSED = ["ClockStarted", "ClockStopped", "ClockRecomputed", "ClockSnoozed", "EscalationStepTaken", "StepAcknowledged",
           "PersonalReminderSet", "CaseSubscribed", "CaseUnsubscribed"]  # fmt: skip


def lately(home: Home, lang: str, most: int = 5) -> tuple[date, list[dict[str, Any]]]:
    """Since which day, and the latest facts first: `text`, `occurred`, `cases` (their numbers and REFs)."""
    since = date.fromisoformat(today(home)) - WINDOW
    viewer = home.viewer()
    asked = {"viewer": viewer.person, "roles": sorted(viewer.roles), "looked": LOOKED_AT, "since": _start(home, since),
             "passed": _PASSED, "most": MOST}  # fmt: skip
    rows = home.reader.execute(_LAST, asked, prepare=True).fetchall()
    acts = Counter(act for _, _, act in rows)
    found = {(stream, version): acts[act] > BULK for stream, version, act in rows}
    if not found:
        return since, []
    histories = log.histories(home.reader, {stream for stream, _ in found})
    kept = [(each, [entry for entry in each if _fresh(entry, found.get((entry.originator_id, entry.originator_version)), since)])
            for each in histories]  # fmt: skip
    kept = [(whole, entries) for whole, entries in kept if entries]
    told = sorted(tell(home, kept, lang), key=lambda one: -one["position"])[:most]
    cases = {str(whole[0].originator_id): _cases_of(whole[0]) for whole, _ in kept}
    refs = words_of(home, [cases[one["stream"]] for one in told])
    return since, [one | {"cases": [refs[id] for id in cases[one["stream"]] if id in refs]} for one in told]


def _start(home: Home, since: date) -> datetime:
    return parse_instant(since.isoformat(), home.store.present.calendar.zone) - timedelta(days=1)


def _fresh(entry: Recorded, brought: bool | None, since: date) -> bool:
    """Told by a person, of days that are not long gone; a fact without a date only where it was told by itself."""
    if brought is None or entry.event.machine or isinstance(entry.event, CaseAdopted):
        return False
    if entry.event.occurred:
        first = earliest(entry.event.occurred)
        return first is not None and first >= since
    return not brought


def _cases_of(first: Recorded) -> list[Any]:
    return list(first.event.cases) if isinstance(first.event, DemarcheSent) else [first.originator_id]
