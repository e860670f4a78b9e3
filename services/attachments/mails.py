"""An e-mail that someone received, read in a process apart (`mail_child`): never in ours."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from domain.base import meet
from domain.errors import Invalid, Unavailable
from services.attachments.files import LARGEST, MEGABYTES
from services.confined.running import Overrun, run_confined

CHILD = Path(__file__).with_name("mail_child.py")
PATIENCE = 20  # seconds


class NotAMail(Invalid):
    """This is not an e-mail as mail programs save it (.eml): nothing says who sent it. Save the message itself, with “Save as…”, and give that file."""  # noqa: E501 - one sentence


class MailTooLarge(Invalid):
    """An e-mail that is read here has {most} MB at most. Attach it instead, and record what it says yourself."""


class MailTooComplex(Invalid):
    """This e-mail cannot be read: {reason}. Attach it instead, and record what it says yourself."""


class ReadingFailed(Unavailable):
    """No e-mail can be read on this machine now. Nothing was changed; record what it says yourself."""


class TooDeep(Invalid):
    """its parts are nested too deeply, or there are too many of them"""


class HeadersTooLarge(Invalid):
    """its headers are longer than any honest mail’s"""


class TooLong(Invalid):
    """reading it takes too much time or memory"""


class Damaged(Invalid):
    """it is damaged"""


class Mail(Struct, frozen=True):
    """What is told of an e-mail. `said`: its date as written, `date` the instant, if it means one; `ids`: the messages
    that it answers; `files`: names of what came with it, which was not looked at."""

    name: str
    address: str
    subject: str
    ids: list[str]
    said: str
    date: datetime | None
    text: str
    files: list[str]
    automatic: bool


class _Refusal(Struct):
    error: str


_REASONS = {"nested": TooDeep, "headers": HeadersTooLarge, "long": TooLong, "damaged": Damaged}


def read_mail(content: bytes) -> Mail:
    """Raises a subclass of `Invalid` that says why it cannot be read, and what to do instead."""
    if len(content) > LARGEST:
        raise MailTooLarge(most=MEGABYTES)
    answer = _told(content)
    try:
        meet(Mail)
        return msgspec.json.decode(answer, type=Mail)
    except msgspec.DecodeError:
        error = _refused(answer)
    if error == "not_mail":
        raise NotAMail()
    raise MailTooComplex(reason=_REASONS[error]())


def _refused(answer: bytes) -> str:
    """Why it was not read."""
    try:
        meet(_Refusal)
        return msgspec.json.decode(answer, type=_Refusal).error
    except msgspec.DecodeError as error:
        raise ReadingFailed() from error


def _told(content: bytes) -> bytes:
    """What the process apart says."""
    try:
        return run_confined(CHILD, content, PATIENCE)
    except Overrun as error:
        raise MailTooComplex(reason=TooLong()) from error
    except OSError as error:
        raise ReadingFailed() from error
