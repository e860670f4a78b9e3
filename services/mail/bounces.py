"""Mail that came back: the message is marked, and the secretary is told that a reader was not reached. Once."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from domain.errors import Forbidden, NotFound, Refused
from domain.organisation import KEEPERS
from projections.phrases.catalogue import N_, say
from projections.phrases.nouns import person_noun
from services.accounts import person_of
from services.execute import Actor
from services.mail import wording
from services.mail.letters import Letter, laid_out, language
from services.mail.messages import domain_of
from services.mail.reasons import Bounced, Delayed, written
from services.mail.returned import Notice, read_notice
from services.recipients import Recipients
from services.settings import Settings
from services.store import Store

_FIND = """SELECT id, stream, position, recipient, kind, state, sent_at, bounce FROM suivi.outbox
            WHERE message_id = ANY (%s) ORDER BY array_position(%s, message_id) LIMIT 1 FOR UPDATE"""
_BOUNCED = "UPDATE suivi.outbox SET state = 'bounced', bounced_at = suivi.now(), reason = %s, bounce = %s WHERE id = %s"
_DELAYED = "UPDATE suivi.outbox SET reason = %s, bounce = %s WHERE id = %s"
_ADD = """INSERT INTO suivi.outbox (id, step, stream, position, recipient, message_id, lang, subject, body, html, kind,
                                    created_at, not_before)
          VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 'bounce', %s, %s) ON CONFLICT DO NOTHING"""


class BouncesRole(Forbidden):
    """Mail that came back is recorded by the secretary or an administrator; you have neither role. Nothing was recorded."""


class NotOurs(NotFound):
    """No message of this outbox is the one that came back: the notice names none of their Message-IDs. Nothing was recorded."""


class NotGone(Refused):
    """The message that this notice is about has not gone, or was set aside. Nothing was recorded."""


class Row(NamedTuple):
    """The message that a notice is about."""

    id: UUID
    stream: UUID
    position: int
    recipient: UUID
    kind: str
    state: str
    sent_at: datetime | None
    bounce: bytes | None


class Recorded(NamedTuple):
    """What is known of the message now: `bounced` or `sent` (only delayed); `told`: how many people were told of it."""

    id: UUID
    state: str
    answer: str
    told: int


def record_bounce(store: Store, settings: Settings, actor: Actor, content: bytes) -> Recorded:
    """Takes a notice of non-delivery, as the mail server sent it. The same one again changes nothing."""
    if not actor.roles & KEEPERS:
        raise BouncesRole()
    notice, digest = read_notice(content), sha256(content).digest()
    with store.connection.transaction():
        ids = list(notice.about)
        found = store.connection.execute(_FIND, (ids, ids)).fetchone()
        if found is None:
            raise NotOurs()
        row = Row(*found)
        if row.bounce == digest or row.state == "bounced":
            return Recorded(row.id, row.state, notice.answer, 0)
        if row.state != "sent":
            raise NotGone()
        if not notice.final:
            store.connection.execute(_DELAYED, (written(Delayed(answer=notice.answer)), digest, row.id))
            return Recorded(row.id, row.state, notice.answer, 0)
        store.connection.execute(_BOUNCED, (written(Bounced(answer=notice.answer)), digest, row.id))
        return Recorded(row.id, "bounced", notice.answer, _tell(store, settings, row, notice, digest))


def _tell(store: Store, settings: Settings, row: Row, notice: Notice, digest: bytes) -> int:
    """The letters to whoever is told what nobody else can be told. Of a letter of that kind that came back itself, none:
    it is in sight."""
    if row.kind == "bounce":
        return 0
    step = uuid5(row.id, f"bounced {digest.hex()}")
    others = [person for person in Recipients(store).keepers() if person != row.recipient]
    return sum(_write(store, settings, row, notice, step, person) for person in others)


def _write(store: Store, settings: Settings, row: Row, notice: Notice, step: UUID, recipient: UUID) -> int:
    id, now = uuid5(step, f"{recipient} mail"), store.present.now
    letter = letter_of(store, settings, row, notice, recipient)
    facts: tuple[Any, ...] = (
        id, step, row.stream, row.position, recipient, f"<{id}@{domain_of(settings.mail_from)}>", letter.lang,
        letter.subject, letter.body, letter.html, now, store.present.calendar.reopening(now),
    )  # fmt: skip
    return store.connection.execute(_ADD, facts).rowcount


def letter_of(store: Store, settings: Settings, row: Row, notice: Notice, recipient: UUID) -> Letter:
    """Who was not reached, why, and what to do. Nothing of the case: whoever reads it may not be let see it."""
    organisation, reader, unreached = store.present.organisation, person_of(store, recipient), person_of(store, row.recipient)
    lang = language(reader, organisation) if reader else organisation.lang
    who = person_noun(unreached.name if unreached else None, lang).to
    today = organisation.calendar.today(store.present.now)
    day = organisation.calendar.today(row.sent_at) if row.sent_at else today
    commands = [(say(N_("To send the message again:"), lang), f"suivi outbox --retry {str(row.id)[:8]}")]
    if unreached:
        address = f"suivi act person:{unreached.key} set-address --set mail=…"
        commands.insert(0, (say(N_("To correct the address:"), lang), address))
    return laid_out("news", {
        "lang": lang, "organisation": organisation.name, "today": say("{day}", lang, day=today), "ref": "", "title": "",
        "subject": say(N_("Suivi – a message came back"), lang),
        "heading": say(N_("A message came back"), lang),
        "paragraphs": [
            say(N_("What was written {who} on {day} could not be delivered: nobody has read it."), lang, who=who, day=day),
            say(N_("What the mail servers say: {answer}"), lang, answer=notice.answer),
        ],
        "open": say(N_("Open the message"), lang), "link": f"{settings.url}/envois/{row.id}", "commands": commands,
        "why": say(N_("You get this message so that somebody sees to it."), lang),
        "leave": "", "leave_link": "", "foot": say(wording.FOOT, lang),
    })  # fmt: skip
