"""A provider of tokens, and a mail server that wants them: as Microsoft 365 does, over real sockets."""

from __future__ import annotations

import json
import ssl
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from aiosmtpd.smtp import AuthResult

from tests.services.mailing import Sink

REFUSED = "535 5.7.3 Authentication unsuccessful"


class Provider:
    """Gives tokens `t1`, `t2`…; `refuses`: the status and the answer instead, if it is to refuse."""

    def __init__(self, lasts: Any = 3600) -> None:
        self.lasts = lasts
        self.refuses: tuple[int, Any] | None = None
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        self.url = ""

    def answer(self, path: str, form: str) -> tuple[int, bytes]:
        self.asked.append((path, parse_qs(form, strict_parsing=True)))
        if self.refuses is not None:
            status, said = self.refuses
            return status, said if isinstance(said, bytes) else json.dumps(said).encode()
        given = {"token_type": "Bearer", "access_token": f"t{len(self.asked)}", "expires_in": self.lasts}
        return 200, json.dumps(given).encode()


@contextmanager
def provider(context: ssl.SSLContext | None = None, **how: Any) -> Iterator[Provider]:
    """One that runs; encrypted with a context."""
    gives = Provider(**how)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, content = gives.answer(self.path, form)
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *about: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    gives.url = f"{'https' if context else 'http'}://127.0.0.1:{server.server_port}/tenant/token"
    try:
        yield gives
    finally:
        server.shutdown()
        thread.join(30)
        server.server_close()


class Office365(Sink):
    """A mail server that takes the tokens of `good` for the mailbox `suivi@example.org`, and says `refusal` to others."""

    def __init__(self, *good: str, refusal: str = REFUSED) -> None:
        super().__init__()
        self.good, self.refusal = set(good), refusal
        self.presented: list[str] = []

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if not session.authenticated:
            return "530 5.7.57 Client not authenticated to send mail"
        envelope.mail_from = address
        return "250 OK"

    async def auth_XOAUTH2(self, server: Any, words: list[str]) -> AuthResult:
        said = b64decode(words[1]).decode()
        self.presented.append(said)
        if said in {f"user=suivi@example.org\x01auth=Bearer {token}\x01\x01" for token in self.good}:
            return AuthResult(success=True, auth_data=said)
        answer = await server.challenge_auth(b64encode(b'{"status":"400"}').decode(), encode_to_b64=False)
        await server.push(self.refusal if answer == b"" else "501 5.5.2 an empty line was owed")
        return AuthResult(success=False, handled=True)

