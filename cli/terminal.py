"""The terminal of one run: whom it serves, in which language, and what it prints where.

Standard output holds the answer and nothing else; everything beside it goes to standard error."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Timer
from typing import TYPE_CHECKING, Any, TextIO

import typer

from domain.errors import SuiviError
from domain.time import ZONE
from projections.phrases.catalogue import N_, plural, say
from services.settings import Settings

if TYPE_CHECKING:
    from services.execute import Actor
    from services.home import Home

PATIENCE = 2.0  # seconds after which a person wonders whether anything goes on
WAIT = N_("This takes a moment; work is going on.")

# Control characters and overrides of direction: in a text that someone else wrote, they could rewrite the screen.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass
class Terminal:
    """One run of the program. Instants are written in `zone`: the organisation's, once its home was opened."""

    settings: Settings
    as_login: str | None = None
    zone: str = ZONE
    told: int = field(default=0)  # what was said on standard error

    @property
    def lang(self) -> str:
        return self.settings.lang

    def say(self, said: SuiviError | str, **facts: Any) -> str:
        """A sentence in the reader's language, safe to print."""
        return clean(say(said, self.lang, zone=self.zone, **facts))

    def count(self, singular: str, many: str, n: int, **facts: Any) -> str:
        """A sentence that counts."""
        return clean(plural(singular, many, n, self.lang, zone=self.zone, **facts))

    def tell(self, said: SuiviError | str, **facts: Any) -> None:
        """Says something beside the answer."""
        self.told += 1
        write(sys.stderr, self.say(said, **facts) + "\n")

    def progress(self, message: str) -> None:
        """Says what takes long, as services tell it, in English."""
        self.tell(message)

    @contextmanager
    def home(self) -> Iterator[Home]:
        """The home, open; if it takes long, that is said."""
        from services.home import open_home

        with self.patiently(), open_home(self.settings, self.progress) as home:
            self.zone = home.store.present.calendar.zone
            yield home

    @contextmanager
    def reading(self) -> Iterator[Home]:
        """The home with its lists up to date."""
        with self.home() as home:
            home.catch_up()
            yield home

    @contextmanager
    def acting(self) -> Iterator[tuple[Home, Actor]]:
        """The home, and who acts in it."""
        with self.home() as home:
            yield home, self.actor(home)

    def actor(self, home: Home) -> Actor:
        """Who acts in an open home; a first use is said."""
        actor = home.actor(self.as_login)
        for notice in home.notices:
            self.tell(notice)
        return actor

    @contextmanager
    def patiently(self) -> Iterator[None]:
        """Says that work goes on, if it takes long and nothing else was said."""
        told = self.told
        timer = Timer(PATIENCE, lambda: self.tell(WAIT) if self.told == told else None)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def answer(self, value: Any, as_json: bool, show: Callable[[], None]) -> None:
        """Prints one JSON document, or what a person reads."""
        if as_json:
            self.document(value)
        else:
            show()

    def document(self, value: Any) -> None:
        """One JSON document, in UTF-8 whatever the terminal speaks."""
        text = json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n"
        self.bytes(text.encode())

    def bytes(self, content: bytes) -> None:
        """The answer as a file."""
        sys.stdout.flush()
        with leaving_quietly(sys.stdout):
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()

    def print(self, *lines: str) -> None:
        """Lines of the answer."""
        write(sys.stdout, "".join(f"{line}\n" for line in lines))


def here(context: typer.Context) -> Terminal:
    """The terminal that a command runs in."""
    terminal = context.obj
    assert isinstance(terminal, Terminal)
    return terminal


def clean(text: str) -> str:
    """A text that moves nothing on the screen but its own letters."""
    return _UNSAFE.sub("\ufffd", text)


def write(stream: TextIO, text: str) -> None:
    """Writes at once. A letter that the terminal cannot show is replaced."""
    encoding = stream.encoding or "utf-8"
    with leaving_quietly(stream):
        stream.write(text.encode(encoding, "replace").decode(encoding))
        stream.flush()


@contextmanager
def leaving_quietly(stream: TextIO) -> Iterator[None]:
    """Whoever read this stream may leave (`| head`): there is nobody to tell, and what was done stays done."""
    try:
        yield
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
