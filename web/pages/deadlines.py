"""The deadlines of a case in sentences: what runs, which reminder comes next and whom it reaches, what rings no more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from projections.phrases.catalogue import N_
from projections.phrases.clocks import deadline_name
from projections.phrases.rows import Row
from web.rendering import Page

TOLD = {
    "owner": N_("to whoever follows it"),
    "body": N_("to whoever answers for the body"),
    "secretary": N_("to the secretary"),
}
STATES = {
    "acknowledged": N_("Acknowledged: nobody will be reminded of it any more."),
    "lapsed": N_("It had passed before it was recorded: nobody will be reminded of it."),
    "spent": N_("Every reminder has gone out; no other will follow."),
}


def deadlines_model(page: Page, row: Row, zone: str) -> list[dict[str, Any]]:
    """Each deadline with its date, how it stands, and the reminder to come."""
    return [
        {"name": deadline_name(clock, page.lang), "due": page.day(clock["due"]), "state": clock["state"],
         "said": _said(page, clock, zone)}
        for clock in row["clocks"]
    ]  # fmt: skip


def _said(page: Page, clock: Row, zone: str) -> list[str]:
    said = [page.say(STATES[clock["state"]])] if clock["state"] in STATES else []
    if clock["last"]:
        last = datetime.fromisoformat(clock["last"])
        said.insert(0, page.say(N_("Last reminder: {instant}."), zone=zone, instant=last))
    return said + ([next_sentence(page, clock["next"], zone)] if clock["next"] else [])


def next_sentence(page: Page, ring: Row, zone: str) -> str:
    """« Prochain rappel : le 12 mai 2024 à 8 h 00, à la présidence. »"""
    whom = [page.say(TOLD[each]) for each in ring["tell"] if each in TOLD]
    instant = datetime.fromisoformat(ring["at"])
    if not whom:
        return page.say(N_("Next reminder: on {instant}."), zone=zone, instant=instant)
    return page.say(N_("Next reminder: on {instant}, {whom}."), zone=zone, instant=instant, whom=whom)
