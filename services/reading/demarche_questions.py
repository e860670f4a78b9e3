"""What is asked of the threads together: who has not answered, who was met, what goes on where, who answers and how soon.

Counts stay intervals when they are summed: « au moins 3 » and 2 are « au moins 5 »."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from statistics import median
from typing import Any

from domain.time import earliest, latest
from domain.values import NONE, Count
from domain.words import sort_key
from projections.demarche_rows import count
from services.home import Home
from services.reading.demarches import ALL, Asked, Row, day_of_reading, delay_over, demarches
from services.reading.when import When

AHEAD = ("fixed", "hoped")


def unanswered_by_office(home: Home, when: When, asked: Asked = ALL) -> list[Row]:
    """Each office that has not answered, the one that has let us wait longest first: its threads, and over them all the
    letters, the reminders, the days since the first letter and since the last contact."""
    rows = demarches(home, when, Asked(unanswered=True, office=asked.office, case=asked.case, owner=asked.owner))
    return [
        {
            "office": office,
            "holder": group[0]["holder"],
            "demarches": [row["ref"] for row in group],
            "cases": list(dict.fromkeys(case for row in group for case in row["cases"])),
            "attempts": _sum(row["attempts"] for row in group),
            "reminders": _sum(row["reminders"] for row in group),
            "days_waiting": max(_known(group, "days_waiting"), default=None),
            "days_since_contact": min(_known(group, "days_since_contact"), default=None),
        }
        for office, group in _by_office(rows)
    ]


def redirections(home: Home, when: When, asked: Asked = ALL) -> list[Row]:
    """Each chain of offices that we were sent along, from the one written to first: `demarche` and `office` of each link,
    since when it was written to and when it sent us on. A thread that several were sent on to ends a chain of each."""
    rows = {row["ref"]: row for row in demarches(home, when)}
    wanted = {row["ref"] for row in demarches(home, when, asked)}
    sent_on = {ref for ref, row in rows.items() if row["redirected_to"]}
    pointed = {rows[ref]["goes_on_as"] for ref in sent_on}
    chains = [_chain(rows, ref) for ref in sorted(sent_on - pointed, key=lambda ref: rows[ref]["number"])]
    return [
        {"cases": list(dict.fromkeys(case for row in chain for case in row["cases"])), "links": [_link(row) for row in chain]}
        for chain in chains
        if wanted & {row["ref"] for row in chain}
    ]


def meetings(home: Home, when: When, asked: Asked = ALL) -> list[Row]:
    """Meetings of open threads that are ahead, those that are fixed before those that are only hoped for, by date."""
    found = [
        {**one, **_of(row)}
        for row in demarches(home, when, asked)
        for one in row["meetings"]
        if one["state"] in AHEAD and not row["final"]
    ]
    return sorted(found, key=lambda one: (AHEAD.index(one["state"]), _day(one["date"])))


def met(home: Home, when: When, asked: Asked = ALL) -> list[Row]:
    """Meetings that were held, those with the holder of an office before those with its staff only, by date.

    One meeting is counted once, whatever it served: threads share it that met the same people, the holder or the staff
    of one, on one same day. Where only a month is known nobody can say, and each thread has its own."""
    held = [
        {**one, **_of(row), "with": one["holder"] or row["holder"],
         "who": (one["holder"] or row["holder"] or row["office"] or {}).get("ref")}
        for row in demarches(home, when, asked)
        for one in row["meetings"]
        if one["state"] == "held"
    ]  # fmt: skip
    held.sort(key=_same)
    shared = [_shared(list(group)) for _, group in groupby(held, key=_same)]
    return sorted(shared, key=lambda one: (one["met"] != "holder", _day(one["date"])))


def turns(home: Home, when: When, asked: Asked = ALL) -> list[Row]:
    """What waits on whom: for us and for them, what each of us sees to, the oldest contact first."""
    rows = [row for row in demarches(home, when, asked) if row["whose_turn"] != "nobody"]

    def key(row: Row) -> tuple[bool, bool, str]:
        return row["whose_turn"] != "us", row["owner"] is None, sort_key((row["owner"] or {}).get("name") or "")

    rows.sort(key=lambda row: (*key(row), -(row["days_since_contact"] or -1), row["number"]))
    found = []
    for _, several in groupby(rows, key=key):
        group = list(several)
        found.append({
            "turn": group[0]["whose_turn"],
            "owner": group[0]["owner"],
            "demarches": [row["ref"] for row in group],
            "days_since_contact": max(_known(group, "days_since_contact"), default=None),
        })  # fmt: skip
    return found


def responsiveness(home: Home, when: When, asked: Asked = ALL) -> list[Row]:
    """How each office answers, in all and by the year of the first letter: of the threads that expect an answer, how many
    had one (more than a receipt: an answer, a refusal, a redirection, a meeting), the median of the days until then
    where both are known to the day, how many are open. `left_out`: those in silence to which the office still has time to
    answer, and those that nobody wrote yet after a redirection."""
    day = day_of_reading(home, when)
    rows = [row for row in demarches(home, when, asked) if row["expects_reply"] and row["office"]]
    young = {row["ref"] for row in rows if not (row["response"] or delay_over(home, row, day)) or not _written(row)}
    return [
        {"office": office, **_measured(group, young), "years": [
            {"year": year, **_measured(list(of_year), young)}
            for year, of_year in groupby(sorted(group, key=_year), key=_year)
        ]}
        for office, group in sorted(_by_office(rows), key=lambda pair: sort_key(pair[0]["name"]))
    ]  # fmt: skip


def _measured(rows: Sequence[Row], young: set[str]) -> Row:
    counted = [row for row in rows if row["ref"] not in young]
    answered = [row for row in counted if row["response"]]
    delays = [delay for row in answered if (delay := _delay(row)) is not None]
    return {
        "threads": len(counted),
        "answered": len(answered),
        "rate": round(len(answered) / len(counted), 3) if counted else None,
        "median_days": median(delays) if delays else None,
        "open": sum(not row["final"] for row in rows),
        "left_out": len(rows) - len(counted),
    }


def _delay(row: Row) -> int | None:
    """Days from the first letter to the first answer; null where one of them is not known to the day."""
    sent, answered = (_certain(each) for each in (row["first_sent"], row["response"]["occurred"]))
    return max((answered - sent).days, 0) if sent and answered else None


def _certain(said: str | None) -> date | None:
    """The one day that is meant."""
    day = latest(said) if said else None
    return day if said and day == earliest(said) else None


def _written(row: Row) -> bool:
    return bool(row["attempts"]["min"] + row["reminders"]["min"] or row["response"])


def _year(row: Row) -> str:
    return str(row["counted_from"])[:4]


def _by_office(rows: Iterable[Row]) -> list[tuple[Row, list[Row]]]:
    """Office -> its threads; the offices in the order in which they first come. Threads without one are left out."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row["office"]:
            found.setdefault(row["office"]["ref"], []).append(row)
    return [(group[0]["office"], group) for group in found.values()]


