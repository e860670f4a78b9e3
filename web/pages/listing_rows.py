"""A case as lists of every shape show it: its state, whose turn it is, how long it waits, which date comes next."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.time import latest
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row, proposed, state_of, who
from web.pages.states import part_chips, shown_state
from web.pages.waiting import USUAL, meter_model, turn_model
from web.rendering import Page, address_of

NAMED = 3  # of those awaited
LONGEST = 64  # letters of a task
NEXT = {
    "due": N_("due date"),
    "report": N_("report of {body}"),
    "task": N_("task {n}"),
    "until": N_("postponed until then"),
    "review": N_("to be reviewed"),
    "meeting": N_("meeting"),
    "announced": N_("answer announced"),
}


def row_model(page: Page, row: Row, day: date) -> dict[str, Any]:
    """One case."""
    wait = meter_model(page, row["wait"]["least"], row["wait"]["most"]) if row["wait"] else None
    late = lateness(page, row, day)
    return {
        "ref": row["ref"],
        "href": page.link(address_of(row["ref"])),
        "numbers": " – ".join(row["numbers"]),
        "title": row["title"],
        "state": shown_state(page, row),
        "said": state_of(row, page.lang),
        "chips": part_chips(page, row),
        "proposed": proposed(row, page.lang),
        "owner": who(row["owner"]),
        "turn": turn_of(page, row),
        "wait": wait,
        "next": next_of(page, row),
        "late": late,
        "flag": flag_of(row, day, wait),
        "closed": row["final"],
        "assembly": "",
    }


def turn_of(page: Page, row: Row) -> dict[str, Any] | None:
    """Whose turn it is, by name where someone is awaited; nothing of a case that is closed."""
    if row["final"]:
        return None
    names = [who(one) for one in row["awaited"] if who(one)]
    words = ", ".join(names[:NAMED])
    if len(names) > NAMED:
        words = page.count(N_("{names} and {n} other"), "{names} and {n} others", len(names) - NAMED, names=words)
    return turn_model(page, row["turn"], words)


def next_of(page: Page, row: Row) -> dict[str, Any] | None:
    """The date that comes next, and what it is."""
    if (one := row["next"]) is None:
        return None
    about = one.get("about")
    text = brief_task(one["text"]) if one.get("text") and page.may("inside") else ""
    facts = {"body": who(about) or page.say(N_("a body")), "n": about if one["kind"] == "task" else ""}
    words = text or (page.say(NEXT[one["kind"]], **facts) if one["kind"] in NEXT else "")
    return {"day": page.day(one["date"]), "words": words, "over": one["over"], "date": one["date"]}


def brief_task(text: str) -> str:
    """What is to be done, as a list shows it."""
    first = " ".join(text.split())
    return first if len(first) <= LONGEST else first[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;: ") + "…"


def lateness(page: Page, row: Row, day: date) -> str:
    """« en retard de 84 j », once the due date is over, to its last day."""
    days = days_late(row, day)
    return page.count(N_("{n} day late"), "{n} days late", days) if days else ""


def days_late(row: Row, day: date) -> int:
    """The days since the due date of an open case; 0 before."""
    end = latest(row["due"]) if row["due"] and not row["final"] else None
    return max((day - end).days, 0) if end else 0


def flag_of(row: Row, day: date, wait: dict[str, Any] | None) -> str:
    """How late it is: by its due date, or by how long someone has been awaited."""
    days = days_late(row, day)
    levels = {"tres" if days >= USUAL.very else "retard"} if days else set()
    levels |= {wait["level"]} if wait else set()
    return next((level for level in ("tres", "retard") if level in levels), "")
