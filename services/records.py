"""What a verb on a record also concerns: its number, and the threads with offices that a letter becomes."""

from __future__ import annotations

from msgspec.structs import replace

from domain.base import Act, Command
from domain.demarche.commands import SendDemarche
from domain.demarche.events import Kind as ThreadKind
from domain.errors import Invalid
from domain.record.commands import CreateRecord, OpenThread
from domain.record.record import Record
from services import demarches
from services.execute import Work

NEW = "new"  # the number of a REF that is to be the next one
THREADS: dict[str | None, ThreadKind] = {"petition": "petition"}
"""What a written form is as a thread, where it is no letter."""


class NotNextRecord(Invalid):
    """The next record is {next}; {ref} cannot be its number. Write record:new to have it numbered."""


def create(work: Work, number: str, command: CreateRecord, act: Act) -> Record:
    """A new record under the next number."""
    first = next_number(work)
    if number not in (NEW, str(first)):
        raise NotNextRecord(ref=f"record:{number}", next=f"record:{first}")
    record = Record.create(work.id(f"record:{first}"), first, command, act)
    return work.add(record, ("record", str(first)))


def next_number(work: Work) -> int:
    """The number of the next record, those that this very work makes included."""
    return work.refs.next_record() + sum(scope == "record" for scope, _ in work.taken)


def handle(work: Work, record: Record, command: Command, act: Act) -> None:
    """Lets the record decide; a letter that is sent opens its threads in the same append."""
    if isinstance(command, OpenThread):
        return _send(work, record, command, act)
    return record.handle(command, act)


def _send(work: Work, record: Record, command: OpenThread, act: Act) -> None:
    """One thread with each office, told as of the day of the letter: a past that nobody here vouches for yet."""
    record.may_open(command, act)
    told = record.told
    assert told
    send = SendDemarche(
        cases=command.cases, kind=THREADS.get(told.form, "letter"), office=command.office, cosigners=told.cosigners,
        subject=told.title, text=told.text, expects_reply=True,
    )  # fmt: skip
    sent = replace(act, occurred=act.occurred or told.date, loaded=True)
    before = set(work.taken)
    demarches.send(work, demarches.NEW, send, sent)
    for place in [place for place in work.taken if place not in before and place[0] == "demarche"]:
        record.opened(work.taken[place], act)
