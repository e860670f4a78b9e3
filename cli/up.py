"""`up`: everything at once, and nothing left when it ends. Database, broker, follower, worker, beat and web, each
started when the one before it is ready; if one ends by itself, so do the others."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, suppress
from typing import Annotated

import typer

from cli.layout import bold
from cli.options import Json
from cli.terminal import Terminal, here
from domain.errors import Refused
from projections.phrases.catalogue import N_
from services.settings import PORT

LINK = N_("To enter, once, within ten minutes: {link}")
END = N_("Ctrl-C ends everything.")
UP = N_("Suivi is up: {url}")


class PortReserved(Refused):
    """The port {port} is reserved for the administrator of this computer. Choose one from 1024 on: suivi up --port {free}"""


class PortTaken(Refused):
    """The port {port} is in use by another program, or by another Suivi. Choose another one: suivi up --port {free}"""


def up(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=1, max=65535, metavar="N", help=N_("Where the pages are served."))] = PORT,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=N_("Do not open the pages."))] = False,
    demo: Annotated[bool, typer.Option("--demo", help=N_("With the demonstration assembly."))] = False,
    as_json: Json = False,
) -> None:
    """Starts everything."""
    from cli.children import Stopped
    from cli.supervising import standing

    terminal = here(context)
    check_port(port)
    with suppress(Stopped), ExitStack() as stack:
        with terminal.patiently():
            house = stack.enter_context(standing(terminal, port, demo))
            link = house.link()
        shape = {"url": house.url, "link": link}
        terminal.answer(shape, as_json, lambda: terminal.print(*welcome(terminal, house.url, link)))
        if not no_browser and has_display():
            open_browser(link or house.url)
        house.watch()


def welcome(terminal: Terminal, url: str, link: str | None) -> list[str]:
    """What a person reads when all is ready."""
    entry = [terminal.say(LINK, link=link)] if link else []
    return [bold(terminal.say(UP, url=url)), *entry, terminal.say(END)]


def open_browser(address: str) -> None:
    """In the person's browser, which goes on after this ends."""
    import webbrowser

    webbrowser.open(address)


def has_display() -> bool:
    """Whether a person sits in front of a screen where a browser can open."""
    screen = sys.platform == "darwin" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    return sys.stdout.isatty() and screen


def check_port(port: int) -> None:
    """Raises `PortReserved` or `PortTaken`, with one that is free."""
    try:
        free = _free(port)
    except PermissionError as error:
        raise PortReserved(port=str(port), free=str(_next(PORT))) from error
    if not free:
        raise PortTaken(port=str(port), free=str(_next(port + 1)))


def _next(port: int) -> int:
    """The first that is free, from there on."""
    return next(filter(_free, range(port if port >= 1024 else PORT, 65536)), PORT)


def _free(port: int) -> bool:
    """Raises `PermissionError` where the port is not for everyone."""
    import socket

    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except PermissionError:
            raise
        except OSError:
            return False
    return True
