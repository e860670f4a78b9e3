"""`/cases/{ref}/attachments`, and of threads: files come in with `attach`, and go out as files, never as pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any
from urllib.parse import quote

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import Field
from starlette.responses import Response, StreamingResponse

from domain.errors import Invalid
from projections.phrases.catalogue import say
from services import reading
from services.act import AskWithFile
from services.attachments.contents import Attached, Reading
from services.attachments.files import upload
from services.attachments.proposals import propose
from services.reading import When
from services.reading.attachments import attachment, attachments
from services.reading.demarches import demarche, thread_ref
from services.reading.pages import page_of
from services.refs import DemarcheUnknown, read_ref
from web.api.acting import Key, record
from web.api.answers import answer, listed
from web.api.cases import of_case
from web.api.forms import fields, is_form
from web.api.parameters import NO_QUERY, AtPagedTimes, AtTimes, Nothing, Ref, Word
from web.desks import Desks
from web.entering import Desk, Insider, Uploader
from web.guard import HEAD

Sha = Annotated[str, Path(max_length=200, description="The SHA-256 of its content, or its name.")]


class FileNotSent(Invalid):
    """Send the file as multipart/form-data, in “file”; or its bytes as they are, with “name” and “kind” in the address. Nothing was recorded."""  # noqa: E501 - one sentence


class FileFacts(Nothing):
    """What is said of a file whose bytes are the body."""

    name: Word | None = Field(None, description="Its name, where the body is its bytes.")
    kind: Word | None = Field(None, description="What it is: letter, minutes…")
    note: Word | None = Field(None, description="The note that it goes with, by its position.")
    occurred: Word | None = Field(None, description="When it came, if it was not now.")


@dataclass(frozen=True)
class Received:
    """A body as it came."""

    type: str
    content: bytes


async def received(request: Request, desk: Uploader) -> Received:
    """The body, read once who sends it is known."""
    return Received(request.headers.get("content-type", ""), await request.body())


@dataclass(frozen=True)
class Shelf:
    """Where files are attached: the word of its addresses, which REFs it has, and what is shown of one."""

    word: str
    ref: Callable[[str], str]
    read: Callable[[Desk, str], dict[str, Any]]


def of_demarche(ref: str) -> str:
    """The REF, if it is a thread's, of which the number is enough."""
    whole = thread_ref(ref)
    if read_ref(whole).kind != "demarche":
        raise DemarcheUnknown(ref=ref)
    return whole


def _case(desk: Desk, ref: str) -> dict[str, Any]:
    return reading.case(desk.home, ref, When())


def _demarche(desk: Desk, ref: str) -> dict[str, Any]:
    return demarche(desk.home, ref, When())


SHELVES = (Shelf("cases", of_case, _case), Shelf("demarches", of_demarche, _demarche))


def shelved(shelf: Shelf) -> APIRouter:
    """The routes of one kind."""
    router = APIRouter(prefix=f"/{shelf.word}/{{ref}}", tags=[shelf.word])

    @router.post("/attach", name=f"attach to {shelf.word}")
    def attach(
        desk: Uploader, body: Annotated[Received, Depends(received)], ref: Ref, asked: Annotated[FileFacts, Query()],
        key: Key = None,
    ) -> Response:  # fmt: skip
        """Attaches a file, once for each Idempotency-Key."""
        ask = _ask(shelf.ref(ref), body, asked)
        return record(desk, ask, key, partial(shelf.read, desk, shelf.ref(ref)))

    @router.get("/attachments", name=f"files of {shelf.word}")
    def files(desk: Insider, request: Request, ref: Ref, asked: AtPagedTimes) -> Response:
        """The files that came with it."""
        rows = attachments(desk.home, shelf.ref(ref), asked.when)
        page = page_of(rows, lambda row: [f"{row['position']:018}"], asked.after, asked.limit)
        return listed(desk, request, page, asked.when)

    @router.get("/attachments/{sha256}", name=f"a file of {shelf.word}")
    def file(desk: Insider, request: Request, ref: Ref, sha256: Sha, asked: AtTimes) -> Response:
        """One file, to be saved: it is never shown here."""
        return sent(request, attachment(desk.home, shelf.ref(ref), sha256, asked.when))

    return router


def proposing() -> APIRouter:
    """The route that reads an e-mail."""
    router = APIRouter(prefix="/demarches/{ref}", tags=["demarches"])

    @router.post("/proposal", dependencies=[NO_QUERY])
    def proposal(desk: Uploader, body: Annotated[Received, Depends(received)], ref: Ref) -> Response:
        """Reads an e-mail (.eml) and says what it proposes to record; nothing is recorded."""
        found = propose(desk.home, _content(body), of_demarche(ref))
        return answer(desk, found | {"remarks": [say(remark, desk.lang) for remark in found["remarks"]]})

    return router


def _content(body: Received) -> bytes:
    """The file of a form, or the body itself."""
    if not is_form(body.type):
        return body.content
    found = [field.content for field in fields(body.content, body.type) if field.name == "file"]
    if not found:
        raise FileNotSent()
    return found[0]


def _ask(ref: str, body: Received, asked: FileFacts) -> AskWithFile:
    facts: dict[str, Any] = {name: value for name, value in asked.model_dump().items() if value is not None}
    name, content = facts.pop("name", None), body.content
    if is_form(body.type):
        name, content = None, b""
        for field in fields(body.content, body.type):
            if field.name == "file" and name is None:
                name, content = field.file or "", field.content
            else:
                _add(facts, field.name, field.text)
    if name is None:
        raise FileNotSent()
    occurred = facts.pop("occurred", None)
    return AskWithFile(ref=ref, verb="attach", facts=facts, occurred=occurred, upload=upload(name, content))


def _add(facts: dict[str, Any], name: str, value: str) -> None:
    """A field that comes twice is a list, which no fact of a file is; one left empty in a form says nothing."""
    if value.strip():
        facts[name] = [*facts[name], value] if isinstance(facts.get(name), list) else (
            [facts[name], value] if name in facts else value)  # fmt: skip


def sent(request: Request, file: Attached) -> Response:
    """The file, piece by piece: a slow reader keeps neither a desk nor the memory."""
    event = file.event
    headers = {
        "ETag": f'"{event.file}"', "Content-Length": str(event.size), "Content-Disposition": disposition(event.name),
        "Content-Type": event.type, "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie", "Accept-Ranges": "none",
    }  # fmt: skip
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if headers["ETag"] in known or known == ["*"]:
        return Response(None, 304, {name: headers[name] for name in ("ETag", "Cache-Control", "Vary")})
    if request.scope.get(HEAD):
        return Response(None, 200, headers)
    return StreamingResponse(_pieces(request.app.state.desks, file), 200, headers)


async def _pieces(desks: Desks, file: Attached) -> AsyncIterator[bytes]:
    reading = Reading(file)
    while not reading.over:
        async with desks.lend() as home:
            some = await run_sync(reading.next, home.reader)
        yield some


def disposition(name: str) -> str:
    """To be saved under that name (RFC 6266): as it is for those who read RFC 8187, in plain letters for the others."""
    plain = "".join(each if " " <= each < "\x7f" and each not in '"\\%' else "_" for each in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


routers = [*map(shelved, SHELVES), proposing()]
