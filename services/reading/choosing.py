"""What a form offers to choose among: entries of the directory, cases, threads; and what one entry of a history says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from msgspec import to_builtins

from domain.amendments import AMENDMENTS, ENVELOPE, standing
from domain.base import Event, Recorded
from services.act import EventMissing
from services.home import Home
from services.reading.histories import tell
from services.reading.names import named
from services.refs import EntryUnknown

MOST = 200  # of each kind: what is not among them is written
_ENTRIES = """
SELECT kind, key, name, kinds > 1 FROM (
    SELECT kind, key, name, count(*) OVER (PARTITION BY sort) AS kinds, sort,
           row_number() OVER (PARTITION BY kind ORDER BY sort, name) AS place
      FROM read.directory WHERE kind = ANY (%s)) AS entries
 WHERE place <= %s ORDER BY sort, name"""
_ASSEMBLIES = """
SELECT key, name FROM read.directory WHERE kind = 'assembly' ORDER BY facts->>'date' DESC NULLS LAST, key DESC"""
_CASES = """
SELECT ref, row->>'title' FROM read.cases
 WHERE NOT withdrawn AND suivi.may_see(visibility, people, %s, %s) ORDER BY place DESC LIMIT %s"""
_THREADS = """
SELECT 'demarche:' || t.number, d.name FROM read.demarches t LEFT JOIN read.directory d ON d.entry = t.office
 WHERE EXISTS (SELECT FROM read.cases c WHERE c.case_id = ANY (t.cases) AND suivi.may_see(c.visibility, c.people, %s, %s))
 ORDER BY t.number DESC LIMIT %s"""
_ENTRY = "SELECT facts FROM read.directory WHERE kind = %s AND key = %s"


@dataclass(frozen=True)
class Offered:
    """One that may be chosen: what is written for it, and what it is. `kind`: of the directory, case or demarche."""

    kind: str
    value: str
    words: str


def entries_offered(home: Home, kinds: Iterable[str]) -> list[Offered]:
    """Entries of the directory by name; one whose name others bear by its REF."""
    rows = home.reader.execute(_ENTRIES, (list(kinds), MOST))
    return [Offered(kind, f"{kind}:{key}" if shared else name, name) for kind, key, name, shared in rows]


def assemblies_offered(home: Home) -> list[Offered]:
    """Assemblies by key, the latest first."""
    return [Offered("assembly", key, name) for key, name in home.reader.execute(_ASSEMBLIES)]


def plans_offered(home: Home) -> list[Offered]:
    """Plans by key, the latest first."""
    rows = home.reader.execute(
        "SELECT key, name FROM read.directory WHERE kind = 'plan' ORDER BY facts->>'period' DESC, key"
    )
    return [Offered("plan", key, name) for key, name in rows]


def cases_offered(home: Home) -> list[Offered]:
    """The last cases, of those that the viewer may see."""
    viewer = home.viewer()
    rows = home.reader.execute(_CASES, (viewer.person, sorted(viewer.roles), MOST))
    return [Offered("case", ref, title) for ref, title in rows]


def threads_offered(home: Home) -> list[Offered]:
    """The last threads, of those that the viewer may see."""
    viewer = home.viewer()
    rows = home.reader.execute(_THREADS, (viewer.person, sorted(viewer.roles), MOST))
    return [Offered("demarche", ref, office or "") for ref, office in rows]


def entry_now(home: Home, kind: str, key: str) -> dict[str, Any]:
    """One entry of the directory as it stands. Raises `EntryUnknown`."""
    row = home.reader.execute(_ENTRY, (kind, key)).fetchone()
    if row is None:
        raise EntryUnknown(ref=f"{kind}:{key}", kind=kind)
    return named(home, [row[0]])[0]


@dataclass(frozen=True)
class Noted:
    """An entry of a history as it stands: its event, what can be corrected of it with names for ids, its sentence."""

    version: int
    position: int
    event: type[Event]
    facts: dict[str, Any]
    text: str


def entry_of_history(home: Home, ref: str, history: Sequence[Recorded], position: str, lang: str) -> Noted:
    """The entry at a position of the log. Raises `EventMissing` where it is none of that history, or stands no more."""
    if (found := _found(history, position)) is None:
        raise EventMissing(event=position, ref=ref)
    fixed = ENVELOPE | found.event.fixed
    facts = {name: fact for name, fact in _facts(found.event).items() if name not in fixed}
    text = tell(home, [(history, [found])], lang)[0]["text"]
    return Noted(found.originator_version, int(position), type(found.event), named(home, [facts])[0], text)


def _found(history: Sequence[Recorded], position: str) -> Recorded | None:
    """A correction too: it can be taken back."""
    if not position.isdecimal() or len(position) > 18:
        return None
    amended = [entry for entry in history if isinstance(entry.event, AMENDMENTS)]
    return next((entry for entry in [*standing(history), *amended] if entry.position == int(position)), None)


def _facts(event: Event) -> dict[str, Any]:
    """All of them, those that were left unsaid too."""
    said = to_builtins(event)
    return {name: said.get(name, _plain(getattr(event, name))) for name in event.__struct_fields__}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else to_builtins(value)
