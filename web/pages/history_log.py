"""The log, the latest first, as a page and as a file shows it: its filters, and each entry in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any
from zoneinfo import ZoneInfo

from domain.errors import Invalid, NotFound
from domain.time import BadDate, local_day
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row
from services.home import Home
from services.reading.journal import FILED, Wanted, assemblies_by_name, filed, journal, people_who_acted, size
from services.reading.pages import Page as Part
from web.rendering import Page, address_of

PATH = "/historique"
KINDS = {
    "state": N_("Changes of state"),
    "thread": N_("Letters, answers and meetings"),
    "note": N_("Notes"),
    "report": N_("Reports"),
    "work": N_("People, dates and tasks"),
    "case": N_("Adoptions, wordings, links"),
    "file": N_("Files"),
    "record": N_("Records"),
    "reminder": N_("Reminders by Suivi"),
    "amendment": N_("Corrections and retractions"),
    "import": N_("Imports"),
    "directory": N_("Directory"),
    "settings": N_("Settings"),
}
FIELDS = {"quoi": "kind", "qui": "who", "assemblee": "assembly", "dossier": "case", "du": "since", "au": "until"}
"""What the address calls a filter -> `Wanted`."""


def log_model(page: Page, home: Home) -> dict[str, Any]:
    """What the template shows. A filter that cannot be read is told, and what was typed is kept."""
    wanted, fault = wanted_of(page.asked), ""
    try:
        part = journal(home, wanted, page.lang, page.asked.get("avant"), when=page.when)
    except (BadDate, NotFound, Invalid) as error:
        part, fault = Part([]), page.say(error)
    zone = home.store.present.calendar.zone
    kept = {name: page.asked[name] for name in FIELDS if page.asked.get(name)}
    return {
        "days": list(days(page, part.items, zone)),
        "fault": fault,
        "wanted": wanted,
        "any": wanted.any,
        "without": page.link(PATH),
        "kinds": [(key, page.say(word)) for key, word in KINDS.items()],
        "people": [(one["ref"], one["name"]) for one in people_who_acted(home)],
        "assemblies": list(assemblies_by_name(home).items()),
        "following": page.here(avant=part.next) if part.next else None,
        "first": page.here(avant=None) if page.asked.get("avant") else None,
        "quiet": page.here(tout=None if wanted.quiet else "1", avant=None),
        "inside": page.here(importation=None, avant=None) if wanted.imported else None,
        "file": page.link(PATH + "/journal.csv", **kept, **flags(wanted)),
        "most": FILED,
        "size": size(home),
    }  # fmt: skip


def wanted_of(asked: Mapping[str, str]) -> Wanted:
    """The filters of the address."""
    given = {fact: asked.get(name, "").strip()[:200] for name, fact in FIELDS.items()}
    return Wanted(**given, amended=bool(asked.get("corrections")), imported=asked.get("importation", ""),
                  quiet=bool(asked.get("tout")))  # fmt: skip


def flags(wanted: Wanted) -> dict[str, str]:
    """The filters that are no field, as the address has them."""
    return {
        "corrections": "1" if wanted.amended else "",
        "importation": wanted.imported,
        "tout": "1" if wanted.quiet else "",
    }


def days(page: Page, items: list[Row], zone: str) -> Iterator[dict[str, Any]]:
    """The entries by the day they were recorded on."""

    def day_of(item: Row) -> Any:
        return local_day(datetime.fromisoformat(item["recorded_at"]), zone)

    for day, each in groupby(items, key=day_of):
        entries = [entry_model(page, item, zone) for item in each]
        for before, entry in pairwise(entries):
            entry["again"] = entry["title"] == before["title"]
        yield {"day": page.day(day), "entries": entries}


def entry_model(page: Page, item: Row, zone: str) -> dict[str, Any]:
    """An entry: its case or thread in the margin, its sentence, who recorded it and at what time."""
    anchor = f"#entree-{item['position']}"
    cases = [{"numbers": " – ".join(case["numbers"]), "title": case["title"], "href": page.link(address_of(case["ref"])) + anchor}
             for case in item["cases"]]  # fmt: skip
    thread = page.link(f"/correspondance/{item['thread']}") + anchor if item["thread"] else None
    return {
        "position": item["position"], "text": item["text"], "again": False, "cases": cases,
        "title": " · ".join(case["title"] for case in cases), "thread": item["thread"], "thread_href": thread,
        "machine": item["machine"], "occurred": page.day(item["occurred"]) if item["occurred"] else "",
        "recorded": recorded(page, item, zone), "amended": amended(page, item),
        "unfold": page.link(PATH, importation=item["stream"]) if item["event"] == "DocumentImported" else None,
        "long": any(len(case["numbers"]) > 9 for case in cases) or len(cases) > 2,
    }  # fmt: skip


def recorded(page: Page, item: Row, zone: str) -> str:
    """« À 10 h 42, par Ana »."""
    at = datetime.fromisoformat(item["recorded_at"]).astimezone(ZoneInfo(zone))
    hour = page.say(N_("{hour}:{minute}"), hour=str(at.hour), minute=f"{at.minute:02}")
    if item["actor"] and item["on_behalf_of"]:
        return page.say(N_("At {hour}, by {who} for {other}"), hour=hour, who=item["actor"], other=item["on_behalf_of"])
    return page.say(N_("At {hour}, by {who}"), hour=hour, who=item["actor"] or "Suivi")


def amended(page: Page, item: Row) -> dict[str, str] | None:
    """What became of an entry that no longer stands as it was."""
    if number := item["retracted_by"]:
        return {"sign": "−", "kind": "removed", "text": page.say(N_("Retracted by entry {number}"), number=str(number))}
    if number := item["corrected_by"]:
        return {"sign": "~", "kind": "changed", "text": page.say(N_("Corrected by entry {number}"), number=str(number))}
    return None


HEADINGS = (
    N_("Number of the entry"), N_("Recorded at"), N_("Recorded by"), N_("Happened"), N_("Case"), N_("Thread"),
    N_("What happened"), N_("Corrected by"), N_("Retracted by"),
)  # fmt: skip


def log_rows(page: Page, home: Home) -> Iterator[list[str]]:
    """The same for a spreadsheet."""
    yield [page.say(heading) for heading in HEADINGS]
    for item in filed(home, wanted_of(page.asked), page.lang, page.when):
        yield [str(item["position"]), item["recorded_at"], item["actor"] or "Suivi", item["occurred"] or "",
               ", ".join(case["ref"] for case in item["cases"]), str(item["thread"] or ""), item["text"],
               str(item["corrected_by"] or ""), str(item["retracted_by"] or "")]  # fmt: skip
