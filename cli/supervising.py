"""A whole house standing: its servers, its processes, and what ends it."""

from __future__ import annotations

import http.client
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, NoReturn
from uuid import UUID

from cli.children import Child, Children, Ended, Stopped
from cli.terminal import Terminal, clean, write
from domain.errors import Forbidden, Unavailable
from projections.phrases.catalogue import N_
from services.processes import READY

if TYPE_CHECKING:
    from services.servers.holding import Held

HOST = "127.0.0.1"
SLOW = 120  # seconds after which a process that is not ready never will be
LOOK = 1.0  # seconds between two looks at the embedded servers
KNOCK = 0.1  # seconds between two knocks at the door of the pages
COLOURS = {"follower": 36, "worker": 33, "beat": 35, "web": 32}
WIDTH = max(map(len, COLOURS))
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

ENDING = N_("Everything is being ended.")
LAST_LINES = N_("Its last lines:")
BY_SIGNAL, BY_CODE, GONE = N_("signal {name}"), N_("exit code {code}"), N_("it is gone")


class ProcessEnded(Unavailable):
    """The process “{name}” ended by itself ({how}), so everything was ended. What was recorded is safe; start again with: suivi up"""  # noqa: E501 - one sentence


class ProcessSlow(Unavailable):
    """The process “{name}” was not ready after {seconds} seconds, so everything was ended. What was recorded is safe; start again with: suivi up"""  # noqa: E501 - one sentence


@dataclass
class House:
    """What stands: `url` is where its pages are, `person` who started it, if they have an account."""

    terminal: Terminal
    url: str
    children: Children
    servers: dict[str, Held]
    person: UUID | None = None

    def link(self) -> str | None:
        """A link that lets the person in, once."""
        from services.tokens import one_time_link

        if self.person is None:
            return None
        with self.terminal.home() as home:
            return f"{self.url}/entrer?lien={one_time_link(home.store, self.person)}"

    def start(self, port: int) -> None:
        """Its processes, one after the other. Raises as `wait_for`."""
        for name, *command in (
            ("follower", "workers.follower"),
            ("worker", "workers.queue", "worker"),
            ("beat", "workers.queue", "beat"),
            ("web", "web", "--port", str(port)),
        ):
            self.wait_for(self.children.start(name, *command))

    def watch(self) -> None:
        """Until someone asks for the end. Raises `ProcessEnded`."""
        while True:
            self._look(LOOK)

    def wait_for(self, child: Child) -> None:
        """Until it has said that it is ready. Raises `ProcessEnded` or `ProcessSlow`."""
        end = time.monotonic() + SLOW
        while not child.ready:
            if time.monotonic() > end:
                raise ProcessSlow(name=child.name, seconds=SLOW)
            self._look(KNOCK)
            child.ready = child.ready or (child.name == "web" and _opens(self.url))

    def _look(self, seconds: float) -> None:
        try:
            self.children.watch(seconds)
        except Ended as news:
            raise ProcessEnded(name=news.child.name, how=self._how(news.child)) from news
        for name, server in self.servers.items():
            if not server.runs():
                raise ProcessEnded(name=name, how=self.terminal.say(GONE))

    def _how(self, child: Child) -> str:
        code = child.process.returncode
        if code < 0:
            return self.terminal.say(BY_SIGNAL, name=signal.Signals(-code).name)
        return self.terminal.say(BY_CODE, code=code)


@contextmanager
def standing(terminal: Terminal, port: int, demo: bool) -> Iterator[House]:
    """Starts everything, each when the one before it is ready; at the end, ends everything. Raises `Stopped` when asked
    for the end before all is ready, and within the block."""
    try:
        with ExitStack() as stack:
            for number in SIGNALS:
                stack.callback(signal.signal, number, signal.signal(number, _stop))
            servers = _servers(terminal, stack)
            person = _prepare(terminal, demo)
            url = f"http://{HOST}:{port}"
            house = House(terminal, url, _children(terminal, url), servers, person)
            stack.callback(house.children.end)
            for number in SIGNALS:
                signal.signal(number, house.children.stop)
            try:
                house.start(port)
                yield house
            except Stopped:
                terminal.tell(ENDING)
                raise
    except ProcessEnded as error:
        if isinstance(error.__cause__, Ended) and (last := error.__cause__.child.last):
            terminal.tell(LAST_LINES)
            write(sys.stderr, "".join(f"    {clean(line)}\n" for line in last))
        raise


def _stop(*_: object) -> NoReturn:
    raise Stopped()


def _children(terminal: Terminal, url: str) -> Children:
    environ = os.environ | {"SUIVI_HOME": str(terminal.settings.home), "SUIVI_LANG": terminal.lang,
                            "SUIVI_URL": os.environ.get("SUIVI_URL") or url, "PYTHONUNBUFFERED": "1"}  # fmt: skip
    return Children(environ, terminal.say(READY), _tell)


def _servers(terminal: Terminal, stack: ExitStack) -> dict[str, Held]:
    """The embedded servers that are used, for as long as the house stands."""
    from services.servers import broker, embedded, reach

    settings = terminal.settings
    servers: dict[str, Held] = {}
    if settings.database_url is None:
        servers["database"] = stack.enter_context(embedded(settings.home, terminal.progress))
    if settings.broker_url is None:
        servers["broker"] = stack.enter_context(broker(settings.home))
    else:
        reach(settings.broker_url)
    return servers


def _prepare(terminal: Terminal, demo: bool) -> UUID | None:
    """The schema and the lists, in an empty store the first person, and the demonstration. Whoever started this, if
    they have an account: pages are served to others all the same."""
    with terminal.home() as home:
        try:
            actor = terminal.actor(home)
        except Forbidden as error:
            terminal.tell(error)
            return None
        if demo:
            from services.demonstration import load

            if notice := load(home, actor).notice:
                terminal.tell(notice)
    return actor.person


def _opens(url: str) -> bool:
    """Whether the pages are served."""
    host = http.client.HTTPConnection(url.removeprefix("http://"), timeout=LOOK)
    try:
        host.request("GET", "/api/v1/ready")
        return host.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        host.close()


def _tell(name: str, line: str) -> None:
    """A line of a process, under its name."""
    prefix = f"{name:{WIDTH}} |"
    if sys.stderr.isatty() and not os.environ.get("NO_COLOR"):
        prefix = f"\033[{COLOURS[name]}m{prefix}\033[0m"
    write(sys.stderr, f"{prefix} {clean(line)}\n")
