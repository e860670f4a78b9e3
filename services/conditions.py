"""What waits for the end of a case or a thread: kept on both sides in one append, and told of that end in its append."""

from __future__ import annotations

from uuid import UUID

from domain.base import Act
from domain.conditions import AlreadyOver, BeAwaited, EndWait, WaitsForItself, WaitsInCircle
from services import subjects
from services.execute import Work
from services.subjects import Subject


def await_(work: Work, waiter: Subject, awaited: UUID, act: Act) -> None:
    """Has it kept, where the end will come, that `waiter` waits for it. Raises a refusal for what is over, for itself,
    and for what waits in turn."""
    upon = _subject(work, awaited)
    if upon.id == waiter.id:
        raise WaitsForItself(ref=waiter.ref)
    if upon.concluded:
        raise AlreadyOver(ref=upon.ref)
    if chain := _chain(work, upon, waiter.id):
        named = [subject.ref for subject in (waiter, *chain)]
        raise WaitsInCircle(ref=waiter.ref, upon=upon.ref, chain=" → ".join(named))
    subjects.handle(upon, BeAwaited(by=waiter.id), act)


def settle(work: Work) -> None:
    """Tells those that wait of each case and each thread that this work has ended. Who is told twice does nothing."""
    for subject in list(work.loaded.values()):
        if isinstance(subject, Subject) and subject.new and subject.concluded:
            for waiter in subject.awaited_by:
                subjects.handle(_subject(work, waiter), EndWait(upon=subject.id), work.act)


def _subject(work: Work, stream: UUID) -> Subject:
    """The case or the thread, loaded once within the work."""
    found = work.loaded.get(stream) or subjects.load(work.store, stream)
    assert isinstance(found, Subject)
    work.loaded[stream] = found
    return found


def _chain(work: Work, start: Subject, end: UUID) -> list[Subject]:
    """From one subject to another by what each waits for, both included; empty if there is no such way."""
    ways: list[list[Subject]] = [[start]]
    passed = {start.id}
    while ways:
        way = ways.pop()
        if way[-1].id == end:
            return way
        for upon in way[-1].waits_upon - passed:
            passed.add(upon)
            ways.append([*way, _subject(work, upon)])
    return []
