"""What every page says at its top when a clock stands still."""

from __future__ import annotations

from projections.phrases.catalogue import N_
from services.home import Home
from services.watching import Watch, watch
from web.pages.health import lasting
from web.rendering import Page


def alarms(page: Page, home: Home) -> list[str]:
    """In sentences; none when all goes well."""
    if home.store.present.simulated:
        return []  # nobody winds the clocks there
    seen = watch(home.reader)
    return [standing_still(page, seen)] if seen.still else []


def standing_still(page: Page, seen: Watch) -> str:
    """For how long nobody has wound the clocks, and what to do."""
    if seen.sweep is None:
        return page.say(N_("Nobody watches the deadlines yet: no reminder goes out. To have them watched: suivi up"))
    gap = max(seen.sweep, seen.undone or seen.sweep).total_seconds()
    said = N_("The deadlines have not been watched for {time}: no reminder goes out. To have them watched: suivi up")
    return page.say(said, time=lasting(page, gap))
