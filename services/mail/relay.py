"""The mail server that takes messages on: one connection, and what each of its answers means for a message.

A fault of the relay (away, login or sender refused) says nothing about a message; a refusal of the recipient or of the
content is final; anything else is tried again."""

from __future__ import annotations

import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from services.mail.lines import SILENCE, WHOLE, printed, within
from services.mail.reasons import (
    SIGN_IN,
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
from services.mail.signing import sign_in
from services.settings import HERE, OAuth

STARTTLS = ("offered", "required", "never")
PORTS = {"smtp": 587, "smtps": 465}
LOGIN_WANTED = (530, 534, 535, 538)  # RFC 4954: asked for a login, not about the recipient
NOT_AS_SENDER = ("5.7.60", "5.2.252")  # Microsoft, of the content: this mailbox may not send under that address
FAULTS = (RelayAway, SenderRefused, *SIGN_IN)
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
    application: OAuth | None = None

    @classmethod
    def of(cls, url: str, application: OAuth | None = None, mailbox: str | None = None) -> Place:
        """`smtp://USER:PASSWORD@HOST:PORT?starttls=required`, `smtps://…`; for an application, whose `mailbox` it is
        unless the address names another. Raises RelayUnreadable."""
        parts = urlsplit(url)
        starttls = parse_qs(parts.query).get("starttls", ["offered"])[-1]
        if starttls not in STARTTLS:
            raise RelayUnreadable(given=starttls)
        user = unquote(parts.username) if parts.username is not None else mailbox if application else None
        port, password = parts.port or PORTS[parts.scheme], unquote(parts.password or "")
        return cls(parts.hostname or "", port, parts.scheme == "smtps", starttls, user, password, application)

    @property
    def here(self) -> bool:
        """Whether it is on this very machine, where nobody listens in."""
        return self.host in HERE


class Relay:
    """A connection, opened by `with`. Raises a `Trouble` for whatever is not taken. What cannot be delivered later
    on goes to `returns_to`, else to the sender."""

    def __init__(self, place: Place, returns_to: str | None = None) -> None:
        self.place, self.returns_to = place, returns_to
        self._open: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *about: object) -> None:
        self.close()

    def close(self) -> None:
        """Takes leave; what the server makes of that does not matter any more."""
        if self._open:
            with suppress(OSError, smtplib.SMTPException), within(self._open, SILENCE):
                self._open.quit()
            self._open.close()
        self._open = None

    def send(self, message: EmailMessage) -> None:
        """Returns once the relay has taken the message on."""
        try:
            smtp = self._opened()
            with within(smtp, WHOLE):
                smtp.send_message(message, from_addr=self.returns_to)
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
                with within(self._open, WHOLE):
                    self._begin(self._open)
            except UnicodeError as error:
                self._drop()
                raise LoginUnfit() from error
            except Trouble:
                self._drop()
                raise
            except (OSError, smtplib.SMTPException, ValueError) as error:  # certificates; a challenge that is no base64
                self._drop()
                raise RelayAway(answer=_answer(error)) from error
        return self._open

    def _answers(self, smtp: smtplib.SMTP) -> bool:
        """Whether a connection that has served still does: some servers hang up after a message, or after a few."""
        with suppress(OSError, smtplib.SMTPException), within(smtp, WHOLE):
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
            sign_in(smtp, self.place)

    def _drop(self) -> None:
        if self._open:
            self._open.close()
        self._open = None


class Connection(smtplib.SMTP):
    """Which also waits for the greeting so long and no longer."""

    def connect(self, *place: Any, **more: Any) -> tuple[int, bytes]:
        with within(self, WHOLE):
            return super().connect(*place, **more)


class EncryptedConnection(Connection, smtplib.SMTP_SSL):
    """The same, encrypted from the start."""


def _meaning(error: Exception) -> Trouble:
    """What went wrong with a message over an open connection."""
    match error:
        case smtplib.SMTPSenderRefused() if 500 <= error.smtp_code < 600:
            return SenderRefused(answer=_answer(error))
        case smtplib.SMTPRecipientsRefused():
            code, said = next(iter(error.recipients.values()))
            answer = printed(code, said)
            if code in LOGIN_WANTED:
                return LoginRefused(answer=answer)
            return RecipientRefused(answer=answer) if 500 <= code < 600 else NotTaken(answer=answer)
        case smtplib.SMTPDataError() if 500 <= error.smtp_code < 600:
            answer = _answer(error)
            return (SenderRefused if any(each in answer for each in NOT_AS_SENDER) else MessageRefused)(answer=answer)
        case _:
            return NotTaken(answer=_answer(error))


def _answer(error: Exception) -> str:
    """What the server said, or how it fell silent."""
    if isinstance(error, smtplib.SMTPResponseException):
        return printed(error.smtp_code, error.smtp_error)
    return printed(None, str(error) or type(error).__name__)
