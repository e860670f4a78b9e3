"""The meetings of bodies: to come, held, called off, with every date that they had."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.time import earliest
from services.home import Home
from services.reading.when import today

_MEETINGS = """SELECT d.facts->>'ref', d.name, (d.facts->>'version')::int, m.*
                 FROM read.directory d CROSS JOIN LATERAL jsonb_to_recordset(d.facts->'meetings') AS m(
                      number int, date text, state text, place text, confirmed boolean, reason text, before jsonb)
                WHERE d.kind = 'body' AND jsonb_array_length(d.facts->'meetings') > 0
                  AND (%(body)s::text IS NULL OR d.facts->>'ref' = %(body)s)"""


def meetings(home: Home, body: str | None = None) -> list[dict[str, Any]]:
    """By date, those of one body (its REF) or of all. `before`: the dates that it had, and why they changed; `to_come`:
    that it is announced and not over."""
    day = date.fromisoformat(today(home))
    rows = home.reader.execute(_MEETINGS, {"body": body}, prepare=True).fetchall()
    return sorted((_shape(row, day) for row in rows), key=lambda one: (one["date"], one["body"]["ref"]))


def _shape(row: tuple[Any, ...], day: date) -> dict[str, Any]:
    ref, name, version, number, when, state, place, confirmed, reason, before = row
    begins = earliest(when)
    return {
        "body": {"ref": ref, "name": name}, "number": number, "date": when, "state": state, "place": place,
        "confirmed": confirmed, "reason": reason, "before": before,
        "to_come": state == "announced" and (begins is None or begins >= day), "version": version,
    }  # fmt: skip
