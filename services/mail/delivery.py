"""Sends what waits in the outbox, one message at a time: claim, send, mark. No database transaction is open while the
mail server is spoken to.

A lease keeps other senders away from what one has claimed. Whoever dies between the server's yes and the mark leaves a
lease that ends, and the message goes again under the same Message-ID: nothing is marked before it is sent. Leases and
pauses are measured by the server's own time, as they are about processes and wires; all else by the store's."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from functools import cache
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

import psycopg

from projections.phrases.catalogue import say
from services.mail.messages import message_of, sender, thread_of
from services.mail.readers import ready
from services.mail.reasons import GivenUp, NotTaken, NotWritten, SenderUnknown, TooLate, Trouble, written
from services.mail.relay import FAULTS, Place, Relay
from services.one_button import PATH, SECRET, way_out
from services.settings import Settings
from services.signing_in.links import HIDDEN, secret_of
from services.store import Store

LEASE = timedelta(minutes=5)  # longer than any message may take (`lines.SILENCE`, `lines.WHOLE`)
PASS = 120.0  # seconds after which a pass claims nothing more: the next one goes on
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
TRIES = 12
LATE = timedelta(days=5)  # after this a reminder is of no use; longer than any weekend with its holidays
KEPT = timedelta(days=30)  # that a text is kept once sent

_CLAIM = """UPDATE suivi.outbox SET leased_till = clock_timestamp() + %s
             WHERE id = (SELECT id FROM suivi.outbox
                          WHERE state = 'waiting' AND channel = 'mail' AND (kind = 'access' OR %s)
                            AND not_before <= suivi.now() AND not_before > suivi.now() - %s
                            AND coalesce(leased_till <= clock_timestamp(), true)
                          ORDER BY not_before, id LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING id, kind, step, stream, recipient, message_id, lang, subject, body, html, tries, leased_till, suivi.now()"""
_SENT = """UPDATE suivi.outbox SET state = 'sent', sent_at = suivi.now(), tries = %s, reason = NULL, leased_till = NULL
            WHERE id = %s"""
_POSTPONE = """UPDATE suivi.outbox SET tries = %s, reason = %s, leased_till = clock_timestamp() + %s
                WHERE id = %s AND state = 'waiting' AND leased_till = %s"""
_PARK = """UPDATE suivi.outbox SET state = 'parked', tries = %s, reason = %s, leased_till = NULL
            WHERE id = %s AND state = 'waiting' AND leased_till = %s"""
_PARK_LATE = """UPDATE suivi.outbox SET state = 'parked', reason = %s, leased_till = NULL
                 WHERE state = 'waiting' AND channel = 'mail' AND not_before <= suivi.now() - %s
                   AND coalesce(leased_till <= clock_timestamp(), true)"""
_PURGE = """UPDATE suivi.outbox SET body = NULL, html = NULL
             WHERE state = 'sent' AND body IS NOT NULL AND sent_at <= suivi.now() - %s
               AND (channel <> 'inbox' OR read_at IS NOT NULL)"""

PASSING = (*FAULTS, NotTaken)

log = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())  # whoever runs the pass says where it goes; the terminal tells `trouble` itself


@dataclass
class Delivered:
    """What one pass did, in messages; `trouble`: why the mail server could not be used, if it could not."""

    sent: int = 0
    postponed: int = 0
    parked: int = 0
    purged: int = 0
    trouble: Trouble | None = None


class Claimed(NamedTuple):
    """A row of the outbox that nobody else works on until `leased_till`."""

    id: UUID
    kind: str
    step: UUID
    stream: UUID
    recipient: UUID
    message_id: str
    lang: str
    subject: str
    body: str
    html: str
    tries: int
    leased_till: datetime
    now: datetime


def deliver(store: Store, settings: Settings, stopping: Callable[[], bool] = lambda: False) -> Delivered:
    """One pass, until `stopping`: sends what may go now, sets aside what is too late, forgets old texts. Without
    SMTP_URL nothing is sent, and what waits stays in sight; outside working hours nothing goes but what opens an account,
    even when it is tried again. Any number may run at once."""
    done = Delivered()
    done.parked += _write(store, _PARK_LATE, (written(TooLate(days=LATE.days)), LATE))
    done.purged += _write(store, _PURGE, (KEPT,))
    if settings.smtp_url is None:
        return done
    hours = _at_work(store)
    try:
        by, relay = addresses(settings, settings.smtp_url)
    except Trouble as trouble:
        done.trouble = trouble
        _warn(say(trouble, settings.lang))
        return done
    end = time.monotonic() + PASS
    with relay:
        while not (done.trouble or stopping()) and time.monotonic() < end and (row := _claim(store, hours)):
            _handle(store, settings, relay, by, row, done)
    return done


def _at_work(store: Store) -> bool:
    """Whether people expect mail now."""
    store.present.look()
    now = store.present.now
    return store.present.calendar.reopening(now) == now


def addresses(settings: Settings, smtp_url: str) -> tuple[Address, Relay]:
    """From whom, and through where. Raises a `Trouble` for settings that lead nowhere."""
    if (by := sender(settings.mail_from or "")) is None:
        raise SenderUnknown()
    returns_to = sender(settings.bounces_to or "")
    place = Place.of(smtp_url, settings.smtp_oauth, by.addr_spec)
    return by, Relay(place, returns_to.addr_spec if returns_to else None)


def pause(tries: int) -> timedelta:
    """How long a message rests after so many tries in vain: 1, 2, 4 minutes… and never more than 6 hours."""
    return min(FIRST_PAUSE * (1 << (tries - 1)), LONGEST_PAUSE)


def _handle(store: Store, settings: Settings, relay: Relay, by: Address, row: Claimed, done: Delivered) -> None:
    """One message, from the claim to the mark."""
    tries, trouble = row.tries + 1, _send(store, settings, relay, by, row)
    if trouble is None:
        done.sent += _write(store, _SENT, (tries, row.id))
        return
    if isinstance(trouble, FAULTS):
        done.trouble = trouble
        _tell(store, trouble, settings.lang)
    if isinstance(trouble, PASSING) and tries < TRIES:
        postponed = (tries, written(trouble), pause(tries), row.id, row.leased_till)
        done.postponed += _write(store, _POSTPONE, postponed)
        return
    if isinstance(trouble, PASSING):
        trouble = GivenUp(tries=tries, answer=trouble.facts.get("answer"))
    done.parked += _write(store, _PARK, (tries, written(trouble), row.id, row.leased_till))


def _send(store: Store, settings: Settings, relay: Relay, by: Address, row: Claimed) -> Trouble | None:
    """What kept the message from going, if anything did. A fault of ours concerns this message, not the others."""
    try:
        to = ready(store, row.kind, row.id if row.kind == "digest" else row.step, row.stream, row.recipient)
        relay.send(message_of(sender=by, to=to, message_id=row.message_id, lang=row.lang, subject=row.subject,
                              body=_whole(store, row, row.body), html=_whole(store, row, row.html), at=row.now,
                              thread=thread_of(row.stream, row.recipient, row.message_id),
                              unsubscribe=_unsubscribe(store, settings, row)))  # fmt: skip
    except Trouble as trouble:
        return trouble
    except psycopg.OperationalError:
        raise
    except Exception as error:
        return NotWritten(reason=type(error).__name__)
    return None


def _whole(store: Store, row: Claimed, text: str) -> str:
    """The text, with the secret of the link that opens an account: the outbox does not hold it."""
    return text.replace(HIDDEN, f"lien={secret_of(store, row.step)}") if row.kind == "access" else text


def _unsubscribe(store: Store, settings: Settings, row: Claimed) -> str | None:
    """The address that takes the reader of news off the list."""
    return f"{settings.url}{PATH}?{SECRET}={way_out(store, row.recipient, row.stream)}" if row.kind == "news" else None


def _claim(store: Store, hours: bool) -> Claimed | None:
    """The message that has waited longest, for as long as the lease lasts. `hours`: people expect mail now."""
    row = store.connection.execute(_CLAIM, (LEASE, hours, LATE)).fetchone()
    return Claimed(*row) if row else None


def _write(store: Store, statement: LiteralString, facts: tuple[Any, ...]) -> int:
    """How many rows were changed. A connection lost meanwhile is opened anew, so that what was sent is marked."""
    try:
        return store.connection.execute(statement, facts).rowcount
    except psycopg.OperationalError:
        store.reconnect()
        return store.connection.execute(statement, facts).rowcount


@cache
def _warn(said: str) -> None:
    """Says in the log what is wrong with the settings, once a process: they do not change."""
    log.warning(said)


def _tell(store: Store, trouble: Trouble, lang: str) -> None:
    """Says in the log what is wrong with the mail server, once for as long as messages wait for that reason."""
    known = store.connection.execute(
        "SELECT EXISTS (SELECT FROM suivi.outbox WHERE state = 'waiting' AND reason = %s)", (written(trouble),)
    ).fetchone()
    if known != (True,):
        log.warning(say(trouble, lang))
