"""`python -m bench.fixed --port N --folder DIR`: the application, and beside its pages those of a folder, whose content is
fixed: under the same door, guard and compression. What the others are compared with."""

from __future__ import annotations

import argparse
from functools import cache
from pathlib import Path

import uvicorn
from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from services.settings import Settings
from web.__main__ import Access, options
from web.app import create_app
from web.entering import Reader

PREFIX = "/fixe"


def fixed_pages(folder: Path) -> APIRouter:
    """A page for each file."""
    router = APIRouter(include_in_schema=False)

    @cache
    def content(name: str) -> bytes:
        return (folder / name).read_bytes()

    @router.get(PREFIX + "/{name}")
    def show(desk: Reader, name: str) -> Response:
        return HTMLResponse(content(name))

    return router


def main() -> None:
    """Serves until it is told to end."""
    parser = argparse.ArgumentParser(prog="python -m bench.fixed")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    given = parser.parse_args()
    app = create_app(Settings.from_environment())
    app.include_router(fixed_pages(given.folder))
    uvicorn.run(Access(app), **options(given.port))


if __name__ == "__main__":
    main()
