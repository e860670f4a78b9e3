"""`/cases`: what became of each resolution."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.case.refusals import StateUnknown
from domain.errors import Refused
from services import reading
from services.reading import When
from services.reading.cases import NotACase, possible
from services.reading.histories import by_version
from services.reading.pages import cases_page, page_of
from services.refs import read_ref
from web.api.acting import Body, Key, Match, Said, record, version_of
from web.api.answers import answer, listed, one
from web.api.parameters import NO_QUERY, AtPagedTimes, AtTimes, OfCases, Ref, Verb
from web.entering import Desk, Reader, Writer
from web.policies import PREFIX
from workflows.library import library

router = APIRouter(tags=["cases"])


class NumberMissing(Refused):
    """Say which case is to be: its “ref”, such as 2023:17, or its “assembly” and “numbers”. Nothing was recorded."""


@router.get("/cases")
def cases(desk: Reader, request: Request, asked: OfCases) -> Response:
    """The cases that you may see, by assembly and number."""
    states = [state for workflow in library() for state in workflow.states]
    if asked.state is not None and asked.state not in states:
        raise StateUnknown(states=list(dict.fromkeys(states)))
    page = cases_page(
        desk.home, asked.when, asked.limit, asked.after, state=asked.state, overdue=asked.overdue, owner=asked.owner,
        body=asked.body, query=asked.query, standing=asked.standing,
    )  # fmt: skip
    return listed(desk, request, page, asked.when)


@router.get("/cases/{ref}")
def case(desk: Reader, request: Request, ref: Ref, asked: AtTimes) -> Response:
    """One case, with what is possible now; its ETag is its version."""
    return one(desk, request, reading.case(desk.home, ref, asked.when), asked.when)


@router.get("/cases/{ref}/history")
def history(desk: Reader, request: Request, ref: Ref, asked: AtPagedTimes) -> Response:
    """Everything that happened to it, in sentences, corrected and retracted entries too."""
    entries = reading.history(desk.home, of_case(ref), asked.when, desk.lang)
    return listed(desk, request, page_of(entries, by_version, asked.after, asked.limit), asked.when)


@router.get("/cases/{ref}/actions", dependencies=[NO_QUERY])
def actions(desk: Reader, ref: Ref) -> Response:
    """Every verb, as you may use it now: what it needs, or why it is not possible."""
    return answer(desk, {"items": possible(desk.home, of_case(ref), desk.lang)})


@router.post("/cases", dependencies=[NO_QUERY], status_code=201)
def adopt(desk: Writer, said: Body, key: Key = None) -> Response:
    """A new case."""
    ref = _ref_of(said)
    return record(desk, said.ask(ref, "adopt", None), key, partial(_read, desk, ref), f"{PREFIX}/cases/{quote(ref)}")


@router.post("/cases/{ref}/{verb}", dependencies=[NO_QUERY])
def move(desk: Writer, ref: Ref, verb: Verb, said: Body, key: Key = None, match: Match = None) -> Response:
    """Records something of a case."""
    ask = said.ask(of_case(ref), verb, version_of(match, verb))
    return record(desk, ask, key, partial(_read, desk, ref))


def of_case(ref: str) -> str:
    """The REF, if it is a case's."""
    if read_ref(ref).kind != "case":
        raise NotACase(ref=ref)
    return ref


def _read(desk: Desk, ref: str) -> dict[str, Any]:
    return reading.case(desk.home, ref, When())


def _ref_of(said: Said) -> str:
    """The REF of the case that is to be."""
    if isinstance(ref := said.facts.pop("ref", None), str):
        return of_case(ref)
    assembly, numbers = said.facts.get("assembly"), said.facts.get("numbers")
    if not isinstance(assembly, str) or not isinstance(numbers, list) or not numbers:
        raise NumberMissing()
    return of_case(f"{assembly.removeprefix('assembly:')}:{numbers[0]}")
