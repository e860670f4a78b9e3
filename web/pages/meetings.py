"""The meetings of a body on its page: to come, held, called off, and what can be done about each."""

from __future__ import annotations

from typing import Any

from domain.time import Edtf
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row
from web.rendering import Page, address_of

SHOWN = 12  # the last ones
VERBS = (
    ("hold-meeting", N_("Record that it was held")),
    ("move-meeting", N_("Move it")),
    ("cancel-meeting", N_("Call it off")),
)
STATES = {"announced": N_("announced"), "held": N_("held"), "cancelled": N_("called off"), "moved": N_("moved")}


def meetings_model(page: Page, body: Row, acts: bool) -> dict[str, Any]:
    """The meetings, the last first; `announce`: where one more is announced."""
    place = address_of(body["ref"])
    rows = sorted(body["meetings"], key=lambda one: (one["date"], one["number"]), reverse=True)[:SHOWN]
    return {
        "rows": [_meeting(page, one, place if acts else "") for one in rows],
        "announce": page.link(f"{place}/agir/announce-meeting") if acts else "",
    }  # fmt: skip


def _meeting(page: Page, one: Row, place: str) -> dict[str, Any]:
    """One meeting: its date, where, how it stands, the dates that it had."""
    state = STATES[one["state"]]
    doubt = one["state"] == "announced" and not one["confirmed"]
    said = [page.say(N_("announced, to be confirmed") if doubt else state), one["place"] or "", one["reason"] or ""]
    before = [page.say(N_("before: {day}"), day=Edtf(each["date"])) for each in one["before"]]
    return {
        "day": page.day(one["date"]), "said": [words for words in [*said, *before] if words], "off": one["state"] == "cancelled",
        "acts": _acts(page, one, place) if place and one["state"] == "announced" else [],
    }  # fmt: skip


def _acts(page: Page, one: Row, place: str) -> list[dict[str, str]]:
    asked = {"meeting": one["date"]}
    return [{"words": page.say(words), "href": page.link(f"{place}/agir/{verb}", **asked)} for verb, words in VERBS]
