"""`/rapports/suivi`: the follow-up report to an assembly, paragraph by paragraph, and its tabling."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import uuid4

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from domain.errors import NotFound, Refused
from projections.phrases.catalogue import N_
from services.home import Home
from services.reading import When
from services.reports import tabling
from services.reports.as_html import within
from services.reports.asked import Asked, filters_of
from services.reports.drafts import draft_of
from services.reports.preparing import Made
from services.reports.selecting import NAME
from services.reports.shelf import shelf
from services.reports.workshop import Line, Workshop, bench, workshop
from web.entering import Insider, Writer
from web.pages.doing_forms import BACK
from web.pages.doing_typed import FORM, VERSION, Given, Typed
from web.pages.reports import tabled_row
from web.pages.reports_made import begun_with, following
from web.pages.these import NowPage
from web.pages.timeline import timeline
from web.problems import status_of
from web.rendering import HEADERS, Page, address_of, render

PATH = "/rapports/suivi"
ANY = "-"  # the key of a report that no assembly was chosen for
STANDINGS = {"approved": N_("approved"), "noted": N_("from the notes for the assembly"), "nothing": N_("nothing yet")}
FORMATS = {"docx": N_("Word"), "pdf": N_("PDF")}

router = APIRouter(prefix=PATH, include_in_schema=False)


class OutsideTheReport(NotFound):
    """This report tells nothing of {ref}: it tells of open cases, and of those that ended since the report before."""


class AssemblyToChoose(Refused):
    """Choose the assembly that is given the report."""


@router.get("")
def choose(desk: Insider, page: NowPage) -> Response:
    """The report to the assembly that was chosen, else to any."""
    return RedirectResponse(page.link(f"{PATH}/{quote(page.asked.get('pour') or ANY, safe='')}"), 303, headers=HEADERS)


@router.get("/{key}")
def show_workshop(desk: Insider, page: NowPage, key: str) -> Response:
    """Each case with what would print of it."""
    return render(page, "workshop.html", **workshop_model(page, desk.home, key))


@router.get("/{key}/dossiers/{ref}")
def show_bench(desk: Insider, page: NowPage, key: str, ref: str) -> Response:
    """One case: what would print, what came since, and the paragraph to write."""
    return render(page, "workshop_case.html", **bench_model(page, desk.home, key, ref))


@router.post("/{key}/dossiers/{ref}")
def draft(desk: Writer, page: NowPage, key: str, ref: str) -> Response:
    """The same, with a paragraph drafted from what was recorded; nothing is kept before it is approved."""
    lang = desk.home.store.present.organisation.lang
    text = draft_of(desk.home, ref, When(), lang).text
    return render(page, "workshop_case.html", **bench_model(page, desk.home, key, ref, text))


@router.get("/{key}/deposer")
def show_tabling(desk: Writer, page: NowPage, key: str) -> Response:
    """What will be fixed."""
    return render(page, "workshop_table.html", **tabling_model(page, desk.home, key))


@router.post("/{key}/deposer")
def table(desk: Writer, page: NowPage, request: Request, key: str, given: Given) -> Response:
    """Makes the report, and gives it to the assembly, once for each form."""
    actor, command = desk.entered.actor, given.id(desk.entered.person)
    filters = filters_of(gaps=bool(given.one("en-plus")))
    asked = Asked(to=_to(key), filters=filters, large=bool(given.one("grand")))
    format = given.one("format") if given.one("format") in FORMATS else "docx"
    occurred = given.one("remis").strip() or None

    def work(home: Home, out: Any, progress: Any) -> Made:
        home.settle(tabling.table(home, actor, NAME, asked, format, command, occurred, progress))
        return Made(place=f"{_place(key)}#deposes")

    one = begun_with(request, desk, work)
    if one.unmade:
        model = tabling_model(page, desk.home, key, given, one.unmade.said[page.lang])
        return render(page, "workshop_table.html", status_of(one.unmade.error), **model)
    return following(page, one)


def workshop_model(page: Page, home: Home, key: str) -> dict[str, Any]:
    """What the template of the whole report shows."""
    found = workshop(home, _to(key), page.asked.get("des"))
    to, known = _to(key), found.selection
    return _head(page, found, key) | {
        "assemblies": [(each.key, each.name) for each in known.assemblies.values()], "chosen": to or "",
        "lines": [_line(page, one, key) for one in found.lines],
        "first": page.here(des=None) if page.asked.get("des") else "",
        "next": page.here(des=found.next) if found.next else "",
        "go_on": _case_place(page, key, found.missing[0]) if found.missing and _may(page) else "",
        "table": page.link(f"{_place(key)}/deposer") if to and found.refs and _may(page) else "",
        "tabled": [tabled_row(page, one) for one in shelf(home, [known.to])] if known.to else [],
        "own": bool(to) and not found.refs,
    }  # fmt: skip


def _head(page: Page, found: Workshop, key: str) -> dict[str, Any]:
    n, to = len(found.refs), found.selection.to
    return {
        "name": to.name if to else "", "count": n, "approved": found.approved, "action": PATH,
        "told": page.count(N_("{approved} of {n} approved"), "{approved} of {n} approved", n, approved=found.approved),
        "place": page.link(_place(key)),
    }  # fmt: skip


def _line(page: Page, one: Line, key: str) -> dict[str, Any]:
    return {
        "numbers": " – ".join(one.numbers), "title": one.title, "href": _case_place(page, key, one.ref),
        "standing": one.standing, "said": page.say(STANDINGS[one.standing]), "printed": within(one.blocks),
        "later": _later(page, one.later), "hidden": one.hidden,
    }  # fmt: skip


def _later(page: Page, n: int) -> str:
    return page.count(N_("{n} fact was recorded since."), "{n} facts were recorded since.", n) if n else ""


def bench_model(page: Page, home: Home, key: str, ref: str, drafted: str | None = None) -> dict[str, Any]:
    """What the template of one case shows; `drafted`: the text that is proposed."""
    found = bench(home, _to(key), ref, page.lang)
    if found is None:
        raise OutsideTheReport(ref=ref)
    writes = _may(page)
    following = found.waiting or found.following or ""
    back = f"{_place(key)}/dossiers/{quote(following, safe=':')}" if following else _place(key)
    return {
        "line": _line(page, found.line, key), "place": page.link(_place(key)), "case": page.link(address_of(ref)),
        "text": found.text if drafted is None else drafted, "drafted": drafted is not None,
        "draft": f"{_place(key)}/dossiers/{quote(ref, safe=':')}",
        "kept": page.link(f"{_place(key)}/dossiers/{quote(ref, safe=':')}") if found.text else "",
        "since": timeline(page, found.since, home.store.present.calendar.zone)["told"], "never": not found.text,
        "before": _case_place(page, key, found.before), "after": _case_place(page, key, found.following),
        "told": page.say(N_("Case {place} of {count}; {approved} approved"), place=found.place, count=found.count,
                         approved=found.approved),
        "action": page.link(f"{address_of(ref)}/agir/approve-report") if writes else "",
        "hidden": {FORM: str(uuid4()), VERSION: str(found.version), BACK: back, "assembly": _to(key) or ""},
        "last": not found.waiting,
    }  # fmt: skip


UNWRITTEN = (
    N_("{n} case has no approved paragraph. Its notes for the assembly print, or that nothing was reported."),
    "{n} cases have no approved paragraph. Their notes for the assembly print, or that nothing was reported.",
)


def tabling_model(page: Page, home: Home, key: str, given: Typed | None = None, fault: str = "") -> dict[str, Any]:
    """What the template of the tabling shows; `given` and `fault` of one that could not be."""
    if (to := _to(key)) is None:
        raise AssemblyToChoose()
    found = workshop(home, to)
    given = given or Typed({})
    missing = len(found.missing)
    return _head(page, found, key) | {
        "missing": page.count(*UNWRITTEN, missing) if missing else "",
        "refs": [{"number": ref.partition(":")[2], "href": _case_place(page, key, ref)} for ref in found.missing],
        "formats": [(value, page.say(word)) for value, word in FORMATS.items()], "format": given.one("format") or "docx",
        "given": given.one("remis"), "large": bool(given.one("grand")), "fault": fault, "key": to,
        "gaps": bool(given.one("en-plus")),
        "id": given.one(FORM) if given.one(FORM) and not fault else str(uuid4()), "form": f"{_place(key)}/deposer",
    }  # fmt: skip


def _to(key: str) -> str | None:
    return None if key == ANY else key


def _place(key: str) -> str:
    return f"{PATH}/{quote(key, safe='')}"


def _case_place(page: Page, key: str, ref: str | None) -> str:
    return page.link(f"{_place(key)}/dossiers/{quote(ref, safe=':')}") if ref else ""


def _may(page: Page) -> bool:
    return page.may("write") and not page.past
