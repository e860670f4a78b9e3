"""The application at a database of the test's own, and who asks it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI

from services import accounts, tokens
from services.home import Home
from services.schema import Urls
from services.settings import Settings
from tests.homes import SECRETARY, do, opened, secretary
from web.app import create_app, furnish

API = "/api/v1"
BASE = "http://127.0.0.1"


def settings_of(urls: Urls) -> Settings:
    """The settings under which a process serves a database."""
    return Settings(
        Path(os.environ["SUIVI_TEST_HOME"]), SECRETARY, database_url=urls.owner,
        database_writer_url=urls.writer, database_reader_url=urls.reader,
    )  # fmt: skip


@dataclass
class Client:
    """Asks the application without a network, from any thread, with a token in hand or with none."""

    app: FastAPI
    portal: BlockingPortal
    inner: httpx.AsyncClient
    headers: dict[str, str] = field(default_factory=dict)

    def request(self, method: str, url: str, headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:
        told = {**self.headers, **(headers or {})}
        self.inner.cookies.clear()  # what an answer set is for whoever asks next to send, or not
        return self.portal.call(partial(self.inner.request, method, url, headers=told, **more))

    def get(self, url: str, **more: Any) -> httpx.Response:
        """From the API, unless the whole path is said."""
        return self.request("GET", API + url, **more)

    def post(self, url: str, facts: dict[str, Any] | None = None, **headers: str) -> httpx.Response:
        """`If_Match` is the header If-Match."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request("POST", API + url, named, json=facts or {})

    def items(self, url: str, **more: Any) -> list[dict[str, Any]]:
        """All pages of a list."""
        found: list[dict[str, Any]] = []
        answer = self.get(url, **more)
        while True:
            assert answer.status_code == 200, answer.text
            found += answer.json()["items"]
            if (link := answer.links.get("next")) is None:
                return found
            answer = self.request("GET", link["url"])

    def holding(self, secret: str) -> Client:
        """The same, with that token."""
        return Client(self.app, self.portal, self.inner, self.headers | {"Authorization": f"Bearer {secret}"})


@contextmanager
def serving(urls: Urls) -> Iterator[Client]:
    """The application. Nothing may be raised through it, since a server would write that to its log."""
    app = _application(settings_of(urls))
    transport = httpx.ASGITransport(app)
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(app.router.lifespan_context(app)):
        inner = httpx.AsyncClient(transport=transport, base_url=BASE)
        with portal.wrap_async_context_manager(inner):
            yield Client(app, portal, inner)
    _idle.append(app)


_idle: list[FastAPI] = []  # applications that no test has in hand


def _application(settings: Settings) -> FastAPI:
    """One that nobody uses, as new: its routes, which take long to make, are the same for every database."""
    app = _idle.pop() if _idle else create_app(settings)
    app.state = type(app.state)()
    furnish(app, settings)
    return app


@dataclass
class Town:
    """An assembly with a few cases, and the application that serves it."""

    home: Home
    nobody: Client
    ana: Client = field(init=False)

    def __post_init__(self) -> None:
        self.ana = self.nobody.holding(self.token(name="ana"))

    def token(self, *scopes: str, name: str, login: str = SECRETARY) -> str:
        """A token's secret; both scopes by default."""
        actor, _ = accounts.enter(self.home.store, login)
        return tokens.add(self.home.store, actor, name, scopes or ("read", "write"))[1]

    def someone(self, login: str, *roles: str) -> Client:
        """Another account, with a token of its own."""
        accounts.add(self.home.store, secretary(self.home), login, roles)
        self.home.catch_up()
        return self.nobody.holding(self.token(name=login, login=login))

    def do(self, ref: str, verb: str, **more: Any) -> None:
        """Something that others do."""
        do(self.home, ref, verb, **more)
        self.home.catch_up()


def build(urls: Urls) -> None:
    """A town in an empty database: cases 2023:17, and 2023:5, a bundle of 5 and 6."""
    with opened(urls) as home:
        do(home, "assembly:2023", "create", name="Annuelle 2023", date="2023-05-13")
        do(home, "2023:17", "adopt", title="Des vélos pour les quartiers")
        do(home, "2023:5", "adopt", numbers=["5", "6"], titles={"5": "Une eau propre", "6": "Des parcs"})
        home.catch_up()


@contextmanager
def town(urls: Urls) -> Iterator[Town]:
    """A town that was built, and served."""
    with opened(urls) as home, serving(urls) as client:
        yield Town(home, client)
