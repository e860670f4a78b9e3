"""What is found by its words, by kind; and, for the palette, what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from domain.case.rules import name_of
from domain.words import sort_key
from projections.phrases.catalogue import N_
from services.home import Home
from services.reading.search import Hit, Results, search
from web.entering import INSIDE, WRITE, Reader
from web.pages.states import shown_state
from web.pages.these import NowPage
from web.rendering import Page, address_of, render
from workflows.library import library

router = APIRouter(include_in_schema=False)

PATH = "/recherche"
LONGEST = 200  # characters of a query
IN_PALETTE = 8  # of each kind, and of actions
NAMES = {
    "case": N_("Cases"), "demarche": N_("Correspondence"), "office": N_("Offices and ministers"), "body": N_("Bodies"),
    "person": N_("People"), "assembly": N_("Assemblies"), "plan": N_("Plans"),
}  # fmt: skip
ONE = {
    "case": N_("case"), "demarche": N_("thread"), "office": N_("office"), "body": N_("body"),
    "person": N_("person"), "assembly": N_("assembly"), "plan": N_("plan"),
}  # fmt: skip
WHERE = {"text": N_("in the text"), "note": N_("in the follow-up"), "inner": N_("in a note of the office")}
IN_THREAD = N_("in what was written or said")
CASE_ACTS = (
    "postpone", "complete", "close-undone", "refer", "block", "resume", "start", "reopen", "note", "assign", "set-due",
    "wait", "add-task", "attach",
)  # fmt: skip
THREAD_ACTS = ("remind", "answer", "fix-meeting", "hold-meeting", "acknowledge", "redirect", "decline", "pause", "close")
WAYS = (
    (N_("New case"), "/dossiers/nouveau", WRITE), (N_("Write to an office"), "/correspondance/nouvelle", WRITE),
    (N_("Import a document"), "/importer", WRITE), (N_("Cases"), "/dossiers", None),
    (N_("Correspondence"), "/correspondance", INSIDE), (N_("Plans"), "/plans", None), (N_("History"), "/historique", INSIDE),
    (N_("Enter a plan"), "/plans/nouveau", WRITE),
    (N_("Help and shortcuts"), "/aide", None),
)  # fmt: skip


@router.get(PATH)
def show_search(desk: Reader, page: NowPage) -> Response:
    """What was found."""
    return render(page, "search.html", **search_model(page, desk.home))


@router.get(PATH + "/palette")
def show_palette(desk: Reader, page: NowPage) -> Response:
    """A few lines, actions first."""
    return render(page, "search_palette.html", **palette_model(page, desk.home))


def typed(page: Page) -> str:
    """What was typed."""
    return page.asked.get("q", "")[:LONGEST].strip()


def search_model(page: Page, home: Home) -> dict[str, Any]:
    """What the page of a search shows."""
    text = typed(page)
    results = search(home, text) if text else Results({})
    groups = [
        {"id": kind, "name": page.say(NAMES[kind]), "hits": [hit_model(page, hit) for hit in hits],
         "full": kind in results.full, "n": len(hits)}
        for kind, hits in results.groups.items()
    ]  # fmt: skip
    return {"q": text, "groups": groups, "n": results.count, "full": bool(results.full)}


def hit_model(page: Page, hit: Hit) -> dict[str, Any]:
    """One thing found."""
    row, where = hit.more, IN_THREAD if hit.kind == "demarche" else WHERE.get(hit.where or "")
    return {
        "href": page.link(address_of(hit.ref)),
        "number": " – ".join(row["numbers"]) if row else hit.ref.partition(":")[2] if hit.kind == "demarche" else "",
        "title": hit.title,
        "state": shown_state(page, row) if row else None,
        "assembly": row.get("home", ""),
        "where": page.say(where) if where and hit.excerpt else "",
        "excerpt": hit.excerpt,
        "kind": page.say(ONE[hit.kind]),
    }


def palette_model(page: Page, home: Home) -> dict[str, Any]:
    """Actions whose name begins as what was typed does, then things."""
    text = typed(page)
    found = search(home, text, IN_PALETTE) if text else Results({})
    groups = [{"id": "actions", "name": page.say(N_("Actions")), "lines": list(actions(page, home, text))[:IN_PALETTE]}]
    groups += [
        {"id": kind, "name": page.say(NAMES[kind]), "lines": [line(page, hit) for hit in hits]}
        for kind, hits in found.groups.items()
    ]  # fmt: skip
    return {"q": text, "groups": [group for group in groups if group["lines"]]}


def line(page: Page, hit: Hit) -> dict[str, Any]:
    """A thing, as the palette shows it: its number and title, its state or kind at right."""
    shown = hit_model(page, hit)
    number = [(f"{shown['number']} · ", False)] if shown["number"] else []
    return {"href": shown["href"], "what": number + hit.title, "object": shown["state"].word if shown["state"] else shown["kind"]}


def actions(page: Page, home: Home, text: str) -> Iterator[dict[str, Any]]:
    """What can be done: a verb, then with what the rest of the words find; pages to go to."""
    words = sort_key(text)
    for name, path, policy in WAYS:
        said = page.say(name)
        if words and sort_key(said).startswith(words) and (policy is None or page.may(policy.name)):
            yield {"href": page.link(path), "what": [(said, True)], "object": ""}
    if page.may(WRITE.name) and words:
        yield from _acts(page, home, text, "demarche", THREAD_ACTS)
        yield from _acts(page, home, text, "case", CASE_ACTS)


def _acts(page: Page, home: Home, text: str, kind: str, verbs: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Acts whose name the first word begins, on what the others find."""
    first, _, rest = text.partition(" ")
    workflow = library().latest("demarche" if kind == "demarche" else "resolution")
    known = {verb: page.say("{verb}", verb=name_of(verb, workflow)) for verb in verbs}
    named = [(verb, said) for verb, said in known.items() if len(first) > 2 and sort_key(said).startswith(sort_key(first))]
    if not named or not rest.strip():
        return
    hits = search(home, rest, IN_PALETTE, [kind]).groups.get(kind, [])
    for verb, said in named:
        for hit in hits:
            shown = line(page, hit)
            yield {"href": page.link(f"{address_of(hit.ref)}/agir/{verb}"), "object": page.say(ONE[kind]),
                   "what": [(said[:1].upper() + said[1:], True), (" · ", False), *shown["what"]]}  # fmt: skip
