"""The threads of a case beside its timeline: with which office, what came of each, what was sent, how long it has waited,
and where one sends us on to another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.time import Edtf, latest
from projections.phrases.catalogue import N_
from projections.phrases.offices import short_title
from projections.phrases.rows import Row, who
from projections.phrases.threads import kind_of, reason_of
from web.pages.waiting import Thresholds, outcome_model, tally_model, waiting_model
from web.rendering import Page, address_of

DO = {
    "remind": N_("Draft a reminder"),
    "answer": N_("Record an answer"),
    "note": N_("Record what follows"),
    "resume": N_("Resume the count"),
    "hold-meeting": N_("Record the meeting"),
}


def threads_model(page: Page, rows: Sequence[Row], limits: Thresholds, day: date) -> list[dict[str, Any]]:
    """Each thread; one that sends us on stands right before the one where it goes on."""
    days = {row["ref"]: _sent_here(rows, row, day) for row in rows}
    models = [thread_model(page, row, limits, days[row["ref"]]) for row in chained(rows)]
    for model, following in zip(models, [*models, None][1:], strict=True):
        model["onward"] = following is not None and model["goes_on"] == following["ref"]
    return models


def chained(rows: Sequence[Row]) -> list[Row]:
    """The threads in the order of their numbers, each followed by the one that it was redirected to."""
    by_ref, placed = {row["ref"]: row for row in rows}, dict[str, Row]()
    pointed = {row["goes_on_as"] for row in rows if row["goes_on_as"] in by_ref}
    for row in [*(row for row in rows if row["ref"] not in pointed), *rows]:
        one: Row | None = row
        while one and one["ref"] not in placed:
            placed[one["ref"]] = one
            one = by_ref.get(one["goes_on_as"] or "")
    return list(placed.values())


def _sent_here(rows: Sequence[Row], row: Row, day: date) -> int | None:
    """Days since another thread sent us here, where nobody knows since when this one waits."""
    origin = next((one for one in rows if one["goes_on_as"] == row["ref"]), None)
    ended = latest(origin["ended"]) if origin and origin["ended"] else None
    if ended is None or row["whose_turn"] != "them" or row["days_waiting"] is not None:
        return None
    return max((day - ended).days, 0)


def thread_model(page: Page, row: Row, limits: Thresholds, since_sent_here: int | None = None) -> dict[str, Any]:
    """One thread, as a row beside others."""
    wait = waiting_model(page, row, limits)
    if wait and since_sent_here is not None:
        wait["words"] = page.count(N_("date not told; {n} d since we were sent here"),
                                   "date not told; {n} d since we were sent here", since_sent_here)  # fmt: skip
    return {
        "ref": row["ref"],
        "href": page.link(address_of(row["ref"])),
        "office": office_name(page, row),
        "office_href": page.link(address_of(row["office"]["ref"])) if row["office"] else "",
        "full": who(row["office"]) or kind_of(row, page.lang),
        "holder": holder_said(page, row),
        "outcome": outcome_model(page, row),
        "tally": tally_model(page, row),
        "facts": facts_said(page, row),
        "wait": wait,
        "goes_on": row["goes_on_as"],
        "actions": [] if page.past or not page.may("write") else _actions(page, row),
    }


def office_name(page: Page, row: Row) -> str:
    """The office in short; what was sent to nobody in particular, by its kind."""
    if row["office"]:
        return short_title(who(row["office"]))
    kind = kind_of(row, page.lang)
    return kind[:1].upper() + kind[1:]


def holder_said(page: Page, row: Row) -> str:
    """Who held the office when it was last in touch; told apart where they have left it."""
    if not row["holder"]:
        return page.say(N_("holder not told")) if row["office"] else ""
    if row["holder"]["former"]:
        return page.say(N_("written to {name}, who held it then"), name=row["holder"]["name"])
    return str(row["holder"]["name"])


def facts_said(page: Page, row: Row) -> list[str]:
    """The meetings that were held or are ahead, and why it ended."""
    said = [words for one in row["meetings"] if (words := meeting_said(page, one))]
    reason = reason_of(row, page.lang)
    if reason and row["final"]:
        said.append(page.say(N_("“{words}”"), words=reason))
    return said


def meeting_said(page: Page, one: Row) -> str:
    """« cabinet rencontré le 4 juillet 2024, à Montréal »; nothing for one that was moved or cancelled."""
    templates = {
        ("held", "staff"): (N_("staff met {day.placed}"), N_("staff met, date not told")),
        ("held", "holder"): (N_("{who} met {day.placed}"), N_("{who} met, date not told")),
        ("fixed", None): (N_("meeting {day.placed}"), N_("meeting fixed, date not told")),
        ("hoped", None): (N_("meeting hoped for {day.placed}"), N_("meeting hoped for")),
    }
    found = templates.get((one["state"], one["met"] if one["state"] == "held" else None))
    if found is None:
        return ""
    name = one["holder"]["name"] if one["holder"] else page.say(N_("the holder"))
    day = {"day": Edtf(one["date"])} if one["date"] else {}
    said = page.say(found[0 if day else 1], who=name, **day)
    return page.say(N_("{meeting}, in {place}"), meeting=said, place=one["place"]) if one["place"] else said


def _actions(page: Page, row: Row) -> list[dict[str, str]]:
    """At most two things to do about it now, the likeliest first."""
    verbs = []
    if row["paused"]:
        verbs = ["resume"]
    elif any(one["state"] == "fixed" for one in row["meetings"]):
        verbs = ["hold-meeting"]
    elif row["whose_turn"] == "them":
        verbs = ["remind", "answer"]
    elif row["whose_turn"] == "us":
        verbs = ["note"]
    where = address_of(row["ref"])
    return [{"name": page.say(DO[verb]), "href": page.link(f"{where}/agir/{verb}")} for verb in verbs]
