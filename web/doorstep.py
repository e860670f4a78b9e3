"""The page on which one enters: shown to whoever asks for a page and has not entered, and again when they are refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from domain.errors import SuiviError
from services.settings import HERE, Settings
from services.signing_in.passkeys import Site, site_of
from web.rendering import Page, asked_language, render

HOME = "/"
ENTER = "/entrer"
COMMAND = "suivi up"  # what prints a link
PLACES = (
    "dossiers", "assemblees", "plans", "correspondance", "charges", "instances", "personnes", "historique", "recherche",
    "importer", "rapports", "activites", "boite", "envois", "etat", "compte", "administration", "acces", "aide",
)  # fmt: skip
_NEXT = re.compile(
    rf"/(?:(?:{'|'.join(PLACES)})(?:/[A-Za-z0-9_~:][A-Za-z0-9._~:+-]*)*)?(?:\?[A-Za-z0-9._~:+%&=,-]*)?", re.ASCII
)
_FORM = re.compile(r"/(?:agir/[a-z-]+|nouveau|nouvelle)$", re.ASCII)
LONGEST = 500


def next_of(path: str) -> str:
    """Where someone goes once they are in: an address of ours, of a page that is known; else the first page."""
    return path if len(path) <= LONGEST and _NEXT.fullmatch(path) else HOME


def sent_form(request: Request) -> bool:
    """Whether it is the form of an act, which is shown at the address that it is sent to."""
    return request.method == "POST" and _FORM.search(request.url.path) is not None


def asked_page(request: Request) -> str:
    """The page that was asked for, as `next_of` takes it, or that of the form that was sent; nothing where there was none."""
    if not (request.method in ("GET", "HEAD") or sent_form(request)) or request.url.path in (HOME, ENTER):
        return ""
    query = request.url.query
    found = next_of(request.url.path + (f"?{query}" if query else ""))
    return "" if found == HOME else found


def site_for(request: Request) -> Site | None:
    """The site as the browser sees it: the one that people are given, or this machine by its name."""
    settings: Settings = request.app.state.settings
    host = request.headers.get("host", "").lower()
    public = urlsplit(settings.url)
    if host == public.netloc.lower():
        return site_of(settings.url)
    return site_of(f"http://{host}") if host.partition(":")[0] == "localhost" else None


def doorstep(
    request: Request, status: int = 200, refusal: SuiviError | None = None, typed: str = "", following: str = "",
    headers: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    """The page. What was typed is kept, but never a password."""
    settings: Settings = request.app.state.settings
    page = Page(asked_language(request), ENTER, {"lang": request.query_params.get("lang", "")})
    answer = render(
        page, "entry.html", status, refusal=page.say(refusal) if refusal else "", typed=typed, following=following,
        passkeys=site_for(request) is not None, provider=settings.provider.name if settings.provider else "",
        command=COMMAND if urlsplit(settings.url).hostname in HERE else "", ended=sent_form(request),
    )  # fmt: skip
    answer.headers.update({"Referrer-Policy": "no-referrer", **(headers or {})})
    return answer
