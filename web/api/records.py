"""`/records`: what the organisation did beside its cases and its threads."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from msgspec.structs import replace
from pydantic import Field
from starlette.responses import Response

from services import reading
from services.act import act
from services.reading import When
from services.reading.histories import by_version
from services.reading.pages import page_of
from services.reading.records import asked_of, made_by, record_ref, records_page
from services.reading.records import record as read
from web.api.acting import Body, Key, Match, command_id, record, recorded, version_of
from web.api.answers import listed, one
from web.api.parameters import NO_QUERY, AtPagedTimes, AtTimes, PagedTimes, Ref, Verb, Word
from web.entering import Desk, Insider, Writer
from web.policies import PREFIX

router = APIRouter(prefix="/records", tags=["records"])
NEW = "record:new"


class RecordFilters(PagedTimes):
    """Which records."""

    kind: Word | None = Field(None, description="The kind, such as `alliance` or `publication`.")
    query: Word | None = Field(None, description="Words that all stand somewhere in the record, accents or not.")
    since: Word | None = Field(None, description="A date: only those of that day or later.")
    until: Word | None = Field(None, description="A date: only those of that day or earlier.")


@router.get("", name="list records")
def records(desk: Insider, request: Request, asked: Annotated[RecordFilters, Query()]) -> Response:
    """The records that stand, by kind, then by date."""
    wanted = asked_of(desk.home, asked.kind, asked.query, asked.since, asked.until)
    return listed(desk, request, records_page(desk.home, asked.when, asked.limit, asked.after, wanted), asked.when)


@router.get("/{ref}", name="one of records")
def one_record(desk: Insider, request: Request, ref: Ref, asked: AtTimes) -> Response:
    """One record, withdrawn or not; its ETag is its version."""
    return one(desk, request, read(desk.home, record_ref(ref), asked.when), asked.when)


@router.get("/{ref}/history", name="history of records")
def history(desk: Insider, request: Request, ref: Ref, asked: AtPagedTimes) -> Response:
    """Everything that happened to it, in sentences, corrected and retracted entries too."""
    entries = reading.history(desk.home, record_ref(ref), asked.when, desk.lang)
    return listed(desk, request, page_of(entries, by_version, asked.after, asked.limit), asked.when)


@router.post("", name="new in records", dependencies=[NO_QUERY], status_code=201)
def create(desk: Writer, said: Body, key: Key = None) -> Response:
    """A new record, under the next number."""
    given = said.facts.pop("ref", NEW)
    ask = said.ask(record_ref(given) if isinstance(given, str) else NEW, "create", None)
    outcome = act(desk.home.store, desk.entered.actor, ask, command_id(desk, key))
    ref = made_by(desk.home, outcome)
    return recorded(desk, replace(ask, ref=ref), outcome, partial(_read, desk, ref), f"{PREFIX}/records/{quote(ref)}")


@router.post("/{ref}/{verb}", name="act on records", dependencies=[NO_QUERY])
def change(desk: Writer, ref: Ref, verb: Verb, said: Body, key: Key = None, match: Match = None) -> Response:
    """Records something of a record."""
    ask = said.ask(record_ref(ref), verb, version_of(match, verb))
    return record(desk, ask, key, partial(_read, desk, ask.ref))


def _read(desk: Desk, ref: str) -> dict[str, Any]:
    return read(desk.home, ref, When())
