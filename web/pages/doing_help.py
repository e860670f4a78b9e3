"""`/aide`: how to find one’s way, and every shortcut of the keyboard with the switch that turns them off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from projections.phrases.catalogue import N_
from web.entering import Reader
from web.pages.these import NowPage
from web.rendering import Page, render

PATH = "/aide"
router = APIRouter(include_in_schema=False)

Shortcuts = Sequence[tuple[Sequence[str], str]]
EVERYWHERE: Shortcuts = (
    (("?",), N_("this help")), (("/",), N_("search")), (("Ctrl", "K"), N_("the palette: find an action, a case, an office")),
    (("g", "a"), N_("home")), (("g", "d"), N_("cases")), (("g", "c"), N_("correspondence")), (("g", "h"), N_("history")),
    (("d",), N_("the date of what is shown")), (("c",), N_("enter a resolution")),
    (("z",), N_("undo, while the notice lasts")),
    (("Esc",), N_("close, and go back to where one was")),
)  # fmt: skip
LISTS: Shortcuts = (
    (("j",), N_("next row")), (("k",), N_("row before")), (("Enter",), N_("open")), (("x",), N_("select")),
    (("Shift", "x"), N_("select down to here")), (("m",), N_("move to another state")),
)  # fmt: skip
CASE: Shortcuts = ((("e",), N_("record a fact")), (("r",), N_("remind the office")), (("a",), N_("acknowledge a reminder")))
SECTIONS = ((N_("Everywhere"), EVERYWHERE), (N_("In a list"), LISTS), (N_("In a case or a thread"), CASE))
KEYS = {"Enter": N_("Return"), "Shift": N_("Shift"), "Esc": N_("Esc")}

HOW = (
    ("read", "/dossiers?overdue=1", N_("See what is late"), N_("In Cases, the view “Late”.")),
    ("inside", "/correspondance", N_("See who has not answered"), N_("In Correspondence; each thread has its reminder letter.")),
    ("write", "/correspondance?vue=toutes", N_("Record a meeting or an answer"),
     N_("Open the thread of the office, then “Record a meeting held” or “Record an answer”.")),
    ("write", "/dossiers", N_("Postpone a resolution"),
     N_("Open its case, then “Postpone to a date”, sometimes under “More”: a date to come and a reason.")),
    ("inside", "/historique/date", N_("See things as they stood on a day"),
     N_("The date at the top of each page: choose another one.")),
    ("inside", "/historique/comparer", N_("Compare two dates"),
     N_("In History: what was added, changed and removed in between.")),
    ("write", "/importer", N_("Bring in a follow-up or minutes"), N_("Nothing is recorded before you have checked it.")),
    ("read", "/dossiers", N_("Print"),
     N_("“Print” above the list of cases; any other page prints from the browser, without buttons.")),
)  # fmt: skip
"""What is done most: who may, where, what and how."""


@router.get(PATH)
def show_help(desk: Reader, page: NowPage) -> Response:
    """The page; a script shows its list of shortcuts without leaving where one is."""
    return render(page, "help.html", **help_model(page))


def help_model(page: Page) -> Mapping[str, Any]:
    """How to do what is done most, and the shortcuts, by where they serve."""
    return {
        "how": [{"what": page.say(what), "said": page.say(said), "path": path}
                for policy, path, what, said in HOW if page.may(policy)],
        "sections": [
            {"name": page.say(name), "keys": [
                {"keys": [page.say(KEYS[key]) if key in KEYS else key for key in keys], "does": page.say(does)}
                for keys, does in shortcuts]}
            for name, shortcuts in SECTIONS
        ],
    }  # fmt: skip
