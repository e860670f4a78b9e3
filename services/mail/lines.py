"""What talking to a server takes, whatever the protocol: limits of time, and its words made fit to be kept."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Any

SILENCE = 20.0  # seconds without an answer
WHOLE = 40.0  # seconds that one exchange may take in all: a server that trickles holds nobody up
ANSWER = 200  # characters kept of what the server says


@contextmanager
def within(connection: Any, seconds: float) -> Iterator[None]:
    """Cuts the connection, which has a `sock`, when the time is over, whatever trickles through it."""
    timer = Timer(seconds, _cut, (connection,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def printed(code: int | None, said: bytes | str) -> str:
    """The words on one line, without what a terminal or a page could stumble over."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    words = " ".join([str(code)] * (code is not None) + text.split())
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in words)[:ANSWER]


def _cut(connection: Any) -> None:
    with suppress(OSError, AttributeError):  # gone: nothing to cut
        connection.sock.shutdown(socket.SHUT_RDWR)
