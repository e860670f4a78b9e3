"""`/demarches`: the threads with offices, and what is asked of them together."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from msgspec.structs import replace
from starlette.responses import Response

from services import reading
from services.act import act
from services.home import Home
from services.reading import When, demarche_questions
from services.reading.cases import possible
from services.reading.demarches import Asked, demarche, demarches_page, made_by
from services.reading.histories import by_version
from services.reading.pages import Page, Row, page_of
from web.api.acting import Body, Key, Match, command_id, record, recorded, version_of
from web.api.answers import answer, listed, one
from web.api.attachments import of_demarche
from web.api.parameters import NO_QUERY, AtPagedTimes, AtTimes, OfDemarches, OfQuestions, Ref, Verb
from web.entering import Desk, Insider, Writer
from web.policies import PREFIX

router = APIRouter(prefix="/demarches", tags=["demarches"])
NEW = "demarche:new"


@router.get("", name="list demarches")
def demarches(desk: Insider, request: Request, asked: OfDemarches) -> Response:
    """The threads that you may see: the unanswered ones those that have waited longest first, the others by number."""
    filters = Asked(asked.unanswered, asked.state, asked.turn, asked.office, asked.case, asked.owner)
    return listed(desk, request, demarches_page(desk.home, asked.when, asked.limit, asked.after, filters), asked.when)


def question(word: str, read: Callable[[Home, When, Asked], list[Row]], said: str) -> None:
    """The route of one question, answered whole: there are few offices beside cases."""

    @router.get(f"/{word}", name=word, description=said)
    def asked_of_threads(desk: Insider, request: Request, asked: OfQuestions) -> Response:
        rows = read(desk.home, asked.when, Asked(office=asked.office, case=asked.case, owner=asked.owner))
        return listed(desk, request, Page(rows), asked.when)


question("unanswered", demarche_questions.unanswered_by_office,
         "The offices that have not answered, the one that has let us wait longest first; counts are intervals.")  # fmt: skip
question("redirections", demarche_questions.redirections, "Each chain of offices that we were sent along.")
question("meetings", demarche_questions.meetings, "The meetings ahead: those that are fixed, then those only hoped for.")
question("met", demarche_questions.met,
         "The meetings held, each counted once: with the holder of an office, then with its staff only.")  # fmt: skip
question("turns", demarche_questions.turns, "What waits on us, and on them, by who sees to it.")
question("responsiveness", demarche_questions.responsiveness,
         "How each office answers, in all and year by year, but where it still has time to.")  # fmt: skip


@router.get("/{ref}", name="one of demarches")
def one_demarche(desk: Insider, request: Request, ref: Ref, asked: AtTimes) -> Response:
    """One thread, with what is possible now; its ETag is its version."""
    return one(desk, request, demarche(desk.home, of_demarche(ref), asked.when), asked.when)


@router.get("/{ref}/history", name="history of demarches")
def history(desk: Insider, request: Request, ref: Ref, asked: AtPagedTimes) -> Response:
    """Everything that happened in it, in sentences, corrected and retracted entries too."""
    entries = reading.history(desk.home, of_demarche(ref), asked.when, desk.lang)
    return listed(desk, request, page_of(entries, by_version, asked.after, asked.limit), asked.when)


@router.get("/{ref}/actions", name="actions of demarches", dependencies=[NO_QUERY])
def actions(desk: Insider, ref: Ref) -> Response:
    """Every verb, as you may use it now: what it needs, or why it is not possible."""
    return answer(desk, {"items": possible(desk.home, of_demarche(ref), desk.lang)})


@router.post("", name="send demarches", dependencies=[NO_QUERY], status_code=201)
def send(desk: Writer, said: Body, key: Key = None) -> Response:
    """A new thread; several offices are several threads: the first is the answer, `Link` leads to the others."""
    given = said.facts.pop("ref", NEW)
    ask = said.ask(of_demarche(given) if isinstance(given, str) else NEW, "send", None)
    outcome = act(desk.home.store, desk.entered.actor, ask, command_id(desk, key))
    first, *others = made_by(desk.home, outcome)
    links = ", ".join(f'<{_address(ref)}>; rel="related"' for ref in others)
    more = {"Link": links} if links else {}
    return recorded(desk, replace(ask, ref=first), outcome, partial(_read, desk, first), _address(first), more)


@router.post("/{ref}/{verb}", name="act on demarches", dependencies=[NO_QUERY])
def change(desk: Writer, ref: Ref, verb: Verb, said: Body, key: Key = None, match: Match = None) -> Response:
    """Records something of a thread."""
    ask = said.ask(of_demarche(ref), verb, version_of(match, verb))
    return record(desk, ask, key, partial(_read, desk, ask.ref))


def _read(desk: Desk, ref: str) -> dict[str, Any]:
    return demarche(desk.home, ref, When())


def _address(ref: str) -> str:
    return f"{PREFIX}/demarches/{quote(ref)}"
