"""Who attacks the pages: what they type, and every form of every page that they type it into."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from services import accounts
from services.act import VERBS
from tests.homes import secretary
from tests.web.browser import Browser, Element, Sheet, entered
from tests.web.desk import Town
from tests.web.test_description import furnish
from web.entering import COOKIE
from web.policies import declared

MARK = "x-canari"  # a tag and an attribute that no page of ours has
CHIEF = "chef"

TYPED: dict[str, bytes] = {
    "tags": f"</textarea></title><{MARK}>'\"><{MARK} onload=alert(1)><script>alert(1)</script>".encode(),
    "attributes": f"\" {MARK}=\"1\" onfocus='alert(1)' {MARK}='2' autofocus x=".encode(),
    "templates": b"{{ 7*7 }}{% for x in y %}${7*7}#{7*7}%(x)s{0}{page.token}",
    "controls": b"a\x01\x02\x07\x1b[31m\x7f\xc2\x85b",
    "overrides": "a\u202eb\u2066c\u200f".encode(),
    "emoji": "🏳️‍🌈👩‍👩‍👧‍👦e\u0301\u0302".encode(),
    "half a pair": b"a\xed\xa0\x80b\xff\xfe",
    "nul": b"a\x00b",
    "a long number": b"9" * 5000,
    "a number": b"-1e400",
    "an address": b"//[", "a path": b"../../../../etc/passwd", "dates": b"0001-01-01/9999-12-31",
    "lines": b"a\r\nBcc: x@example.org\r\n\r\n<x>", "nothing": b"", "blanks": "\u00a0\u2003\t ".encode(),
    "long": b"<b>x" * 5_100, "very long": b"x" * 900_000,
}  # fmt: skip
KNOWN = {
    "dossiers": ("17", "2023:5"), "correspondance": ("1", "2", "3"), "charges": ("eau", "rives"),
    "instances": ("comite-du-velo",), "personnes": ("jean",), "assemblees": ("2023",),
    "public": ("2023",), "administration": ("resolution",),
}  # fmt: skip
AWAY = ("/api/", "/static/", "/sortir", "/oidc", "/geste")


@dataclass(frozen=True)
class Field:
    """One field of a form, and what the form holds beside it."""

    action: str
    name: str
    kind: str
    held: tuple[tuple[str, str], ...]
    of_file: bool
    page: str

    def body(self, content: bytes, times: int = 1) -> tuple[bytes, str]:
        """The form with that in this field, so many times; not at all where it is none."""
        pairs = [(name, value.encode()) for name, value in self.held if name != self.name]
        pairs += [(self.name, content)] * times
        if not self.of_file:
            return urlencode(pairs).encode(), "application/x-www-form-urlencoded"
        begins = b'--limite\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s'
        parts = [begins % (name.encode(), value) for name, value in pairs]
        return b"\r\n".join([*parts, b"--limite--", b""]), "multipart/form-data; boundary=limite"


def attacked(place: Town) -> Browser:
    """Something of everything to attack, and who may do everything."""
    furnish(place)
    accounts.add(place.home.store, secretary(place.home), CHIEF, ["secretary", "administrator"])
    place.home.catch_up()
    return entered(place, CHIEF)


def addresses(place: Town, some: Sequence[str] = ()) -> list[str]:
    """Every page, with whatever there is of each kind; the form of every verb, or of some."""
    found = []
    for (method, path), _ in declared(place.nobody.app).items():
        shelf = path.split("/")[1]
        if method == "GET" and not path.startswith(AWAY):
            verbs = (some or [*VERBS, "create", "rename", "correct", "appoint"]) if "{verb}" in path else [""]
            for key in KNOWN.get(shelf, ("x",)):
                found += [re.sub(r"\{(?!verb)\w+[^}]*\}", key, path).replace("{verb}", verb) for verb in verbs]
    return list(dict.fromkeys(found))


def walk(who: Browser, place: Town) -> Iterator[Sheet]:
    """Every page that answers, and those that they lead to."""
    seen, todo = set[str](), addresses(place)
    while todo:
        path = todo.pop(0)
        plain = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", path)
        if plain in seen or len(seen) > 900:
            continue
        seen.add(plain)
        answer = who.ask(path)
        if "html" not in answer.headers.get("content-type", ""):
            continue
        sheet = Sheet(answer)
        yield sheet
        if "/agir/" in path or answer.status_code != 200:
            continue
        for link in sheet.root.all("a"):
            href = urlsplit(link.attributes.get("href", ""))
            if not href.netloc and href.path.startswith("/") and not href.path.startswith(AWAY) and "/agir/" in href.path:
                todo.append(href.path + (f"?{href.query}" if href.query else ""))


def fields(sheets: list[Sheet]) -> list[Field]:
    """Each field of each form, once; those of a GET form too, whose address they make."""
    found: dict[tuple[str, str], Field] = {}
    for sheet in sheets:
        for form in sheet.root.all("form"):
            action = form.attributes.get("action") or str(sheet.answer.url.raw_path.decode())
            method, inner = form.attributes.get("method", "get").lower(), form.all("input", "textarea", "select", "button")
            held = tuple(pairs(form))
            files = form.attributes.get("enctype") == "multipart/form-data"
            for each in inner:
                name = each.attributes.get("name", "")
                kind = each.attributes.get("type", each.tag)
                path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", action.partition("?")[0])
                if name:
                    found.setdefault((f"{method} {path}", name),
                                     Field(f"{method} {action}", name, kind, held, files, str(sheet.answer.url)))  # fmt: skip
    return list(found.values())


def pairs(form: Element) -> Iterator[tuple[str, str]]:
    """What a form holds, in order; the first button that says something too."""
    for each in form.all("input", "textarea", "select"):
        name, kind = each.attributes.get("name", ""), each.attributes.get("type", "")
        if not name or kind in ("submit", "file") or (kind in ("radio", "checkbox") and "checked" not in each.attributes):
            continue
        if each.tag == "select":
            options = each.all("option")
            chosen = [one for one in options if "selected" in one.attributes] or options[:1]
            yield from ((name, one.attributes.get("value", one.text)) for one in chosen)
        else:
            yield name, each.raw if each.tag == "textarea" else each.attributes.get("value", "")


def send(who: Browser, place: Town, one: Field, content: bytes, times: int = 1) -> httpx.Response:
    """What a browser sends of it; whoever is put out by it comes in again."""
    method, action = one.action.split(" ", 1)
    body, kind = one.body(content, times)
    headers = {"Accept-Language": "fr-CA", "Sec-Fetch-Site": "same-origin", "Cookie": f"{COOKIE}={who.cookie}"}
    if method == "get":
        asked = urlencode([(one.name, content[:6000])] * times)
        answer = who.client.request("GET", f"{action.partition('?')[0]}?{asked}", headers)
    else:
        answer = who.client.request("POST", action, headers | {"Content-Type": kind}, content=body)
    if fresh := answer.cookies.get(COOKIE):
        who.cookie = fresh
    return answer


def marked(answer: httpx.Response) -> list[Any]:
    """What came through as markup."""
    if "html" not in answer.headers.get("content-type", ""):
        return []
    every = Sheet(answer).root.all()
    return [each for each in every if each.tag == MARK or any(name == MARK or name.startswith("on") for name in each.attributes)]
