"""For you today: what to do first, what waits, what comes, the latest assembly, and what happened lately."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from markupsafe import Markup
from starlette.responses import Response

from projections.case_totals import MOST
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row, brief, who
from services.home import Home
from services.reading.lately import lately
from services.reading.progress import latest_progress
from services.reading.today import SHOWN, Task, Today, for_today
from services.signing_in.sessions import by_link_alone
from web.entering import Desk, Reader
from web.figures import Age, Ages, ages, tally_mark
from web.figures.days import short
from web.pages.assemblies import assembly_summary
from web.pages.home_words import Wording, capital, counted, is_ministry, numbers_of, short_office
from web.pages.listing_filters import PATH, TABS
from web.pages.these import ThisPage
from web.pages.waiting import Thresholds, limits_of, tally_model, waiting_model
from web.rendering import Page, address_of, render

WAITS = 12  # threads of the figure
AHEAD = 6  # dates to come

router = APIRouter(include_in_schema=False)


@router.get("/")
def show_home(desk: Reader, page: ThisPage) -> Response:
    """For you today."""
    return render(page, "home.html", bare=_bare(desk), **home_model(page, desk.home))


def _bare(desk: Desk) -> bool:
    """Whether a link that serves once has just let in someone who has nothing else to enter with."""
    entered = desk.entered
    return entered.proven and entered.session is not None and by_link_alone(desk.home.store, entered.session)


def home_model(page: Page, home: Home) -> dict[str, Any]:
    """What the template shows. In the past, and to members, the assembly alone."""
    found = latest_progress(home, page.when)
    model: dict[str, Any] = {
        "day": "" if page.past else weekday(page), "assembly": found and assembly_summary(page, found),
        "empty": found is None, "tasks": [], "more": 0, "waits": "", "ahead": [], "since": "", "lately": [], "lead": "",
        "next": "", "proposed": None,
    }  # fmt: skip
    if page.past or not page.may("inside"):
        public = N_("What the assembly decided, and what became of it.")
        return model | {"lead": page.say(N_("What there was to do is told of today only.") if page.past else public)}
    now = for_today(home)
    since, told = lately(home, page.lang)
    return model | tasks_model(page, home, now) | {
        "waits": waits_figure(page, now, limits_of(home)), "ahead": [_ahead(page, each) for each in now.ahead[:AHEAD]],
        "since": page.say(N_("Since {day}"), day=short(page, since)), "lately": [_told(page, one) for one in told],
    }  # fmt: skip


DAYS = (N_("Monday {day}"), N_("Tuesday {day}"), N_("Wednesday {day}"), N_("Thursday {day}"), N_("Friday {day}"),
        N_("Saturday {day}"), N_("Sunday {day}"))  # fmt: skip


def weekday(page: Page) -> str:
    """« Mercredi 18 septembre 2024 »."""
    return page.say(DAYS[page.today.weekday()], day=page.today) if page.today else ""


def tasks_model(page: Page, home: Home, now: Today) -> dict[str, Any]:
    """The things to do, one of them first; the sentence that counts them; what an import left to establish."""
    acting = page.may("write")
    tasks = now.tasks if acting else []
    shown = tasks[:SHOWN]
    wording = Wording(page, home.store.present.calendar.zone, now.day, limits_of(home))
    models = [wording.model(task) for task in shown]
    first = next((n for n, one in enumerate(models) if one["meter"] and one["meter"]["level"] == "tres"), 0)
    proposed = _proposed(page, now.proposed) if acting else None
    return {
        "tasks": [one | {"first": n == first} for n, one in enumerate(models)],
        "more": page.count(N_("And {n} other"), "And {n} others", len(tasks) - SHOWN) if len(tasks) > SHOWN else "",
        "lead": lead(page, len(tasks) + bool(proposed), now.silent, acting),
        "next": "" if tasks or proposed or not acting else _next(page, now), "proposed": proposed,
    }  # fmt: skip


def lead(page: Page, things: int, silent: Sequence[str], acting: bool) -> str:
    """« Cinq choses à faire. Quatre ministères se taisent. »; « destinataires » where one of them is no ministry."""
    todo = counted(page, things, N_("One thing to do."), N_("{many} things to do."))
    nothing = page.say(N_("Nothing to do today.")) if acting else ""
    words = (N_("One office keeps silent."), N_("{many} offices keep silent."))
    if all(is_ministry(name) for name in silent):
        words = (N_("One ministry keeps silent."), N_("{many} ministries keep silent."))
    quiet = counted(page, len(silent), *words)
    return " ".join(filter(None, (todo or nothing, quiet)))


def _proposed(page: Page, found: Sequence[Row]) -> dict[str, Any] | None:
    """« 12 états à établir », after an import: of every assembly, and of plans."""
    if not found:
        return None
    many = N_("{many} states to establish")
    title = counted(page, sum(row["states"] for row in found), N_("One state to establish"), many)
    return {
        "title": page.say(many, many=capital(page.say(N_("over {n}"), n=MOST))) if len(found) > MOST else title,
        "href": page.link(f"{address_of(found[0]['ref'])}/agir/confirm", retour="/"),
        "list": page.link(PATH, **TABS["proposed"]),
    }


def _next(page: Page, now: Today) -> str:
    """« Prochaine date : 24 septembre, Famille. »"""
    if not now.ahead:
        return ""
    first = _ahead(page, now.ahead[0])
    return page.say(N_("Next date: {day}, {what}."), day=first["day"], what=first["words"])


def _ahead(page: Page, task: Task) -> dict[str, Any]:
    """A date to come: the day, what, and the numbers."""
    due = str((task.clock or {}).get("due", ""))
    day = task.day if task.thread or len(due) == len("2024-09-18") else None
    year = str(page.today.year) if page.today else ""
    told = short(page, day, str(day.year) != year) if day else page.day(f"XXXX{due[4:]}" if due[:5] == f"{year}-" else due)
    return {"day": told, "words": _what(page, task), "numbers": numbers_of(task.cases),
            "href": page.link(address_of(task.cases[0]["ref"]))}  # fmt: skip


def _what(page: Page, task: Task) -> str:
    """« Famille, à Québec », « Rapport : Syndicat international »."""
    if task.thread is not None:
        office = short_office(who(task.thread["office"]))
        place = next((one["place"] for one in task.thread["meetings"] if one["state"] == "fixed"), None)
        return page.say(N_("{office} ({place})"), office=office, place=place) if place else office
    clock = task.clock or {}
    if clock.get("kind") == "report":
        return page.say(N_("Report: {body}"), body=who(clock["about"]))
    return task.text or brief(task.cases[0]["title"])


def _told(page: Page, one: Row) -> dict[str, Any]:
    """A sentence of what happened, with the cases that it is of."""
    cases = [{"numbers": ref.partition(":")[2], "href": page.link(address_of(ref))} for ref in one["cases"]]
    return {"cases": cases, "text": one["text"]}


def waits_figure(page: Page, now: Today, limits: Thresholds) -> Markup | str:
    """Since when each office lets us wait, the longest first; nothing where nobody is awaited."""
    rows = sorted(now.waits, key=lambda row: (row["days_waiting"] is None, -(row["days_waiting"] or 0), row["number"]))
    shown = [_age(page, row, limits) for row in rows[:WAITS]]
    title = page.say(N_("What waits for an answer, and since how long"))
    return ages(Ages(title, shown, *limits), page) if shown else ""


def _age(page: Page, row: Row, limits: Thresholds) -> Age:
    wait, sent = waiting_model(page, row, limits), tally_model(page, row)
    assert wait is not None
    return Age(
        short_office(who(row["office"])) or page.say(N_("Letter")), "–".join(n for case in row["of"] for n in case["numbers"]),
        wait["min"], wait["max"], wait["words"], wait["level"], wait["said"], tally_mark(sent), sent["words"],
    )  # fmt: skip
