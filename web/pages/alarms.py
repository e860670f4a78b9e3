"""What every page says at its top when a clock stands still."""

from __future__ import annotations

from projections.phrases.catalogue import N_, plural, say
from services.home import Home
from services.settings import Lang
from services.watching import Watch, watch


def alarms(home: Home, lang: Lang) -> list[str]:
    """In sentences; none when all goes well."""
    seen = watch(home.reader)
    return [standing_still(seen, lang)] if seen.still else []


def standing_still(seen: Watch, lang: Lang) -> str:
    """For how long nobody has wound the clocks, and what to do."""
    if seen.sweep is None:
        return say(N_("Nobody watches the deadlines yet: no reminder goes out. To have them watched: suivi up"), lang)
    gap = max(seen.sweep, seen.undone or seen.sweep)
    minutes = int(gap.total_seconds() // 60)
    return plural(
        N_("The deadlines have not been watched for {n} minute: no reminder goes out. To have them watched: suivi up"),
        "The deadlines have not been watched for {n} minutes: no reminder goes out. To have them watched: suivi up",
        minutes, lang,
    )  # fmt: skip
