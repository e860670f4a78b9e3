"""One thing that one person is to be told: how it reaches them, as they set it, and its row of the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from domain.directory import NoticeKind, Person
from services.accounts import person_of, roles_of
from services.mail import rhythms
from services.mail.letters import Letter
from services.mail.messages import domain_of
from services.mail.reasons import AddressMissing, Trouble, written
from services.settings import Settings
from services.store import Store

_ADD = """INSERT INTO suivi.outbox (id, step, stream, position, recipient, message_id, lang, subject, body, html, summary,
                                    created_at, state, reason, kind, channel, not_before, held, sent_at)
          VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"""


@dataclass(frozen=True)
class Notice:
    """What is told: `id` is that of a step, or of what else it is about; `at` when it came; `stream` and `position` where
    it stands in the log."""

    id: UUID
    kind: NoticeKind
    stream: UUID
    position: int
    recipient: UUID
    at: datetime


class Way(NamedTuple):
    """How a notice goes: by itself, gathered with others, or in the application alone; and from when on."""

    channel: str
    not_before: datetime
    held: bool = False


def post(store: Store, settings: Settings, notice: Notice, letter: Letter | None, trouble: Trouble | None = None) -> int:
    """One row of the outbox, the way that its reader wants it; how many were made. Its id, and so its Message-ID, is
    always the same for that notice and reader. What there is `trouble` with is set aside."""
    row, now = uuid5(notice.id, f"{notice.recipient} mail"), store.present.now
    way = Way("mail", store.present.calendar.reopening(now))
    if trouble is None:
        person = person_of(store, notice.recipient)
        found = way_of(store, person, notice, now) if person else None
        trouble, way = (None, found) if found else (AddressMissing(), way)
    letter = letter or Letter(store.present.organisation.lang, "Suivi")
    told = way.channel == "inbox" and trouble is None
    facts: tuple[Any, ...] = (
        row, notice.id, notice.stream, notice.position, notice.recipient, f"<{row}@{domain_of(settings.mail_from)}>",
        letter.lang, letter.subject, letter.body, letter.html, letter.summary, now,
        "parked" if trouble else "sent" if told else "waiting", written(trouble) if trouble else None,
        notice.kind, *way, now if told else None,
    )  # fmt: skip
    return store.connection.execute(_ADD, facts).rowcount


def way_of(store: Store, person: Person, notice: Notice, now: datetime) -> Way | None:
    """How the person is to be told now; null where they cannot be."""
    calendar, rhythm = store.present.calendar, person.notices.of(notice.kind)
    if rhythm == "none" or not (person.mail or "").strip():
        return Way("inbox", now) if rhythm == "none" or roles_of(store, person.id) else None
    if person.away(calendar.today(now)):
        return Way("digest", rhythms.back(person, calendar), held=True)
    if rhythm == "at_once":
        return Way("mail", rhythms.at_once(person, now, calendar))
    return Way("digest", rhythms.slot(person, rhythm, max(notice.at, now - rhythms.GATHERING), calendar))