def _known(rows: Iterable[Row], fact: str) -> list[int]:
    return [row[fact] for row in rows if row[fact] is not None]


def _sum(counts: Iterable[Row]) -> Row:
    each = [Count(one["min"], one["max"], one["text"]) for one in counts]
    return count(each[0] if len(each) == 1 else sum(each, NONE))


def _chain(rows: dict[str, Row], ref: str) -> list[Row]:
    """The threads from one on, each sent on to the next; as far as they are seen."""
    chain = [rows[ref]]
    while (onward := chain[-1]["goes_on_as"]) in rows and rows[onward] not in chain:
        chain.append(rows[onward])
    return chain


def _link(row: Row) -> Row:
    keys = ("office", "holder", "first_sent", "state", "result", "whose_turn", "days_waiting", "redirected_to")
    return {"demarche": row["ref"], **{key: row[key] for key in keys},
            "redirected_on": row["ended"] if row["redirected_to"] else None}  # fmt: skip


def _of(row: Row) -> Row:
    return {"demarche": row["ref"], "cases": row["cases"], "office": row["office"]}


def _same(one: Row) -> tuple[Any, ...]:
    """The same for one meeting told by several threads."""
    known = one["date"] and earliest(one["date"]) == latest(one["date"])
    return one["met"], one["date"] or "", (one["who"] or "") if known else "", "" if known else one["demarche"]


def _shared(group: list[Row]) -> Row:
    """One meeting, of every thread that tells of it."""

    def first(fact: str) -> Any:
        return next((one[fact] for one in group if one[fact]), None)

    return {
        "date": group[0]["date"],
        "met": group[0]["met"],
        "holder": first("with"),
        "offices": [office for office, _ in _by_office(group)],
        "demarches": [one["demarche"] for one in group],
        "cases": list(dict.fromkeys(case for one in group for case in one["cases"])),
        "place": first("place"),
        "delegation": first("delegation") or {},
    }


def _day(date_: str | None) -> date:
    return (latest(date_) if date_ else None) or date.max
