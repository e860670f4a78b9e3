"""How often something that comes back was done, in a sentence."""

from __future__ import annotations

from domain.case.progress import Progress
from domain.values import Count
from projections.phrases.catalogue import N_, plural, say
from projections.phrases.dates import write_date


def write_progress(progress: Progress, lang: str) -> str:
    """« fait 1 fois sur au moins 2, en 2020 »."""
    when, wanted = write_date(progress.period, lang, placed=True), _wanted(progress.wanted, lang)
    return plural("done {n} time of {wanted}, {when}", "done {n} times of {wanted}, {when}", progress.done, lang,
                  wanted=wanted, when=when)  # fmt: skip


def _wanted(count: Count, lang: str) -> str:
    """« au moins 2 », « au moins 2 et au plus 3 », « 2 »."""
    if count.max is None:
        return say(N_("at least {n}"), lang, n=count.min)
    if count.exact:
        return str(count.min)
    if count.min == 0:
        return say(N_("at most {n}"), lang, n=count.max)
    return say(N_("at least {least} and at most {most}"), lang, least=count.min, most=count.max)
