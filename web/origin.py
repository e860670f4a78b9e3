"""Where a request was made: on a page of ours, or on a page of elsewhere.

Browsers say so in `Sec-Fetch-Site`; older ones in `Origin`, which is “null” for a form of a page without referrer."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

from domain.errors import Forbidden


class FromElsewhere(Forbidden):
    """This was sent from a page of another site: nothing was done. Open the page itself, and press the button there."""


def from_here(request: Request) -> bool:
    """Whether a page of ours made it for certain: what a cookie alone would let in is let in then only."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin", "")
    return site == "same-origin" if site is not None else _ours(request, origin)


def refuse_elsewhere(request: Request) -> None:
    """Raises `FromElsewhere` where a page of another site made it, as far as the browser says."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin", "null")
    if site not in (None, "same-origin") or (site is None and origin != "null" and not _ours(request, origin)):
        raise FromElsewhere()


def _ours(request: Request, origin: str) -> bool:
    return bool(origin) and urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()
