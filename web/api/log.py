"""`/events`, `/deadlines`, `/workflows`: the log by position, the dates to come, the rules."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.reading.deadlines import deadlines as read_deadlines
from services.reading.events import events as read_events
from services.reading.events import size
from web.api.answers import answer, listed
from web.api.parameters import NO_QUERY, OfDeadlines, OfLog
from web.entering import Insider, Reader
from workflows.library import library

router = APIRouter()
SIZE = "Suivi-Log-Size"


@router.get("/events", tags=["log"])
def events(desk: Insider, request: Request, asked: OfLog) -> Response:
    """Everything that happened, in the order of the log, of what you may see. A page may hold fewer entries than its
    `limit`, or none, and still have a next one."""
    page = read_events(desk.home, asked.after, asked.limit, desk.lang)
    return listed(desk, request, page, headers={SIZE: str(size(desk.home))})


@router.get("/deadlines", tags=["deadlines"])
def deadlines(desk: Insider, request: Request, asked: OfDeadlines) -> Response:
    """The dates towards which clocks run, the first to end at the head."""
    return listed(desk, request, read_deadlines(desk.home, asked.limit, asked.after, asked.state, asked.before))


@router.get("/workflows", tags=["workflows"], dependencies=[NO_QUERY])
def workflows(desk: Reader) -> Response:
    """The rules that cases follow: their states and verbs."""
    items = [
        {"name": each.name, "label": each.definition.label[desk.lang], "verbs": list(each.verbs),
         "states": [{"name": state, "label": each.label(state, desk.lang), "final": each.is_final(state)}
                    for state in each.states]}
        for each in library()
    ]  # fmt: skip
    return answer(desk, {"items": items})
