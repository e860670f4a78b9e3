"""Reads a notice that a message could not be delivered: RFC 3464, and what servers write in plain words.

Bounded: so many bytes, so many parts, headers as they stand; nothing in the notice is followed or opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr
from itertools import islice
from typing import Any, NamedTuple

from domain.errors import Invalid, Refused
from services.mail.lines import printed

LARGEST = 1_000_000  # bytes of a notice: the message that came back is in it
PARTS = 100
TEXT = 20_000  # characters of words that are searched
_OURS = re.compile(r"<[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@[A-Za-z0-9.-]{1,253}>")
_QUOTED = re.compile(r"^[>\s]{0,8}Message-ID:\s{0,8}(<[^<>\s]{1,320}>)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45])\d\d(?=[ -])")
_LATER = re.compile(r"delay|retard|warning|avertissement", re.IGNORECASE)
_BY_MACHINE = ("mailer-daemon", "postmaster", "microsoftexchange")  # what the sender of a notice begins with


class NoticeTooLarge(Invalid):
    """A notice of non-delivery has {most} bytes at the most. Nothing was recorded."""


class NoNotice(Invalid):
    """This is no notice of non-delivery. Give the whole message as the mail server sent it, with its headers (.eml). Nothing was recorded."""  # noqa: E501 - one sentence


class WasDelivered(Refused):
    """This notice says that the message was delivered: there is nothing to record."""


class Notice(NamedTuple):
    """`about`: the Message-IDs that it may be about, the surest first. `final`: whether the servers have given up.
    `answer`: why, in their words."""

    about: tuple[str, ...]
    final: bool
    answer: str


def read_notice(content: bytes) -> Notice:
    """Raises an `Invalid` that says what else it is."""
    if len(content) > LARGEST:
        raise NoticeTooLarge(most=LARGEST)
    try:
        message = message_from_bytes(content)
        parts = list(islice(message.walk(), PARTS))
        return _notice(message, parts)
    except (RecursionError, LookupError, ValueError) as error:
        raise NoNotice() from error


def _notice(message: Message, parts: list[Message]) -> Notice:
    statuses = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    recipients = [block for part in statuses for block in _blocks(part) if block.get("Action") or block.get("Status")]
    final, answer = _reported(recipients) if recipients else _told(message, parts)
    return Notice(tuple(dict.fromkeys(_ids(message, parts))), final, answer)


def _blocks(part: Message) -> list[Message]:
    """The groups of fields of a delivery-status part: of the message, then of each recipient."""
    payload: Any = part.get_payload()
    return payload if isinstance(payload, list) else []


def _reported(recipients: list[Message]) -> tuple[bool, str]:
    """What RFC 3464 says of the recipients: the worst, as `Action` has it; without one, as the status has it."""
    found = {_action(block): block for block in reversed(recipients)}
    for action in ("failed", "delayed"):
        if block := found.get(action):
            status, diagnostic = (str(block.get(name, "")).strip() for name in ("Status", "Diagnostic-Code"))
            words = diagnostic.partition(";")[2].strip() or diagnostic
            return action == "failed", printed(None, words if status in words else f"{status} {words}")
    raise WasDelivered()


def _action(block: Message) -> str:
    said = str(block.get("Action", "")).strip().lower()
    return said or {"5": "failed", "4": "delayed"}.get(str(block.get("Status", "")).strip()[:1], "")


def _told(message: Message, parts: list[Message]) -> tuple[bool, str]:
    """What a notice in plain words says, if a mail server wrote it."""
    failed, by = message.get("X-Failed-Recipients"), parseaddr(str(message.get("From", "")))[1].lower()
    if not failed and not by.startswith(_BY_MACHINE):
        raise NoNotice()
    words = _words(parts)
    line = next((line for line in words.splitlines() if _STATUS.search(line) or _CODE.search(line)), "")
    found = _STATUS.search(line) or _CODE.search(line)
    if found and found[0][0] == "2":
        raise WasDelivered()
    final = found[0][0] == "5" if found else bool(failed) or not _LATER.search(str(message.get("Subject", "")))
    return final, printed(None, line or str(message.get("Subject", "")))


def _words(parts: list[Message]) -> str:
    """What the server wrote, before the copy of the message."""
    text = next((part for part in parts if part.get_content_type() == "text/plain"), None)
    content = text.get_payload(decode=True) if text else b""
    said = content.decode("utf-8", "replace")[:TEXT] if isinstance(content, bytes) else ""
    quoted = _QUOTED.search(said)
    return said[: quoted.start()] if quoted else said


def _ids(message: Message, parts: list[Message]) -> Iterator[str]:
    """Those of the messages it holds, of their headers alone, or in its words; then what it says it answers to."""
    for part in parts[1:]:
        yield from _OURS.findall(str(part.get("Message-ID", ""))[:1000])
    for part in parts:
        if part.get_content_maintype() == "text":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                for id in _QUOTED.findall(content.decode("utf-8", "replace")):
                    yield from _OURS.findall(id)
    for name in ("In-Reply-To", "References"):
        yield from _OURS.findall(str(message.get(name, ""))[:4000])
