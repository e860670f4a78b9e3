"""The application: its routes, its door and its desks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache, partial

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from services.reports.preparing import Preparations
from services.settings import Settings
from web import api, pages
from web.api.description import describe
from web.desks import open_desks
from web.guard import Guard, hosts_of
from web.policies import OFFLINE, OPENAPI, declared
from web.problems import tell_problems
from web.wire import Packed

TITLE = "Suivi"
VERSION = "1"


def create_app(settings: Settings, progress: Callable[[str], None] = lambda said: None) -> FastAPI:
    """The application of one home. Raises `PolicyMissing` if a route does not say for whom it is."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_desks(app.state.settings, progress) as app.state.desks:
            yield

    app = FastAPIOffline(
        title=TITLE, version=VERSION, lifespan=lifespan, redirect_slashes=False,
        docs_url=None, redoc_url=None, openapi_url=OPENAPI, static_url=OFFLINE,
    )  # fmt: skip
    furnish(app, settings)
    app.include_router(api.router)
    app.include_router(pages.router)
    tell_problems(app)
    app.add_middleware(Packed)
    app.add_middleware(Guard, hosts=hosts_of(settings))
    declared(app)
    app.openapi = cache(partial(describe, app))  # type: ignore[method-assign]  # as FastAPI says to
    return app


def furnish(app: FastAPI, settings: Settings) -> None:
    """What the application keeps in hand while it serves one home."""
    app.state.settings = settings
    app.state.preparations = Preparations(settings.home)
