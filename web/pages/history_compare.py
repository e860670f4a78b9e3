"""Two dates compared, as a page and as a file shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from domain.time import BadDate
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row
from services.home import Home
from services.reading import When
from services.reading.comparing import Compared, compare, last_assembly, whole
from web.pages.history_rail import rail
from web.pages.history_words import change_model
from web.pages.times import day_asked
from web.rendering import Page, address_of

PATH = "/historique/comparer"
FILED = 5_000  # cases of a file


def comparison_model(page: Page, home: Home) -> dict[str, Any]:
    """What the template shows: the two fields with what was typed, the rail, the cases that changed."""
    days, faults = asked_days(page)
    reading = reading_of(page)
    old, new = days["de"], days["a"]
    found = None if faults else compare(home, *whens(page, old, new), page.asked.get("apres"))
    since = last_assembly(home)
    return {
        "faults": faults,
        "typed": {name: page.asked.get(name, "") if faults else page.day(day) for name, day in days.items()},
        "reading": reading,
        "rail": rail(page, home, [(old, page.say(N_("From the date")), "de"), (new, page.say(N_("To the date")), "a")],
                     "happened" if reading == "arrive" else "recorded"),
        "old": page.say(N_("As of {day}"), day=old),
        "new": page.say(N_("As of {day}"), day=new),
        "since": page.link(PATH, de=since.isoformat(), a=str(page.today), lecture=reading) if since else None,
        "found": found,
        "summary": summary(page, found) if found else [],
        "groups": [group(page, one) for one in found.cases] if found else [],
        "following": page.here(apres=found.next) if found and found.next else None,
        "first": page.here(apres=None) if page.asked.get("apres") else None,
        "file": page.link(PATH + ".csv", de=old.isoformat(), a=new.isoformat(), lecture=reading),
    }  # fmt: skip


def asked_days(page: Page) -> tuple[dict[str, date], dict[str, str]]:
    """The two dates, the earlier one first, and which cannot be read, with why. Left out: a month ago, today."""
    today = page.today or date.max
    days, faults = {"de": today - timedelta(days=30), "a": today}, dict[str, str]()
    for name in days:
        try:
            if words := page.asked.get(name, "").strip():
                days[name] = day_asked(page, words) or today
        except BadDate as error:
            faults[name] = page.say(error)
    return dict(zip(("de", "a"), sorted(days.values()), strict=True)), faults


def reading_of(page: Page) -> str:
    """`savait`: what was known then; `arrive`: what had happened by then."""
    return "arrive" if page.asked.get("lecture") == "arrive" else "savait"


def whens(page: Page, old: date, new: date) -> tuple[When, When]:
    """The two times that are compared."""
    if reading_of(page) == "arrive":
        return When(as_of=old.isoformat()), When(as_of=new.isoformat())
    return When(known_at=old.isoformat()), When(known_at=new.isoformat())


def summary(page: Page, found: Compared) -> list[str]:
    """« 4 dossiers ont changé : 4 ajouts, 4 modifications, 1 retrait. 21 n’ont pas bougé. »"""
    if not found.cases and found.next is None:
        return [page.say(N_("Nothing changed between these two dates."))]
    told = counted(page, found.counts)
    if found.still is None:
        said = page.count("Something was recorded of {n} case.", "Something was recorded of {n} cases.", found.moved)
        return [said, page.say(N_("On this page: {told}."), told=told)]
    changed = page.count("{n} case changed: {told}.", "{n} cases changed: {told}.", len(found.cases), told=told)
    still = page.count("{n} case did not move.", "{n} cases did not move.", found.still)
    return [changed, still] if found.still else [changed]


def counted(page: Page, counts: Counter[str]) -> str:
    """« 4 ajouts, 1 retrait »."""
    words = (
        page.count("{n} addition", "{n} additions", counts["added"]) if counts["added"] else "",
        page.count("{n} change", "{n} changes", counts["changed"]) if counts["changed"] else "",
        page.count("{n} removal", "{n} removals", counts["removed"]) if counts["removed"] else "",
    )
    return ", ".join(filter(None, words))


def group(page: Page, one: Row) -> dict[str, Any]:
    """A case that changed, with its number and its changes."""
    return {
        "numbers": " – ".join(one["numbers"]), "title": one["title"], "href": page.link(address_of(one["ref"])),
        "long": len(one["numbers"]) > 2, "changes": [change_model(page, change) for change in one["changes"]],
    }  # fmt: skip


def comparison_rows(page: Page, home: Home) -> Iterator[list[str]]:
    """The same for a spreadsheet, every case of it."""
    days, faults = asked_days(page)
    if faults:
        raise BadDate(words=page.asked.get(next(iter(faults)), ""))
    old, new = days["de"], days["a"]
    yield [page.say(N_("Case")), page.say(N_("Title")), page.say(N_("Change")), page.say(N_("Field")),
           page.say(N_("As of {day}"), day=old), page.say(N_("As of {day}"), day=new)]  # fmt: skip
    for one in whole(home, *whens(page, old, new), FILED):
        for change in one["changes"]:
            told = change_model(page, change)
            yield [one["ref"], one["title"], told["word"], told["label"], told["old"], told["new"]]
