"""A page: its language, the time it is read at, its sentences and its links; and the answer that carries it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request

from domain.errors import SuiviError
from projections.phrases.catalogue import plural, say
from projections.phrases.dates import write_date
from services.reading import When
from services.settings import Lang
from web.assets import HTMX, ICON, SCRIPT, STYLE
from web.icons import icon
from web.languages import NAMES, language

HERE = Path(__file__).resolve().parent
KEPT = ("lang", "as_of", "known_at")  # what every link of a page takes along
WRITTEN_IN: Lang = "fr"  # titles, texts and names: the language of the assemblies that Suivi is made for

POLICY = "; ".join((
    "default-src 'none'", "style-src 'self'", "img-src 'self'", "script-src 'nonce-{nonce}'", "connect-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
))  # fmt: skip
# Beside those that every answer has (`web.guard`).
HEADERS = {
    "Content-Security-Policy": POLICY.format(nonce="none"),
    "Cache-Control": "no-store",
    "Vary": "Accept-Language, Cookie",
}
PLACES = {
    "case": "/dossiers", "demarche": "/correspondance", "office": "/charges", "body": "/instances",
    "person": "/personnes", "assembly": "/assemblees", "plan": "/plans",
    "record": "/activites",
}  # fmt: skip
"""Where a REF is shown."""

_FIRST = re.compile(r"\b1er\b")


@dataclass(frozen=True)
class Page:
    """What every page has. `asked`: the address's own question; `today`: the day in the organisation's zone, null
    where nobody has entered; `who`: the login of the reader; `name`: theirs in the directory; `powers`: the policies that
    let them in; `token`: what their forms carry; `alarms`: what stands still, in sentences; `times`: the model of the
    two times, null on a page that has but the present; `toast`: what was just done."""

    lang: Lang
    path: str
    asked: Mapping[str, str] = field(default_factory=dict)
    today: date | None = None
    who: str | None = None
    name: str = ""
    powers: frozenset[str] = frozenset()
    token: str = ""
    alarms: Sequence[str] = ()
    times: Mapping[str, Any] | None = None
    toast: Mapping[str, Any] | None = None

    def say(self, said: SuiviError | str, /, **facts: Any) -> str:
        """A sentence in the reader's language."""
        return say(said, self.lang, **facts)

    def count(self, singular: str, many: str, n: int, /, **facts: Any) -> str:
        """A sentence that counts."""
        return plural(singular, many, n, self.lang, **facts)

    def day(self, edtf: str | date) -> str:
        """A date in words."""
        return write_date(str(edtf), self.lang)

    @property
    def when(self) -> When:
        """The two times that the address asks for."""
        return When(self.asked.get("as_of") or None, self.asked.get("known_at") or None)

    @property
    def past(self) -> bool:
        """Whether a time that is over is asked for: nothing can be recorded there."""
        return not self.when.now

    def may(self, policy: str) -> bool:
        """Whether a policy lets the reader in: “write”, “inside”, “administer”…"""
        return policy in self.powers

    @property
    def initials(self) -> str:
        """Of the reader's name: “SE” of “Secrétariat”, “AB” of “Ana Bélanger”."""
        words = self.name.split() or ["?"]
        return (words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]).upper()

    @property
    def tongue(self) -> str:
        """The language, as HTML names it."""
        return NAMES[self.lang]

    @property
    def foreign(self) -> str | None:
        """The language of what the assembly wrote, where it is not that of the page."""
        return None if self.lang == WRITTEN_IN else NAMES[WRITTEN_IN]

    def link(self, path: str, /, **query: Any) -> str:
        """An address that keeps the language and the two times; null takes one of them off."""
        kept = {name: self.asked[name] for name in KEPT if self.asked.get(name)}
        if not query and not kept:
            return path  # most links of a page
        given = {name: value for name, value in (kept | query).items() if value not in (None, "", False)}
        return f"{path}?{urlencode(given)}" if given else path

    def here(self, /, **query: Any) -> str:
        """This very page, with something else asked."""
        return self.link(self.path, **{**self.asked, **query})


def address_of(ref: str) -> str:
    """The page of a REF: “demarche:12” is at /correspondance/12, “2023:17” at /dossiers/2023:17."""
    kind, _, key = ref.partition(":")
    if kind in PLACES and kind != "case":
        return f"{PLACES[kind]}/{quote(key, safe='')}"
    return f"{PLACES['case']}/{quote(ref, safe=':')}"


def asked_language(request: Request, own: Lang | None = None) -> Lang:
    """The language that the address asks for, else the person's own, else the browser's."""
    match request.query_params.get("lang"):
        case "fr" | "en" as lang:
            return lang
    return own or language(request)


def raised(text: str) -> Markup:
    """A text with the ending of « 1er » above the line."""
    if "1er" not in text:
        return escape(text)
    return Markup(_FIRST.sub("1<sup>er</sup>", str(escape(text))))


class _Templates(Environment):
    """What a model says under a name is taken from it at once: Jinja would first look for a method, and miss."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj and not hasattr(dict, attribute):
            return obj[attribute]
        return super().getattr(obj, attribute)


_environment = _Templates(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    auto_reload=False,
)  # fmt: skip
_environment.filters["raised"] = raised
_environment.globals.update(
    icon=icon, address_of=address_of, style=STYLE.address, script=SCRIPT.address, htmx=HTMX.address, mark_address=ICON.address
)


def piece(page: Page, template: str, **model: Any) -> Markup:
    """A part of a page, to be shown several times."""
    known = {"page": page, "say": page.say, "count": page.count, "link": page.link}
    return Markup(_environment.get_template(template).render(known | model))


def drawn(template: str, macro: str, *facts: Any) -> Markup:
    """What a macro of a template draws, for whoever has no page around it."""
    return Markup(getattr(_environment.get_template(template).module, macro)(*facts)).strip()


def render(page: Page, template: str, status: int = 200, **model: Any) -> HTMLResponse:
    """The answer that shows a page."""
    nonce = secrets.token_urlsafe(16)
    known = {"page": page, "say": page.say, "count": page.count, "link": page.link, "nonce": nonce}
    text = _environment.get_template(template).render(known | model)
    policy = {"Content-Security-Policy": POLICY.format(nonce=nonce), "Content-Language": page.tongue}
    return HTMLResponse(text, status, headers=HEADERS | policy)
