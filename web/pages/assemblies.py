"""Assemblies, and what became of what they decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from markupsafe import Markup
from starlette.responses import Response

from domain.time import Edtf
from projections.phrases.catalogue import N_, listed
from projections.phrases.rows import Row, who
from services.home import Home
from services.reading.progress import Number, Progress, assemblies_listed, progress
from web.entering import Reader
from web.figures import Comb, Tooth, comb, state_mark
from web.pages.states import Shown, counts, rules_of, shown_state
from web.pages.these import ThisPage
from web.rendering import Page, address_of, render
from workflows.workflow import Workflow

PATH = "/assemblees"
KINDS = {"assembly": N_("Assembly"), "congress": N_("Congress"), "council": N_("Council"), "committee": N_("Committee")}
FATES = {
    "unknown": N_("absent from the follow-up, no reason known"), "defeated": N_("defeated"), "withdrawn": N_("withdrawn"),
    "referred": N_("referred without a case"), "not_reached": N_("not reached"), "adopted": N_("adopted"),
}  # fmt: skip
VERBS = (("settle-numbers", N_("Say what became of a number")), ("rename", N_("Rename")), ("appoint", N_("Name someone")))
ABSENT = {
    "unknown": (N_("Number absent from the follow-up: {numbers}, without a known reason."),
                "Numbers absent from the follow-up: {numbers}, without a known reason."),
    "defeated": (N_("Defeated: {numbers}."), "Defeated: {numbers}."),
    "withdrawn": (N_("Withdrawn: {numbers}."), "Withdrawn: {numbers}."),
    "referred": (N_("Referred, without a case: {numbers}."), "Referred, without a case: {numbers}."),
    "not_reached": (N_("Not reached: {numbers}."), "Not reached: {numbers}."),
}  # fmt: skip

router = APIRouter(include_in_schema=False)


@router.get(PATH)
def show_assemblies(desk: Reader, page: ThisPage) -> Response:
    """The assemblies, the latest first."""
    return render(page, "assemblies.html", **assemblies_model(page, desk.home))


@router.get(PATH + "/{key}")
def show_assembly(desk: Reader, page: ThisPage, key: str, after: str | None = None) -> Response:
    """One assembly: its numbers, and what became of each."""
    return render(page, "assembly.html", **assembly_model(page, desk.home, key, after))


def assemblies_model(page: Page, home: Home) -> dict[str, Any]:
    """What the template of the list shows."""
    rules = rules_of(plan=False)
    rows = [
        {"name": row["name"], "href": page.link(f"{PATH}/{row['key']}"), "year": (row["date"] or "")[:4],
         "facts": _facts(page, row), "counts": counts(page, states, rules), "counted": _cases(page, sum(states.values()))}
        for row, states in assemblies_listed(home, page.when)
    ]  # fmt: skip
    return {"rows": rows, "new": page.link(f"{PATH}/nouvelle") if page.may("write") and not page.past else ""}


def assembly_model(page: Page, home: Home, key: str, after: str | None) -> dict[str, Any]:
    """What the template of one shows."""
    found = progress(home, key, page.when, after)
    writes = page.may("write") and not page.past
    place = address_of(found.assembly["ref"])
    return assembly_summary(page, found) | {
        "facts": _facts(page, found.assembly), "quorum": found.assembly["quorum"],
        "rows": [_row(page, one) for one in _lines(found)],
        "following": page.here(after=found.next) if found.next else None, "first": page.here(after=None) if after else None,
        "report": page.link(f"/rapports/suivi/{key}") if page.may("inside") and page.when.now else "",
        "acts": [{"href": page.link(f"{place}/agir/{verb}"), "words": page.say(words)} for verb, words in VERBS if writes],
        "new": page.link("/dossiers/nouveau", assembly=key) if writes else "",
        "people": [_term(page, term) for term in found.assembly["terms"]],
    }  # fmt: skip


def assembly_summary(page: Page, found: Progress) -> dict[str, Any]:
    """The counts in a sentence, each state with its mark, the comb with what is absent told under it."""
    followed = sum(number.case is not None for number in found.numbers)
    several = found.next is not None or followed == found.total
    said = _cases(page, found.total)
    if not several:
        numbers = page.count(N_("{n} number"), "{n} numbers", followed)
        said = page.say(N_("{numbers}, {cases}"), numbers=numbers, cases=said)
    absent = list(_absent(page, found.gaps))
    return {
        "name": found.assembly["name"],
        "year": (found.assembly["date"] or "")[:4],
        "href": page.link(address_of(found.assembly["ref"])),
        "counted": said,
        "counts": counts(page, found.states, _rules(found)),
        "comb": comb_of(page, found, " ".join(absent)),
    }


def _rules(found: Progress) -> list[Workflow]:
    """Those of its cases, where all of them are at hand."""
    names = dict.fromkeys(case["workflow"] for case in found.cases)
    return [each for each in rules_of(plan=False) if found.next or each.name in names]


def comb_of(page: Page, found: Progress, note: str) -> Markup | str:
    """Every number with the mark of its state."""
    if not found.numbers:
        return ""
    title = page.say(N_("The numbers of {assembly}, and what became of each"), assembly=found.assembly["name"])
    return comb(Comb(title, [_tooth(page, one) for one in found.numbers], found.bundles), page, note)


def _tooth(page: Page, one: Number) -> Tooth:
    if one.case is None:
        return Tooth(one.number, page.say(FATES.get(one.fate, FATES["unknown"])))
    title = one.case["titles"].get(one.number) or one.case["title"]
    return Tooth(one.number, shown_state(page, one.case).whole, state_mark(one.case["state"], one.case["completion"]), title)


def _absent(page: Page, gaps: Sequence[Number]) -> list[str]:
    """« Numéros absents du suivi : 2, 4 et 9, sans raison connue. »"""
    fates: dict[str, list[str]] = {}
    for gap in gaps:
        fates.setdefault(gap.fate if gap.fate in ABSENT else "unknown", []).append(gap.number)
    return [page.count(*ABSENT[fate], len(numbers), numbers=listed(numbers, page.lang)) for fate, numbers in fates.items()]


def _lines(found: Progress) -> list[Row | Number]:
    """The cases and the numbers without one, in the order of the first number."""
    seen: set[str] = set()
    lines: list[Row | Number] = []
    for number in found.numbers:
        if number.case is None:
            lines.append(number)
        elif number.case["ref"] not in seen:
            seen.add(number.case["ref"])
            lines.append(number.case)
    return lines


def _row(page: Page, one: Row | Number) -> dict[str, Any]:
    if isinstance(one, Number):
        fate = page.say(FATES.get(one.fate, FATES["unknown"]))
        return {"numbers": one.number, "title": "", "fate": fate, "href": "", "state": None, "became": []}
    state: Shown = shown_state(page, one)
    return {
        "numbers": " – ".join(one["numbers"]), "title": one["title"], "href": page.link(address_of(one["ref"])), "state": state,
        "fate": "", "became": _became(page, one),
    }  # fmt: skip


def _became(page: Page, row: Row) -> list[str]:
    """Who follows it, whom it awaits, which date comes next."""
    awaited = [who(one) for one in row["awaited"] if one]
    coming = row["next"] if row["next"] and not row["next"]["over"] else None
    return [
        line for line in (
            page.say(N_("Followed by {owner}."), owner=who(row["owner"])) if row["owner"] and not row["final"] else "",
            page.say(N_("Awaited: {whom}."), whom=awaited) if awaited else "",
            page.say(N_("Next date: {day}."), day=Edtf(coming["date"])) if coming else "",
        ) if line
    ]  # fmt: skip


def _cases(page: Page, n: int) -> str:
    return page.count(N_("{n} case"), "{n} cases", n)


def _facts(page: Page, row: Row) -> str:
    """« Assemblée, novembre 2023 »."""
    kind = page.say(KINDS[row["kind"]]) if row["kind"] in KINDS else row["kind"]
    return ", ".join(filter(None, (kind, page.day(row["date"]) if row["date"] else "")))


def _term(page: Page, term: Row) -> str:
    """« Présidence : Ana Bélanger »."""
    person = who(term["person"]) or page.say(N_("not named"))
    return page.say(N_("{charge}: {person}"), charge=term["charge"], person=person)
