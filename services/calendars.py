"""What a calendar shows: dates that are due, meetings fixed with authorities, meetings of bodies. Of each, its reference and
the step, and no name: whoever has the address of a calendar, or sees it over a shoulder, learns nothing of anyone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, NamedTuple
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from domain.organisation import ORGANISATION
from domain.time import earliest, latest
from projections.phrases.catalogue import N_, say
from projections.phrases.dates import write_date
from services.feeds import Feed
from services.home import Home
from services.reading.meetings import meetings
from services.reading.when import today

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
_STATUSES: dict[str, Status] = {"hoped": "TENTATIVE", "cancelled": "CANCELLED"}

BEHIND, AHEAD = timedelta(days=90), timedelta(days=5 * 366)  # what a calendar holds, around today
CALLED_OFF = timedelta(days=30)  # for which what is cancelled is still told
BAND = 100  # days of a date that is shown as a band; of a longer one, its last day is
MOST = 5_000
_ALL_IDS = uuid5(ORGANISATION, "calendar")

STEPS = {
    "due": N_("due date"), "task": N_("task {number}"), "report": N_("report expected"), "until": N_("end of the postponement"),
    "review": N_("review of the result"), "answer": N_("answer to the letter"), "reminder": N_("answer to the reminder"),
    "announced": N_("announced answer"), "ours": N_("our turn to act"), "meeting": N_("meeting"),
    "pause": N_("end of the pause"), "personal": N_("reminder to oneself"), "body": N_("meeting"),
}  # fmt: skip
"""Kind of date -> its step, without anyone’s name."""

OF_CASES = ("due", "until", "personal")  # what members see of the dates of a case, on its page too; and their own

# Threads show a meeting by themselves, and not the clock that runs towards it.
_DUE = """
SELECT c.ref, (c.row->>'version')::int, d.kind, d.about, d.due, c.owner
  FROM suivi.due d JOIN read.cases c ON c.case_id = d.stream
 WHERE NOT c.withdrawn AND suivi.may_see(c.visibility, c.people, %(viewer)s, %(roles)s)
   AND (%(kinds)s::text[] IS NULL OR d.kind = ANY (%(kinds)s))
   AND (d.kind <> 'personal' OR d.about = %(viewer)s::text) AND d.ends BETWEEN %(first)s AND %(last)s
