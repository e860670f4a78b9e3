"""Who an annual report names before it begins: the board and the team, from the directory; and what acronyms mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from domain.agreement import agreed
from domain.time import earliest, latest
from domain.words import plain, sort_key
from projections.phrases.catalogue import N_, set_in_type
from projections.phrases.events.directory import CHARGES
from services.home import Home
from services.reading.directory import bodies, people
from services.reading.when import When
from services.reports.narrative.ground import Ground as Words
from services.reports.printed import Columns, Item, Items
from services.reports.words import written

Row = dict[str, Any]
_LEADS = re.compile(r"(?:le |la |l.)?(?:conseil d.administration|(?:comite|conseil) executif|executif|board|executive)\b")
_WORKS = re.compile(r"(?:le |la |l.)?(?:equipe|personnel|permanence|team|staff)\b")
_ACRONYM = re.compile(r"(?P<name>\S.{5,}\S) \((?P<short>[A-ZÀ-Ý][A-ZÀ-Ý0-9&-]{1,11})\)")
WRITTEN = {
    "chair": (N_("chair, of a man"), N_("chair, of a woman")),
    "vice-chair": (N_("vice-chair, of a man"), N_("vice-chair, of a woman")),
    "secretary": (N_("secretary, of a man"), N_("secretary, of a woman")),
    "treasurer": (N_("treasurer, of a man"), N_("treasurer, of a woman")),
}
"""Charges as who holds them is called."""


def led_by(home: Home, when: When) -> list[Row]:
    """The bodies that lead the organisation, then those that work for it: of a kind, or without one of a name, such as
    « conseil d’administration », « comité exécutif », « équipe »."""
    found = bodies(home, when)
    return [row for of_kind in (_LEADS, _WORKS) for row in found if of_kind.match(plain(row["kind"] or row["name"]))]


def members(home: Home, when: When, body: Row, first: date, last: date, words: Words) -> list[str]:
    """« Chantal Ide, présidente », « Félix Beauchemin, chargé de projet (depuis février 2025) »: who was there between
    two days."""
    genders = {row["ref"]: row["gender"] for row in people(home, when)}
    told = []
    for term in body["terms"]:
        person = term["person"]
        if isinstance(person, dict) and _meets(term, first, last):
            charge = _charge(term["charge"], genders.get(person["ref"]), words)
            told.append(", ".join(filter(None, (person["name"], charge))) + _during(term, first, last, words))
    return told


def _meets(term: Row, first: date, last: date) -> bool:
    since = earliest(term["since"]) if term["since"] else None
    until = latest(term["until"]) if term["until"] else None
    return (since is None or since <= last) and (not term["over"] or (until is not None and until >= first))


def _charge(charge: str, gender: str | None, words: Words) -> str:
    """As the gender of who holds it has it, or as the house writes both; nothing for a mere member."""
    if charge == "member":
        return ""
    if charge not in WRITTEN:
        return words.words(CHARGES[charge]) if charge in CHARGES else charge
    if words.lang != "fr":
        return charge
    his, hers = (set_in_type(form, "fr") for form in WRITTEN[charge])
    return {"m": his, "f": hers}.get(gender or "") or agreed(his, hers, words.inclusive)


def _during(term: Row, first: date, last: date, words: Words) -> str:
    """When somebody came, or left, within the time that is told of."""
    since, until = (_within(term[name], first, last) for name in ("since", "until"))
    told = ", ".join([*([words.begun(since)] if since else []), *([words.ended(until)] if until else [])])
    return f" ({told})" if told else ""


def _within(edtf: str | None, first: date, last: date) -> str | None:
    begins = earliest(edtf) if edtf else None
    return edtf if begins is not None and first < begins <= last else None


def acronyms(names: Iterable[str]) -> list[tuple[str, str]]:
    """The acronyms that names bear in brackets, with what they stand for, each once, in order."""
    found: dict[str, str] = {}
    for name in names:
        if read := _ACRONYM.fullmatch(name.strip()):
            found.setdefault(read["short"], read["name"])
    return sorted(found.items(), key=lambda one: sort_key(one[0]))


def side_by_side(told: list[tuple[str, str]]) -> Iterator[Columns]:
    """Two columns of them."""
    half = -(-len(told) // 2)
    if told:
        items = [Item(written(f"{short} – {name}")) for short, name in told]
        yield Columns((Items(tuple(items[:half]), "•"), Items(tuple(items[half:]), "•")))
