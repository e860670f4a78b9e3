"""Where a request was made: on a page of ours, or on a page of elsewhere.

Browsers say so in `Sec-Fetch-Site`; older ones in `Origin`, which is “null” for a form of a page without referrer. For
one that says neither, each of our forms carries a token that only the pages of that session know."""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from urllib.parse import urlsplit

from starlette.requests import Request

from domain.errors import Forbidden
from web.bodies import FormTooLong, written

FIELD = "jeton"
HEADER = "x-jeton"
FORM = "application/x-www-form-urlencoded"
_BYTES = 32


class FromElsewhere(Forbidden):
    """This was sent from a page of another site: nothing was done. Open the page itself, and press the button there."""


def from_here(request: Request) -> bool:
    """Whether a page of ours made it for certain: what a cookie alone would let in is let in then only."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin", "")
    return site == "same-origin" if site is not None else _ours(request, origin)


def refuse_elsewhere(request: Request) -> None:
    """Raises `FromElsewhere` where a page of another site made it, as far as the browser says."""
    if _from_elsewhere(request):
        raise FromElsewhere()


async def certain(request: Request, secret: str) -> bool:
    """Whether a page of that session made it: the browser says so, or says nothing and the form has the session's token."""
    return from_here(request) or (not _from_elsewhere(request) and token_fits(secret, await _token(request)))


def token_of(secret: str) -> str:
    """The token for the forms of a session, never twice the same letters: a compressed page betrays none of it."""
    pad = secrets.token_bytes(_BYTES)
    return urlsafe_b64encode(pad + bytes(a ^ b for a, b in zip(pad, _proof(secret), strict=True))).decode().rstrip("=")


def token_fits(secret: str, token: str) -> bool:
    """Whether a token was made for that session."""
    try:
        both = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return False
    proof = bytes(a ^ b for a, b in zip(both[:_BYTES], both[_BYTES:], strict=False))
    return hmac.compare_digest(proof, _proof(secret))


def _proof(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"form", sha256)


async def _token(request: Request) -> str:
    from web.api.forms import fields, is_form  # the API asks at this door too

    if (told := request.headers.get(HEADER)) is not None:
        return told
    type = request.headers.get("content-type", "")
    if is_form(type):
        return next((one.text for one in fields(await request.body(), type) if one.name == FIELD), "")
    if type.partition(";")[0].strip().lower() != FORM:
        return ""
    try:
        return written(await request.body()).get(FIELD, [""])[0]
    except FormTooLong:
        return ""


def _from_elsewhere(request: Request) -> bool:
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin", "null")
    return site not in (None, "same-origin") or (site is None and origin != "null" and not _ours(request, origin))


def _ours(request: Request, origin: str) -> bool:
    try:
        return bool(origin) and urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()
    except ValueError:  # “http://[” is no address of anything
        return False