UNION ALL
SELECT 'demarche:' || t.number, (t.row->>'version')::int, d.kind, d.about, d.due, t.owner
  FROM suivi.due d JOIN read.demarches t ON t.demarche_id = d.stream
 WHERE %(kinds)s::text[] IS NULL AND d.kind NOT IN ('meeting', 'personal') AND d.ends BETWEEN %(first)s AND %(last)s
   AND EXISTS (SELECT FROM read.cases c WHERE c.case_id = ANY (t.cases) AND NOT c.withdrawn
                  AND suivi.may_see(c.visibility, c.people, %(viewer)s, %(roles)s))
 LIMIT %(most)s"""
_THREADS = """
SELECT 'demarche:' || t.number, (t.row->>'version')::int, t.row->'meetings',
       coalesce(t.owner, (SELECT c.owner FROM read.cases c WHERE c.case_id = t.cases[1]))
  FROM read.demarches t
 WHERE json_array_length(t.row->'meetings') > 0
   AND EXISTS (SELECT FROM read.cases c WHERE c.case_id = ANY (t.cases) AND NOT c.withdrawn
                  AND suivi.may_see(c.visibility, c.people, %(viewer)s, %(roles)s))
 LIMIT %(most)s"""


class Entry(NamedTuple):
    """One thing of a calendar: from its first to its last day, both within. `sequence` rises with each change; `owner`: who
    sees to it, who is never shown."""

    uid: str
    ref: str
    step: str
    when: str
    first: date
    last: date
    sequence: int
    status: Status = "CONFIRMED"
    owner: UUID | None = None

    @property
    def cancelled(self) -> bool:
        return self.status == "CANCELLED"


def entries(home: Home, lang: str, feed: Feed = "all") -> list[Entry]:
    """What the viewer may see, by date: to members, nothing of the office's own tasks and letters. `mine`: what they see to
    themselves, and the meetings of bodies."""
    day = date.fromisoformat(today(home))
    viewer = home.viewer()
    kinds = None if viewer.works_here else [*OF_CASES]
    asked = {"viewer": viewer.person, "roles": sorted(viewer.roles), "most": MOST, "kinds": kinds,
             "first": _midnight(day - BEHIND), "last": _midnight(day + AHEAD)}  # fmt: skip
    found = [*_due(home, asked, lang), *_of_bodies(home, lang)]
    if viewer.works_here:
        found += _of_threads(home, asked, lang)
    shown = [one for one in found if _near(one, day) and (feed == "all" or one.owner in (None, viewer.person))]
    return sorted(shown, key=lambda one: (one.first, one.ref, one.uid))[:MOST]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _near(one: Entry, day: date) -> bool:
    """Whether it lies around today; what is called off, only where that is recent or still to come."""
    behind = CALLED_OFF if one.cancelled else BEHIND
    return one.last >= day - behind and one.first <= day + AHEAD


def _due(home: Home, asked: dict[str, Any], lang: str) -> Iterator[Entry]:
    for ref, version, kind, about, due, owner in home.reader.execute(_DUE, asked, prepare=True):
        step = say(STEPS[kind], lang, number=about)
        unheld = UUID(int=0)  # what nobody sees to is nobody’s own
        whose = asked["viewer"] if kind == "personal" else owner or unheld
        if one := _entry(ref, f"{kind} {about}", step, due, version, owner=whose):
            yield one


def _of_threads(home: Home, asked: dict[str, Any], lang: str) -> Iterator[Entry]:
    """The meetings of each thread: one that was moved keeps its id."""
    for ref, version, met, owner in home.reader.execute(_THREADS, asked, prepare=True):
        nth = 0
        for each in met:
            status = _STATUSES.get(each["state"], "CONFIRMED")
            if each["state"] != "moved" and each["date"]:
                step = say(STEPS["meeting"], lang)
                if one := _entry(ref, f"meeting {nth}", step, each["date"], version, status, owner or UUID(int=0)):
                    yield one
            nth += each["state"] in ("cancelled", "held")


def _of_bodies(home: Home, lang: str) -> Iterator[Entry]:
    for one in meetings(home):
        sure: Status = "CONFIRMED" if one["confirmed"] else "TENTATIVE"
        status: Status = "CANCELLED" if one["state"] == "cancelled" else sure
        step = say(STEPS["body"], lang)
        if found := _entry(one["body"]["ref"], f"body {one['number']}", step, one["date"], one["version"], status):
            yield found


def _entry(
    ref: str, what: str, step: str, when: str, version: int, status: Status = "CONFIRMED", owner: UUID | None = None
) -> Entry | None:
    """Of a date that is not known to the day, the band of its days, unless that would be a whole season and more."""
    first, last = earliest(when), latest(when)
    if last is None or last.year > 9000:
        return None
    if first is None or (last - first).days >= BAND:
        first = last
    uid = f"{uuid5(_ALL_IDS, f'{ref} {what}')}@suivi"
    return Entry(uid, ref, step, when, first, last, version, status, owner)


def calendar(home: Home, found: Iterable[Entry], lang: str) -> bytes:
    """The entries as iCalendar (RFC 5545), its lines folded by bytes."""
    made = Calendar()
    made.add("prodid", "-//Suivi//Suivi//FR")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Suivi")
    made.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    stamp = home.store.present.now.astimezone(UTC)
    for one in found:
        made.add_component(_event(one, stamp, lang))
    return bytes(made.to_ical())


def _event(one: Entry, stamp: datetime, lang: str) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("sequence", one.sequence)
    event.add("dtstamp", stamp)
    event.add("dtstart", one.first)  # of a day, VALUE=DATE
    event.add("dtend", one.last + timedelta(days=1))  # the end is without: the day after
    event.add("summary", f"{one.ref} – {one.step}")
    event.add("status", one.status)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    if one.first != one.last:
        event.add("description", write_date(one.when, lang))
    return event


def shape(one: Entry) -> dict[str, Any]:
    """An entry as plain data."""
    return {"uid": one.uid, "ref": one.ref, "step": one.step, "date": one.when, "first": one.first.isoformat(),
            "last": one.last.isoformat(), "sequence": one.sequence, "status": one.status}  # fmt: skip
