"""One case, as its page shows it: where it stands, what is due, what can be done, what happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from domain.time import Edtf
from projections.phrases.catalogue import N_
from projections.phrases.clocks import wait_said
from projections.phrases.rows import CONFIDENCE, LINK, VISIBILITY, Row, label_of, state_word_of, what_to_type, who
from services.home import Home
from services.reading import assembly_names, case, history
from services.reading.clocks import next_reminders
from web.pages.deadlines import deadlines_model, next_reminder
from web.pages.listing import PATH, lateness, reading_day
from web.pages.moves import moves_model
from web.pages.states import shown_state
from web.pages.threads import threads_model
from web.pages.timeline import timeline
from web.rendering import Page


def case_model(page: Page, home: Home, ref: str) -> dict[str, Any]:
    """What the template of a case shows."""
    row = case(home, ref, page.when)
    zone = home.store.present.calendar.zone
    now = page.when.now
    return {
        "row": row,
        "numbers": " – ".join(row["numbers"]),
        "assembly": assembly_names(home, page.when).get(row["assembly"]) or row["assembly"],
        "titles": [(number, row["titles"][number]) for number in row["numbers"]] if len(row["numbers"]) > 1 else [],
        "list": page.link(PATH, assembly=row["assembly"]),
        "state": shown_state(page, row, row["kind"], _below(page, row)),
        "owner": who(row["owner"]),
        "due": page.day(row["due"]) if row["due"] else "",
        "late": lateness(page, row, reading_day(page, home)),
        "next": _next(page, home, row) if now and not row["final"] else "",
        "facts": list(facts(page, row)),
        "parts": parts(page, row),
        "proposals": proposals(page, row) if now else [],
        "texts": (row["text"] or "").split("\n\n") if row["text"] else [],
        "tasks": [_task(page, task) for task in row["tasks"]],
        "deadlines": deadlines_model(page, row, zone) if now else [],
        "threads": threads_model(page, home, row["ref"]),
        "moves": moves_model(page, row) if now else None,
        "entries": timeline(page, history(home, ref, page.when, page.lang), zone),
    }


def _next(page: Page, home: Home, row: Row) -> str:
    """The reminder that comes first, of the case or of one of its threads."""
    zone = home.store.present.calendar.zone
    own = next((clock["next"]["at"] for clock in row["clocks"] if clock["next"]), None)
    first = next_reminders(home, [row["ref"]]).get(row["ref"])
    if first and (own is None or first < datetime.fromisoformat(own)):
        return page.say(N_("Next reminder: on {instant}, for a thread with an office."), zone=zone, instant=first)
    return next_reminder(page, row, zone) or page.say(N_("no reminder to come"))


def _below(page: Page, row: Row) -> str:
    """What stands below the state: until when it is postponed, whom it waits for, whom it was referred to."""
    if row["state"] == "postponed" and row["postponed_until"]:
        return page.say(N_("until: {day}"), day=Edtf(row["postponed_until"][-1]))
    if row["state"] == "blocked" and row["blocked_on"]:
        return page.say(N_("by: {who}"), who=who(row["blocked_on"][-1]["on"]))
    if row["state"] == "referred" and row["referrals"]:
        return page.say(N_("to: {who}"), who=who(row["referrals"][-1]["body"]))
    return ""


def facts(page: Page, row: Row) -> Iterator[tuple[str, list[str]]]:
    """What else there is to say of it: label, and lines."""
    say = page.say
    told: list[tuple[str, list[str]]] = [
        (say(N_("Referred to")), [_referral(page, each) for each in row["referrals"]]),
        (say(N_("Blocked by")), [_awaited(page, each) for each in row["blocked_on"]] if _stands(row, "blocked") else []),
        (say(N_("Waiting for")), [_awaited(page, each) for each in row["waiting_on"]]),
        (say(N_("Remains to be done")), list(row["residuals"])),
        (say(N_("Links")), [_link(page, each) for each in row["links"]]),
        (say(N_("Submitted by")), [who(row["submitted_by"])]),
        (say(N_("Adopted on")), [page.day(row["adopted_on"])] if row["adopted_on"] else []),
        (say(N_("May be read by")), [say(VISIBILITY[row["visibility"]])] if row["visibility"] in VISIBILITY else []),
    ]
    for label, lines in told:
        if kept := [line for line in lines if line]:
            yield label, kept


def _stands(row: Row, state: str) -> bool:
    return any(part["state"] == state for part in row["parts"])


def _referral(page: Page, referral: Row) -> str:
    body = who(referral["body"])
    return page.say(N_("{body}, report due: {day}"), body=body, day=Edtf(referral["due"])) if referral["due"] else body


def _awaited(page: Page, one: Row) -> str:
    since = page.say(N_("waiting began {day.placed}"), day=Edtf(one["since"])) if one["since"] else ""
    return " · ".join(filter(None, (who(one["on"]), one.get("reason"), one["condition"], since)))


def _link(page: Page, link: Row) -> str:
    kind = LINK.get(link["kind"])
    return f"{page.say(kind) if kind else link['kind']} {who(link['to'])}"


def _task(page: Page, task: Row) -> dict[str, Any]:
    return {
        "number": task["task"], "text": task["text"], "owner": who(task["owner"]), "done": task["done"],
        "due": wait_said(task, page.lang) if task["waits"] else page.day(task["due"]) if task["due"] else "",
    }  # fmt: skip


def parts(page: Page, row: Row) -> list[dict[str, Any]]:
    """Each part with its state, if there are several."""
    if len(row["parts"]) < 2:
        return []
    return [
        {"label": part["label"], "title": row["titles"].get(part["label"], ""), "state": shown_state(page, part, row["kind"])}
        for part in row["parts"]
    ]


def proposals(page: Page, row: Row) -> list[dict[str, Any]]:
    """The states that an import read, on which lines, and how to establish them or say otherwise."""
    return [
        {
            "part": one["part"],
            "state": state_word_of(one, page.lang, row["kind"]),
            "confidence": page.say(CONFIDENCE[one["confidence"]]),
            "evidence": [_cited(page, each) for each in one["evidence"]],
            "others": [label_of(state, page.lang, row["kind"]) for state in one["alternatives"]],
            "command": what_to_type(row, {"verb": "confirm"}, page.lang),
        }
        for one in row["proposals"]
    ]


def _cited(page: Page, evidence: Row) -> str:
    words, first, last = " ".join(evidence["text"].split()), str(evidence["first_line"]), str(evidence["last_line"])
    if first == last:
        return page.say(N_("line {first}: “{words}”"), first=first, words=words)
    return page.say(N_("lines {first} to {last}: “{words}”"), first=first, last=last, words=words)
