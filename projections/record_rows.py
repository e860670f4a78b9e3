"""A record as its row tells it, with ids where a reader sees names."""

from __future__ import annotations

from typing import Any

from msgspec import to_builtins

from domain.figures import Figure
from domain.record.record import Record
from projections.case_rows import party
from projections.demarche_rows import count


def shape(record: Record) -> dict[str, Any]:
    """The record in the contract's shape. Empty before it began."""
    if record.created is None or record.told is None:
        return {}
    told, source = record.told, record.created.source
    return {
        "ref": record.ref,
        "number": record.created.number,
        "kind": record.created.kind,
        "title": told.title,
        "date": told.date,
        "date_words": told.words.get("date"),
        "place": told.place,
        "form": told.form,
        "addressees": [party(one) for one in told.addressees],
        "parties": [party(one) for one in told.parties],
        "cosigners": count(told.cosigners) if told.cosigners else None,
        "relation": told.relation,
        "figures": [figure(one) for one in told.figures],
        "published": told.published,
        "text": told.text,
        "awaits_reply": record.awaits_reply,
        "links": [str(each) for each in record.links],
        "threads": [str(each) for each in record.threads],
        "source": source
        and {"document": str(source.imported), "first_line": source.first_line, "last_line": source.last_line},
        "withdrawn": record.withdrawn,
        "version": record.version,
    }


def figure(one: Figure) -> dict[str, Any]:
    """A figure; `value` as a decimal number in text, null where the words give none."""
    facts = to_builtins(one)
    return {key: facts.get(key, "exact" if key == "bound" else None)
            for key in ("measures", "words", "value", "bound", "unit", "as_of")}  # fmt: skip
