"""How the system is, in sentences: the clocks, the mail, the lists, the time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from projections.phrases.catalogue import N_
from services.home import Home
from services.rebuilding import status
from services.watching import Watch, watch
from web.pages.alarms import standing_still
from web.rendering import Page

GOOD, WARN = "good", "warn"
Finding = tuple[str, str]  # good or warn, and a sentence


def health_model(page: Page, home: Home) -> dict[str, Any]:
    """What there is to say, by area; what is wrong first."""
    seen = watch(home.reader)
    areas = {
        "clocks": (page.say(N_("Deadlines")), list(_clocks(page, seen))),
        "mail": (page.say(N_("Mail")), list(_mail(page, seen, home.settings.smtp_url is not None))),
        "lists": (page.say(N_("Lists")), list(_lists(page, home))),
    }
    listed = [{"id": id, "name": name, "findings": found} for id, (name, found) in areas.items()]
    well = all(kind == GOOD for area in listed for kind, _ in area["findings"])
    present = home.store.present
    return {"areas": listed, "well": well, "now": page.say("{now}", now=present.now, zone=present.calendar.zone),
            "simulated": seen.simulated}  # fmt: skip


def _clocks(page: Page, seen: Watch) -> Iterator[Finding]:
    if seen.still:
        yield WARN, standing_still(seen, page.lang)
    elif seen.simulated:
        yield GOOD, page.say(N_("The time of this store stands still until it is moved: suivi sweep --now INSTANT"))
    elif seen.sweep is not None:
        yield GOOD, page.say(N_("The deadlines were last looked at {ago}."), ago=ago(page, seen.sweep))
    if seen.troubles:
        yield WARN, page.count(
            N_("{n} deadline was set aside: its reminder could not be recorded. To see why: suivi doctor"),
            "{n} deadlines were set aside: their reminders could not be recorded. To see why: suivi doctor",
            seen.troubles,
        )


def _mail(page: Page, seen: Watch, sends: bool) -> Iterator[Finding]:
    if not sends:
        yield GOOD, page.say(N_("No mail server is set: messages stay in the outgoing mail, where they can be read."))
    elif seen.deliver is None:
        yield WARN, page.say(N_("No message has been handed over yet. To have them go: suivi up"))
    else:
        yield GOOD, page.say(N_("The outgoing mail was last looked at {ago}."), ago=ago(page, seen.deliver))
    if seen.parked:
        yield WARN, page.count(N_("{n} message was set aside; its reason stands in the outgoing mail."),
                               "{n} messages were set aside; their reasons stand in the outgoing mail.", seen.parked)  # fmt: skip


def _lists(page: Page, home: Home) -> Iterator[Finding]:
    behind = max((row["lag"] for row in status(home)), default=0)
    if behind:
        yield WARN, page.count(N_("The lists are {n} event behind; they catch up by themselves."),
                               "The lists are {n} events behind; they catch up by themselves.", behind)  # fmt: skip
    else:
        yield GOOD, page.say(N_("The lists show everything that is recorded."))


def ago(page: Page, gap: timedelta) -> str:
    """« il y a 40 secondes », « il y a 3 minutes »."""
    seconds = max(int(gap.total_seconds()), 0)
    if seconds < 90:
        return page.count(N_("{n} second ago"), "{n} seconds ago", seconds)
    return page.count(N_("{n} minute ago"), "{n} minutes ago", seconds // 60)
