"""The annual report (004): letters, alliances, publications, activities, stands, presentations, fundings, figures, people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.readings.scores import Score, counted, document, facts, paired, texts
from services.imports.annual.grammar import read_annual
from services.imports.annual.reading import AnnualReading, Entry, Member
from services.imports.documents.document import Document

NUMBER = "004"
FORMS = {"letter_cosigned": "letter", "declaration_support": "support"}
RELATIONS = {
    "membre": "member",
    "déléguée": "delegate",
    "siège": "seat",
    "collaboration": "collaboration",
    "appui": "support",
}
BOUNDS = {"près de": "about", "environ": "about", "plus de": "at_least", "au moins": "at_least", "à partir de": "at_least",
          "près d’une quarantaine": "about"}  # fmt: skip
UNITS = {"CAD": "$", "CAD/an": "$"}


def measure(seeds: Path) -> list[Score]:
    """Every kind that the facts hold, with its dates, of the real document."""
    return compare(facts(NUMBER), document(NUMBER, seeds))


def compare(known: dict[str, Any], read_from: Document) -> list[Score]:
    """The same of any document of this family, against its facts."""
    read = read_annual(read_from)
    return [*_letters(known, read), *_alliances(known, read), *_publications(known, read), *_activities(known, read),
            *_people(known, read), *_money(known, read)]  # fmt: skip


def _letters(known: dict[str, Any], read: AnnualReading) -> list[Score]:
    wanted, found = known["advocacy_letters"], read.of("advocacy")
    forms = [FORMS.get(one["kind"], one["kind"]) for one in wanted]
    to = [len(one["to"]) if one["kind"] != "declaration_support" else 0 for one in wanted]
    counts = [
        one.get("cosigner_count") or (len(one["cosigners"]) if one["kind"] == "letter_cosigned" else 0)
        for one in wanted
    ]
    return [
        _dated("letters of advocacy: entries and dates", wanted, found),
        paired(NUMBER, "letters: what was written", forms, [one.form for one in found], _equal),
        paired(NUMBER, "letters: how many addressees", to, [len(one.addressees) for one in found], _equal),
        paired(
            NUMBER,
            "letters: co-signers counted",
            counts,
            [one.cosigners.min if one.cosigners else 0 for one in found],
            _equal,
        ),
    ]


def _alliances(known: dict[str, Any], read: AnnualReading) -> list[Score]:
    wanted, found = known["alliances"], read.of("alliance")
    relations = [next(mine for word, mine in RELATIONS.items() if one["relation"].startswith(word)) for one in wanted]
    return [
        texts(NUMBER, "alliances: names", [one["name"] for one in wanted], [one.title for one in found]),
        paired(NUMBER, "alliances: relations", relations, [one.relation for one in found], _equal),
    ]


def _publications(known: dict[str, Any], read: AnnualReading) -> list[Score]:
    wanted, found = known["publications"], read.of("publication")
    return [
        texts(NUMBER, "publications: titles", [one["title"] for one in wanted], [one.title for one in found]),
        _dated("publications: dates", wanted, found),
        paired(NUMBER, "publications: in how many places", [len(one["outlets"]) for one in wanted],
               [len(one.published.split(", ")) if one.published else 0 for one in found], _equal),
    ]  # fmt: skip


def _activities(known: dict[str, Any], read: AnnualReading) -> list[Score]:
    education = known["sections"][0]
    countries = known["sections"][1]["countries"]
    told = [one["date"] for country in countries for one in country.get("presentations", ())]
    return [
        _dated("activities: entries and dates", education["activities"], read.of("activity"), "date_edtf"),
        _dated("stands: entries and dates", education["kiosks"], read.of("kiosk"), "date_edtf"),
        texts(NUMBER, "stands: events", [one["title"] for one in education["kiosks"]], [one.title for one in read.of("kiosk")]),
        texts(NUMBER, "stands: places", [one["place"] for one in education["kiosks"]],
              [one.place or "" for one in read.of("kiosk")]),
        counted(NUMBER, "presentations: dates", told, _dates(read.of("presentation"))),
        counted(NUMBER, "declared resolutions: dates", [one["date"] for one in known["agm_resolutions"]],
                _dates(read.of("resolution"))),
    ]  # fmt: skip


def _people(known: dict[str, Any], read: AnnualReading) -> list[Score]:
    wanted = {one["acronym"]: one["expansion"] for one in known["acronyms"]}
    return [
        texts(NUMBER, "board: names", [one["name"] for one in known["board"]], [one.name for one in read.board]),
        paired(NUMBER, "board: organisations, roles, executive", known["board"], read.board, _same_member, _name,
               _names(known["board"], read.board)),
        paired(NUMBER, "team: names, roles, terms", known["team"], read.team, _same_staff, _name,
               _names(known["team"], read.team)),
        counted(NUMBER, "committees: members", _of_committees(known), [f"{c.name.casefold()}: {m.name}" for c in read.committees
                                                                        for m in c.members]),
        counted(NUMBER, "acronyms, lost letters put back", list(wanted), [one.acronym for one in read.acronyms]),
        counted(NUMBER, "acronyms with what they stand for", [f"{key} = {said}" for key, said in wanted.items()],
                [f"{one.acronym} = {one.expansion}" for one in read.acronyms]),
    ]  # fmt: skip


def _money(known: dict[str, Any], read: AnnualReading) -> list[Score]:
    infrastructure = next(one for one in known["sections"] if one["title"] == "INFRASTRUCTURES")
    amounts = [_number(one["amount"]) for one in infrastructure["funding"] if one["amount"] is not None]
    sums = [_number(figure.value) for one in read.of("funding") for figure in one.figures if figure.unit == "$"]
    wanted = [f"{_number(one['value'])} {_bound(one)} {_unit(one['unit'])}" for one in known["figures"]]
    found = [
        f"{_number(one.value)} {one.bound} {_unit(one.unit or '')}"
        for entry in read.of("figure")
        for one in entry.figures
    ]
    sure = [f"{_number(one.value)} {one.bound} {_unit(one.unit or '')}" for entry in read.of("figure")
            for one in entry.figures if entry.confidence == "high"]  # fmt: skip
    return [
        Score(NUMBER, "fundings: entries", len(infrastructure["funding"]), len(read.of("funding")),
              min(len(infrastructure["funding"]), len(read.of("funding")))),
        Score(NUMBER, "fundings: their amounts", len(amounts), len(amounts), sum(amount in sums for amount in amounts)),
        counted(NUMBER, "figures with qualifier and unit, all read", wanted, found),
        counted(NUMBER, "figures, those recorded without asking", wanted, sure),
    ]  # fmt: skip


def _dated(what: str, wanted: Sequence[dict[str, Any]], found: Sequence[Entry], key: str = "date") -> Score:
    """One by one in order: the same date."""
    return counted(NUMBER, what, [str(one[key]) for one in wanted], _dates(found))


def _dates(found: Iterable[Entry]) -> list[str]:
    return [one.date or "" for one in found]


def _equal(one: Any, other: Any) -> bool:
    return bool(one == other)


def _name(one: Any) -> str:
    return str(one["name"] if isinstance(one, dict) else one.name)


def _names(known: Iterable[Any], read: Iterable[Any]) -> tuple[list[str], list[str]]:
    return [_name(one) for one in known], [_name(one) for one in read]


def _same_member(one: dict[str, Any], other: Member) -> bool:
    said = (one["organisation"], one["role"], one["executive"])
    return one["name"] == other.name and said == (other.organisation, other.role, other.executive)


def _same_staff(one: dict[str, Any], other: Member) -> bool:
    """The end of a term that only another page gives is not asked for here."""
    since = str(one["tenure_edtf"] or "").partition("/")[0]
    return (
        one["name"] == other.name and one["role"] == other.role and since == str(other.tenure or "").partition("/")[0]
    )


def _of_committees(known: dict[str, Any]) -> list[str]:
    return [f"{one['name'].casefold()}: {member['name']}" for one in known["committees"] for member in one["members"]]


def _number(value: Any) -> str:
    return "—" if value is None else f"{Decimal(str(value)).normalize():f}"


def _bound(one: dict[str, Any]) -> str:
    if one["value"] is None:
        return "about"
    return BOUNDS.get(one.get("qualifier") or "", "about" if one.get("approx") else "exact")


def _unit(unit: str) -> str:
    """Money and percentages as signs; of other units the beginning: the facts name them more broadly than the page."""
    return UNITS.get(unit, unit if unit in ("$", "%") else "…")
