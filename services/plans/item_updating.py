"""What a document brings of an item that is known: its follow-ups, its lines, its results, the state that it suggests."""

from __future__ import annotations

from typing import Any

from domain.amendments import CorrectFact
from domain.base import Command
from domain.case.case import Case
from domain.case.commands import RewordCase, RewordTask, SetTarget
from domain.case.decisions import handle
from domain.case.events import CaseAdopted
from domain.errors import SuiviError
from domain.figures import Target
from domain.plan.nodes import Node
from domain.values import Proposal
from domain.words import comparable
from services.imports.deciding import establish
from services.imports.plans.reading import FollowUp
from services.imports.plans.words import alike
from services.plans import notices
from services.plans.changing import Changing
from services.plans.items import line_of
from services.plans.matching import REWORDED, Said, paired
from services.plans.recording import Fresh
from services.plans.wordings import (
    LineSaid,
    among,
    holders_of,
    lines_of,
    notes_of,
    proposed_of,
    results_of,
    state_of,
    texts_of,
    words_of,
)

DASH = "—"


def update_item(changing: Changing, case: Case, node: Node) -> None:
    """Adds what is new to the item, and tells what is said otherwise."""
    _Item(changing, case, node).run()


class _Item:
    """An item that is known, and what a document says of it. `shut`: what it is too late for, as it is over; `joined`: it goes
    on in one case with others, which has one who, one set of results and of targets."""

    def __init__(self, changing: Changing, case: Case, node: Node) -> None:
        self.changing, self.case, self.node, self.number = changing, case, node, node.number
        self.shut: list[str] = []
        self.joined = len(case.titles) > 1
        self.fresh = changing.recorded.fresh[node.number] = Fresh()

    def run(self) -> None:
        if self.joined:
            self._warn(notices.GoesOnWithOthers, others=[each for each in self.case.titles if each != self.number])
            self._lines()
            self._told()
        elif self._text():
            self._who()
            self._results()
            for target in self.node.targets:
                self._target(target)
            self._lines()
            self._told()
        if self.shut:
            self._warn(notices.StaysClosed, texts=" / ".join(self.shut))

    @property
    def _line(self) -> int:
        return self.changing.line(self.number)

    def _warn(self, notice: type[SuiviError], **facts: Any) -> None:
        self.changing.warn(notice(**({"line": self._line, "number": self.number} | facts)))

    def _takes(self, key: str, notice: type[SuiviError], told: str, known: str, line: int | None = None) -> bool:
        facts = {"line": line or self._line, "number": self.number, "told": told, "known": known}
        return self.changing.takes(f"{self.number}{key}", notice(**facts))

    def _do(self, command: Command, place: str = "") -> None:
        handle(self.case, command, self.changing.act(f"{self.number}{place}"))

    def _correct(self, **facts: Any) -> None:
        """Corrects what was said of the item when it was adopted."""
        adopted = next(each for each in self.case.history if isinstance(each.event, CaseAdopted))
        self._do(CorrectFact(event=adopted.originator_version, set=facts, reason=self.changing.origin.id))

    def _text(self) -> bool:
        """Whether the item is the one that the document means: one that says something else altogether may be another."""
        told, known = self.node.text, texts_of(self.case, self.number)
        if among(told, known):
            return True
        other = alike(told, known[0]) < REWORDED
        if self.case.concluded:
            self.shut.append(told)
        elif self._takes("", notices.SaysOther if other else notices.WordedOtherwise, told, known[0]):
            self._do(RewordCase(text=told))
            return True
        return not other

    def _who(self) -> None:
        told, adopted = self.node.who, self.case.adopted
        if not told or adopted is None or frozenset(map(comparable, told)) in holders_of(self.case):
            return
        if self._takes("/@", notices.WhoOtherwise, ", ".join(told), ", ".join(adopted.who) or DASH):
            self._correct(who=list(told))

    def _results(self) -> None:
        """Those that are new come last; one that was taken out once stays out."""
        known = list(self.case.adopted.results) if self.case.adopted else []
        earlier, found = results_of(self.case), list(known)
        told = [Said(str(n), False, (text,)) for n, text in enumerate(self.node.results)]
        pairs = paired(told, [Said(str(n), False, (text,)) for n, text in enumerate(known)])
        for at, text in enumerate(self.node.results):
            if among(text, earlier):
                continue
            if (there := pairs.get(at)) is None:
                found.append(text)
                self.fresh.results.append(text)
                self.changing.recorded.added["results"] += 1
            elif self._takes(f"/={there}", notices.LineOtherwise, text, known[there]):
                found[there] = text
        if found != known:
            self._correct(results=found)
        self._left_out([text for at, text in enumerate(known) if at not in pairs.values()])

    def _target(self, told: Target) -> None:
        """What measures the same thing is the same target, set otherwise."""
        figure = told.figure
        known = self.case.targets.get(figure.measures)
        if known and comparable(known.figure.words) == comparable(figure.words):
            return
        if self.case.concluded:
            self.shut.append(figure.words)
        elif known is None or self._takes(f"/%{figure.measures}", notices.AimOtherwise, figure.words, known.figure.words):
            if known is None:
                self.changing.recorded.added["targets"] += 1
            self._do(SetTarget(measures=figure.measures, words=figure.words, value=figure.value, bound=figure.bound,
                               unit=figure.unit, per=told.per))  # fmt: skip

    def _lines(self) -> None:
        known = lines_of(self.case)
        for line in self.node.lines:
            if line.number in known:
                self._known_line(line, known[line.number])
            elif self.case.concluded:
                self.shut.append(line.text)
            else:
                self._do(line_of(line), f"/{line.number}")
                self.fresh.lines.append(line)
                self.changing.recorded.added["lines"] += 1
        told = {line.number for line in self.node.lines}
        self._left_out([line.task.text for label, line in known.items() if line.task and label not in told])

    def _known_line(self, line: Node, known: LineSaid) -> None:
        place, time = f"/{line.number}", line.schedule.words if line.schedule else ""
        where = self.changing.line(f"{self.number}{place}")
        if (task := known.task) is None:
            self._warn(notices.DroppedBefore, line=where, text=line.text)
        elif among(line.text, known.texts) and (not time or among(time, known.times)):
            return
        elif task.done or self.case.concluded:
            self.shut.append(_timed(line.text, time))
        else:
            before = _timed(task.text, task.schedule.words if task.schedule and time else "")
            if self._takes(place, notices.LineOtherwise, _timed(line.text, time), before, where):
                self._do(RewordTask(task=task.number, text=line.text, schedule=line.schedule), place)

    def _told(self) -> None:
        """Follow-ups that are not among its notes, and the state that the whole now suggests."""
        changing, number = self.changing, self.number
        fresh = self.fresh.told = self._fresh(changing.reading.follow_ups.get(number, ()))
        changing.tell(changing.recorded, self.case, number, fresh)
        if (proposal := changing.reading.proposals.get(number)) and self._suggests(proposal, bool(fresh)):
            changing.propose(changing.recorded, self.case, number)
            changing.recorded.added["states"] += 1
        establish(self.case, number, changing.origin.decided, changing.work.act)

    def _suggests(self, proposal: Proposal, told: bool) -> bool:
        """Whether a state is news: no document suggested it, or what was told since says it again; and it does not stand."""
        if self.case.moved and state_of(proposal) == (self.case.state, self.case.completion):
            return False
        same = [one for one in proposed_of(self.case) if state_of(one) == state_of(proposal)]
        return not same or (told and words_of(proposal) not in map(words_of, same))

    def _fresh(self, told: tuple[FollowUp, ...]) -> list[FollowUp]:
        """What says the same twice is two notes, if it was told twice."""
        left, fresh = notes_of(self.case), []
        for each in told:
            if (note := next((note for note in left if _is_of(each, note)), None)) is not None:
                left.remove(note)
            else:
                fresh.append(each)
        return fresh

    def _left_out(self, texts: list[str]) -> None:
        if texts and not self.joined:
            self._warn(notices.LinesNotInDocument, texts=" / ".join(texts))


def _is_of(told: FollowUp, note: frozenset[tuple[str, str | None]]) -> bool:
    """Whether a note says it; a day that our own pages print behind a text is no part of it."""
    bare = comparable(told.text).removesuffix(comparable(f"({told.words})")).strip()
    return comparable(told.text) in {text for text, _ in note} or (bare, told.occurred) in note


def _timed(text: str, time: str) -> str:
    """A line with its time in parentheses, as a page has it."""
    return f"{text} ({time})" if time else text
