"""What an e-mail proposes to record of a thread: for an officer to confirm. Nothing is recorded here."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import Any

from domain.errors import SuiviError
from domain.time import local_day
from domain.words import sort_key
from services.attachments.clues import Reading, read_clues
from services.attachments.files import clean
from services.attachments.mails import Mail, read_mail
from services.home import Home
from services.reading import When
from services.reading.demarches import demarche, demarches, thread_ref
from services.reading.directory import offices

Row = dict[str, Any]
NOW = When()
SHARED = frozenset({"gmail.com", "hotmail.com", "outlook.com", "yahoo.com", "yahoo.ca", "videotron.ca", "icloud.com"})
_ANSWERED = """SELECT DISTINCT 'demarche:' || k.key FROM suivi.outbox o JOIN suivi.keys k USING (stream)
                WHERE k.scope = 'demarche' AND o.message_id = ANY (%s)"""
_NAMED = re.compile(r"\bd[ée]marche[\s:]*(?:n[o°]\.?\s*)?([0-9]{1,6})\b", re.IGNORECASE)  # as our letters give our reference
_CASES = re.compile(r"\b([0-9]{4}[0-9A-Za-z._-]*:[0-9]+)\b|r[ée]solutions? (?:n[o°]\.? ?)?([0-9]{1,3})\b", re.IGNORECASE)


class NoDate(SuiviError):
    """Its date, “{said}”, means nothing: say when it came, with --occurred."""


class DateToCome(SuiviError):
    """Its date, {day}, is still to come: say when it came, with --occurred."""


class OfficeUnknown(SuiviError):
    """No office of the directory has the address or the name of who sent it."""


class NoThread(SuiviError):
    """No open thread that you may see fits: say which it answers."""


class SeveralThreads(SuiviError):
    """Several open threads fit: choose one."""


class AnswerToRead(SuiviError):
    """Nothing says that the letter only came, nor that it is declined: read it, and say what it answers."""


def propose(home: Home, content: bytes, ref: str | None = None) -> Row:
    """The thread, the verb and its facts that the mail suggests, with the words that say so. `ref`: the thread, if it
    is known. Raises what `read_mail` does."""
    mail = read_mail(content)
    reading = read_clues(mail.text, mail.automatic)
    office = _office(offices(home, NOW), mail)
    thread, matched, others = _thread(home, mail, office, ref)
    day, remarks = _day(home, mail)
    if thread and office is None:
        office = thread["office"]
    remarks += [] if office else [OfficeUnknown()]
    remarks += [] if thread else [SeveralThreads() if others else NoThread()]
    remarks += [AnswerToRead()] if reading.verb == "answer" else []
    facts = _facts(reading)
    return {
        "ref": thread["ref"] if thread else None, "matched_by": matched, "alternatives": others,
        "office": office and {"ref": office["ref"], "name": office["name"]},
        "sender": {"name": clean_words(mail.name), "address": clean_words(mail.address)},
        "subject": clean_words(mail.subject), "occurred": day, "verb": reading.verb, "facts": facts,
        "missing": ["answer"] if reading.verb == "answer" else [], "confidence": reading.confidence,
        "evidence": [clue._asdict() for clue in reading.clues], "files": [clean(name) for name in mail.files],
        "remarks": remarks,
        "command": command(thread["ref"] if thread else "demarche:…", reading.verb, facts, day),
    }  # fmt: skip


def command(ref: str, verb: str, facts: Row, occurred: str | None) -> str:
    """What an officer types to confirm. Whatever the mail says, a shell takes each fact as one word."""
    given = [f"--set {name}={shlex.quote(value)}" for name, value in facts.items()]
    given += ["--set answer=…"] if verb == "answer" else []
    return " ".join([f"suivi act {ref} {verb}", *given, *([f"--occurred {occurred}"] if occurred else [])])


def clean_words(text: str) -> str:
    """Someone else's words, without what cannot be seen."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _facts(reading: Reading) -> Row:
    words = reading.clues[0].text if reading.clues else ""
    name = "reason" if reading.verb == "decline" else "text"
    return {name: words} if words else {}


def _day(home: Home, mail: Mail) -> tuple[str | None, list[SuiviError]]:
    """The day of the mail in the organisation's zone, as EDTF; why there is none."""
    if mail.date is None or mail.date.tzinfo is None:
        return None, [NoDate(said=clean_words(mail.said))]
    present = home.store.present
    day = local_day(mail.date, present.calendar.zone)
    if day > present.calendar.today(present.now):
        return None, [DateToCome(day=day)]
    return day.isoformat(), []


def _office(known: Sequence[Row], mail: Mail) -> Row | None:
    """By its address; by its domain, if no other office has it; by its name in the mail, the longest that is there."""
    address = mail.address.lower()
    domain = address.rpartition("@")[2]
    same = [row for row in known if (row["mail"] or "").lower() == address and address]
    near = [row for row in known if (row["mail"] or "").lower().rpartition("@")[2] == domain not in SHARED and domain]
    if len(same or near) == 1:
        return (same or near)[0]
    words = f" {sort_key(f'{mail.name} {mail.subject} {mail.text[:5000]}')} "
    named = [row for row in same or near or known if f" {sort_key(row['name'])} " in words]
    return max(named, key=lambda row: len(row["name"]), default=None)


def _thread(home: Home, mail: Mail, office: Row | None, ref: str | None) -> tuple[Row | None, str | None, list[str]]:
    """The thread, how it was found, and those between which someone has to choose."""
    if ref is not None:
        return demarche(home, thread_ref(ref), NOW), "given", []
    threads = [row for row in demarches(home, NOW) if row["whose_turn"] != "nobody"]
    answered = {ref for (ref,) in home.store.connection.execute(_ANSWERED, (mail.ids,))}
    if found := [row for row in threads if row["ref"] in answered]:
        return (found[0], "thread", []) if len(found) == 1 else (None, None, [row["ref"] for row in found])
    numbers = {int(number) for number in _NAMED.findall(f"{mail.subject}\n{mail.text[:5000]}")}
    if len(found := [row for row in threads if row["number"] in numbers]) == 1:
        return found[0], "reference", []
    if office is None:
        return None, None, []
    theirs = [row for row in threads if row["office"] and row["office"]["ref"] == office["ref"]]
    about = [row for row in theirs if _about(row, mail)]
    for fits, how in ((about, "cases"), (theirs, "office")):
        if len(fits) == 1:
            return fits[0], how, []
    return None, None, [row["ref"] for row in about or theirs]


def _about(row: Row, mail: Mail) -> bool:
    """Whether the mail names one of the cases of a thread, by its REF or by its number."""
    said = {whole or number for whole, number in _CASES.findall(f"{mail.subject}\n{mail.text[:5000]}")}
    return any(case in said or str(case).partition(":")[2] in said for case in row["cases"])
