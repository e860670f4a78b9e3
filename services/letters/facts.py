"""What a reminder letter is made of: plain facts, whoever gathered them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.agreement import Inclusive
from domain.values import NONE, ONCE, Count, Edtf

Gender = Literal["f", "m"] | None


@dataclass(frozen=True)
class Holder:
    """Someone in charge of an office; `interim` until somebody is named."""

    name: str
    gender: Gender = None
    interim: bool = False


@dataclass(frozen=True)
class Addressee:
    """An office, who holds it on the day of the letter if anybody is known, and where letters to it go, line by line.
    `feminine`: what it is called when a woman holds it, if that was said."""

    office: str
    holder: Holder | None = None
    address: tuple[str, ...] = ()
    feminine: str | None = None

    @property
    def title(self) -> str:
        """As whoever holds it is called."""
        return self.feminine if self.feminine and self.holder and self.holder.gender == "f" else self.office


@dataclass(frozen=True)
class Resolution:
    """A number, its title, and when it was adopted."""

    number: str
    title: str
    adopted: Edtf | None = None


@dataclass(frozen=True)
class Sent:
    """What was sent first, and when. `predecessor`: who held the office then, if not today's holder. `elsewhere`: the
    office it was sent to, if it was another; that one `referred` us to this, or else the matter has moved since.
    `kind` is one of the thread's; `count`: how often it was sent; `cosigners`: others who signed."""

    kind: str = "letter"
    day: Edtf | None = None
    subject: str | None = None
    text: str | None = None
    predecessor: Holder | None = None
    elsewhere: str | None = None
    referred: bool = False
    cosigners: Count | None = None
    count: Count = ONCE


@dataclass(frozen=True)
class Since:
    """What came after: how many reminders, the days of those that are dated, the last among them; that it was received,
    and when an answer was to come."""

    reminders: Count = NONE
    reminded: tuple[Edtf, ...] = ()
    acknowledged: Edtf | None = None
    promised: Edtf | None = None


@dataclass(frozen=True)
class Reminder:
    """A reminder on `day`, in the thread of that number. Without an organisation's name or a signatory, the letter
    leaves their place to be filled. `inclusive` and `spaced` are the house's way of writing."""

    day: date
    number: int
    to: Addressee
    resolutions: tuple[Resolution, ...]
    sent: Sent = Sent()
    since: Since = Since()
    organisation: str = ""
    signatory: str = ""
    inclusive: Inclusive = "doublets"
    spaced: bool = False
