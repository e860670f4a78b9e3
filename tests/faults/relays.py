"""Mail servers that misbehave: line by line, over real sockets."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

HANG, DROP = "hang", "drop"
BEHAVED = {"hello": "220 relay", "EHLO": "250 relay", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on",
           ".": "250 taken", "RSET": "250 ok", "NOOP": "250 ok", "QUIT": "221 bye"}  # fmt: skip


class Relay:
    """Answers each command as told, and hangs up after an answer that ends in “bye”. `taken` holds what it said yes to,
    `seen` what it was sent in whole."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers: dict[str, str] = {}
        self.answer_so(answers)
        self.taken: list[bytes] = []
        self.seen: list[bytes] = []
        self.connections = 0
        self.over = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.1)
        self._threads: list[threading.Thread] = []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._listening.getsockname()[1]}"

    def answer_so(self, answers: Mapping[str, str]) -> None:
        """From now on; `done` stands for the end of the content, and what is not said is as it should be."""
        words = {"done": ".", "hello": "hello"}
        self.answers = BEHAVED | {words.get(word, word.upper()): said for word, said in answers.items()}

    def serve(self) -> None:
        """Takes connections until it is over."""
        while not self.over.is_set():
            with suppress(TimeoutError):
                connection, _ = self._listening.accept()
                self.connections += 1
                thread = threading.Thread(target=self._talk, args=(connection,))
                thread.start()
                self._threads.append(thread)
        self._listening.close()
        for thread in self._threads:
            thread.join(30)

    def _talk(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines, suppress(OSError):
            if not self._answer(connection, "hello"):
                return
            while line := lines.readline():
                word = line.split()[0].decode().upper()
                if not self._answer(connection, word):
                    return
                if word == "DATA" and self.answers["DATA"].startswith("354") and not self._content(connection, lines):
                    return

    def _content(self, connection: socket.socket, lines: Iterator[bytes]) -> bool:
        content = []
        for line in lines:
            if line == b".\r\n":
                break
            content.append(line)
        else:
            return False
        self.seen.append(b"".join(content))
        if self.answers["."].startswith("2"):
            self.taken.append(b"".join(content))
        return self._answer(connection, ".")

    def _answer(self, connection: socket.socket, word: str) -> bool:
        """Whether to go on."""
        answer = self.answers.get(word, "502 what?")
        if answer == HANG:
            self.over.wait(30)
        elif answer.startswith("trickle"):
            self._trickle(connection)
        elif answer != DROP:
            connection.sendall(f"{answer}\r\n".encode())
            return not answer.startswith("421") and not answer.endswith("bye")
        return False

    def _trickle(self, connection: socket.socket) -> None:
        """A letter now and then, for ever."""
        while not self.over.is_set():
            connection.sendall(b"2")
            time.sleep(0.05)


@contextmanager
def relay(**answers: str) -> Iterator[Relay]:
    """A server that answers so."""
    server = Relay(answers)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        thread.join(60)
