"""The offices that are written to, and the page of one: who held it, what was written, who answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from domain.directory.terms import HOLDERS
from domain.time import latest
from projections.phrases.catalogue import N_
from projections.phrases.offices import short_title
from projections.phrases.rows import Row, span, who
from services.home import Home
from services.reading.demarches import day_of_reading
from services.reading.directory_sheets import OfficeSheet, office_sheet, offices_with_threads
from web.figures import Answers, Band, Event, Holders, Outcome, Thread, answers, holders, outcome_mark
from web.pages.correspondence import holder_said, meeting_said
from web.pages.waiting import limits_of, outcome_model, tally_model, waiting_model
from web.rendering import Page, address_of

PROMISES = ("accepts", "in_part", "in_principle")


def offices_page(page: Page, home: Home) -> dict[str, Any]:
    """Every office by name, those that are no more apart."""
    rows = [_line(page, row) for row in offices_with_threads(home, page.when)]
    return {
        "standing": [row for row in rows if row["standing"]],
        "gone": [row for row in rows if not row["standing"]],
        "new": page.link("/charges/nouvelle") if page.may("write") and not page.past else "",
        "now": page.when.now,
    }


def _line(page: Page, row: Row) -> dict[str, Any]:
    unanswered = page.count(N_("{n} unanswered"), "{n} unanswered", row["unanswered"]) if row["unanswered"] else ""
    return {
        "name": _capital(row["name"]),
        "href": page.link(address_of(row["ref"])),
        "holder": who(row["holder"]),
        "interim": row["interim"],
        "standing": row["standing"],
        "threads": page.count(N_("{n} thread"), "{n} threads", row["threads"]) if row["threads"] else "",
        "unanswered": unanswered,
    }


def office_page(page: Page, home: Home, key: str) -> dict[str, Any]:
    """What the template of an office shows."""
    sheet, day, limits = office_sheet(home, key, page.when), day_of_reading(home, page.when), limits_of(home)
    row = sheet.row
    acts = page.may("write") and not page.past
    form = f"{address_of(row['ref'])}/agir/"
    refs = list(dict.fromkeys(ref for one in sheet.threads for ref in one["cases"]))
    return {
        "title": _capital(row["name"]),
        "holder": who(row["holder"]),
        "holder_href": page.link(address_of(row["holder"]["ref"])) if row["holder"] else "",
        "interim": row["interim"],
        "closed": page.day(row["closed"]) if row["closed"] else "",
        "successors": [{"name": _capital(who(one)), "href": page.link(address_of(one["ref"]))}
                       for one in row["successors"] if isinstance(one, dict)],
        "cases": [{"number": ref.partition(":")[2], "href": page.link(address_of(ref))} for ref in refs],
        "counted": _counted(page, sheet.threads),
        "promised": sum(one["answer"] in PROMISES for one in sheet.threads),
        "contact": [part for part in (*row["address"], row["mail"], row["phone"]) if part],
        "chief": who(row["chief_of_staff"]),
        "bands": _holders(page, sheet, day),
        "terms": [_term(page, term) for term in reversed(row["terms"])],
        "threads": [thread | {"wait": waiting_model(page, one, limits)} for one in sheet.threads
                    for thread in (_thread(page, one, sheet.titles),)],
        "answers": _answers(page, sheet),
        "sentence": _sentence(page, sheet),
        "appoint": page.link(form + "appoint") if acts else "",
        "write_to": page.link("/correspondance/nouvelle", office=row["ref"]) if acts and row["standing"] else "",
        "others": [{"name": page.say(words), "href": page.link(form + verb)} for verb, words in OTHERS.items()] if acts else [],
    }  # fmt: skip


OTHERS = {
    "set-address": N_("Change its address"),
    "end-term": N_("End a term"),
    "merge": N_("Merge it with another"),
    "dissolve": N_("Say that it is no more"),
}


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _counted(page: Page, threads: Sequence[Row]) -> dict[str, str]:
    """How many threads, and how many of them let us wait."""
    waiting = sum(one["whose_turn"] == "them" for one in threads)
    return {
        "threads": page.count(N_("{n} thread"), "{n} threads", len(threads)),
        "waiting": page.count(N_("{n} awaited"), "{n} awaited", waiting) if waiting else page.say(N_("none awaited")),
    }


def _term(page: Page, term: Row) -> dict[str, str]:
    """Who held which charge, and from when to when."""
    charges = {"interim": N_("by interim"), "chief_of_staff": N_("chief of staff")}
    charge = charges.get(term["charge"])
    person = term["person"]
    held = span(term["since"], term["until"] or (None if term["over"] else ".."), page.lang)
    return {
        "name": who(person) or page.say(N_("nobody known")),
        "href": page.link(address_of(person["ref"])) if isinstance(person, dict) else "",
        "charge": page.say(charge) if charge else "",
        "when": held or page.say(N_("dates not told")),
    }


def _holders(page: Page, sheet: OfficeSheet, day: date) -> Markup | None:
    """Who held the office, as far as dates were told, and when we met."""
    terms = [term for term in sheet.row["terms"] if term["charge"] in HOLDERS]
    if not terms:
        return None
    bands = [Band(who(term["person"]) or page.say(N_("nobody known")), term["since"], term["until"], not term["over"],
                  bool(term["person"])) for term in terms]  # fmt: skip
    if all(term["over"] for term in terms):
        last = terms[-1]["until"]
        bands.append(Band(page.say(N_("holder not entered")), last, None, goes_on=True, named=False))
    title = page.say(N_("Who held this office: {office}"), office=sheet.row["name"])
    return holders(Holders(title, bands, list(_events(page, sheet.threads)), day), page)


def _events(page: Page, threads: Sequence[Row]) -> Iterator[Event]:
    """The meetings that were held, each once."""
    found: dict[tuple[str, str | None], list[str]] = {}
    for row in threads:
        for one in row["meetings"]:
            if one["state"] == "held" and one["date"] and latest(one["date"]):
                numbers = [ref.partition(":")[2] for ref in row["cases"]]
                found.setdefault((one["date"], one["met"]), []).extend(numbers)
    for (when, met), numbers in found.items():
        words = N_("staff met ({numbers})") if met == "staff" else N_("meeting ({numbers})")
        yield Event(when, page.say(words, numbers=", ".join(dict.fromkeys(numbers))))


def _thread(page: Page, row: Row, titles: dict[str, str]) -> dict[str, Any]:
    """A thread of the office: its cases, what was sent, what came of it."""
    met = [words for one in row["meetings"] if (words := meeting_said(page, one))]
    last = page.day(row["last_contact"]) if row["last_contact"] else ""
    return {
        "href": page.link(address_of(row["ref"])),
        "cases": [{"number": ref.partition(":")[2], "title": titles.get(ref, ""), "href": page.link(address_of(ref))}
                  for ref in row["cases"]],
        "subject": row["subject"] or "",
        "met": met,
        "tally": tally_model(page, row),
        "outcome": outcome_model(page, row),
        "last": " · ".join(filter(None, (last, holder_said(page, row) if row["holder"] else ""))),
    }  # fmt: skip


def _answers(page: Page, sheet: OfficeSheet) -> Markup | None:
    """What came of each thread, those of this office told apart; of the office alone where there are too many others."""
    groups: dict[str, tuple[str, list[Thread]]] = {}
    for row in sheet.everyone or sheet.threads:
        if not row["office"] or not row["expects_reply"]:
            continue
        outcome = outcome_model(page, row)
        numbers = "–".join(ref.partition(":")[2] for ref in row["cases"])
        here = row["office"]["ref"] == sheet.row["ref"]
        threads = groups.setdefault(outcome["words"], (outcome["key"], []))[1]
        threads.append(Thread(short_title(who(row["office"])), numbers, page.link(address_of(row["ref"])), here))
    if not groups:
        return None
    shown = sorted(groups.items(), key=lambda group: -len(group[1][1]))
    found = [Outcome(words, outcome_mark(key), threads) for words, (key, threads) in shown]
    return answers(Answers(page.say(N_("What came of each thread")), found), page)


def _sentence(page: Page, sheet: OfficeSheet) -> list[str]:
    """How many threads were answered, in all and by this office."""
    said = []
    every = N_("In all, {answered} of {n} thread answered."), "In all, {answered} of {n} threads answered."
    mine = N_("This office: {answered} of {n} thread answered."), "This office: {answered} of {n} threads answered."
    for rows, (one, many) in ((sheet.everyone, every), (sheet.threads, mine)):
        asked = [row for row in rows if row["expects_reply"]]
        if asked:
            said.append(page.count(one, many, len(asked), answered=sum(bool(row["response"]) for row in asked)))
    return said
