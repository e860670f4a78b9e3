"""What an officer sets for the whole organisation."""

from __future__ import annotations

from domain.organisation import OrganisationConfigured
from domain.time import Edtf, span, spans
from projections.phrases.catalogue import N_, plural
from projections.phrases.choices import INCLUSIVE, JURISDICTIONS, LANGUAGES, LEGISLATURES, SEASON_NAMES, SPACED
from projections.phrases.dates import write_date, write_hour
from projections.phrases.events.registry import clauses
from projections.phrases.telling import Clauses, Telling


@clauses.register
def configure(event: OrganisationConfigured, tell: Telling) -> Clauses:
    yield tell.say(N_("settings of the organisation"))
    if event.name:
        yield tell.say(N_("name: {name}"), name=event.name)
    if event.zone:
        yield tell.say(N_("time zone: {zone}"), zone=event.zone)
    if event.jurisdictions is not None:
        named = [tell.say(JURISDICTIONS[each]) for each in event.jurisdictions]
        yield tell.say(N_("holidays: {list}"), list=tell.listed(named))
    if event.days_off is not None:
        days = [write_date(each, tell.lang) for each in spans(event.days_off)]
        yield tell.say(N_("days off of its own: {days}"), days=tell.listed(days))
    for whose, held in (event.recesses or {}).items():
        periods = tell.listed([write_date(span(*each), tell.lang) for each in held])
        yield tell.say(N_("recesses ({legislature}): {periods}"), legislature=tell.say(LEGISLATURES[whose]), periods=periods)
    if event.opens:
        yield tell.say(N_("work begins at {hour}"), hour=write_hour(event.opens, tell.lang))
    if event.closes:
        yield tell.say(N_("work ends at {hour}"), hour=write_hour(event.closes, tell.lang))
    if event.late_after:
        yield plural(N_("late after {n} day"), "late after {n} days", event.late_after, tell.lang)
    if event.very_late_after:
        yield plural(N_("very late after {n} day"), "very late after {n} days", event.very_late_after, tell.lang)
    for season, day in (event.seasons or {}).items():
        yield tell.say(N_("{season} begins on {day}"), season=tell.say(SEASON_NAMES[season]), day=Edtf(f"XXXX-{day}"))
    if event.year_begins:
        yield tell.say(N_("its year begins in {month}"), month=write_date(f"XXXX-{event.year_begins:02}", tell.lang))
    if event.inclusive:
        yield tell.say(N_("inclusive writing {style}"), style=tell.say(INCLUSIVE[event.inclusive]))
    if event.spaced_signs is not None:
        yield tell.say(N_("; ! ? {spaced} before"), spaced=tell.say(SPACED[event.spaced_signs]))
    if event.lang:
        yield tell.say(N_("it usually writes {language}"), language=tell.say(LANGUAGES[event.lang]))
