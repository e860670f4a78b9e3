"""How the system is: what `/api/v1/health` says, in sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from projections.phrases.catalogue import N_
from services.health import health
from services.home import Home
from web.rendering import Page

Part = dict[str, Any]

AREAS = {
    "recording": (N_("What is recorded"), ("database", "log", "projections")),
    "clocks": (N_("Deadlines"), ("sweep", "steps")),
    "mail": (N_("Mail"), ("deliver", "outbox")),
}
MARKS = {"ok": "", "late": N_("To see to:"), "down": N_("Stopped:")}


def health_model(page: Page, home: Home) -> dict[str, Any]:
    """What there is to say, by area."""
    seen = health(home.store.connection)
    parts, simulated = seen["components"], seen["simulated"]
    areas = [
        {"id": id, "name": page.say(name),
         "findings": [(parts[part]["status"], page.say(MARKS[parts[part]["status"]]), SENTENCES[part](page, parts[part]))
                      for part in listed if not (simulated and part in ("sweep", "deliver"))]}
        for id, (name, listed) in AREAS.items()
    ]  # fmt: skip
    present = home.store.present
    return {
        "areas": areas,
        "well": seen["status"] == "ok",
        "simulated": simulated,
        "sends": home.settings.smtp_url is not None,
        "now": page.say("{now}", now=present.now, zone=present.calendar.zone),
    }


def _database(page: Page, part: Part) -> str:
    return page.say(N_("The database answers."))


def _log(page: Page, part: Part) -> str:
    if part["status"] == "ok":
        return page.say(N_("Every act has its place in the log."))
    return page.say(N_("Some acts have waited for their place in the log for {time}."), time=lasting(page, part["seconds"]))


def _lists(page: Page, part: Part) -> str:
    if part["failed"]:
        return page.say(N_("A list could not take in what was recorded. To see why: suivi doctor"))
    if part["status"] == "ok":
        return page.say(N_("The lists show what is recorded."))
    return page.say(N_("The lists are {time} behind; they catch up by themselves."), time=lasting(page, part["seconds"]))


def _sweep(page: Page, part: Part) -> str:
    if part["seconds"] is None:
        return page.say(N_("Nobody watches the deadlines yet. To have them watched: suivi up"))
    return page.say(N_("The deadlines were last looked at {time} ago."), time=lasting(page, part["seconds"]))


def _steps(page: Page, part: Part) -> str:
    if part["failed"]:
        return page.count(
            N_("{n} deadline has a reminder that could not be recorded. To see why: suivi doctor"),
            "{n} deadlines have a reminder that could not be recorded. To see why: suivi doctor",
            part["failed"],
        )
    if part["status"] == "ok":
        return page.say(N_("No reminder is late."))
    return page.say(N_("A reminder has been due for {time} without being recorded."), time=lasting(page, part["seconds"]))


def _deliver(page: Page, part: Part) -> str:
    if part["seconds"] is None:
        return page.say(N_("Nobody sees to the outgoing mail yet. To have it go: suivi up"))
    return page.say(N_("The outgoing mail was last looked at {time} ago."), time=lasting(page, part["seconds"]))


def _outbox(page: Page, part: Part) -> str:
    if part["parked"]:
        return page.count(N_("{n} message was set aside; its reason stands in the outgoing mail."),
                          "{n} messages were set aside; their reasons stand in the outgoing mail.", part["parked"])  # fmt: skip
    if not part["waiting"]:
        return page.say(N_("No message waits to go."))
    return page.count(N_("{n} message waits to go."), "{n} messages wait to go.", part["waiting"])


SENTENCES: dict[str, Callable[[Page, Part], str]] = {
    "database": _database, "log": _log, "projections": _lists, "sweep": _sweep, "steps": _steps,
    "deliver": _deliver, "outbox": _outbox,
}  # fmt: skip


def lasting(page: Page, seconds: float) -> str:
    """« 40 secondes », « 3 minutes », « 5 heures »."""
    if seconds < 90:
        return page.count(N_("{n} second"), "{n} seconds", round(seconds))
    if seconds < 5400:
        return page.count(N_("{n} minute"), "{n} minutes", round(seconds / 60))
    return page.count(N_("{n} hour"), "{n} hours", round(seconds / 3600))
