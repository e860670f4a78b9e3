"""What a verb on a thread also concerns: its office on that day, its cases, the thread that goes on elsewhere."""

from __future__ import annotations

from uuid import UUID

from msgspec.structs import replace

from domain.base import Act, Command
from domain.case.commands import OpenThread
from domain.case.decisions import handle as decide_case
from domain.demarche import refusals
from domain.demarche.commands import (
    CloseDemarche,
    HoldMeeting,
    LinkDemarche,
    PauseDemarche,
    ReceiveRedirection,
    RedirectDemarche,
    SendDemarche,
)
from domain.demarche.decisions import handle as decide
from domain.demarche.demarche import Demarche
from domain.demarche.view import Addressee
from domain.directory import Office
from domain.errors import Invalid, Refused
from domain.values import NONE
from services import conditions
from services.execute import Work
from services.wording import REASONS, meant

NEW = "new"  # the number of a REF that is to be the next one


class NotNext(Invalid):
    """The next thread is {next}; {ref} cannot be its number. Write demarche:new to have it numbered."""


class OutsideTerm(Refused):
    """This person did not hold {office} on {day}. Give another date, say who held it then, or say that the staff was met."""


class NobodyHeld(Refused):
    """Nobody is known to have held {office} then. Say who was met (holder=…), or that the staff was."""


def send(work: Work, number: str, command: SendDemarche, act: Act) -> None:
    """One thread for each office, however often it is named, numbered one after the other, and known by each case."""
    if command.count.max == 0:
        raise refusals.NoneSent()
    command = replace(command, cases=tuple(dict.fromkeys(command.cases)), office=tuple(dict.fromkeys(command.office)))
    first = next_number(work)
    if number not in (NEW, str(first)):
        raise NotNext(ref=f"demarche:{number}", next=f"demarche:{first}")
    mailing = work.id("mailing") if len(command.office) > 1 else None
    for place, office in enumerate(command.office or (None,)):
        addressee = addressed(work, office, act) if office else None
        if office and command.holder:
            addressee = _as_of(work.load(Office, office), act, command.holder)
        open_thread(work, first + place, command, act, addressee, mailing)


def next_number(work: Work) -> int:
    """The number of the next thread, those that this very work opens included."""
    return work.refs.next_demarche() + sum(scope == "demarche" for scope, _ in work.taken)


def open_thread(
    work: Work, number: int, command: SendDemarche, act: Act, addressee: Addressee | None,
    mailing: UUID | None = None, origin: UUID | None = None,
) -> Demarche:  # fmt: skip
    """A new thread under its number."""
    id = work.id(f"demarche:{number}")
    demarche = Demarche.send(id, number, command, act, addressee, mailing, origin)
    for case in command.cases:
        decide_case(work.case(case), OpenThread(demarche=id), act)
    return work.add(demarche, ("demarche", str(number)))


def addressed(work: Work, office: UUID, act: Act) -> Addressee:
    """The office as it is on the day of the act. One that exists no more is written to no more."""
    found = work.load(Office, office)
    if found.over_on(act.day):
        heirs = [work.load(Office, each) for each in found.successors]
        found.heirs = tuple(f"{heir.name} (office:{heir.key})" for heir in heirs)
        found.open_to()
    return _as_of(found, act)


def _as_of(office: Office, act: Act, holder: UUID | None = None) -> Addressee:
    """The office on the day of the act, held by whoever is said, else by whom the directory says; of an undated past that
    is told in bulk, by nobody."""
    if holder is not None:
        if not office.may_have_held(holder, act.occurred or f"../{act.today}"):
            raise OutsideTerm(office=office.name, day=act.day)
        return Addressee(office.id, office.legislature, holder)
    unknown = act.loaded and act.occurred is None
    return Addressee(office.id, office.legislature, None if unknown else office.holder_on(act.day))


def handle(work: Work, demarche: Demarche, command: Command, act: Act) -> None:
    """Lets the thread decide, and what stands beside it follow, in one append."""
    if demarche.office:
        holder = getattr(command, "holder", None)
        demarche.addressee = _as_of(work.load(Office, demarche.office), act, holder)
    match command:
        case HoldMeeting():
            command = _met(work, demarche, command)
        case CloseDemarche():
            command = replace(command, reason=meant(command.reason, REASONS) or command.reason)
        case PauseDemarche(upon=UUID() as upon):
            conditions.await_(work, demarche, upon, act)
        case RedirectDemarche():
            return _redirect(work, demarche, command, act)
        case _:
            pass
    decide(demarche, command, act)
    if isinstance(command, LinkDemarche):
        decide_case(work.case(command.to), OpenThread(demarche=demarche.id), act)
    return None


def _met(work: Work, demarche: Demarche, command: HoldMeeting) -> HoldMeeting:
    """Who was met, where it was the holder of the office; the directory knows, unless it is said."""
    if demarche.addressee is None or command.met == "staff":
        return command
    if demarche.addressee.holder is None:
        raise NobodyHeld(office=work.load(Office, demarche.addressee.office).name)
    return replace(command, holder=demarche.addressee.holder)


def _redirect(work: Work, demarche: Demarche, command: RedirectDemarche, act: Act) -> None:
    """The thread ends here and goes on there: in the one that is said, in the open one for a same case, in a new one."""
    addressee = addressed(work, command.office, act)
    _refuse_circle(work, demarche, command.office)
    next_one = _found(work, demarche, command)
    number = None if next_one else next_number(work)
    to = next_one.id if next_one else work.id(f"demarche:{number}")
    decide(demarche, replace(command, to=to), act)
    if next_one:
        decide(next_one, ReceiveRedirection(origin=demarche.id), act)
    elif number and demarche.sent:
        again = SendDemarche(
            cases=tuple(demarche.cases), kind=demarche.sent.kind, office=(command.office,),
            subject=demarche.sent.subject, text=demarche.sent.text, count=NONE, owner=demarche.owner,
        )  # fmt: skip
        open_thread(work, number, again, act, addressee, origin=demarche.id)


def _found(work: Work, demarche: Demarche, command: RedirectDemarche) -> Demarche | None:
    if command.to is not None:
        found = work.load(Demarche, command.to)
        if found.office != command.office:
            raise refusals.OtherOffice(to=found.ref, office=work.load(Office, command.office).name)
        if found.final:
            raise refusals.ThreadOver(to=found.ref)
        return found
    threads = dict.fromkeys(thread for case in demarche.cases for thread in work.case(case).threads)
    several = (work.load(Demarche, thread) for thread in threads)
    return next((one for one in several if one.office == command.office and not one.final), None)


def _refuse_circle(work: Work, demarche: Demarche, office: UUID) -> None:
    """A chain of redirections never comes back to an office that it went through."""
    chain, behind = [demarche], demarche.redirected_from
    while behind and behind not in {one.id for one in chain}:
        chain.insert(0, work.load(Demarche, behind))
        behind = chain[0].redirected_from
    if office in {one.office for one in chain}:
        named = [work.load(Office, one.office).name for one in chain if one.office]
        raise refusals.Encircled(ref=demarche.ref, office=work.load(Office, office).name, chain=named)
