"""Someone with a browser: enters by the one-time link, reads pages; and what a page is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx

from services import accounts, tokens
from tests.homes import SECRETARY
from tests.web.desk import Client, Town
from web.entering import COOKIE

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
SPACES = "\u00a0", " "


@dataclass
class Element:
    """An element, its attributes, the elements and texts in it."""

    tag: str
    attributes: dict[str, str]
    inner: list[Element | str] = field(default_factory=list)

    def all(self, *tags: str, **attributes: str) -> list[Element]:
        """Every element within, in order, of these tags (any without) that bears the attributes (`class_`: one of)."""
        found = []
        for each in self.inner:
            if isinstance(each, Element):
                found += [each] if each._is(tags, attributes) else []
                found += each.all(*tags, **attributes)
        return found

    def one(self, *tags: str, **attributes: str) -> Element:
        (found,) = self.all(*tags, **attributes)
        return found

    def _is(self, tags: tuple[str, ...], attributes: dict[str, str]) -> bool:
        if tags and self.tag not in tags:
            return False
        wanted = dict(attributes)
        if (name := wanted.pop("class_", None)) and name not in self.attributes.get("class", "").split():
            return False
        return all(self.attributes.get(key.replace("_", "-")) == value for key, value in wanted.items())

    @property
    def raw(self) -> str:
        return "".join(each if isinstance(each, str) else each.raw for each in self.inner)

    @property
    def text(self) -> str:
        """What is read, with ordinary spaces, each once."""
        return " ".join(self.raw.replace(*SPACES).split())


class Reader(HTMLParser):
    """Reads a page, and stops at anything that is not closed as it was opened."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"<{tag}> bears an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inner.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inner.append(data)


@dataclass
class Sheet:
    """An answer, and the page in it."""

    answer: httpx.Response

    def __post_init__(self) -> None:
        reader = Reader()
        reader.feed(self.answer.text)
        reader.close()
        assert reader.open == [reader.root]
        self.root = reader.root

    @property
    def text(self) -> str:
        return self.root.one("body").text

    @property
    def main(self) -> Element:
        return self.root.one("main")


@dataclass
class Browser:
    """A browser, which keeps the session."""

    client: Client
    cookie: str = ""

    def ask(self, path: str, speaks: str = "fr-CA", **query: Any) -> httpx.Response:
        headers = {"Accept-Language": speaks} | ({"Cookie": f"{COOKIE}={self.cookie}"} if self.cookie else {})
        return self.client.request("GET", path, headers, params=query or None)

    def post(self, path: str, **fields: Any) -> httpx.Response:
        """What a form of ours sends; a field may have several values."""
        headers = {"Accept-Language": "fr-CA", "Sec-Fetch-Site": "same-origin", "Cookie": f"{COOKIE}={self.cookie}"}
        return self.client.request("POST", path, headers, data=fields)

    def submit(self, sheet: Sheet, action: str, **fields: Any) -> httpx.Response:
        """Fills in the form of a page that leads to an address, and sends it with what it holds already."""
        (form,) = (each for each in sheet.root.all("form") if each.attributes["action"].partition("?")[0] == action)
        return self.post(form.attributes["action"], **(filled(form) | fields))

    def read(self, path: str, status: int = 200, speaks: str = "fr-CA", **query: Any) -> Sheet:
        answer = self.ask(path, speaks, **query)
        assert answer.status_code == status, answer.text
        return Sheet(answer)


def filled(form: Element) -> dict[str, Any]:
    """What a form holds before anyone types."""
    held: dict[str, Any] = {}
    for one in form.all("input", "textarea", "select"):
        name, kind = one.attributes.get("name"), one.attributes.get("type", "")
        if not name or kind in ("submit", "file") or (kind in ("checkbox", "radio") and "checked" not in one.attributes):
            continue
        if one.tag == "select":
            chosen = [each for each in one.all("option") if "selected" in each.attributes] or one.all("option")[:1]
            value = chosen[0].attributes.get("value", chosen[0].text) if chosen else ""
        else:
            value = one.raw if one.tag == "textarea" else one.attributes.get("value", "on" if kind == "checkbox" else "")
        held[name] = [*held[name], value] if isinstance(held.get(name), list) else [held[name], value] if name in held else value
    return held


def entered(place: Town, login: str = SECRETARY) -> Browser:
    """Someone who has entered by a link of their own."""
    actor, _ = accounts.enter(place.home.store, login)
    browser = Browser(place.nobody)
    answer = browser.ask("/entrer", lien=tokens.one_time_link(place.home.store, actor.person))
    browser.cookie = answer.cookies[COOKIE]
    place.nobody.inner.cookies.clear()
    return browser
