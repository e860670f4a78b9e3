"""REF -> stream, through the keys table; and names -> REF for the directory."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

import psycopg

from domain.amendments import standing
from domain.directory import Assembly
from domain.errors import Invalid, NotFound, Refused
from domain.time import latest
from domain.words import slug, sort_key
from services.store import Store

PREFIXES = ("assembly", "body", "person", "office", "plan", "demarche", "record", "import")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class RefUnreadable(Invalid):
    """“{ref}” is not a reference. Write for instance 17, 2023:17, 2023-extra:4, demarche:12, office:KEY, body:KEY or person:KEY."""  # noqa: E501 - one sentence


class KeyUnfit(Invalid):
    """“{key}” cannot be a key: letters, digits, dots and dashes only, and none of the words {words}."""


class CaseUnknown(NotFound):
    """There is no case {ref} here."""


class CaseUnknownInLatest(CaseUnknown):
    """There is no case {ref} here. A number alone is of the latest assembly; for another: {others}."""


class DemarcheUnknown(NotFound):
    """There is no thread {ref} here. Those that there are: suivi demarches"""


class RecordUnknown(NotFound):
    """There is no record {ref} here. Those that there are: suivi records"""


class EntryUnknown(NotFound):
    """There is no “{ref}” in the directory. Give its reference (for instance {kind}:KEY) or its exact name."""


class AssemblyUnknown(NotFound):
    """There is no assembly “{key}” here. Known: {known}."""


class NoAssembly(NotFound):
    """There is no assembly yet. Import a follow-up report, or create one: suivi act assembly:2023 create --set name=…"""


class NameShared(Refused):
    """Several entries bear the name “{name}”: {refs}. Give the reference of the one you mean."""


@dataclass(frozen=True)
class Address:
    """What a REF means, before anything is looked up: a kind, and a key within it. A case may lack its assembly."""

    kind: str
    key: str
    assembly: str | None = None


def read_ref(text: str) -> Address:
    """The parts of a REF. Raises `RefUnreadable`."""
    head, colon, tail = text.strip().partition(":")
    if colon and head in PREFIXES and _KEY.fullmatch(tail):
        return Address(head, tail)
    if colon and _KEY.fullmatch(head) and _KEY.fullmatch(tail):
        return Address("case", tail, head)
    if not colon and _KEY.fullmatch(head):
        return Address("case", head)
    raise RefUnreadable(ref=text)


def fit_key(key: str) -> str:
    """The key, if a REF can bear it."""
    if not _KEY.fullmatch(key) or key in PREFIXES:
        raise KeyUnfit(key=key, words=list(PREFIXES))
    return key


class Refs:
    """Looks REFs and names up. Holds nothing but its connection."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.connection: psycopg.Connection = store.connection

    def key(self, scope: str, key: str) -> UUID | None:
        """The stream behind one key; none behind what no key can be."""
        if "\0" in key:
            return None
        row = self.connection.execute(
            "SELECT stream FROM suivi.keys WHERE scope = %s AND key = %s", (scope, key), prepare=True
        ).fetchone()
        return row[0] if row else None

    def full(self, address: Address) -> str:
        """`assembly:number`, with the latest assembly where none is said."""
        return f"{address.assembly or self.latest_assembly()}:{address.key}"

    def case(self, ref: str) -> UUID:
        """The case that the REF means: any of its numbers will do."""
        address = read_ref(ref)
        full = self.full(address) if address.kind == "case" else ref
        stream = self.key("case", full)
        if stream is None:
            raise self.unknown(address)
        return stream

    def unknown(self, address: Address) -> CaseUnknown:
        """That there is no such case, with the assemblies whose case a number alone could have meant."""
        if address.kind != "case":
            return CaseUnknown(ref=f"{address.kind}:{address.key}")
        full = self.full(address)
        others = sorted(self.keys("assembly").keys() - {full.partition(":")[0]})
        if address.assembly or not others:
            return CaseUnknown(ref=full)
        return CaseUnknownInLatest(ref=full, others=[f"{key}:{address.key}" for key in others])

    def cases(self, refs: list[str]) -> dict[str, UUID]:
        """Those of the full REFs that exist, in one round trip."""
        rows = self.connection.execute(
            "SELECT key, stream FROM suivi.keys WHERE scope = 'case' AND key = ANY (%s)", (refs,)
        )
        return dict(rows.fetchall())

    def placed(self, position: int) -> tuple[UUID, int] | None:
        """The stream and version of the event at a position of the log."""
        row = self.connection.execute("SELECT stream, version FROM suivi.log WHERE position = %s", (position,)).fetchone()
        return (row[0], row[1]) if row else None

    def assembly(self, key: str) -> UUID:
        """The assembly of that key."""
        stream = self.key("assembly", key.removeprefix("assembly:"))
        if stream is None:
            raise AssemblyUnknown(key=key, known=sorted(self.keys("assembly")))
        return stream

    def keys(self, scope: str) -> dict[str, UUID]:
        """Every key of a scope."""
        rows = self.connection.execute("SELECT key, stream FROM suivi.keys WHERE scope = %s", (scope,))
        return dict(rows.fetchall())

    def next_import(self, assembly: str) -> str:
        """The id of the next import into an assembly: 2023-1, 2023-2…"""
        return f"{assembly}-{1 + sum(key.rpartition('-')[0] == assembly for key in self.keys('import'))}"

    def next_demarche(self) -> int:
        """The number of the next thread."""
        row = self.connection.execute(
            "SELECT coalesce(max(key::int), 0) + 1 FROM suivi.keys WHERE scope = 'demarche'", prepare=True
        ).fetchone()
        assert row
        return int(row[0])

    def next_record(self) -> int:
        """The number of the next record."""
        row = self.connection.execute(
            "SELECT coalesce(max(key::int), 0) + 1 FROM suivi.keys WHERE scope = 'record'", prepare=True
        ).fetchone()
        assert row
        return int(row[0])

    def demarche(self, ref: str) -> UUID:
        """The thread that the REF means."""
        address = read_ref(ref)
        stream = self.key("demarche", address.key) if address.kind == "demarche" else None
        if stream is None:
            raise DemarcheUnknown(ref=ref)
        return stream

    def latest_assembly(self) -> str:
        """The key of the only assembly, else of the latest by date; of two, the one recorded last."""
        assemblies = self.keys("assembly")
        if not assemblies:
            raise NoAssembly()
        if len(assemblies) == 1:
            return next(iter(assemblies))
        return max(assemblies, key=lambda key: self._recency(assemblies[key]))

    def _recency(self, stream: UUID) -> tuple[str, str]:
        assembly = self.store.load(Assembly, stream)
        day = latest(assembly.date) if assembly.date else None
        created = standing(assembly.history)[0].recorded_at
        return (day.isoformat() if day else "", created.isoformat() if created else "")

    def entry(self, text: str, kinds: tuple[str, ...]) -> tuple[str, UUID] | None:
        """The entry of the directory that a REF, a key or an exact name means, and its kind; null if there is none."""
        head, colon, tail = text.strip().partition(":")
        if colon and head in kinds:
            stream = self.key(head, tail)
            if stream is None:
                raise EntryUnknown(ref=text, kind=head)
            return head, stream
        for kind in kinds:
            if stream := self.key(kind, slug(text)):
                return kind, stream
        return self._named(text, kinds)

    def _named(self, text: str, kinds: tuple[str, ...]) -> tuple[str, UUID] | None:
        rows = self.connection.execute(
            "SELECT kind, entry, key FROM read.directory WHERE sort = %s AND kind = ANY (%s)",
            (sort_key(text), list(kinds)),
        ).fetchall()
        if len(rows) > 1:
            raise NameShared(name=text, refs=[f"{kind}:{key}" for kind, _, key in rows])
        return (rows[0][0], rows[0][1]) if rows else None
