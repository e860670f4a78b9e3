"""What is wrong, or will be: durability, lateness of the lists, versions, backups."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.errors import SuiviError
from projections.phrases.catalogue import N_, say
from services.attachments.contents import FEW, verify
from services.backup import MARK
from services.home import Home
from services.letters.drafting import template_fault
from services.mail.access import secret_of
from services.mail.delivery import addresses
from services.mail.reasons import Trouble
from services.rebuilding import status
from services.recipients import Recipients
from services.settings import Settings
from services.watching import STILL, watch

DURABLE = ("fsync", "synchronous_commit", "full_page_writes")
PYTHON_FLOORS = {11: 15, 12: 13, 13: 12}  # CVE-2026-1299: headers of mail
WAITING = timedelta(seconds=10)
OLD = timedelta(days=8)
ROOM = 500 * 2**20  # bytes
_MAIL_WAITS = """SELECT EXISTS (SELECT FROM suivi.outbox WHERE state = 'waiting' AND tries > 0
                                   AND not_before < suivi.now() - interval '1 hour')"""


class NotDurable(SuiviError):
    """The database's setting “{setting}” is off: what is acknowledged could be lost in a power cut."""


class NoChecksums(SuiviError):
    """The database keeps no checksums of its data: damage by the disk would go unnoticed."""


class LogLate(SuiviError):
    """Something recorded has waited {seconds} s for its place in the log."""


class ListsLate(SuiviError):
    """The lists “{name}” are {lag} entries behind the log."""


class ListsStopped(SuiviError):
    """The lists “{name}” have stopped ({reason}). Make them anew with suivi rebuild {name}."""


class ClockStill(SuiviError):
    """Nobody winds the clocks: reminders that were due have not been recorded. Start everything with suivi up, or wind them once: suivi sweep"""  # noqa: E501 - one sentence


class ClocksFailing(SuiviError):
    """{count} deadlines have a reminder that could not be recorded ({reasons}). If the next tries fail too, make the due rows anew with suivi rebuild due, or tell whoever looks after Suivi."""  # noqa: E501 - one sentence


class MailAside(SuiviError):
    """Messages that could not be sent and wait for someone to look at them: {count}. To see them: suivi outbox --state parked"""


class MailWaits(SuiviError):
    """Messages that were due an hour ago or more were tried in vain, and wait: suivi outbox --state waiting"""


class NobodyTold(SuiviError):
    """There is neither a secretary nor an administrator to tell what nobody else can be told. Give someone the role: suivi user add NAME --role secretary"""  # noqa: E501 - one sentence


class ContentsDamaged(SuiviError):
    """The content of {count} attached files is not what was attached, or is missing: {names}. A backup made before that still has it: restore one into an empty home, and compare."""  # noqa: E501 - one sentence


class PythonOld(SuiviError):
    """Python {version} has a known fault in the headers of mail; install {floor} or later."""


class NeverBackedUp(SuiviError):
    """No backup was ever made from here. Make one: suivi backup FILE"""


class BackupOld(SuiviError):
    """The last backup is {days} days old."""


class RoomShort(SuiviError):
    """Only {megabytes} MB are free on the disk of this home."""


@dataclass(frozen=True)
class Examination:
    """The settings looked at, and what is to be mended."""

    facts: dict[str, str]
    findings: list[SuiviError]


def examine(home: Home) -> Examination:
    """Looks at everything; changes nothing."""
    return Examination(
        _facts(home),
        [*_database(home), *_lists(home), *_clocks(home), *_mail(home.settings), *_templates(home), *_contents(home),
         *_place(home)],
    )


def _facts(home: Home) -> dict[str, str]:
    names = (*DURABLE, "data_checksums", "server_version")
    rows = home.reader.execute("SELECT name, setting FROM pg_settings WHERE name = ANY (%s)", (list(names),)).fetchall()
    size = home.reader.execute("SELECT size, name FROM suivi.log_head").fetchone()
    assert size
    return {"home": str(home.settings.home), "python": sys.version.split()[0], "log": size[1],
            "events": str(size[0]), "mail": _way_out(home.settings), **dict(rows)}  # fmt: skip


