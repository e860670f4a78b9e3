"""What holds for the whole organisation: its name, its days and hours, its language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from domain.agreement import agreed
from domain.errors import SuiviError
from domain.time import SEASONS, Edtf, earliest, latest, spans
from projections.phrases.catalogue import N_
from projections.phrases.choices import INCLUSIVE, JURISDICTIONS, LANGUAGES, LEGISLATURES, SEASON_NAMES, SPACED
from services import access
from services.organisation import configure, shape
from web.entering import Desk, Keeper
from web.pages.administration import PATH as ADMINISTRATION
from web.pages.doing_controls import Control
from web.pages.doing_options import Option
from web.pages.doing_typed import Given
from web.pages.these import NowPage
from web.problems import status_of
from web.rendering import Page, render

PATH = f"{ADMINISTRATION}/organisation"
SINGLE = ("name", "zone", "opens", "closes", "lang", "late_after", "very_late_after", "year_begins",
          "inclusive", "spaced_signs")  # fmt: skip
SEASON_DAYS = tuple(f"seasons.{season}" for season in SEASONS)
SEVERAL = ("days_off", *(f"recesses.{whose}" for whose in LEGISLATURES))
EXAMPLE = N_("“The {first} met the {second}{sign}; did they agree{sign}?”")
SEASON = N_("“{day}” goes from {first} to {last}.")
YEAR = N_("The year goes from {first} to {last}.")
SENT = (*SINGLE, *SEVERAL, *SEASON_DAYS, "jurisdictions")

router = APIRouter(include_in_schema=False)


@router.get(PATH)
def show_settings(desk: Keeper, page: NowPage) -> Response:
    """What holds now, to be changed."""
    return _shown(desk, page, held(desk, page.lang))


@router.post(PATH)
def change_settings(desk: Keeper, page: NowPage, sent: Given) -> Response:
    """Lets what was typed hold from now on."""
    given = {name: list(values) for name, values in sent.fields.items() if name in SENT}
    try:
        outcome = configure(desk.home.store, desk.entered.actor, facts_of(given), uuid4())
        access.record(desk.home.store, "settings-changed", desk.entered.person)
        desk.home.settle(outcome)
    except SuiviError as error:
        return _shown(desk, page, held(desk, page.lang) | given, error)
    return RedirectResponse(page.link(PATH, dit="1"), 303)


def held(desk: Desk, lang: str) -> dict[str, list[str]]:
    """What the form holds before anyone types: a line for each period."""
    shown = shape(desk.home.store, lang)
    recesses = {f"recesses.{whose}": shown["recesses"].get(whose, []) for whose in LEGISLATURES}
    days_off = spans(map(date.fromisoformat, shown["days_off"]))
    single = {name: [str(shown[name] or "")] for name in SINGLE} | {
        "spaced_signs": ["yes" if shown["spaced_signs"] else "no"]
    }
    seasons = {f"seasons.{season}": [day] for season, day in shown["seasons"].items()}
    return {**single, **seasons, "jurisdictions": shown["jurisdictions"], "days_off": days_off, **recesses}


def facts_of(given: Mapping[str, list[str]]) -> dict[str, Any]:
    """What was typed, as `configure` takes it; an empty line is none, a name left empty stays."""
    facts: dict[str, Any] = {name: given[name][0].strip() for name in SINGLE if given.get(name, [""])[0].strip()}
    facts["jurisdictions"] = given.get("jurisdictions", [])
    facts["days_off"] = _lines(given.get("days_off", []))
    facts["recesses"] = {whose: _lines(given.get(f"recesses.{whose}", [])) for whose in LEGISLATURES}
    seasons = {
        season: given[name][0].strip() for season, name in zip(SEASONS, SEASON_DAYS, strict=True) if name in given
    }
    return facts | (
        {"seasons": {season: day for season, day in seasons.items() if day}} if any(seasons.values()) else {}
    )


def _lines(texts: list[str]) -> list[str]:
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]


def _shown(desk: Desk, page: Page, values: Mapping[str, list[str]], error: SuiviError | None = None) -> Response:
    holidays = [(page.day(each["date"]), each["name"]) for each in shape(desk.home.store, page.lang)["holidays"]]
    return render(
        page, "settings.html", status_of(error) if error else 200, fields=_fields(page, values), holidays=holidays,
        examples=_examples(desk, page),
        fault=page.say(error) if error else "", done=page.say(N_("It holds from now on.")) if page.asked.get("dit") else "",
    )  # fmt: skip


def _examples(desk: Desk, page: Page) -> list[str]:
    """What the settings that hold make of a sentence, of a season and of a year."""
    organisation = desk.home.store.present.organisation
    style, sign = organisation.inclusive, "\u202f" if organisation.spaced_signs else ""
    names = agreed("délégué", "déléguée", style, many=True), agreed("travailleur", "travailleuse", style, many=True)
    year = page.today.year if page.today else 2024
    spring = f"{year}-21"
    months = organisation.year_begins
    first = date(year, months, 1)
    last = date(year + 1, months, 1) - timedelta(days=1)
    return [
        page.say(EXAMPLE, first=names[0], second=names[1], sign=sign),
        page.say(SEASON, day=Edtf(spring), first=earliest(spring), last=latest(spring)),
        page.say(YEAR, first=first, last=last),
    ]


def _fields(page: Page, values: Mapping[str, list[str]]) -> list[Control]:
    say = page.say

    def line(name: str, label: str, help: str = "") -> Control:
        return Control(name, "line", label, help, values=values[name])

    def lines(name: str, label: str) -> Control:
        help = say(N_("A date or a period a line: 2026-12-24, or 2026-12-24/2027-01-02."))
        return Control(name, "area", label, help, values=["\n".join(_lines(list(values[name])))])

    jurisdictions = [Option(key, say(label)) for key, label in JURISDICTIONS.items()]
    languages = [Option(key, say(label)) for key, label in LANGUAGES.items()]
    styles = [Option(key, say(label)) for key, label in INCLUSIVE.items()]
    spaced = [Option("yes" if key else "no", say(label)) for key, label in SPACED.items()]
    return [
        line("name", say(N_("Name of the organisation"))),
        Control("lang", "radio", say(N_("Language in which it writes")), required=True, options=languages, values=values["lang"]),
        line("zone", say(N_("Time zone")), say(N_("As America/Toronto."))),
        line("opens", say(N_("The day begins at")), say(N_("Reminders go out from then on."))),
        line("closes", say(N_("The day ends at"))),
        Control("jurisdictions", "checks", say(N_("Holidays")), options=jurisdictions, values=values["jurisdictions"]),
        lines("days_off", say(N_("Own days off"))),
        line("late_after", say(N_("An office is late to answer after so many days"))),
        line("very_late_after", say(N_("It is very late after so many days"))),
        *(line(f"seasons.{season}", say(N_("First day of {season}"), season=say(label)), say(N_("A month and a day: 03-20.")))
          for season, label in SEASON_NAMES.items()),
        line("year_begins", say(N_("Month in which its year begins")), say(N_("From 1, January, to 12, December."))),
        Control("inclusive", "radio", say(N_("Words for women and men in what Suivi writes")), required=True, options=styles,
                values=values["inclusive"]),
        Control("spaced_signs", "radio", say(N_("Before ; ! and ? in what Suivi writes")), required=True, options=spaced,
                values=values["spaced_signs"]),
        *(lines(f"recesses.{whose}", say(N_("Recesses: {legislature}"), legislature=say(label)))
          for whose, label in LEGISLATURES.items()),
    ]  # fmt: skip
