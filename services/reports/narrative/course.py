"""The course of a case, event by event: where it was sent, what came back, what stopped it, how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch

from domain.base import Event, Recorded
from domain.case import events, moves
from domain.case.case import Case
from domain.time import earliest
from domain.values import Edtf
from projections.phrases.catalogue import N_, translator
from projections.phrases.dates import write_date
from projections.phrases.events.moves import confirmed_states
from services.reports.narrative.ground import Ground


@dataclass(frozen=True)
class Told:
    """A sentence, or several: of some `parts` alone, or of the whole; `alone`: a paragraph of its own; `items`: a list that
    it leads."""

    text: str
    parts: tuple[str, ...] = ()
    alone: bool = False
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One event of a case on its way into sentences."""

    at: Recorded
    case: Case
    ground: Ground

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that it is about, where it is not about all."""
        event = self.at.event
        named = event.parts if isinstance(event, moves.Moved) else [getattr(event, "part", None)]
        labels = tuple(part.label for part in self.case.parts if part.label in named)
        return labels if len(labels) < len(self.case.parts) else ()

    def told(self, template: str, **facts: object) -> Told:
        return Told(self.ground.say(template, **facts), self.parts)

    def because(self, reason: str | None) -> str:
        """« , pour la raison suivante : « … » »."""
        if not reason:
            return ""
        say = translator(self.ground.lang).gettext
        return say(N_(", for this reason: {text}")).format(text=self.ground.telling(self.at).quote(reason))

    @property
    def when(self) -> str:
        return self.ground.since(self.at.event)

    def what(self) -> str:
        """« cette résolution », « ces résolutions », « ce point »."""
        adopted = self.case.adopted
        several = adopted is not None and len(adopted.numbers) > 1 and not self.parts
        kind = adopted.kind if adopted else "resolution"
        templates = {"resolution": (N_("this resolution"), N_("these resolutions"))}
        one, many = templates.get(kind, (N_("this matter"), N_("these matters")))
        return translator(self.ground.lang).gettext(many if several else one)


@singledispatch
def course(event: Event, step: Step) -> Iterator[Told]:
    """What an event says to the assembly; most events say nothing there."""
    yield from ()


@course.register
def refer(event: moves.CaseReferred, step: Step) -> Iterator[Told]:
    tell = step.ground.telling(step.at)
    facts = {"what": step.what(), "body": tell.body(event.body), "when": step.when}
    if event.mandate:
        template = N_("we referred {what} {body.to}{when}, with this mandate: {text}.")
        yield step.told(template, text=tell.quote(event.mandate), **facts)
    else:
        yield step.told(N_("we referred {what} {body.to}{when}."), **facts)
    if event.due and step.case.expected.get(event.body) == event.due and not step.case.concluded:
        due = step.ground.placed(event.due)
        over = _over(event.due, step)
        yield step.told(N_("its report was expected {due}.") if over else N_("its report is expected {due}."), due=due)


@course.register
def report_back(event: moves.ReportReceived, step: Step) -> Iterator[Told]:
    tell = step.ground.telling(step.at)
    facts = {"body": tell.body(event.body), "when": step.when}
    if event.text:
        yield step.told(N_("{body} reported to us{when}: {text}."), text=tell.quote(event.text, 10_000), **facts)
    else:
        yield step.told(N_("{body} reported to us{when}."), **facts)


@course.register
def start(event: moves.CaseStarted, step: Step) -> Iterator[Told]:
    yield step.told(N_("work began{when}."), when=step.when)


@course.register
def postpone(event: moves.CasePostponed, step: Step) -> Iterator[Told]:
    yield step.told(N_("we put the rest off{when}{because}."), when=step.when, because=step.because(event.reason))
    until = step.ground.placed(event.until, event.words.get("until"))
    still = any(part.until == event.until for part in step.case.parts)
    yield step.told(N_("it is planned {until}.") if still else N_("it was then planned {until}."), until=until)


@course.register
def block(event: moves.CaseBlocked, step: Step) -> Iterator[Told]:
    """What still blocks it is told last, with what is awaited."""
    if event not in blocking(step.case):
        party = step.ground.party(event.on, step.at)
        yield step.told(N_("work stopped{when}, while we waited for {party}{because}."), when=step.when, party=party,
                        because=step.because(event.reason))  # fmt: skip


def blocking(case: Case) -> tuple[moves.CaseBlocked, ...]:
    """What blocks a part of it now: of each, the last block."""
    stuck = [part.label for part in case.parts if part.state == "blocked"]
    last = (next((each for each in reversed(case.blocks) if label in each.parts), None) for label in stuck)
    found: list[moves.CaseBlocked] = []
    for each in last:
        if each is not None and each not in found:
            found.append(each)
    return tuple(found)


@course.register
def resume(event: moves.CaseResumed, step: Step) -> Iterator[Told]:
    yield step.told(N_("work took up again{when}."), when=step.when)


_DONE = {
    "full": N_("we did what {what} asked{when}."),
    "partial": N_("we did part of what {what} asked{when}."),
    "temporary": N_("we did what {what} asked{when}, for a time."),
}
_REMAINS = N_("still to be done:")


@course.register
def complete(event: moves.CaseCompleted, step: Step) -> Iterator[Told]:
    yield step.told(_DONE[event.completion], what=step.what(), when=step.when)
    if event.residuals:
        yield Told(step.ground.say(_REMAINS), step.parts, alone=True, items=event.residuals)
    if event.review:
        yield step.told(N_("we will come back to it {when}."), when=step.ground.placed(event.review))


@course.register
def confirm(event: moves.CaseConfirmed, step: Step) -> Iterator[Told]:
    """The day of a state that was established is that of its document: it is not when it was done."""
    for state, completion in dict.fromkeys(confirmed_states(event).values()):
        if state == "done" and completion:
            yield step.told(_DONE[completion], what=step.what(), when="")
        elif state == "not_done":
            yield step.told(N_("we did not do what {what} asked."), what=step.what())


@course.register
def close_undone(event: moves.CaseClosedUndone, step: Step) -> Iterator[Told]:
    yield step.told(
        N_("we did not do what {what} asked{because}."), what=step.what(), because=step.because(event.reason)
    )


@course.register
def carry_over(event: moves.CaseCarriedOver, step: Step) -> Iterator[Told]:
    case = step.ground.telling(step.at).case(event.to)
    if event.residual:
        text = step.ground.telling(step.at).quote(event.residual)
        yield step.told(N_("what remains goes on in {case}: {text}."), case=case, text=text)
    else:
        yield step.told(N_("it goes on in {case}{because}."), case=case, because=step.because(event.reason))


@course.register
def supersede(event: moves.CaseSuperseded, step: Step) -> Iterator[Told]:
    yield step.told(N_("{case} takes its place."), case=step.ground.telling(step.at).case(event.by))


@course.register
def reopen(event: moves.CaseReopened, step: Step) -> Iterator[Told]:
    yield step.told(N_("we took {what} up again{when}{because}."), what=step.what(), when=step.when,
                    because=step.because(event.reason))  # fmt: skip


@course.register
def note(event: events.CaseNoted, step: Step) -> Iterator[Told]:
    """Only what was noted for the assembly, in the words of the note, with its date where these do not say it."""
    if event.audience == "assembly":
        yield Told(noted(event.text, event, step.ground), step.parts, alone=True)


def noted(text: str, event: Event, ground: Ground) -> str:
    """« En mars 2024 : La délégation… »; the year alone says too little to begin with."""
    text, occurred = text.strip(), event.occurred
    if not occurred or ".." in occurred or occurred.isdigit():
        return text
    date = write_date(occurred, ground.lang)
    if date.removesuffix(f" {occurred[:4]}") in text:
        return text
    return ground.say(N_("{when}: "), when=ground.placed(occurred, event.words.get("occurred"))) + text


def _over(due: Edtf, step: Step) -> bool:
    begins = earliest(due)
    return begins is not None and begins < step.ground.day
