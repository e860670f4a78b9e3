"""The organisation of a store: configured from what a person typed, and shown with the holidays to come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from domain.base import blank
from domain.errors import Invalid
from domain.organisation import ORGANISATION, ConfigureOrganisation, Organisation
from domain.time import SEASONS, Period, earliest, latest, read_date, read_hour, span
from projections.phrases.catalogue import N_, translator
from projections.phrases.choices import LEGISLATURES, SEASON_NAMES
from projections.phrases.typography import typeset
from services.execute import Actor, Outcome, Work, commit
from services.facts import OneValue, read_facts, to_command
from services.store import Store
from services.wording import meant

VERB = "organisation"  # the word at the doors
LISTS = ("jurisdictions", "days_off")
HOURS = ("opens", "closes")
YEAR = timedelta(days=365)
_BOXING_DAY = N_("Boxing Day")  # the one name that the library leaves in English


class RecessUnreadable(Invalid):
    """“{words}” is not a recess that can be read: a recess has a first and a last day, within a year of each other. Write for instance 2025-06-14/2025-09-15."""  # noqa: E501 - one sentence


class RecessWhose(Invalid):
    """Say whose recess it is: {facts}."""


class SeasonWhich(Invalid):
    """Say of which season it is the first day: {facts}."""


class SeasonUnreadable(Invalid):
    """“{words}” is not the first day of a season. Write a day and a month, without the year: 22 September."""


class YearUnreadable(Invalid):
    """“{words}” is not a month in which a year can begin. Write its name, or its number from 1 to 12."""


class DayOffUnreadable(Invalid):
    """“{words}” is not a day off that can be read, nor a period that begins and ends within a year. Write for instance 2026-12-24, or 2026-12-24/2027-01-02."""  # noqa: E501 - one sentence


def organisation(store: Store) -> Organisation:
    """The organisation as it stands now; what is usual, if nobody configured it."""
    store.present.look()
    return store.present.organisation


def configure(store: Store, actor: Actor, typed: Mapping[str, Any], command_id: UUID | None = None) -> Outcome:
    """Lets what was typed hold from now on: texts, or lists of texts, by the names of the facts. An empty text empties
    a list. Raises a SuiviError that says what cannot be."""

    def decide(work: Work) -> None:
        found = store.load_all(Organisation, [ORGANISATION])
        command = read_command(typed, work.act.today)
        work.add(found[0] if found else Organisation()).configure(command, work.act)

    outcome = commit(store, actor, {VERB: dict(typed)}, decide, command_id)
    store.present.look()
    return outcome


def read_command(typed: Mapping[str, Any], today: date) -> ConfigureOrganisation:
    """What was typed, as a command. A date without its year is the next such one."""
    facts = {fact: [] if fact in LISTS and blank(value) else value for fact, value in typed.items()}
    for hour in HOURS:
        if hour in facts:
            facts[hour] = _hour(hour, facts[hour])
    if "days_off" in facts:
        given = facts["days_off"]
        words = given if isinstance(given, list | tuple) else [given]
        facts["days_off"] = [day for each in words for day in _days(each, today)]
    if "recesses" in facts:
        facts["recesses"] = _recesses(facts["recesses"], today)
    if "seasons" in facts:
        facts["seasons"] = _seasons(facts["seasons"])
    if "year_begins" in facts:
        facts["year_begins"] = _month(facts["year_begins"])
    read, _ = read_facts(ConfigureOrganisation, VERB, facts, today, lambda _text, _ref: None)
    command: ConfigureOrganisation = to_command(ConfigureOrganisation, VERB, read)
    return command


def _hour(fact: str, words: Any) -> time:
    if not isinstance(words, str):
        raise OneValue(fact=fact)
    return read_hour(words)


def _days(words: Any, today: date) -> Iterator[date]:
    """The days that are meant by a date, a period, or several of these: « 24 et 31 décembre 2026 »."""
    for first, last in _periods(words, today, DayOffUnreadable):
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


def _recesses(given: Any, today: date) -> dict[str, list[Period]]:
    """Whose -> when. An empty text empties the list; nothing at all, every list."""
    if blank(given):
        return {}
    if not isinstance(given, Mapping):
        raise RecessWhose(facts=[f"recesses.{whose}=…" for whose in LEGISLATURES])
    found = {}
    for name, value in given.items():
        words = value if isinstance(value, list | tuple) else [] if blank(value) else [value]
        found[_whose(name)] = [period for each in words for period in _periods(each, today, RecessUnreadable)]
    return found


def _seasons(given: Any) -> dict[str, str]:
    """Which -> its first day, as `MM-DD`. An empty text, or nothing: those that are usual."""
    if blank(given):
        return {}
    if (
        not isinstance(given, Mapping)
        or None in (names := {name: meant(name, SEASON_NAMES) for name in given}).values()
    ):
        raise SeasonWhich(facts=[f"seasons.{season}=…" for season in SEASONS])
    return {str(names[name]): _day_of_year(words) for name, words in given.items()}


def _day_of_year(words: Any) -> str:
    found = read_date(str(words)) if re.search("[^0-9-]", str(words)) else f"XXXX-{words}"
    if not re.fullmatch(r"XXXX-[0-9]{2}-[0-9]{2}", found):
        raise SeasonUnreadable(words=words)
    return found[5:]


def _month(words: Any) -> str:
    """« avril », « 4 » -> 4."""
    if str(words).isdecimal():
        return str(words)
    found = read_date(str(words))
    if not re.fullmatch(r"XXXX-(?:0[1-9]|1[0-2])", found):
        raise YearUnreadable(words=words)
    return str(int(found[5:]))


def _whose(name: str) -> str:
    """The legislature that is meant, by its short word or its name in either language."""
    if whose := meant(name, LEGISLATURES):
        return whose
    raise RecessWhose(facts=[f"recesses.{whose}=…" for whose in LEGISLATURES])


def _periods(words: Any, today: date, unreadable: type[Invalid]) -> Iterator[Period]:
    """The periods that are meant by a date, or by several: each with its first and last day, known to the day."""
    for part in read_date(str(words), today, ahead=True).strip("{}").split(","):
        first, last = earliest(part), latest(part)
        if first is None or last is None or last - first > YEAR or re.search("[X?~%]", part):
            raise unreadable(words=words)
        yield first, last


def shape(store: Store, lang: str) -> dict[str, Any]:
    """The organisation as plain data, with the holidays of the next twelve months by name: those that fall on a
    weekday, which are the ones that count."""
    found = organisation(store)
    today = found.calendar.today(store.present.now)
    holidays = found.calendar.holidays(today, today + YEAR, lang)
    return {
        "name": found.name or None,
        "zone": found.zone,
        "jurisdictions": list(found.jurisdictions),
        "days_off": [day.isoformat() for day in found.days_off],
        "opens": f"{found.opens:%H:%M}",
        "closes": f"{found.closes:%H:%M}",
        "lang": found.lang,
        "late_after": found.late_after,
        "very_late_after": found.very_late_after,
        "seasons": dict(found.seasons.said),
        "year_begins": found.year_begins,
        "inclusive": found.inclusive,
        "spaced_signs": found.spaced_signs,
        "recesses": {whose: [span(*each) for each in held] for whose, held in found.calendar.recesses},
        "version": found.version,
        "holidays": [{"date": day.isoformat(), "name": _printed(name, lang)} for day, name in holidays],
    }


def _printed(name: str, lang: str) -> str:
    return typeset(name.replace(_BOXING_DAY, translator(lang).gettext(_BOXING_DAY)), lang)
