"""Someone at the door, with a browser that keeps every cookie as browsers do."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

import httpx

from services.signing_in import passwords
from tests.homes import secretary
from tests.web.browser import Sheet, filled
from tests.web.desk import Client, Town

GOOD = "quatre vaches bleues dansent"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass
class Visitor:
    """`host`: the name under which they find Suivi."""

    client: Client
    host: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    answer: httpx.Response = field(init=False)

    def ask(self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:
        """One request; what it sets is kept."""
        told = {"Accept-Language": "fr-CA", "User-Agent": FIREFOX, "Host": self.host, **(headers or {})}
        if self.cookies:
            told["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.answer = self.client.request(method, path, told, **more)
        self.client.inner.cookies.clear()
        for line in self.answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.cookies.pop(name, None)
                if morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
        return self.answer

    def get(self, path: str, status: int = 200, **query: Any) -> Sheet:
        """A page; where it leads elsewhere, that one."""
        answer = self.ask("GET", path, params=query or None)
        while answer.status_code == 303:
            answer = self.ask("GET", answer.headers["location"])
        assert answer.status_code == status, answer.text
        return Sheet(answer)

    def post(self, path: str, **fields: str) -> httpx.Response:
        """A form, from a page of ours."""
        return self.ask("POST", path, headers={"Sec-Fetch-Site": "same-origin"}, data=fields)

    def send(self, sheet: Sheet, action: str, **fields: str) -> httpx.Response:
        """The form of a page that leads there, with what it holds already."""
        form = next(each for each in sheet.root.all("form") if urlsplit(each.attributes.get("action", "")).path == action)
        return self.post(form.attributes["action"], **(filled(form) | fields))

    def enter(self, login: str = "ana", password: str = GOOD, **more: str) -> httpx.Response:
        """By password."""
        return self.send(self.get("/entrer"), "/entrer", identifiant=login, mot_de_passe=password, **more)

    @property
    def inside(self) -> bool:
        """Whether a page of Suivi is open to them."""
        return self.ask("GET", "/dossiers").status_code == 200


def visitor(place: Town, **more: Any) -> Visitor:
    """Someone who comes; Ana has a password."""
    store = place.home.store
    if not passwords.has_password(store, secretary(place.home).person):
        passwords.choose(store, secretary(place.home).person, GOOD)
    return Visitor(place.nobody, **more)


def long_ago(place: Town) -> None:
    """As if everyone had proved who they are a quarter of an hour ago."""
    place.home.store.connection.execute("UPDATE suivi.sessions SET proven_at = proven_at - interval '15 minutes'")


def noted(place: Town) -> list[tuple[str, str]]:
    """The access log: what, and about what."""
    return place.home.store.connection.execute("SELECT what, about FROM suivi.access ORDER BY id").fetchall()  # type: ignore[return-value]
