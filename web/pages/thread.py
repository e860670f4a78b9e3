"""A thread with an office, as its page shows it: where it stands, what can be done, what was sent and what came back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from domain.time import Edtf
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row, who
from projections.phrases.threads import CHANNELS, UNADDRESSED, meeting_line, number_of, reason_of
from services.home import Home
from services.reading.demarches import day_of_reading
from services.reading.sheets import thread_sheet
from web.pages.case import amending, files
from web.pages.correspondence import holder_said, office_name
from web.pages.deadlines import deadlines_model
from web.pages.moves import Subject, bar_model
from web.pages.timeline import timeline
from web.pages.waiting import limits_of, outcome_model, tally_model, thread_turn, waiting_model
from web.rendering import Page, address_of
from workflows.library import library

THEIRS = ("remind", "answer", "hold-meeting", "fix-meeting")
OURS = ("note", "remind", "fix-meeting", "hold-meeting")
OVER = ("note", "reopen", "attach")


def thread_page(page: Page, home: Home, number: str) -> dict[str, Any]:
    """What the template of a thread shows."""
    sheet = thread_sheet(home, number, page.when, page.lang)
    row, zone, limits = sheet.row, home.store.present.calendar.zone, limits_of(home)
    where = address_of(row["ref"])
    acts = page.may("write") and not page.past
    name = who(row["office"])
    return {
        "number": number,
        "title": name[:1].upper() + name[1:] if name else office_name(page, row),
        "office_href": page.link(address_of(row["office"]["ref"])) if row["office"] else "",
        "subject": row["subject"] or "",
        "state": outcome_model(page, row),
        "reason": reason_of(row, page.lang) if row["final"] else "",
        "turn_of": thread_turn(page, row),
        "holder": holder_said(page, row),
        "wait": waiting_model(page, row, limits),
        "sent": tally_model(page, row),
        "contact": _contact(page, row),
        "owner": who(row["owner"]),
        "next": _next(page, row, day_of_reading(home, page.when)),
        "moves": bar_model(page, _subject(row)) if not page.past else None,
        "cases": [{"number": one["ref"].partition(":")[2], "title": one["title"], "href": page.link(address_of(one["ref"]))}
                  for one in sheet.cases],
        "entries": timeline(page, sheet.history, zone),
        "facts": list(_facts(page, row)),
        "meetings": [meeting_line(one, page.lang) for one in row["meetings"]],
        "letter": f"/api/v1/demarches/{number}/letter?lang={page.lang}" if acts and _may_be_reminded(row) else "",
        "work": {"files": files(page, f"/api/v1/demarches/{number}", row["attachments"]),
                 "attach": page.link(f"{where}/agir/attach") if acts else ""},
        "amend": amending(page, row["ref"]),
        "deadlines": deadlines_model(page, row, zone) if page.when.now else [],
    }  # fmt: skip


def _subject(row: Row) -> Subject:
    useful = OVER if row["final"] else OURS if row["whose_turn"] == "us" else THEIRS
    if row["paused"]:
        useful = ("resume", *useful)
    elif any(one["state"] == "fixed" for one in row["meetings"]):
        useful = ("hold-meeting", *useful)
    return Subject(row, library()[row["workflow"]], "demarche", useful)


def _may_be_reminded(row: Row) -> bool:
    return bool(row["office"]) and row["whose_turn"] == "them"


def _contact(page: Page, row: Row) -> str:
    """When they were last in touch, we or they."""
    if row["last_contact"] is None:
        return page.say(N_("date not told"))
    return page.day(row["last_contact"])


def _next(page: Page, row: Row, day: date) -> str:
    """What comes first: a meeting that is fixed, the date that the office gave, a reminder."""
    for one in row["meetings"]:
        if one["state"] == "fixed" and one["date"]:
            return page.say(N_("meeting {day.placed}"), day=Edtf(one["date"]))
    if row["wait_until"] and not row["final"]:
        return page.say(N_("the office said: {day}"), day=Edtf(row["wait_until"]))
    at = next((clock["next"]["at"] for clock in row["clocks"] if clock["next"]), None)
    if at and page.when.now:
        return page.say(N_("Next reminder: {day}"), day=datetime.fromisoformat(at).date())
    return ""


def _facts(page: Page, row: Row) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """How it was sent, in whose name, and the threads beside it."""
    say = page.say
    told: list[tuple[str, list[dict[str, str]]]] = [
        (say(N_("What was sent")), [_line(say(UNADDRESSED[row["kind"]]))]),
        (say(N_("How")), [_line(say(CHANNELS[row["channel"]]))] if row["channel"] in CHANNELS else []),
        (say(N_("Sent by")), [_line(who(row["by"]))]),
        (say(N_("In the name of")), [_line(who(row["behalf"]))]),
        (say(N_("Sent here from")), [_thread(page, row["redirected_from"])] if row["redirected_from"] else []),
        (say(N_("Goes on as")), [_thread(page, row["goes_on_as"], who(row["redirected_to"]))] if row["goes_on_as"] else []),
        (say(N_("Sent together with")), [_thread(page, ref) for ref in row["mailing"]]),
        (say(N_("Was with, before")), [_line(who(each)) for each in row["former_offices"]]),
        (say(N_("Pauses")), [_line(_pause(page, each)) for each in row["pauses"]]),
    ]
    for label, lines in told:
        if kept := [line for line in lines if line["words"]]:
            yield label, kept


def _line(words: str, href: str = "") -> dict[str, str]:
    return {"words": words, "href": href}


def _thread(page: Page, ref: str, office: str = "") -> dict[str, str]:
    words = page.say(N_("thread {number}"), number=number_of(ref))
    return _line(", ".join(filter(None, (words, office))), page.link(address_of(ref)))


def _pause(page: Page, one: Row) -> str:
    since = page.day(one["since"])
    return page.say(N_("{reason}, since {day}"), reason=one["reason"], day=since)
