"""The draft of what a report says of a case: its course, its letters, what is awaited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from domain.amendments import standing
from domain.base import Recorded
from domain.case.case import Case
from domain.case.events import CaseAwaited
from domain.case.moves import CaseBlocked
from domain.demarche.demarche import Demarche
from projections.phrases.catalogue import N_, plural
from projections.phrases.reports import NOTHING
from projections.phrases.typography import semicolon
from services.reports.narrative.course import Step, Told, blocking, course
from services.reports.narrative.ground import Ground, capital
from services.reports.narrative.letters import LETTERS, Letters
from services.reports.printed import Block, Item, Items, Text
from services.reports.words import runs

_ALONE = frozenset({"Québec", "Canada", "Manitoba", "Nouveau-Brunswick", "Nunavut", "Yukon"})
"""Parts that are called by a place alone: what is done there is told « Au Québec »."""
_SEVERAL = N_("{what} was sent{when}:"), "{what} were sent{when}:"
_SEVERAL_BY = N_("{by} sent {what}{when}:")
_DEMANDS = N_("our demands were these:")


def draft(case: Case, threads: Sequence[Demarche], ground: Ground) -> tuple[Block, ...]:
    """The blocks of the draft. `threads` are those of the case; what was retracted is nowhere, and what was corrected is
    told as corrected. Notes of the office are never read."""
    blocks = [
        *_course(case, ground),
        *_demands(threads, ground),
        *_letters(threads, ground),
        *_awaited(case, ground),
    ]
    return tuple(blocks) or (Text(runs(ground.say(NOTHING))),)


def _course(case: Case, ground: Ground) -> Iterator[Block]:
    """The whole first, then each part under its name."""
    told = [each for at in standing(case.history) for each in course(at.event, Step(at, case, ground))]
    yield from _paragraphs([each for each in told if not each.parts], "", ground)
    for label in dict.fromkeys(label for each in told for label in each.parts):
        yield from _paragraphs([each for each in told if label in each.parts], _lead(label, ground), ground)


def _lead(label: str, ground: Ground) -> str:
    """« Au Québec : », « Résolution 24 : »."""
    if ground.lang == "fr" and label in _ALONE:
        label = f"Au {label}"
    name = ground.say(N_("resolution {number}"), number=label) if label.isdigit() else label
    return ground.say(N_("{name}: "), name=name)


def _paragraphs(told: Iterable[Told], lead: str, ground: Ground) -> Iterator[Block]:
    """Sentences that follow one another are one paragraph, but for those that stand alone."""
    held: list[str] = []

    def paragraph(text: str) -> Text:
        nonlocal lead
        words, lead = runs(lead + text), ""
        return Text(words)

    for each in told:
        if each.alone and held:
            yield paragraph(" ".join(held))
            held = []
        if each.alone:
            yield paragraph(each.text)
        else:
            held.append(each.text)
        if each.items:
            yield _list(each.items, ground)
    if held:
        yield paragraph(" ".join(held))


def _demands(threads: Sequence[Demarche], ground: Ground) -> Iterator[Block]:
    """What was asked line by line, once for all the letters that asked the same."""
    texts = dict.fromkeys(thread.sent.text for thread in threads if thread.sent and thread.sent.text)
    for text in texts:
        lines = tuple(line.strip(" \t-–•") for line in text.splitlines() if line.strip())
        if len(lines) > 1:
            yield Text(runs(ground.say(_DEMANDS)))
            yield _list(lines, ground)


def _list(lines: Sequence[str], ground: Ground) -> Items:
    """A dash list: each but the last ends with a semicolon, the last with a full stop, where it ends with nothing."""
    last, stop = len(lines) - 1, semicolon(ground.lang, spaced=ground.spaced)
    ended = [text if text[-1:] in ".;!?:" else text + ("." if n == last else stop) for n, text in enumerate(lines)]
    return Items(tuple(Item(runs(capital(text))) for text in ended))


def _letters(threads: Sequence[Demarche], ground: Ground) -> Iterator[Block]:
    """A paragraph for each thread; those of one mailing are the numbers of a list."""
    mailings: dict[UUID, list[Demarche]] = {}
    for thread in threads:
        if thread.sent and thread.sent.mailing:
            mailings.setdefault(thread.sent.mailing, []).append(thread)
    done: set[UUID] = set()
    for thread in threads:
        together = mailings.get(thread.sent.mailing, []) if thread.sent and thread.sent.mailing else []
        if len(together) > 1:
            if together[0].id not in done:
                yield from _mailing(together, ground)
                done.add(together[0].id)
        elif sentences := [*Letters(thread, ground).sentences()]:
            yield Text(runs(" ".join(sentences)))


def _mailing(threads: Sequence[Demarche], ground: Ground) -> Iterator[Block]:
    """« Firmin Lacoulée a envoyé trois lettres le 26 juin 2024 : », and what came of each."""
    first = next(iter(standing(threads[0].history)))
    sent = threads[0].sent
    if sent is None:
        return
    what = plural(*LETTERS.exact, len(threads), ground.lang, many=ground.number(len(threads)))
    facts = {"what": what, "when": ground.since(first.event)}
    if sent.by:
        lead = ground.say(_SEVERAL_BY, by=ground.party(sent.by, first), **facts)
    else:
        lead = ground.many(_SEVERAL, len(threads), **facts)
    yield Text(runs(lead))
    items = []
    for thread in threads:
        to, *rest = Letters(thread, ground, listed=True).sentences()
        items.append(Item(runs(" ".join([f"{to}.", *rest]))))
    yield Items(tuple(items), "1.")


def _awaited(case: Case, ground: Ground) -> Iterator[Block]:
    """What blocks it, and who is waited for, in what is still open."""
    if case.concluded:
        return
    blocks = blocking(case)
    said = [text for at in standing(case.history) for text in _waits(at, blocks, case, ground)]
    if said:
        yield Text(runs(" ".join(said)))


def _waits(at: Recorded, blocks: Sequence[CaseBlocked], case: Case, ground: Ground) -> Iterator[str]:
    step = Step(at, case, ground)
    match at.event:
        case CaseAwaited(on=on, condition=condition) as event:
            facts = {"party": ground.party(on, at), "since": ground.lasting(event, "since")}
            if condition:
                yield ground.say(
                    N_("we are waiting for {party}{since}; what must come first: {text}."),
                    text=condition.rstrip("."),
                    **facts,
                )
            else:
                yield ground.say(N_("we are waiting for {party}{since}."), **facts)
        case CaseBlocked(on=on, reason=reason, condition=condition) as event if event in blocks:
            party = ground.party(on, at)
            yield ground.say(
                N_("nothing can go on without {party}{because}."), party=party, because=step.because(reason)
            )
            if condition:
                yield ground.say(N_("what must come first: {text}."), text=condition.rstrip("."))
