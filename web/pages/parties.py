"""Bodies and people: their lists, and the page of one with the cases and the charges that are theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from projections.phrases.catalogue import N_
from projections.phrases.rows import Row, span, who
from services.home import Home
from services.reading.directory import bodies, people
from services.reading.directory_sheets import PartySheet, body_sheet, person_sheet
from web.pages.meetings import meetings_model
from web.pages.states import shown_state
from web.rendering import Page, address_of

CHARGES = {
    "chair": N_("chair"),
    "secretary": N_("secretary"),
    "member": N_("member"),
    "holder": N_("holder"),
    "interim": N_("by interim"),
    "chief_of_staff": N_("chief of staff"),
}
OF_BODIES = {"appoint": N_("Appoint someone"), "end-term": N_("End a term"), "rename": N_("Change its name")}
OF_PEOPLE = {
    "set-address": N_("Change the address"), "set-notices": N_("Choose how they are told"),
    "be-away": N_("Record an absence"), "come-back": N_("Record the return"), "rename": N_("Change the name"),
}  # fmt: skip


def bodies_page(page: Page, home: Home) -> dict[str, Any]:
    """Every body by name, with who answers for it."""
    rows = [
        {"name": row["name"], "href": page.link(address_of(row["ref"])), "kind": row["kind"] or "",
         "terms": [_held(page, term) for term in row["terms"] if not term["over"]]}
        for row in bodies(home, page.when)
    ]  # fmt: skip
    return {"rows": rows, "new": _new(page, "/instances/nouvelle")}


def people_page(page: Page, home: Home) -> dict[str, Any]:
    """Everyone of the directory by name, with who is away."""
    rows = [
        {"name": row["name"], "href": page.link(address_of(row["ref"])), "mail": row["mail"] or "", "away": away(page, row)}
        for row in people(home, page.when)
    ]
    return {"rows": rows, "new": _new(page, "/personnes/nouvelle")}


def _new(page: Page, path: str) -> str:
    return page.link(path) if page.may("write") and not page.past else ""


def body_page(page: Page, home: Home, key: str) -> dict[str, Any]:
    """What the page of a body shows."""
    sheet = body_sheet(home, key, page.when)
    terms = [_held(page, term) for term in reversed(sheet.row["terms"])]
    return _party(page, sheet, page.say(N_("Bodies")), OF_BODIES, sheet.row["kind"] or page.say(N_("body"))) | {
        "held_by": terms, "charges": [], "none": page.say(N_("Nothing was referred to this body.")),
        "meetings": meetings_model(page, sheet.row, page.may("write") and not page.past),
    }  # fmt: skip


def person_page(page: Page, home: Home, key: str) -> dict[str, Any]:
    """What the page of a person shows."""
    sheet = person_sheet(home, key, page.when)
    charges = [
        {"name": who(one["of"]), "href": page.link(address_of(one["of"]["ref"])), **_term(page, one)} for one in sheet.charges
    ]
    return _party(page, sheet, page.say(N_("People")), OF_PEOPLE, "") | {
        "meetings": None, "held_by": [], "charges": charges, "none": page.say(N_("This person follows no case.")),
    }  # fmt: skip


def _party(page: Page, sheet: PartySheet, crumb: str, verbs: dict[str, str], kind: str) -> dict[str, Any]:
    row = sheet.row
    where = address_of(row["ref"])
    acts = page.may("write") and not page.past
    return {
        "title": row["name"],
        "crumb": crumb,
        "list": page.link(where.rpartition("/")[0]),
        "kind": kind,
        "mail": row.get("mail") or "",
        "away": away(page, row),
        "referred": case_lines(page, sheet.referred),
        "followed": case_lines(page, sheet.followed),
        "more": page.say(N_("Only the first ones are shown here.")) if sheet.more else "",
        "actions": [{"name": page.say(words), "href": page.link(f"{where}/agir/{verb}")} for verb, words in verbs.items()]
                   if acts else [],
    }  # fmt: skip


def case_lines(page: Page, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Cases in short: number, title, state."""
    return [
        {"numbers": " – ".join(row["numbers"]), "title": row["title"], "href": page.link(address_of(row["ref"])),
         "state": shown_state(page, row), "due": page.day(row["due"]) if row["due"] and not row["final"] else "",
         "closed": row["final"]}
        for row in rows
    ]  # fmt: skip


def _held(page: Page, term: Row) -> dict[str, str]:
    person = term["person"]
    href = page.link(address_of(person["ref"])) if isinstance(person, dict) else ""
    return {"name": who(person), "href": href, **_term(page, term)}


def _term(page: Page, term: Row) -> dict[str, str]:
    charge = CHARGES.get(term["charge"])
    held = span(term["since"], term["until"] or (None if term["over"] else ".."), page.lang)
    return {"charge": page.say(charge) if charge else term["charge"], "when": held}


def away(page: Page, row: Row) -> str:
    """From when to when someone is away, and who acts instead."""
    absence = row.get("away")
    if not absence:
        return ""
    held = span(absence["since"], absence["until"] or "..", page.lang)
    if absence["replaced_by"]:
        return page.say(N_("Away: {when}; replaced by {who}"), when=held, who=who(absence["replaced_by"]))
    return page.say(N_("Away: {when}"), when=held)
