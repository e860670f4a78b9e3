"""`/rapports`: what can be printed, for whom, with what each is asked for; and what was tabled, to be had again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections.phrases.catalogue import N_
from services.home import Home
from services.reading.choosing import Offered, assemblies_offered, plans_offered
from services.reports import registry
from services.reports.asked import Asked, filters_of
from services.reports.preparing import Unmade
from services.reports.registry import REPORTS, ReportForTheOffice, report_of
from services.reports.shelf import OnShelf, shelf
from web.entering import Desk, Reader
from web.pages.doing_typed import Given, Typed
from web.pages.reports_made import begun, following
from web.pages.these import NowPage
from web.problems import status_of
from web.rendering import Page, address_of, render

PATH = "/rapports"
SHELF = 40  # tabled reports that are listed
router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Sheet:
    """How a report is offered: its name, for whom it is, and what `about` chooses among: assemblies, plans, a year, or
    nothing; `all`: what it is of where nothing is chosen. `flag`: the filter that a box adds, and `option` what it says."""

    name: str
    whom: str
    about: str = ""
    label: str = ""
    all: str = ""
    flag: str = ""
    option: str = ""


SHEETS = {
    "follow-up": Sheet(
        N_("Follow-up of the resolutions"),
        N_("For the people who voted the resolutions: what became of each, in sentences, as officers approved them."),
        "assembly", N_("Assembly to which it is given"), N_("any"),
        flag="gaps", option=N_("with the numbers of which it says nothing"),
    ),
    "register": Sheet(
        N_("Register of the resolutions"),
        N_("For the archives: every number, its title, who submitted it, what was decided and what was answered."),
        "assembly", N_("Assembly"), N_("all of them"),
    ),
    "assembly": Sheet(
        N_("Board of an assembly"),
        N_("For a meeting of the executive: how many resolutions stand where, and each of them in a line."),
        "assembly", N_("Assembly"), N_("the latest"),
    ),
    "unanswered": Sheet(
        N_("What awaits an answer"),
        N_("For whoever writes to offices: since when each is silent, and how often it was reminded."),
    ),
    "annual": Sheet(
        N_("Annual report"),
        N_("For the members: letters, activities, publications, alliances and figures of a year."),
        "year", N_("Year in which it begins"),
    ),
}  # fmt: skip
"""The reports in the order of the page; those that are not named here come after, by what they say of themselves."""

FORMATS = {"docx": N_("Word"), "pdf": N_("PDF"), "xlsx": N_("Excel"), "html": N_("page for a browser")}


@router.get(PATH)
def show_reports(desk: Reader, page: NowPage) -> Response:
    """What can be printed, and what was tabled."""
    return render(page, "reports.html", **reports_model(page, desk.home))


@router.post(PATH + "/{name}/preparer")
def prepare(desk: Reader, page: NowPage, request: Request, name: str, given: Given) -> Response:
    """Makes a report; it is had at once, or at a page that tells how far it is."""
    report_of(name)
    if REPORTS[name].office and not desk.home.viewer().works_here:
        raise ReportForTheOffice()
    asked, format = asked_of(name, given), format_of(name, given)
    one = begun(request, desk, lambda home, out, progress: registry.write(home, name, asked, format, out, progress)[1])
    if one.unmade:
        return _refused(desk, page, name, given, one.unmade)
    return following(page, one, shown="ecran" in given.fields)


def _refused(desk: Desk, page: Page, name: str, given: Typed, why: Unmade) -> Response:
    model = reports_model(page, desk.home, {name: given}, {name: why.said[page.lang]})
    return render(page, "reports.html", status_of(why.error), **model)


def asked_of(name: str, given: Typed) -> Asked:
    """What the form of a report asks for."""
    flag = {sheet_of(name).flag} if given.one("en-plus") else set()
    filters = filters_of("standing" in flag, "gaps" in flag, given.one("annee"))
    return Asked(
        as_of=given.one("au").strip() or None, to=given.one("pour") or None, filters=filters, large=bool(given.one("grand"))
    )


def format_of(name: str, given: Typed) -> str:
    """The format that was chosen; a page, to be looked at on the screen."""
    return "html" if "ecran" in given.fields else given.one("format") or "docx"


def reports_model(
    page: Page, home: Home, typed: Mapping[str, Typed] | None = None, faults: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What the template shows; `typed` and `faults` of a report that could not be made."""
    works_here = home.viewer().works_here
    names = [*(name for name in SHEETS if name in REPORTS), *(name for name in REPORTS if name not in SHEETS)]
    offered = {"assembly": assemblies_offered(home), "plan": plans_offered(home)}
    kept = [name for name in names if works_here or not REPORTS[name].office]
    return {
        "reports": [_report(page, name, offered, (typed or {}).get(name, Typed({})), (faults or {}).get(name, ""))
                    for name in kept if sheet_of(name).about != "plan" or offered["plan"] or name in (faults or {})],
        "tabled": [tabled_row(page, one) for one in shelf(home)[:SHELF]],
        "workshop": page.link(f"{PATH}/suivi") if works_here else "",
    }  # fmt: skip


def sheet_of(name: str) -> Sheet:
    """How a report is offered; one that this page does not know is of a plan."""
    said = REPORTS[name].said
    with_states = N_("as a work plan, with the state of each item")
    return SHEETS.get(name) or Sheet(said, "", "plan", N_("Plan"), flag="standing", option=with_states)


def _report(
    page: Page, name: str, offered: Mapping[str, Sequence[Offered]], given: Typed, fault: str
) -> dict[str, Any]:
    sheet = sheet_of(name)
    title = page.say(sheet.name)
    return {
        "id": name, "name": title[:1].upper() + title[1:], "whom": page.say(sheet.whom) if sheet.whom else "",
        "about": sheet.about, "label": page.say(sheet.label) if sheet.label else "",
        "all": page.say(sheet.all) if sheet.all else "",
        "offered": [(one.value, one.words) for one in offered.get(sheet.about, ())],
        "formats": [(value, page.say(word)) for value, word in FORMATS.items()],
        "chosen": given.one("pour"), "format": given.one("format"), "as_of": given.one("au"), "year": given.one("annee"),
        "large": bool(given.one("grand")), "option": page.say(sheet.option) if sheet.option else "",
        "more": bool(given.one("en-plus")), "fault": fault, "action": f"{PATH}/{name}/preparer",
    }  # fmt: skip


def tabled_row(page: Page, one: OnShelf) -> dict[str, str]:
    """A report that was tabled, with its proof."""
    event = one.event
    given = event.occurred or one.day.isoformat()
    return {
        "name": event.name, "assembly": one.assembly, "place": page.link(address_of(f"assembly:{one.key}")),
        "day": page.day(given), "by": one.by, "proof": event.file,
        "cases": page.count(N_("{n} case"), "{n} cases", len(event.cases)) if event.cases else "",
        "href": f"/api/v1/assemblies/{one.key}/reports/{one.version}",
    }  # fmt: skip
