"""What is read to tell a person what to do today: their open threads, and their cases with dates that are near or over.

Everything is read with a most, by an index: it costs the same whatever the number of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain.case.case import Case
from domain.time import end_of_day
from projections.case_totals import MOST as COUNTED
from services.home import Home
from services.reading.demarches import dated
from services.reading.names import ids_in, named

Row = dict[str, Any]

SOON = timedelta(days=7)  # what falls due until then is to be done today
HEARD = timedelta(days=60)  # without a word of anyone
MOST = 60  # threads that are looked at, the longest wait first
# Of a thread, what is told here.
TOLD = ("ref", "number", "kind", "office", "holder", "state", "result", "whose_turn", "unanswered", "paused", "silent",
        "days_waiting", "since", "first_sent", "meetings", "attempts", "reminders")  # fmt: skip

_SEEN = "NOT c.withdrawn AND suivi.may_see(c.visibility, c.people, %(viewer)s, %(roles)s)"
_MINE = "(%(all)s OR c.owner = ANY (%(mine)s))"
_CLOCK = "d.kind, d.about, d.due, d.ends, d.state, d.step"
_NO_CLOCK = "NULL, NULL, NULL, NULL::timestamptz, NULL, NULL::integer"

_CASES = f"""
(SELECT 'due' AS what, c.case_id, c.row, c.final, {_CLOCK} FROM suivi.due d JOIN read.cases c ON c.case_id = d.stream
  WHERE d.ends <= %(soon)s AND d.state <> 'acknowledged' AND d.kind <> 'personal' AND {_SEEN} AND {_MINE}
  ORDER BY d.ends DESC LIMIT 24)
UNION ALL
(SELECT 'ahead', c.case_id, c.row, c.final, {_CLOCK} FROM suivi.due d JOIN read.cases c ON c.case_id = d.stream
  WHERE d.ends > %(soon)s AND d.kind <> 'personal' AND {_SEEN} ORDER BY d.ends LIMIT 8)
UNION ALL
(SELECT 'asked', c.case_id, c.row, c.final, {_CLOCK} FROM suivi.due d JOIN read.cases c ON c.case_id = d.stream
  WHERE d.kind = 'personal' AND d.about = %(viewer)s::text AND d.ends <= %(soon)s AND {_SEEN} ORDER BY d.ends LIMIT 8)
UNION ALL
(SELECT 'blocked', c.case_id, c.row, c.final, {_NO_CLOCK} FROM read.cases c
  WHERE c.state = 'blocked' AND {_SEEN} AND {_MINE} ORDER BY c.place LIMIT 8)
UNION ALL
(SELECT 'silent', c.case_id, c.row, c.final, {_NO_CLOCK} FROM read.cases c
  WHERE c.heard <= %(heard)s AND NOT c.final AND c.state NOT IN ('blocked', 'postponed') AND {_SEEN} AND {_MINE}
  ORDER BY c.heard DESC LIMIT 6)
UNION ALL
(SELECT 'proposed', c.case_id, json_build_object('ref', c.ref, 'states', c.proposed), c.final,
        {_NO_CLOCK} FROM read.cases c
  WHERE c.proposed > 0 AND {_SEEN} ORDER BY c.place LIMIT %(counted)s)"""

_THREADS = """
SELECT d.row, seen.cases, (
           SELECT json_agg(json_build_object('kind', u.kind, 'due', u.due, 'state', u.state, 'step', u.step, 'next_at', u.next_at)
                           ORDER BY u.ends) FROM suivi.due u WHERE u.stream = d.demarche_id AND u.kind <> 'personal')
  FROM read.demarches d CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('id', c.case_id, 'ref', c.ref, 'title', c.row->'title', 'owner', c.row->'owner',
                                      'numbers', c.row->'numbers', 'state', c.state)
                    ORDER BY array_position(d.cases, c.case_id)) AS cases
      FROM read.cases c WHERE c.case_id = ANY (d.cases) AND NOT c.withdrawn
       AND suivi.may_see(c.visibility, c.people, %(viewer)s, %(roles)s)) AS seen
 WHERE NOT d.final AND seen.cases IS NOT NULL ORDER BY d.since NULLS LAST, d.number LIMIT %(most)s"""

_BODIES = "SELECT entry FROM read.directory WHERE kind = 'body' AND facts->'terms' @> jsonb_build_array(%s::jsonb)"
_NAMES = """SELECT entry::text, kind || ':' || key, name, facts->>'gender', facts->>'feminine'
              FROM read.directory WHERE entry = ANY (%s::uuid[])"""


@dataclass(frozen=True)
class Found:
    """The open threads with their clocks (`clocks`), the cases they are of (`of`) and whose they are (`owner_id`); of each
    case, why it is here, the case, and its clock. `mine`: whose things are the reader's, null for everyone's."""

    threads: Sequence[Row]
    cases: Sequence[tuple[str, Row, Row]]
    mine: Sequence[UUID] | None

    @property
    def own(self) -> list[Row]:
        """The threads that are the reader's."""
        return [row for row in self.threads if self.mine is None or row["owner_id"] in map(str, self.mine)]


