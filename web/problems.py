"""What goes wrong, as RFC 9457 problems: a sentence for the person, a stable `type` for the program.

The type is made of the error's name and is part of the contract; it names a kind of problem and leads nowhere."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from domain.base import FactNeeded
from domain.errors import Conflict, Forbidden, Invalid, NotFound, Refused, SuiviError, Unavailable
from projections.phrases.catalogue import N_, say
from services.attachments.files import FileTooLarge
from services.attachments.mails import MailTooLarge
from services.execute import OtherRequest, StaleVersion, TooBusy
from services.facts import FactMissing, FactUnreadable
from services.failures import record
from services.settings import Lang
from services.signing_in.limits import TriedTooOften
from services.signing_in.passwords import TooManyAtOnce
from web.failures import failure, is_page
from web.languages import NAMES, language

log = logging.getLogger("suivi.web")
TYPES = "/problemes/"
LARGEST = 1 << 20  # bytes of a body
RETRY = "2"  # seconds


class AddressUnknown(NotFound):
    """There is nothing at this address."""


class MethodUnfit(Invalid):
    """This address does not take {method}. It takes: {allowed}."""


class TokenNeeded(Forbidden):
    """Say who you are: a token that serves, in the header Authorization, “Bearer TOKEN”. To make one: suivi token add NAME"""


class ScopeMissing(Forbidden):
    """This token does not allow that. It allows: {scopes}."""


class BodyUnreadable(Invalid):
    """What was sent cannot be read: it must be one JSON object, in UTF-8."""


class BodyTooLarge(Invalid):
    """What was sent is too large: {most} bytes at most."""


class TooSlow(Invalid):
    """What was to be sent did not come within {seconds} seconds."""


class HostUnknown(Invalid):
    """This server does not answer to that name. Use the address that it was given."""


class VersionNeeded(Invalid):
    """Say which version you have read, in the header If-Match: its ETag, as GET gave it. Nothing was recorded."""


class NotAsExpected(Invalid):
    """What was asked is not as expected; see the errors."""


class Unforeseen(SuiviError):
    """Something went wrong that was not foreseen. Nothing more is known here; whoever keeps this server finds it under the number {incident}."""  # noqa: E501 - one sentence


STATUSES: tuple[tuple[type[SuiviError], int], ...] = (
    (TokenNeeded, 401), (MethodUnfit, 405), (TooSlow, 408), (StaleVersion, 412), (BodyTooLarge, 413), (FileTooLarge, 413),
    (MailTooLarge, 413),
    (HostUnknown, 421), (VersionNeeded, 428), (BodyUnreadable, 400), (OtherRequest, 422), (FactNeeded, 422),
    (TooBusy, 503), (TriedTooOften, 429), (TooManyAtOnce, 429),
    (NotFound, 404), (Forbidden, 403), (Invalid, 422), (Refused, 409), (Conflict, 409),
    (Unavailable, 503), (SuiviError, 500),
)  # fmt: skip
"""The status of an error: the first that it is."""

TITLES = {
    400: N_("Unreadable"), 401: N_("A token is needed"), 403: N_("Not allowed"), 404: N_("Not found"),
    405: N_("Not for this address"), 408: N_("Too slow"), 409: N_("Refused"), 412: N_("Changed meanwhile"),
    413: N_("Too large"), 421: N_("Another address"), 422: N_("Not as expected"),
    428: N_("A version is needed"), 429: N_("Too often"), 500: N_("Unforeseen"), 503: N_("Not available now"),
}  # fmt: skip

REASONS = {
    "missing": N_("It is missing."), "extra": N_("There is no such parameter here."),
    "int": N_("A whole number is needed."), "bool": N_("It is true or false."),
    "greater": N_("It is too small."), "less": N_("It is too large."),
}  # fmt: skip
OTHERWISE = N_("It cannot be read.")


def status_of(error: SuiviError) -> int:
    """The HTTP status of an error."""
    return next(status for kind, status in STATUSES if isinstance(error, kind))


def type_of(error: SuiviError) -> str:
    """The stable name of a kind of problem: `StaleVersion` is /problemes/stale-version."""
    return TYPES + re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", type(error).__name__).lower()


def problem(error: SuiviError, lang: Lang, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """The answer that tells an error; `more` stands beside the five members of RFC 9457."""
    status = status_of(error)
    told = {"type": type_of(error), "title": say(TITLES[status], lang), "status": status, "detail": say(error, lang)}
    faults = list(_faults(error, lang))
    more = ({"errors": faults} if faults else {}) | more
    return Response(
        msgspec.json.encode(told | more), status, media_type="application/problem+json",
        headers={"Content-Language": NAMES[lang], "Cache-Control": "no-store", **_headers(status), **(headers or {})},
    )  # fmt: skip


def _faults(error: SuiviError, lang: Lang) -> Iterator[dict[str, str]]:
    """Which facts of a body an error speaks of."""
    fact = error.facts.get("fact")
    if isinstance(error, FactMissing):
        for each in error.facts["missing"]:
            name = each.facts["word"] if isinstance(each, SuiviError) else each
            yield {"detail": say(REASONS["missing"], lang), **_pointed("body", [name])}
    elif isinstance(fact, str) and type(error) is not FactUnreadable:  # that one names the verb
        yield {"detail": say(error, lang), **_pointed("body", [fact])}


def _headers(status: int) -> dict[str, str]:
    return {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": RETRY}}.get(status, {})


def answered(
    request: Request, error: SuiviError, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """The answer that tells an error: a page to a person, a problem to a program."""
    if is_page(request):
        status = status_of(error)
        return failure(request, error, status, {**_headers(status), **(headers or {})})
    return problem(error, language(request), headers, **more)


def tell_problems(app: FastAPI) -> None:
    """Lets the application answer every error in a sentence."""
    app.add_exception_handler(SuiviError, _known)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(HTTPException, _of_the_frame)


async def _known(request: Request, error: Exception) -> Response:
    assert isinstance(error, SuiviError)
    if status_of(error) == 500:
        return unforeseen(request, error)
    return answered(request, error)


async def _unfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    lang = language(request)
    return answered(request, NotAsExpected(), errors=[_unfit_item(item, lang) for item in error.errors()])


def _unfit_item(item: Mapping[str, Any], lang: Lang) -> dict[str, str]:
    place, *path = item["loc"]
    reason = next((said for word, said in REASONS.items() if item["type"].startswith(word)), OTHERWISE)
    return {"detail": say(reason, lang), **_pointed(place, path)}


def _pointed(place: str, path: Sequence[Any]) -> dict[str, str]:
    """A JSON pointer into the body (RFC 6901), or the name of a parameter."""
    if place != "body":
        return {"parameter": ".".join(map(str, path))}
    return {"pointer": "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)}


async def _of_the_frame(request: Request, error: Exception) -> Response:
    """What the framework itself refuses."""
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == 404:
        return answered(request, AddressUnknown())
    if error.status_code == 405:
        return answered(request, MethodUnfit(method=request.method, allowed=headers.get("Allow", "GET")), headers)
    return answered(request, BodyUnreadable())


def unforeseen(request: Request, error: Exception) -> Response:
    """A number for the person; for whoever keeps the server the way to the error, without a value of anyone's."""
    incident = uuid4().hex[:12]
    route = getattr(request.scope.get("route"), "path", "-")
    file = record(request.app.state.settings.home, f"web incident {incident} {request.method} {route}", error)
    log.error("incident %s %s %s", incident, type(error).__name__, file or "")
    return answered(request, Unforeseen(incident=incident), incident=incident)
