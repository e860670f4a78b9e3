"""The head of a case: its state, whose turn it is, how long someone has been awaited, who follows it, the next date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from domain.time import Edtf, earliest, latest
from projections.phrases.catalogue import N_
from projections.phrases.offices import short_title
from projections.phrases.rows import Row, who
from services.reading.sheets import CaseSheet
from web.pages.states import shown_state
from web.pages.waiting import Thresholds, meter_model, turn_model, waiting_model
from web.rendering import Page, address_of

NAMED = 2  # offices that are awaited, before the others are counted


def head_model(page: Page, sheet: CaseSheet, limits: Thresholds, day: date) -> dict[str, Any]:
    """What stands under the title."""
    row = sheet.row
    due, moment = next_date(page, row, sheet.threads, day)
    owner = row["owner"]
    return {
        "state": shown_state(page, row, detail=_below(page, row)),
        "since": _since(page, sheet.stages),
        "turn": turn_model(page, sheet.turn, _whom(page, sheet)),
        "beside": _holder(sheet) or _ours(sheet),
        "wait": _wait(page, sheet, limits, day),
        "owner": who(owner),
        "owner_href": page.link(address_of(owner["ref"])) if page.may("inside") and owner and owner.get("ref") else "",
        "next": due,
        "next_date": moment,
        "late": late_said(page, row, day),
        "set_due": "" if row["final"] or page.past or not page.may("write") else _form(page, row, "set-due"),
        "assign": "" if row["final"] or page.past or not page.may("write") else _form(page, row, "assign"),
        "reminder": _reminder(page, row),
    }


def _form(page: Page, row: Row, verb: str) -> str:
    return page.link(f"{address_of(row['ref'])}/agir/{verb}")


def _since(page: Page, stages: Sequence[Row]) -> str:
    since = stages[-1]["since"] if stages else None
    if since is None:
        return ""
    to_the_day = earliest(since) == latest(since) and since.replace("-", "").isdecimal()
    return page.say(N_("since {day}") if to_the_day else N_("since: {day}"), day=Edtf(since))


def _below(page: Page, row: Row) -> str:
    """What stands below the state: until when it is postponed, to whom it was referred."""
    if row["state"] == "postponed" and row["postponed_until"]:
        return page.say(N_("until: {day}"), day=Edtf(row["postponed_until"][-1]))
    if row["state"] == "blocked" and row["blocked_on"]:
        return page.say(N_("by: {who}"), who=who(row["blocked_on"][-1]["on"]))
    if row["state"] == "referred" and row["referrals"]:
        return page.say(N_("to: {who}"), who=who(row["referrals"][-1]["body"]))
    return ""


def _whom(page: Page, sheet: CaseSheet) -> str:
    """Whom we wait for."""
    row = sheet.row
    if sheet.turn != "them":
        return ""
    names = [short_title(who(one["office"])) for one in _awaited(sheet.threads) if one["office"]]
    names = names or [who(one["on"]) for one in (*row["blocked_on"], *row["waiting_on"])]
    names = list(dict.fromkeys(names or [who(one["body"]) for one in row["referrals"][-1:]]))
    if len(names) > NAMED:
        return page.count(N_("{names} and {n} other"), "{names} and {n} others", len(names) - NAMED,
                          names=", ".join(names[:NAMED]))  # fmt: skip
    words = page.say(N_("{names}"), names=names) if names else ""
    return words[:1].upper() + words[1:]


def _ours(sheet: CaseSheet) -> str:
    """The first thing that is ours to do."""
    tasks = (one["text"] for one in sheet.row["tasks"] if not one["done"])
    return str(next(tasks, "")) if sheet.turn == "us" else ""


def _awaited(threads: Sequence[Row]) -> Iterator[Row]:
    return (one for one in threads if one["whose_turn"] == "them")


def _holder(sheet: CaseSheet) -> str:
    """Who holds the only office that is awaited."""
    awaited = list(_awaited(sheet.threads))
    one = awaited[0]["holder"] if len(awaited) == 1 and sheet.turn == "them" else None
    return str(one["name"]) if one and not one["former"] else ""


def _wait(page: Page, sheet: CaseSheet, limits: Thresholds, day: date) -> dict[str, Any] | None:
    """The longest wait: of its threads, else of whoever it was said to wait for."""
    if sheet.row["final"]:
        return None
    if meter := waiting_model(page, list(_awaited(sheet.threads)), limits):
        return meter
    if sheet.turn != "them":
        return None
    since = [latest(one["since"]) for one in (*sheet.row["blocked_on"], *sheet.row["waiting_on"]) if one["since"]]
    days = [(day - one).days for one in since if one and one <= day]
    return meter_model(page, max(days, default=None), max(days, default=None), limits=limits)


def next_date(page: Page, row: Row, threads: Sequence[Row], day: date) -> tuple[str, str]:
    """What comes first from that day on, and when: the due date, a task, a report, a meeting with an office."""
    found = [(row["due"], page.say(N_("due date")))] if row["due"] and not row["final"] else []
    if page.may("inside"):
        found += [(one["due"], one["text"]) for one in row["tasks"] if one["due"] and not one["done"]]
    found += [(one["due"], page.say(N_("report"))) for one in row["referrals"] if one["due"]]
    for thread in threads:
        found += [(one["date"], page.say(N_("meeting: {office}"), office=short_title(who(thread["office"]))))
                  for one in thread["meetings"] if one["state"] == "fixed" and one["date"]]  # fmt: skip
    if row["state"] == "postponed":
        found += [(until, page.say(N_("end of the postponement"))) for until in row["postponed_until"][-1:]]
    ahead = sorted((end, when, what) for when, what in found if (end := latest(when)) and end >= day)
    if ahead:
        return ahead[0][2], page.day(ahead[0][1])
    return (page.say(N_("due date")), page.day(row["due"])) if row["due"] and not row["final"] else ("", "")


def late_said(page: Page, row: Row, day: date) -> str:
    """By how many days the due date is over."""
    due = latest(row["due"]) if row["due"] and not row["final"] else None
    return page.count(N_("{n} day late"), "{n} days late", (day - due).days) if due and due < day else ""


def _reminder(page: Page, row: Row) -> str:
    """When somebody is reminded of the case next."""
    at = next((clock["next"]["at"] for clock in row["clocks"] if clock["next"]), None)
    if at is None or page.past or not page.may("inside"):
        return ""
    return page.say(N_("Next reminder: {day}"), day=datetime.fromisoformat(at).date())