def found_for(home: Home, day: date) -> Found:
    """What concerns the reader on that day. Offices bear what their title is for a woman, holders their gender."""
    mine = mine_of(home)
    threads, cases = _threads(home, day), _cases(home, day, mine)
    names = {id: {"ref": ref, "name": name, "gender": gender, "feminine": feminine} for id, ref, name, gender, feminine
             in home.reader.execute(_NAMES, (list(set(ids_in([threads, cases]))),), prepare=True)}  # fmt: skip
    told = named(home, cases, names)
    return Found(named(home, threads, names), [(row["what"], row["case"], row) for row in told], mine)


def mine_of(home: Home) -> list[UUID] | None:
    """Whose things are the reader's: theirs, and those of the bodies in which they hold a charge. Null: everyone's, for who
    keeps all of it."""
    viewer = home.viewer()
    if viewer.roles & {"secretary", "administrator"}:
        return None
    if viewer.person is None:
        return []
    term = f'{{"person": "{viewer.person}", "over": false}}'
    return [viewer.person, *(entry for (entry,) in home.reader.execute(_BODIES, (term,)))]


def _asked(home: Home) -> dict[str, Any]:
    viewer = home.viewer()
    return {"viewer": viewer.person, "roles": sorted(viewer.roles)}


def _threads(home: Home, day: date) -> list[Row]:
    rows = home.reader.execute(_THREADS, {**_asked(home), "most": MOST}, prepare=True)
    return [
        {key: row[key] for key in TOLD} | {"clocks": clocks or [], "of": cases, "owner_id": f"{_owner(row, cases)}"}
        for row, cases, clocks in ((dated(home, row, day), cases, clocks) for row, cases, clocks in rows)
    ]


def _owner(row: Row, cases: Sequence[Row]) -> str | None:
    owner = row["owner"] or next((case["owner"] for case in cases if case["owner"]), None)
    return (owner or {}).get("id")


def _cases(home: Home, day: date, mine: Sequence[UUID] | None) -> list[Row]:
    zone = home.store.present.calendar.zone
    asked = {**_asked(home), "soon": end_of_day(day + SOON, zone), "heard": day - HEARD, "all": mine is None, "mine": mine or [],
             "counted": COUNTED + 1}  # fmt: skip
    found = home.reader.execute(_CASES, asked, prepare=False).fetchall()  # a plan for each: whose they are changes it
    texts = _texts(home, {one[1] for one in found if one[4] in ("task", "personal")})
    return [
        {"what": what, "case": row | {"final": final}, "kind": kind, "about": about, "due": due, "state": state, "step": step,
         "text": texts.get((case, about), "")}
        for what, case, row, final, kind, about, due, _, state, step in found
    ]  # fmt: skip


def _texts(home: Home, cases: set[UUID]) -> Mapping[tuple[UUID, str], str]:
    """(case, what its clock is about) -> the words of the task, or of who asked to be reminded."""
    texts: dict[tuple[UUID, str], str] = {}
    for case in home.store.load_all(Case, list(cases)) if cases else []:
        texts |= {(case.id, str(number)): task.text for number, task in case.tasks.items()}
        texts |= {(case.id, person): asked.text or "" for person, asked in case.personal.items()}
    return texts
