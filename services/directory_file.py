"""The directory of offices as one table: its columns, which are those of the file that brings it back in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.time import earliest
from projections.phrases.catalogue import N_, say
from projections.phrases.rows import Row, who
from services.wording import CHARGES

GOES_ON = ".."
"""Instead of the end of a term: it goes on beside one that began later."""


@dataclass(frozen=True)
class Column:
    """A column, and its heading. In a file it may be headed by its name, or in either language."""

    name: str
    heading: str


COLUMNS = (
    Column("key", N_("key")),
    Column("name", N_("title")),
    Column("feminine", N_("title in the feminine")),
    Column("kind", N_("kind")),
    Column("legislature", N_("legislature")),
    Column("holder", N_("holder")),
    Column("gender", N_("gender")),
    Column("charge", N_("charge")),
    Column("since", N_("since")),
    Column("until", N_("until")),
    Column("successor", N_("successor")),
    Column("closed", N_("ended")),
    Column("address", N_("address")),
    Column("mail", N_("mail")),
    Column("phone", N_("telephone")),
)


def table(offices: list[Row], people: list[Row], lang: str) -> list[list[str]]:
    """The headings, and a line for each term of each office; one for an office of which no term is known."""
    headings = [say(column.heading, lang) for column in COLUMNS]
    persons = {person["ref"]: person for person in people}
    lines = [line for office in offices for line in _lines(office, persons, lang)]
    return [headings, *([line.get(column.name, "") for column in COLUMNS] for line in lines)]


def _lines(office: Row, people: dict[str, Row], lang: str) -> Iterator[dict[str, str]]:
    heirs = ", ".join(heir["ref"].removeprefix("office:") for heir in office["successors"])
    facts = {
        "key": office["key"], "name": office["name"], "feminine": office["feminine"] or "", "kind": office["kind"] or "",
        "legislature": office["legislature"] or "", "successor": heirs, "closed": office["closed"] or "",
        "address": "\n".join(office["address"]), "mail": office["mail"] or "", "phone": office["phone"] or "",
    }  # fmt: skip
    terms = sorted(office["terms"], key=lambda term: (term["since"] and earliest(term["since"])) or date.min) or [None]
    for place, term in enumerate(terms):
        yield facts | (_term(term, terms[place + 1 :], people, lang) if term else {})


def _term(term: Row, later: list[Any], people: dict[str, Row], lang: str) -> dict[str, str]:
    """One term; a name that several persons bear gives way to the REF."""
    person = term["person"]
    ref = person["ref"] if isinstance(person, dict) else None
    shared = [p["name"] for p in people.values()].count(who(person)) > 1
    overlapped = not term["over"] and any(one["charge"] == term["charge"] for one in later)
    return {
        "holder": (ref or "") if shared else who(person),
        "gender": (people.get(ref or "") or {}).get("gender") or "",
        "charge": say(CHARGES[term["charge"]], lang),
        "since": term["since"] or "",
        "until": GOES_ON if overlapped else end_of(term["until"], term["ended"]),
    }


def end_of(until: str | None, ended: date | str | None) -> str:
    """The end of a term as the file has it: as it was said, else by which day it was over; empty if it is not."""
    return until or (f"../{ended}" if ended else "")
