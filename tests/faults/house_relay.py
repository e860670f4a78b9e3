"""The mail server of a house that is attacked: it has moods, and whoever speaks to it can be shot."""

from __future__ import annotations

import itertools
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random

from tests.faults.relays import Relay
from tests.services.mailing import parsed


class MoodyRelay(Relay):
    """A mail server that sometimes says “later”, or takes a message and cuts the line. `ambush` is told once the port
    of whoever is speaking to it; `early`: how often that is before the message is kept, and then it is not."""

    def __init__(self, random: Random, early: float) -> None:
        super().__init__({})
        self.random, self.early, self.moods = random, early, Counter[str]()
        self.ambush: Callable[[int], None] | None = None

    def _content(self, connection: socket.socket, lines: Iterator[bytes]) -> bool:
        content = b"".join(itertools.takewhile(lambda line: line != b".\r\n", lines))
        (mood,) = self.random.choices(["taken", "later", "cut"], [90, 6, 4])
        self.moods[mood] += 1
        if mood == "later":
            connection.sendall(b"451 4.7.1 come again later\r\n")
            return True
        ambush, self.ambush = self.ambush, None
        if ambush and self.random.random() < self.early:
            ambush(connection.getpeername()[1])
            return False
        self.taken.append(content)
        if ambush:
            ambush(connection.getpeername()[1])
        if mood == "cut":
            return False
        connection.sendall(b"250 taken\r\n")
        return True

    @contextmanager
    def serving(self) -> Iterator[None]:
        with ThreadPoolExecutor(1) as pool:
            served = pool.submit(self.serve)
            try:
                yield
            finally:
                self.over.set()
        served.result()

    def sent(self) -> list[tuple[str, str]]:
        """Message-ID and recipient of everything it took."""
        messages = map(parsed, self.taken)
        return [(str(message["Message-ID"]), str(message["To"])) for message in messages]
