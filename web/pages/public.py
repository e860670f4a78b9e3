"""What an assembly shows to everyone, without an account, once an administrator has opened its page; and its feed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.responses import Response

from projections.phrases.catalogue import N_
from services.home import Home
from services.publishing import as_everyone
from services.reading import When
from services.reading.announced import announced
from services.reading.progress import Number, Progress, progress
from web.entering import PUBLIC
from web.pages.assemblies import FATES, assembly_summary
from web.pages.states import shown_state
from web.rendering import Page, asked_language, render

PATH = "/public"
ENTRIES = 50  # of the feed
ATOM = "http://www.w3.org/2005/Atom"
KEPT = {"Cache-Control": "public, max-age=300", "Vary": "Accept-Language"}

router = APIRouter(include_in_schema=False)


@router.get(PATH + "/{key}", dependencies=[PUBLIC])
async def show_public(request: Request, key: str) -> Response:
    """The progress of an assembly. Raises `NotPublic`."""
    page = Page(asked_language(request), request.url.path, dict(request.query_params))
    async with request.app.state.desks.lend() as home:
        model = await run_sync(public_model, page, home, key)
    answer = render(page, "public.html", **model)
    answer.headers.update(KEPT)
    return answer


@router.get(PATH + "/{key}/atom.xml", dependencies=[PUBLIC])
async def show_feed(request: Request, key: str) -> Response:
    """What was recorded of it lately, as an Atom feed (RFC 4287)."""
    page = Page(asked_language(request), request.url.path, dict(request.query_params))
    async with request.app.state.desks.lend() as home:
        content = await run_sync(feed, page, home, key)
    return Response(content, headers=KEPT | {"Content-Type": "application/atom+xml; charset=utf-8"})


def public_model(page: Page, home: Home, key: str) -> dict[str, Any]:
    """Its numbers with their states, of the cases that are open to everyone."""
    found = progress(as_everyone(home, key), key, When(), page.asked.get("after"))
    return assembly_summary(page, found) | {
        "rows": _rows(page, found), "feed": f"{PATH}/{key}/atom.xml", "organisation": home.store.present.organisation.name,
        "following": page.here(after=found.next) if found.next else None,
    }  # fmt: skip


def _rows(page: Page, found: Progress) -> list[dict[str, Any]]:
    """Each case once, at its first number, and the numbers without one."""
    firsts = {case["numbers"][0] for case in found.cases}
    return [_row(page, each) for each in found.numbers if each.case is None or each.number in firsts]


def _row(page: Page, one: Number) -> dict[str, Any]:
    if one.case is None:
        fate = page.say(FATES.get(one.fate, FATES["unknown"]))
        return {"numbers": one.number, "anchor": one.number, "title": "", "state": None, "fate": fate}
    return {"numbers": " – ".join(one.case["numbers"]), "anchor": one.case["numbers"][0], "title": one.case["title"],
            "state": shown_state(page, one.case), "fate": ""}  # fmt: skip


def feed(page: Page, home: Home, key: str) -> bytes:
    """Each fact with its case, its sentence and its instant; their ids never change."""
    everyone = as_everyone(home, key)
    name, base = progress(everyone, key, When()).assembly["name"], home.settings.url
    entries = announced(everyone, key, page.lang, ENTRIES)
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": page.tongue})
    _add(root, "title", page.say(N_("What became of the resolutions: {assembly}"), assembly=name))
    _add(root, "id", f"{base}{PATH}/{key}")
    _add(root, "updated", entries[0]["recorded_at"] if entries else datetime.fromtimestamp(0, UTC).isoformat())
    ElementTree.SubElement(_add(root, "author", ""), "name").text = home.store.present.organisation.name or "Suivi"
    ElementTree.SubElement(root, "link", rel="self", href=f"{base}{PATH}/{key}/atom.xml")
    ElementTree.SubElement(root, "link", rel="alternate", href=f"{base}{PATH}/{key}")
    for entry in entries:
        one = ElementTree.SubElement(root, "entry")
        _add(one, "title", page.say(N_("Resolution {number}"), number=entry["ref"].partition(":")[2]))
        _add(one, "id", f"{base}{PATH}/{key}#{entry['stream']}-{entry['version']}")
        _add(one, "updated", entry["recorded_at"])
        _add(one, "summary", entry["text"])
        ElementTree.SubElement(one, "link", rel="alternate", href=f"{base}{PATH}/{key}#n-{entry['ref'].partition(':')[2]}")
    content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, name)
    made.text = text or None
    return made
