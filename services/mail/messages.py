"""A row of the outbox as a message: a fixed set of headers, in which nothing stands that someone else wrote."""

from __future__ import annotations

import re
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime, parseaddr
from uuid import UUID, uuid5

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")
LONGEST = 254  # RFC 5321, section 4.5.3.1.3, without the angle brackets


class Whole(UnstructuredHeader, BaseHeader):
    """A header for mail programs: never folded nor encoded, however long."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_REGISTRY = HeaderRegistry()
for _name in ("In-Reply-To", "References", "List-Unsubscribe"):
    _REGISTRY.map_to_type(_name, Whole)
POLICY = SMTP.clone(header_factory=_REGISTRY)


def address(text: str, name: str = "") -> Address | None:
    """The address, if mail can be written to it: RFC 5321's Dot-string at a domain, which may bear accents. Quoted
    local parts and literal hosts, which nobody has, are not taken."""
    local, at, domain = text.strip().rpartition("@")
    try:
        host = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    labels = host.split(".")
    fit = len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
    if not fit or not _LOCAL.fullmatch(local) or len(local) > 64 or len(local + at + host) > LONGEST:
        return None
    return Address(name, local, host)


def sender(mail_from: str) -> Address | None:
    """What MAIL_FROM means."""
    name, given = parseaddr(mail_from)
    return address(given, name if name.isprintable() else "")


def domain_of(mail_from: str | None) -> str:
    """The domain of Message-IDs: the sender's."""
    found = sender(mail_from) if mail_from else None
    return found.domain if found else "suivi.invalid"


def thread_of(stream: UUID, recipient: UUID, message_id: str) -> str:
    """The id under which mail programs group what one reader gets about one stream: of a message that nobody sends."""
    return f"<{uuid5(stream, f'{recipient} thread')}@{message_id.rpartition('@')[2].rstrip('>')}>"


def message_of(
    *, sender: Address, to: Address, message_id: str, lang: str, subject: str, body: str, html: str, at: datetime,
    thread: str, unsubscribe: str | None = None,
) -> EmailMessage:  # fmt: skip
    """Plain text and HTML, both in UTF-8 as quoted-printable: any relay takes that. `thread`: see `thread_of`.
    `unsubscribe`: the address that takes a reader off the list by one POST (RFC 8058)."""
    message = EmailMessage(policy=POLICY)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    message["In-Reply-To"] = message["References"] = thread
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday answer to this
    if unsubscribe:
        message["List-Unsubscribe"] = f"<{unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(body, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = f"{lang}-CA"  # last: setting a content takes such headers off
    return message
