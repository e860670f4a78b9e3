"""The mail server that takes messages on: one connection, and what each of its answers means for a message.

A fault of the relay (away, login or sender refused) says nothing about a message; a refusal of the recipient or of the
content is final; anything else is tried again."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from threading import Timer
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from services.mail.reasons import (
    AddressUnfit,
    LoginInTheClear,
    LoginRefused,
    LoginUnfit,
    MessageRefused,
    NotTaken,
    RecipientRefused,
    RelayAway,
    RelayUnreadable,
    SenderRefused,
    Trouble,
)

SILENCE = 20.0  # seconds without an answer
WHOLE = 40.0  # seconds that one message may take in all: a server that trickles holds nobody up
ANSWER = 200  # characters kept of what the server says
STARTTLS = ("offered", "required", "never")
PORTS = {"smtp": 587, "smtps": 465}
LOGIN_WANTED = (530, 534, 535, 538)  # RFC 4954: asked for a login, not about the recipient
FAULTS = (RelayAway, LoginRefused, LoginInTheClear, LoginUnfit, SenderRefused)
FINAL = (RecipientRefused, MessageRefused, AddressUnfit)


@dataclass(frozen=True)
class Place:
    """Where the relay is. `starttls`: offered (used when the server has it), required, or never."""

    host: str
    port: int
    tls: bool
    starttls: str
    user: str | None
    password: str = field(repr=False)

    @classmethod
    def of(cls, url: str) -> Place:
        """`smtp://USER:PASSWORD@HOST:PORT?starttls=required`, `smtps://…`. Raises RelayUnreadable."""
        parts = urlsplit(url)
        starttls = parse_qs(parts.query).get("starttls", ["offered"])[-1]
        if starttls not in STARTTLS:
            raise RelayUnreadable(given=starttls)
        user = None if parts.username is None else unquote(parts.username)
        port = parts.port or PORTS[parts.scheme]
        return cls(parts.hostname or "", port, parts.scheme == "smtps", starttls, user, unquote(parts.password or ""))

    @property
    def here(self) -> bool:
        """Whether it is on this very machine, where nobody listens in."""
        return self.host in ("localhost", "127.0.0.1", "::1")


class Relay:
    """A connection, opened by `with`. Raises a `Trouble` for whatever is not taken."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._open: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *about: object) -> None:
        self.close()

    def close(self) -> None:
        """Takes leave; what the server makes of that does not matter any more."""
        if self._open:
            with suppress(OSError, smtplib.SMTPException), _within(self._open, SILENCE):
                self._open.quit()
            self._open.close()
        self._open = None

    def send(self, message: EmailMessage) -> None:
        """Returns once the relay has taken the message on."""
        try:
            smtp = self._opened()
            with _within(smtp, WHOLE):
                smtp.send_message(message)
        except Trouble:
            raise
        except smtplib.SMTPNotSupportedError as error:
            raise AddressUnfit() from error
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            trouble = _meaning(error)
            if not isinstance(trouble, FINAL):
                self._drop()
            raise trouble from error

    def _opened(self) -> smtplib.SMTP:
        """The connection, opened if need be. What goes wrong here is a fault of the relay."""
        if self._open and not self._answers(self._open):
            self._drop()
        if self._open is None:
            try:
                self._open = self._connect()
                with _within(self._open, WHOLE):
                    self._begin(self._open)
            except smtplib.SMTPAuthenticationError as error:
                self._drop()
                raise LoginRefused(answer=_answer(error)) from error
            except UnicodeError as error:
                self._drop()
                raise LoginUnfit() from error
            except Trouble:
                self._drop()
                raise
            except (OSError, smtplib.SMTPException) as error:  # certificates are among the OSErrors
                self._drop()
                raise RelayAway(answer=_answer(error)) from error
        return self._open

    def _answers(self, smtp: smtplib.SMTP) -> bool:
        """Whether a connection that has served still does: some servers hang up after a message, or after a few."""
        with suppress(OSError, smtplib.SMTPException), _within(smtp, WHOLE):
            return smtp.noop()[0] == 250
        return False

    def _connect(self) -> smtplib.SMTP:
        name = socket.gethostname()  # asking for the full name may wait for a name server
        if self.place.tls:
            context = ssl.create_default_context()
            return EncryptedConnection(self.place.host, self.place.port, name, timeout=SILENCE, context=context)
        return Connection(self.place.host, self.place.port, name, timeout=SILENCE)

    def _begin(self, smtp: smtplib.SMTP) -> None:
        """Encrypts and logs in, as the address says."""
        smtp.ehlo_or_helo_if_needed()
        encrypted, asked = self.place.tls, self.place.starttls
        if not encrypted and (asked == "required" or (asked == "offered" and smtp.has_extn("starttls"))):
            smtp.starttls(context=ssl.create_default_context())
            encrypted = True
        if self.place.user is not None:
            if not encrypted and not self.place.here:
                raise LoginInTheClear()
            smtp.login(self.place.user, self.place.password)

    def _drop(self) -> None:
        if self._open:
            self._open.close()
        self._open = None


class Connection(smtplib.SMTP):
    """Which also waits for the greeting so long and no longer."""

    def connect(self, *place: Any, **more: Any) -> tuple[int, bytes]:
        with _within(self, WHOLE):
            return super().connect(*place, **more)


class EncryptedConnection(Connection, smtplib.SMTP_SSL):
    """The same, encrypted from the start."""


@contextmanager
def _within(smtp: smtplib.SMTP, seconds: float) -> Iterator[None]:
    """Cuts the connection when the time is over, whatever trickles through it."""
    timer = Timer(seconds, _cut, (smtp,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(smtp: smtplib.SMTP) -> None:
    with suppress(OSError, AttributeError):
        smtp.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]  # gone: nothing to cut


def _meaning(error: Exception) -> Trouble:
    """What went wrong with a message over an open connection."""
    match error:
        case smtplib.SMTPSenderRefused() if 500 <= error.smtp_code < 600:
            return SenderRefused(answer=_answer(error))
        case smtplib.SMTPRecipientsRefused():
            code, said = next(iter(error.recipients.values()))
            answer = _printed(code, said)
            if code in LOGIN_WANTED:
                return LoginRefused(answer=answer)
            return RecipientRefused(answer=answer) if 500 <= code < 600 else NotTaken(answer=answer)
        case smtplib.SMTPDataError() if 500 <= error.smtp_code < 600:
            return MessageRefused(answer=_answer(error))
        case _:
            return NotTaken(answer=_answer(error))


def _answer(error: Exception) -> str:
    """What the server said, or how it fell silent."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _printed(error.smtp_code, error.smtp_error)
    return _printed(None, str(error) or type(error).__name__)


def _printed(code: int | None, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    words = " ".join([str(code)] * (code is not None) + text.split())
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in words)[:ANSWER]
