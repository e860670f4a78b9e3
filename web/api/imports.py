"""`/imports`: a document is first read, which records nothing; then confirmed, all or nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID, uuid5

import msgspec
from fastapi import APIRouter, Depends, Path
from msgspec import Struct
from starlette.responses import Response

from domain.errors import Invalid, Refused, SuiviError
from projections.phrases.catalogue import N_, say
from services.home import ListsBehind
from services.imports import drafts
from services.imports.drafts import Asked, DraftGone
from services.imports.follow_up_service import AssemblyUnsaid, DateUnsaid
from services.imports.kinds import KindUnseen
from services.imports.report import Problem
from services.imports.result import Result
from services.imports.service import importing
from web.api.acting import PATIENCE, Key, command_id
from web.api.answers import Headers, answer
from web.api.attachments import Received, received
from web.api.forms import fields, is_form
from web.api.parameters import NO_QUERY
from web.entering import Desk, Uploader, Writer
from web.problems import BodyUnreadable

router = APIRouter(prefix="/imports", tags=["imports"])
TEXT = N_("text.txt")
Id = Annotated[str, Path(max_length=200, description="The id that the proposal gave.")]


class DocumentNotSent(Invalid):
    """Send the document as multipart/form-data, in “file”; or its text as JSON, in “text”. Nothing was recorded."""


class NotSettled(Refused):
    """Something is to be settled in this document first, line {lines}. Nothing was recorded."""


class AssemblyNotSaid(Invalid):
    """The title of this document names no assembly. Say which one it reports to, in “assembly”. Nothing was recorded."""


class NoSuchReport(Invalid):
    """This was recognised as none of the documents that can be imported: {known}. If it is one, say which in “kind”. Nothing was recorded."""  # noqa: E501 - one sentence


class DateNotSaid(Invalid):
    """The date of this document is not known: what it tells counts as happened by today. To say it: “reference_date”."""


SAID_HERE: dict[type[SuiviError], type[Invalid]] = {
    AssemblyUnsaid: AssemblyNotSaid, KindUnseen: NoSuchReport, DateUnsaid: DateNotSaid,
}  # fmt: skip
"""What a terminal asks for by an option -> what is said of it here."""


class Given(Struct, forbid_unknown_fields=True):
    """A document as JSON, and how it is to be read."""

    text: str = ""
    name: str = ""
    kind: str = "auto"
    assembly: str | None = None
    reference_date: str | None = None
    columns: dict[str, str] = {}


@router.post("", dependencies=[NO_QUERY])
def propose(desk: Uploader, body: Annotated[Received, Depends(received)], key: Key = None) -> Response:
    """Reads a document and says what its import would record; nothing is recorded."""
    name, content, asked = _document(desk, body)
    try:
        result = importing(desk.home, name, content, asked).rehearse()
    except (AssemblyUnsaid, KindUnseen) as error:
        raise SAID_HERE[type(error)](**error.facts) from error
    person = desk.entered.actor.person
    id = drafts.keep(desk.home.store, person, name, content, asked, command_id(desk, key) if key else None)
    return _told(desk, result, str(id), {})


@router.post("/{id}/confirm", dependencies=[NO_QUERY])
def confirm(desk: Writer, id: Id, key: Key = None) -> Response:
    """Records what was proposed, all or nothing; sent again, it is recorded once."""
    draft = drafts.draft(desk.home.store, desk.entered.actor.person, _id(id))
    bringing = importing(desk.home, draft.file, draft.content, draft.asked)
    result, outcome = bringing.record(desk.entered.actor, command_id(desk, key) if key else uuid5(draft.id, "confirm"))
    if result.refused:
        raise NotSettled(lines=[f"{one.line}" for one in result.problems if one.severity == "error"])
    if outcome.repeated:
        bringing.rehearse()
        return _told(desk, bringing.result, bringing.result.id, {"Idempotent-Replayed": "true"})
    try:
        desk.home.settle(outcome, PATIENCE)
    except ListsBehind:
        return _told(desk, result, result.id, {}, 202)
    return _told(desk, result, result.id, {})


def _told(desk: Desk, result: Result, id: str | None, headers: Headers, status: int = 200) -> Response:
    result = replace(result, problems=[_here(one) for one in result.problems])
    return answer(desk, result.to_dict(desk.lang) | {"id": id}, headers, status=status)


def _here(one: Problem) -> Problem:
    kind = SAID_HERE.get(type(one.notice))
    return replace(one, notice=kind()) if kind else one


def _document(desk: Desk, body: Received) -> tuple[str, bytes, Asked]:
    """The name of the document, its bytes, how it is to be read."""
    given = _form(body) if is_form(body.type) else _json(body)
    if not given[1]:
        raise DocumentNotSent()
    return given[0] or say(TEXT, desk.lang), given[1], given[2]


def _json(body: Received) -> tuple[str, bytes, Asked]:
    try:
        told = msgspec.json.decode(body.content, type=Given)
        if "\0" in f"{told.name}{told.kind}{told.assembly}{told.reference_date}{told.columns}":
            raise BodyUnreadable()
        asked = Asked(told.kind, told.assembly or None, told.reference_date or None, told.columns)
        return told.name, told.text.encode(), asked
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise BodyUnreadable() from error


def _form(body: Received) -> tuple[str, bytes, Asked]:
    parts = fields(body.content, body.type)
    file = next((part for part in parts if part.name == "file"), None)
    told: dict[str, Any] = {part.name: part.text.strip() for part in parts if part.name != "file"}
    columns = _columns(told.pop("columns", "") or "{}")
    asked = Asked(
        told.pop("kind", "") or "auto", told.pop("assembly", "") or None, told.pop("reference_date", "") or None, columns
    )  # fmt: skip
    if file is None or told:
        raise DocumentNotSent()
    return file.file or "", file.content, asked


def _columns(said: str) -> dict[str, str]:
    try:
        return msgspec.json.decode(said, type=dict[str, str])
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise BodyUnreadable() from error


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise DraftGone() from error