def _way_out(settings: Settings) -> str:
    """Through which mail server, and how it is signed in to, in the language of the settings."""
    if settings.smtp_url is None:
        return say(N_("none: messages wait"), settings.lang)
    with suppress(Trouble):
        place = addresses(settings, settings.smtp_url)[1].place
        way = (N_("{host}, signed in to with a token (XOAUTH2) as {user}") if place.application else
               N_("{host}, signed in to by password as {user}") if place.user is not None else
               N_("{host}, without signing in"))  # fmt: skip
        return say(way, settings.lang, host=f"{place.host}:{place.port}", user=place.user)
    return "?"


def _mail(settings: Settings) -> Iterator[SuiviError]:
    """What can be seen without speaking to the mail server."""
    if settings.smtp_url is None:
        return
    try:
        addresses(settings, settings.smtp_url)
        if settings.smtp_oauth:
            secret_of(settings.smtp_oauth)
    except Trouble as trouble:
        yield trouble


def _database(home: Home) -> Iterator[SuiviError]:
    facts = _facts(home)
    for setting in DURABLE:
        if facts[setting] == "off":
            yield NotDurable(setting=setting)
    if facts["data_checksums"] == "off":
        yield NoChecksums()
    row = home.store.connection.execute(
        "SELECT suivi.now() - min(recorded_at) FROM suivi.pending JOIN suivi.events USING (stream, version)"
    ).fetchone()
    if row and row[0] and row[0] > WAITING:
        yield LogLate(seconds=round(row[0].total_seconds()))


def _lists(home: Home) -> Iterator[SuiviError]:
    for lists in status(home):
        if lists["failed"]:
            yield ListsStopped(name=lists["name"], reason=lists["failed"])
        elif lists["lag"]:
            yield ListsLate(name=lists["name"], lag=lists["lag"])


def _clocks(home: Home) -> Iterator[SuiviError]:
    """The beat of the clocks matters once something is due; before `suivi up` was ever started, nobody expects it."""
    seen = watch(home.store.connection)
    if seen.undone and seen.undone > STILL and not seen.simulated:
        yield ClockStill()
    if seen.troubles:
        rows = home.store.connection.execute("SELECT DISTINCT reason FROM suivi.troubles ORDER BY 1 LIMIT 5")
        yield ClocksFailing(count=seen.troubles, reasons=[reason for (reason,) in rows])
    if seen.parked:
        yield MailAside(count=seen.parked)
    if home.settings.smtp_url and home.store.connection.execute(_MAIL_WAITS).fetchone() == (True,):
        yield MailWaits()
    if not Recipients(home.store).keepers():
        yield NobodyTold()


def _templates(home: Home) -> Iterator[SuiviError]:
    """A template of the organisation's own that no letter can be made from, or that a report cannot be printed in."""
    from services.reports.checking import template_faults

    present = home.store.present
    lang, day = present.organisation.lang, present.calendar.today(present.now)
    if fault := template_fault(home.settings.home, lang, day):
        yield fault
    yield from template_faults(home.settings.home, lang, day)


def _contents(home: Home) -> Iterator[SuiviError]:
    """Every content is read and compared with its hash: some 2 s for each GB."""
    if bad := verify(home.store).bad:
        yield ContentsDamaged(count=len(bad), names=bad[:FEW])


def _place(home: Home) -> Iterator[SuiviError]:
    minor, patch = sys.version_info[1:3]
    if patch < PYTHON_FLOORS.get(minor, 0):
        yield PythonOld(version=sys.version.split()[0], floor=f"3.{minor}.{PYTHON_FLOORS[minor]}")
    mark = home.settings.home / MARK
    if not mark.exists():
        yield NeverBackedUp()
    elif (age := datetime.now(UTC) - datetime.fromisoformat(mark.read_text())) > OLD:
        yield BackupOld(days=age.days)
    if (free := shutil.disk_usage(home.settings.home).free) < ROOM:
        yield RoomShort(megabytes=free // 2**20)
