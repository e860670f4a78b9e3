"""`python -m web --port N`: serves the home on this machine only, until it is told to end."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.errors import SuiviError
from projections.phrases.catalogue import say
from services.home import open_home
from services.settings import PORT, Lang, Settings
from web.app import create_app

HOST = "127.0.0.1"
KEEP_ALIVE = 15  # seconds between two requests of a connection
ENDING = 10  # seconds that requests under way have to finish
ACCESS = logging.getLogger("suivi.access")
LOG = logging.getLogger("suivi.web")


class Access:
    """Logs each answer: method, route, status, milliseconds. The pattern of the route, not the path; no query, no header:
    they may hold names and secrets."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 0

        async def sent(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self.app(scope, receive, sent)
        finally:
            route = getattr(scope.get("route"), "path", "-")
            ACCESS.info("%s %s %s %d", scope["method"], route, status, 1000 * (time.perf_counter() - begun))


def main(args: list[str] | None = None) -> int:
    """Serves. The log goes to standard error; what keeps the home from opening is a sentence there, and exit code 1."""
    parser = argparse.ArgumentParser(prog="python -m web")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--host", default=HOST, help="within a container, 0.0.0.0: the container is the machine")
    given = parser.parse_args(args)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(message)s")
    lang: Lang = "fr"
    try:
        settings = Settings.from_environment()
        lang = settings.lang
        with open_home(settings, LOG.info):  # the application joins it
            uvicorn.run(Access(create_app(settings, LOG.info)), **options(given.port, given.host))
    except SuiviError as error:
        LOG.error("%s", say(error, lang))
        return 1
    return 0


def options(port: int, host: str = HOST) -> dict[str, Any]:
    """How uvicorn serves: loopback only, unless told otherwise; no log nor header of its own."""
    return {
        "host": host, "port": port, "access_log": False, "log_config": None, "server_header": False,
        "proxy_headers": False, "timeout_keep_alive": KEEP_ALIVE, "timeout_graceful_shutdown": ENDING,
        "ws": "none", "lifespan": "on",
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
