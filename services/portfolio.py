"""What an act on an office also concerns: the offices that take its place, and its open threads, which follow in the same
append."""

from __future__ import annotations

from uuid import UUID

from msgspec.structs import replace

from domain.base import Act, Command
from domain.demarche.commands import FollowOffice
from domain.demarche.decisions import handle as decide
from domain.demarche.demarche import Demarche
from domain.directory import DissolveOffice, MergeOffice, MovePortfolio, Office, SplitOffice, TakeOver
from domain.errors import Refused
from services.demarches import addressed
from services.execute import Work
from services.subjects import open_threads


class HeirNeeded(Refused):
    """“{name}” has open threads: {refs}. Say which of the offices takes them (to=…), or move them first (move-portfolio). Nothing was recorded."""  # noqa: E501 - one sentence


class NotItsThread(Refused):
    """These are not open threads of “{name}”: {refs}. Its open threads: {known}. Nothing was recorded."""


def handle(work: Work, office: Office, command: Command, act: Act) -> None:
    """Lets the office decide, and what stands beside it follow."""
    known(work, office)
    heirs = [known(work, work.load(Office, heir)) for heir in heirs_of(command) if heir != office.id]
    for heir in heirs:
        heir.open_to()
    threads = _threads(work, office, command)
    if isinstance(command, MovePortfolio):
        command = replace(command, threads=tuple(thread.id for thread in threads))
    office.handle(command, act)
    tell_heirs(office, heirs, command, act)
    _follow(work, threads, command, act)


def tell_heirs(office: Office, heirs: list[Office], command: Command, act: Act) -> None:
    """Each records what it takes over: two offices that take each other's place at once then meet in one stream."""
    what = command.what if isinstance(command, MovePortfolio) else None
    for heir in heirs:
        heir.handle(TakeOver(office=office.id, what=what), act)


def known(work: Work, office: Office) -> Office:
    """The office, told what its successors are called."""
    office.heirs = tuple(f"{heir.name} (office:{heir.key})" for heir in (work.load(Office, h) for h in office.successors))
    return office


def heirs_of(command: Command) -> tuple[UUID, ...]:
    """The offices that take something over by a command, each once."""
    match command:
        case MergeOffice(into=into):
            return (into,)
        case SplitOffice(into=several):
            return tuple(dict.fromkeys(several))
        case DissolveOffice(successor=successor):
            return (successor,) if successor else ()
        case MovePortfolio(to=to):
            return (to,)
    return ()


def _heir_of(command: Command) -> UUID | None:
    """Who takes the open threads; null if nobody does."""
    if isinstance(command, SplitOffice):
        return command.to
    return next(iter(heirs_of(command)), None)


def _threads(work: Work, office: Office, command: Command) -> list[Demarche]:
    """The open threads that follow: all of them, unless some are chosen."""
    if not heirs_of(command):
        return []
    found = {one.id: work.loaded.setdefault(one.id, one) for one in open_threads(work.store, office.id)}
    threads = [one for one in found.values() if isinstance(one, Demarche) and one.office == office.id and not one.final]
    refs = [one.ref for one in threads]
    if isinstance(command, SplitOffice) and command.to is None and threads:
        raise HeirNeeded(name=office.name, refs=refs)
    if isinstance(command, MovePortfolio) and command.threads is not None:
        chosen = [work.load(Demarche, thread) for thread in dict.fromkeys(command.threads)]
        if strange := [one.ref for one in chosen if one not in threads]:
            raise NotItsThread(name=office.name, refs=strange, known=refs)
        return chosen
    return threads


def _follow(work: Work, threads: list[Demarche], command: Command, act: Act) -> None:
    if (heir := _heir_of(command)) is None:
        return
    reason = command.what if isinstance(command, MovePortfolio) else getattr(command, "reason", None)
    for thread in threads:
        thread.addressee = addressed(work, heir, act)
        decide(thread, FollowOffice(office=heir, reason=reason), act)
