"""The directory at the two times. It is small: every list folds its events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from domain.directory import Entry, Office, Person, Term
from domain.words import natural, sort_key
from projections import log
from projections.directory import KINDS, entry_of, facts_of
from services.home import Home
from services.reading.cases import outlines
from services.reading.names import named
from services.reading.when import When, today
from services.refs import EntryUnknown


def assemblies(home: Home, when: When) -> list[dict[str, Any]]:
    """Assemblies by date. A number that has a case was adopted, unless the assembly says otherwise: not knowing is
    not saying."""
    rows = _entries(home, "assembly", when)
    adopted: dict[str, dict[str, str]] = {}
    for one in outlines(home, when):
        adopted.setdefault(one.home, {}).update(dict.fromkeys(one.numbers, "adopted"))
    for row in rows:
        said = {number: fate for number, fate in row["numbers"].items() if fate != "unknown"}
        numbers = row["numbers"] | adopted.get(row["key"], {}) | said
        row["numbers"] = dict(sorted(numbers.items(), key=lambda item: natural(item[0])))
    return sorted(rows, key=lambda row: (row["date"] or "", row["key"]))


def assembly_names(home: Home) -> dict[str, str]:
    """Key -> name of each assembly as it now is, the latest first, without a look at what it decided."""
    rows = home.reader.execute(
        "SELECT key, name FROM read.directory WHERE kind = 'assembly' ORDER BY facts->>'date' DESC NULLS LAST, key DESC"
    )
    return dict(rows.fetchall())


def home_names(home: Home) -> tuple[dict[str, str], dict[str, str]]:
    """Key -> name of each assembly, and of each plan, as they now are, the latest first: what a document may come into."""
    rows = home.reader.execute(
        "SELECT kind, key, name FROM read.directory WHERE kind IN ('assembly', 'plan')"
        " ORDER BY coalesce(facts->>'date', facts->>'period') DESC NULLS LAST, key DESC"
    ).fetchall()
    assemblies, plans = ({key: name for kind, key, name in rows if kind == one} for one in ("assembly", "plan"))
    return assemblies, plans


def bodies(home: Home, when: When) -> list[dict[str, Any]]:
    """Bodies by name, with who holds their charges."""
    return _entries(home, "body", when)


def people(home: Home, when: When) -> list[dict[str, Any]]:
    """Persons by name, with the absence that holds or is to come on the day that is asked about; this and their addresses
    only for those who have an account."""
    return [row for row, _ in parties(home, when, "person")]


def parties(home: Home, when: When, *kinds: str) -> list[tuple[dict[str, Any], UUID]]:
    """Persons, bodies or offices by name, each with its stream."""
    day = when.known(home).day or date.fromisoformat(today(home))
    found = _folded(home, when, *kinds)
    rows = named(home, [facts_of(kind, one) | ({"away": _away(one, day)} if kind == "person" else {}) for kind, one in found])
    if not home.viewer().has_office:
        rows = [row | {"mail": None, "away": None} if row["ref"].startswith("person:") else row for row in rows]
    return [(row, one.id) for row, (_, one) in zip(rows, found, strict=True)]


def _away(person: Entry, day: date) -> dict[str, Any] | None:
    assert isinstance(person, Person)
    absence = person.absence
    if absence is None or (absence.last and absence.last < day):
        return None
    until, instead = absence.last and absence.last.isoformat(), absence.replaced_by and str(absence.replaced_by)
    return {"since": absence.first.isoformat(), "until": until, "replaced_by": instead}


def offices(home: Home, when: When) -> list[dict[str, Any]]:
    """Offices by name, those that are no more among them, with who speaks for each on the day that is asked about."""
    day = when.known(home).day or date.fromisoformat(today(home))
    return _entries(home, "office", when, lambda office: _spoken_for(office, day))


def _spoken_for(office: Entry, day: date) -> dict[str, Any]:
    assert isinstance(office, Office)
    term, chief = office.term_on(day), office.chief_on(day)
    return {
        "holder": _id(term), "interim": bool(term and term.interim), "chief_of_staff": _id(chief),
        "standing": not office.over_on(day),
    }  # fmt: skip


def _id(term: Term | None) -> str | None:
    return str(term.person) if term and term.person else None


def entry(home: Home, ref: str, when: When | None = None) -> dict[str, Any]:
    """One entry of the directory."""
    kind = ref.partition(":")[0]
    lists = {"assembly": assemblies, "body": bodies, "person": people, "office": offices}
    for row in lists[kind](home, when or When()) if kind in lists else []:
        if row["ref"] == ref:
            return row
    raise EntryUnknown(ref=ref, kind=kind)


def _entries(
    home: Home, kind: str, when: When, more: Callable[[Entry], dict[str, Any]] = lambda entry: {}
) -> list[dict[str, Any]]:
    return named(home, [facts_of(name, found) | more(found) for name, found in _folded(home, when, kind)])


def _folded(home: Home, when: When, *kinds: str) -> list[tuple[str, Entry]]:
    """The entries of some kinds, each with its kind, by name."""
    known = when.known(home)
    topics = [event.__name__ for event, (name, _) in KINDS.items() if name in kinds]
    streams = log.streams_beginning_with(home.reader, topics)
    upto = log.EVERYTHING if known.position is None else known.position
    pairs = (entry_of(history, known.day) for history in log.histories(home.reader, streams, upto))
    found = [pair for pair in pairs if pair and pair[1].key and not pair[1].withdrawn]
    return sorted(found, key=lambda pair: (sort_key(pair[1].name), pair[1].name))
