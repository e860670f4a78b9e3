"""The records of an organisation, now or at the two times: as of a day, those that had taken place by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from domain.base import Recorded
from domain.errors import Invalid
from domain.record.events import Kind, RecordCreated
from domain.record.record import Record
from domain.time import earliest, latest, read_date
from domain.words import plain
from projections import log
from projections.record_rows import shape
from projections.records import listed
from services.execute import Outcome
from services.home import Home
from services.reading.names import is_id, named
from services.reading.pages import Page, page_of
from services.reading.when import When, placed, today
from services.refs import RecordUnknown, Refs, read_ref
from services.wording import CHOICES, meant

Row = dict[str, Any]
KINDS: tuple[str, ...] = get_args(Kind)


class RecordKindUnknown(Invalid):
    """“{kind}” is not a kind of record. The kinds: {kinds}."""


@dataclass(frozen=True)
class Asked:
    """Which records, as typed. `query`: every word of it stands somewhere in the record; `since`, `until`: days in ISO
    8601 between which its date falls, at least in part."""

    kind: str | None = None
    query: str | None = None
    since: str | None = None
    until: str | None = None


ALL = Asked()


def record_ref(text: str) -> str:
    """The REF of a record, of which the number alone may be given."""
    return f"record:{text.strip()}" if text.strip().isdecimal() else text


def records(home: Home, when: When, asked: Asked = ALL) -> list[Row]:
    """The records that stand, by kind, then by date, those without a date last."""
    kind = None if asked.kind is None else kind_of(asked.kind)
    rows = listed(home.reader, kind) if when.now else [row for row in _then(home, when) if kind in (None, row["kind"])]
    words = plain(asked.query or "").split()
    kept = [row for row in rows if _within(row, asked)]
    told = with_names(home, sorted(kept, key=order))
    return [row for row in told if all(word in _words(row) for word in words)]


def records_page(home: Home, when: When, limit: int, after: str | None, asked: Asked = ALL) -> Page:
    """A page of `records`."""
    return page_of(records(home, when, asked), order, after, limit)


def record(home: Home, ref: str, when: When) -> Row:
    """One record, withdrawn or not."""
    if read_ref(ref).kind != "record":
        raise RecordUnknown(ref=ref)
    entries = placed(home, ref, when.known(home))
    row = shape(Record.fold(entries)) if entries else {}
    if not row:
        raise RecordUnknown(ref=ref)
    return with_names(home, [row])[0]


def kind_of(text: str) -> str:
    """The kind that is meant, as it is stored or in either language."""
    if text in KINDS:
        return text
    if found := meant(text, {kind: CHOICES[kind] for kind in KINDS}):
        return found
    raise RecordKindUnknown(kind=text, kinds=list(KINDS))


def order(row: Row) -> list[str]:
    """The place of a record in its list."""
    first = earliest(row["date"]) if row["date"] else None
    last = latest(row["date"]) if row["date"] else None
    return [f"{KINDS.index(row['kind']):02}", (first or last or date.max).isoformat(), f"{row['number']:09}"]


def _then(home: Home, when: When) -> list[Row]:
    """Every record as it was known, of those that had taken place."""
    known = when.known(home)
    streams = log.streams_beginning_with(home.reader, [RecordCreated.__name__])
    upto = log.EVERYTHING if known.position is None else known.position
    folded = (Record.fold(list(history)) for history in log.histories(home.reader, streams, upto) if history)
    return [shape(one) for one in folded if not one.withdrawn and (known.day is None or _had_begun(one, known.day))]


def _had_begun(record: Record, day: date) -> bool:
    """By its date; one without, by that of the document that told it, else by its recording."""
    said = record.told.date if record.told else None
    first: date | None = (earliest(said) or latest(said)) if said else None
    begun: Recorded = record.history[0]
    return (first or begun.limit()) <= day


def _within(row: Row, asked: Asked) -> bool:
    """Whether its date touches the days that are asked about; one without a date is in none."""
    if asked.since is None and asked.until is None:
        return True
    if row["date"] is None:
        return False
    first, last = earliest(row["date"]), latest(row["date"])
    after = asked.since is None or last is None or last.isoformat() >= asked.since
    return after and (asked.until is None or first is None or first.isoformat() <= asked.until)


def with_names(home: Home, rows: list[Row]) -> list[Row]:
    """With names and REFs in place of ids; what the viewer may not see of the links is absent."""
    imports = {str(stream): key for key, stream in Refs(home.store).keys("import").items()}
    return [
        row | {key: [one for one in row[key] if not is_id(one)] for key in ("links", "threads")}
        | {"source": row["source"] and row["source"] | {"document": imports.get(row["source"]["document"])}}
        for row in named(home, rows)
    ]  # fmt: skip


def _words(row: Row) -> str:
    """What it is found by, plain: its words, and the names of those it names."""
    told = [row["ref"], row["title"], row["place"], row["published"], row["text"], row["date_words"]]
    names = [one["name"] for one in row["addressees"] + row["parties"]]
    figures = [word for one in row["figures"] for word in (one["words"], one["measures"])]
    return plain(" ".join(filter(None, [*told, *names, *figures])))


def asked_of(home: Home, kind: str | None, query: str | None, since: str | None, until: str | None) -> Asked:
    """The same from what a person typed: dates in EDTF or in words."""
    first = earliest(read_date(since, today(home))) if since else None
    last = latest(read_date(until, today(home))) if until else None
    return Asked(kind, query, first.isoformat() if first else None, last.isoformat() if last else None)


def made_by(home: Home, outcome: Outcome) -> str:
    """The REF of the record that an act made."""
    streams = Refs(home.store).keys("record")
    return next(f"record:{number}" for number, stream in streams.items() if stream in outcome.versions)
