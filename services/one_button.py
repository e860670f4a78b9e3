"""Signed links that open a page with one button: for one person, one act about one clock, or to hear no more of a case.

Whoever has the link may press the button, as the person whom it names and with the roles that they have by then. The
link itself changes nothing: mail scanners follow every one. It opens no session and is kept nowhere; its signature is
made with a key of the store."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from struct import Struct
from typing import Literal
from uuid import UUID, uuid4, uuid5

from domain.base import Act, Command
from domain.case.case import Case
from domain.case.commands import UnsubscribeCase
from domain.case.subscriptions import wishes
from domain.clocks import AcknowledgeStep, Clock, SnoozeClock
from domain.directory import Person
from domain.errors import Forbidden, Refused, SuiviError
from services import subjects
from services.accounts import person_of, roles_of
from services.execute import Actor, Work, commit
from services.store import Store
from services.subjects import Subject

LASTS = timedelta(days=45)
LEAVING = timedelta(days=400)  # for which one can leave what one is told of: longer than any law asks for
LATER = timedelta(weeks=2)
PATH = "/geste"
SECRET = "lien"  # the name of the parameter; web.failures repeats none of that name

Deed = Literal["seen", "later", "leave"]
DEEDS: tuple[Deed, ...] = ("seen", "later", "leave")
OF_CLOCKS: tuple[Deed, ...] = ("seen", "later")
NO_CLOCK = UUID(int=0)

_FIELDS = Struct(">BB16s16s16sI")  # version, deed, person, stream, clock, expiry in seconds since 1970
_VERSION = 1
_SPACE = UUID("8c9c1f7e-55d4-4c2e-a6d1-2f3f0c8a6b11")


class LinkUnfit(Forbidden):
    """This link opens nothing: it is not whole, or what it is about is not for you to see any more. Take it from the message again, or record it in the case."""  # noqa: E501 - one sentence


class LinkOver(Forbidden):
    """This link has served its time: it was good for {days} days. What it was for can be recorded in the case."""


class Settled(Refused):
    """Nothing is left to do: what this reminder was about was settled, or has another date, since."""


@dataclass(frozen=True)
class Button:
    """What one link allows, until `expires`. To `leave` has no clock."""

    deed: Deed
    person: UUID
    stream: UUID
    clock: UUID
    expires: datetime


@dataclass(frozen=True)
class Offer:
    """What pressing would do now: to which clock of which subject, as whom. `done`: the button was pressed already;
    `refusal`: why pressing would do nothing."""

    button: Button
    person: Person
    subject: Subject
    clock: Clock | None
    until: datetime
    done: bool = False
    refusal: SuiviError | None = None


def signed(store: Store, button: Button) -> str:
    """The secret of a link: what it allows, and its signature."""
    fields = _FIELDS.pack(_VERSION, DEEDS.index(button.deed), button.person.bytes, button.stream.bytes,
                          button.clock.bytes, int(button.expires.timestamp()))  # fmt: skip
    return urlsafe_b64encode(fields + _signature(store, fields)).decode().rstrip("=")


def read(store: Store, secret: str) -> Button:
    """What a link allows. Raises `LinkUnfit`, `LinkOver`."""
    try:
        content = urlsafe_b64decode(secret.encode("ascii") + b"=" * (-len(secret) % 4))
    except (UnicodeError, Error, ValueError) as error:
        raise LinkUnfit() from error
    fields, signature = content[: _FIELDS.size], content[_FIELDS.size :]
    if len(fields) != _FIELDS.size or not hmac.compare_digest(signature, _signature(store, fields)):
        raise LinkUnfit()
    version, deed, person, stream, clock, expires = _FIELDS.unpack(fields)
    if version != _VERSION or deed >= len(DEEDS):
        raise LinkUnfit()
    at = datetime.fromtimestamp(expires, UTC)
    if at <= store.present.now:
        raise LinkOver(days=(LEAVING if DEEDS[deed] == "leave" else LASTS).days)
    return Button(DEEDS[deed], UUID(bytes=person), UUID(bytes=stream), UUID(bytes=clock), at)


def offer(store: Store, secret: str) -> Offer:
    """What pressing would do now; nothing is changed. Raises `LinkUnfit`, `LinkOver`."""
    button = read(store, secret)
    return _offer(store, button, _command_id(button))


def press(store: Store, secret: str) -> Offer:
    """Does what the link allows, once: pressed again, it tells that it is done. Raises what refuses it."""
    button = read(store, secret)
    id = _command_id(button)
    found = _offer(store, button, id)
    if found.done:
        return found
    if found.refusal:
        raise found.refusal

    def decide(work: Work) -> None:
        subject = subjects.load(store, button.stream)
        work.loaded[button.stream] = subject
        subjects.handle(subject, _command(button, work.act), work.act)

    commit(store, Actor(button.person, _roles(store, button)), {"button": str(id)}, decide, id)
    return _offer(store, button, id)


def buttons(store: Store, person: UUID, subject: Subject, clock: UUID) -> list[tuple[Deed, str]]:
    """What the person could do about a clock by pressing a button, with the secret of each link."""
    expires = (store.present.now + LASTS).replace(microsecond=0)
    offered = [Button(deed, person, subject.id, clock, expires) for deed in OF_CLOCKS]
    return [(each.deed, signed(store, each)) for each in offered if _refusal(store, each, subject) is None]


def way_out(store: Store, person: UUID, case: UUID) -> str:
    """The secret of the link by which the person hears no more of the case."""
    expires = (store.present.now + LEAVING).replace(microsecond=0)
    return signed(store, Button("leave", person, case, NO_CLOCK, expires))


def _offer(store: Store, button: Button, id: UUID) -> Offer:
    person, subject = person_of(store, button.person), _subject(store, button)
    if person is None or subject is None:
        raise LinkUnfit()
    done = _done(store, button, subject, id)
    refusal = None if done else _refusal(store, button, subject)
    until = store.present.now + LATER
    return Offer(button, person, subject, subject.clocks.get(button.clock), until, done, refusal)


def _done(store: Store, button: Button, subject: Subject, id: UUID) -> bool:
    """Whether the button was pressed already. Who left may have come back since: what they last said counts."""
    if button.deed == "leave":
        return isinstance(subject, Case) and wishes(subject).get(button.person) is False
    done = store.connection.execute("SELECT EXISTS (SELECT FROM suivi.command_log WHERE command_id = %s)", (id,)).fetchone()
    return done == (True,)


def _roles(store: Store, button: Button) -> frozenset[str]:
    """Those that the person has by now. To leave takes no account: what is signed is said by them."""
    roles = roles_of(store, button.person)
    return roles or frozenset({"system"}) if button.deed == "leave" else roles


def _subject(store: Store, button: Button) -> Subject | None:
    """The case or the thread, if the person may see it. One leaves cases only."""
    history = store.load_history(button.stream)
    subject = subjects.fold(history) if history else None
    if button.deed == "leave" and not isinstance(subject, Case):
        return None
    roles = roles_of(store, button.person)
    return subject if subject and subjects.seen_by(store, subject, button.person, roles) else None


def _refusal(store: Store, button: Button, subject: Subject) -> SuiviError | None:
    """Why pressing would do nothing, tried on a copy that is thrown away."""
    if button.deed != "leave" and button.clock not in subject.clocks:
        return Settled()
    present = store.present
    act = Act(actor=button.person, roles=_roles(store, button), now=present.now, command_id=uuid4(),
              calendar=present.calendar)  # fmt: skip
    try:
        subjects.handle(subjects.fold(subject.history), _command(button, act), act)
    except SuiviError as refusal:
        return refusal
    return None


def _command(button: Button, act: Act) -> Command:
    if button.deed == "leave":
        return UnsubscribeCase(person=button.person)
    if button.deed == "seen":
        return AcknowledgeStep(clock=str(button.clock))
    return SnoozeClock(clock=str(button.clock), until=act.calendar.today(act.now + LATER).isoformat())


def _command_id(button: Button) -> UUID:
    """The same however often the button is pressed, and whatever the link looks like; one may leave several times."""
    if button.deed == "leave":
        return uuid4()
    return uuid5(_SPACE, f"{button.deed} {button.person} {button.clock} {button.expires.isoformat()}")


def _signature(store: Store, fields: bytes) -> bytes:
    """With a key of its own, made of the store's: nothing else is signed with it."""
    key = hmac.digest(store.request_key, b"suivi one-button links", sha256)
    return hmac.digest(key, fields, sha256)
