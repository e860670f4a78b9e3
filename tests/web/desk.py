"""The application at a database of the test's own, and who asks it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal

from services import tokens
from services.home import Home
from services.schema import Urls
from services.settings import Settings
from tests.homes import SECRETARY, secretary
from web.app import create_app


def settings_of(urls: Urls) -> Settings:
    """The settings under which a process serves a database."""
    return Settings(
        Path(os.environ["SUIVI_TEST_HOME"]), SECRETARY, database_url=urls.owner,
        database_writer_url=urls.writer, database_reader_url=urls.reader,
    )  # fmt: skip


class Client:
    """Asks the application without a network, from any thread."""

    def __init__(self, portal: BlockingPortal, inner: httpx.AsyncClient) -> None:
        self.portal, self.inner = portal, inner

    def request(self, method: str, url: str, **more: Any) -> httpx.Response:
        return self.portal.call(partial(self.inner.request, method, url, **more))

    def get(self, url: str, **more: Any) -> httpx.Response:
        return self.request("GET", url, **more)

    def post(self, url: str, **more: Any) -> httpx.Response:
        return self.request("POST", url, **more)


@contextmanager
def serving(urls: Urls) -> Iterator[Client]:
    """The application; an error that it did not foresee is an answer, not an exception."""
    app = create_app(settings_of(urls))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(app.router.lifespan_context(app)):
        inner = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")
        with portal.wrap_async_context_manager(inner):
            yield Client(portal, inner)


def bearer(home: Home, *scopes: str, name: str = "essai") -> dict[str, str]:
    """The header of a new token of the secretary."""
    _, secret = tokens.add(home.store, secretary(home), name, scopes or ("read", "write"))
    return {"Authorization": f"Bearer {secret}"}
