"""The orientations and action plan: section > goal > objective > lettered action with its time (BUTS | OBJECTIFS | ACTIONS |
ÉCHÉANCE/FRÉQUENCE)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.time.schedules import Context, Schedule
from services.imports.documents.document import Line
from services.imports.plans import notices
from services.imports.plans.columns import Role
from services.imports.plans.entries import Entry, entries, unpunctuated, written
from services.imports.plans.numbers import Numbered, read_name, read_number
from services.imports.plans.sheet import Laid, Sheet
from services.imports.plans.timing import Findings, disagree, read_targets, read_when, told_within
from services.imports.plans.tree import Growing, same_words

_CAPITAL = re.compile(r"(?P<mark>A[.)])\s+(?=\S)")
_NEXT_ACTION = re.compile(r";\s+(?=[A-ZÀ-ÖØ-Þ«])")


def read_orientations(sheet: Sheet, context: Context, title: str, findings: Findings) -> list[Growing]:
    """The sections with their goals, objectives and actions; goals alone where the page has no sections."""
    reading = _Orientations(context, title, findings)
    for part in sheet.body:
        if isinstance(part, Laid):
            reading.take(part)
        elif isinstance(part, Line):
            reading.take_line(part)
    return reading.finish()


class _Orientations:
    """An orientations plan as its rows go by."""

    def __init__(self, context: Context, title: str, findings: Findings) -> None:
        self.context, self.title, self.findings = context, title, findings
        self.roots: list[Growing] = []
        self.section: Growing | None = None
        self.goal: Growing | None = None
        self.objective: Growing | None = None

    def take_line(self, line: Line) -> None:
        """A line between two tables: the title of a section, if it can be one."""
        said = written(line.text)
        number = read_number(said) or read_name(said)
        if same_words(self.title, said):
            return
        if not line.mark and ((number and number.depth == 1) or line.style or line.bold):
            self._section(said, number, line.place.line)
        else:
            self.findings.warn(line.place.line, notices.NotAttached(line=line.place.line, text=said))

    def take(self, row: Laid) -> None:
        """One row: a section, or an objective with its actions, perhaps under a new goal, or what goes on with it."""
        alone = " ".join(each.text for each in entries(row.alone))
        number = read_number(alone) or read_name(alone)
        if alone and self._heads(alone, number, row):
            self._section(alone, number, row.line)
            return
        self._place(row, "goal")
        self._place(row, "objective")
        if not (row.text("action") or row.text("schedule")):
            return
        if self.objective is None:
            self.findings.warn(row.line, notices.NotAttached(line=row.line, text=row.text("action")[:80]))
            return
        if not row.text("objective"):
            self.findings.warn(row.line, notices.RowContinued(line=row.line, number=self.objective.number))
        self.objective.reach(row.last_line)
        self._act(row, self.objective)

    def _heads(self, said: str, number: Numbered | None, row: Laid) -> bool:
        if number:
            return number.depth == 1 and (self.goal is None or bool(self.section) or number.number != self.goal.number)
        across = row.cells[row.filled[0]].across
        return across > 1 or (row.filled[0] == 0 and self.objective is None) or said.isupper()

    def _section(self, said: str, number: Numbered | None, line: int) -> None:
        text = number.text if number else said
        if self.section and same_words(self.section.text, text):
            return
        given = number.number if number else str(len(self.roots) + 1)
        self.section = Growing("section", given, text, line, number.printed if number else "")
        self.roots.append(self.section)
        self.goal = self.objective = None
        if not number:
            self.findings.warn(line, notices.NumberGiven(line=line, text=text, number=given))

    def _place(self, row: Laid, role: Role) -> None:
        """The goal or the objective of a row, if its cell says one that is not yet open."""
        said = " ".join(each.text for each in entries(row.lines(role)))
        if not said:
            return
        number = read_number(said)
        opened = self.goal if role == "goal" else self.objective
        if opened and self._is_same(opened, said, number, row):
            return
        parent = (self.section if role == "goal" else self.goal) or None
        beside = parent.below if parent else self.roots
        kind = "goal" if role == "goal" else "objective"
        place = Growing(kind, *_called(said, number, parent, beside), row.line, number.printed if number else "")  # type: ignore[arg-type]
        place.targets = read_targets(place.text, self.context)
        self._tell_number(place, number, parent, row.line)
        beside.append(place)
        if role == "goal":
            self.goal, self.objective = place, None
        else:
            self.objective = place

    def _is_same(self, opened: Growing, said: str, number: Numbered | None, row: Laid) -> bool:
        """Whether the cell repeats what is open, or ends it on the next page."""
        if number:
            return number.number == opened.number and same_words(opened.text, number.text)
        if row.continues and said[0].islower():
            opened.text = f"{opened.text} {said}"
            return True
        return same_words(opened.text, said)

    def _tell_number(self, place: Growing, number: Numbered | None, parent: Growing | None, line: int) -> None:
        if number is None:
            self.findings.warn(line, notices.NumberGiven(line=line, text=place.text, number=place.number))
            return
        if number.mended:
            self.findings.warn(line, notices.NumberMended(line=line, printed=number.printed, number=number.number))
        if parent and number.depth > 1 and parent.printed and not number.number.startswith(f"{parent.number}."):
            named = f"{parent.printed} {parent.text}"
            self.findings.warn(line, notices.OutOfPlace(line=line, number=number.number, parent=named))

    def _act(self, row: Laid, objective: Growing) -> None:
        """The actions of a row, each with the time that bears its letter."""
        actions = [piece for each in _lettered(entries(row.lines("action"))) for piece in self._apart(each)]
        times = _lettered(entries(row.lines("schedule")))
        matched = self._matched(actions, times, row.line)
        for action, time in zip(actions, matched, strict=True):
            if not action.mark and not time and objective.below and action.text[:1].islower() and row.continues:
                last = objective.below[-1]
                last.text = f"{last.text} {unpunctuated(action.text)}"
                continue
            self._add(action, time, objective)

    def _add(self, action: Entry, time: Entry | None, objective: Growing) -> None:
        letter = action.letter or _letter(len(objective.below))
        if any(each.number == letter for each in objective.below):
            given = _letter(len(objective.below))
            said = notices.NumberMended(line=action.line, printed=action.mark or letter, number=given)
            self.findings.warn(action.line, said)
            letter = given
        text = unpunctuated(action.text)
        schedule = read_when(time.text, self.context, time.line, self.findings) if time else None
        if time is None:
            self.findings.warn(action.line, notices.WhenMissing(line=action.line, text=text))
        node = Growing("action", letter, text, action.line, action.mark, schedule=schedule)
        node.targets = read_targets(text, self.context)
        self._compare(text, schedule, action.line)
        objective.below.append(node)

    def _compare(self, text: str, schedule: Schedule | None, line: int) -> None:
        """A text that says a rhythm of its own, other than its column's."""
        told = told_within(text, self.context) if schedule else None
        if schedule and told and disagree(told, schedule):
            self.findings.warn(line, notices.WhenOtherwise(line=line, told=told.words, words=schedule.words))

    def _apart(self, entry: Entry) -> list[Entry]:
        """Actions without letters that only semicolons part."""
        pieces = [] if entry.mark else _NEXT_ACTION.split(entry.text)
        if len(pieces) < 2:
            return [entry]
        said = notices.RunTogether(line=entry.line, count=len(pieces), items=pieces)
        self.findings.warn(entry.line, said)
        return [replace(entry, text=piece) for piece in pieces]

    def _matched(self, actions: Sequence[Entry], times: Sequence[Entry], line: int) -> list[Entry | None]:
        """For each action its time: by letter; where the times have none, by place, or one for all."""
        lettered = {time.letter: time for time in times if time.letter}
        if lettered and any(action.letter for action in actions):
            found = [lettered.get(action.letter) if action.letter else None for action in actions]
            self._unmatched([time for time in times if time not in found], line)
            return found
        if len(times) == len(actions):
            if len(times) > 1 and not lettered:
                self.findings.warn(line, notices.WhenByOrder(line=line))
            return list(times)
        if len(times) == 1 and actions:
            self.findings.warn(line, notices.WhenShared(line=line, words=times[0].text, count=len(actions)))
            return [times[0]] * len(actions)
        self._unmatched(times, line)
        return [None] * len(actions)

    def _unmatched(self, times: Sequence[Entry], line: int) -> None:
        for time in times:
            words = f"{time.mark} {time.text}".strip()
            self.findings.warn(line, notices.WhenUnmatched(line=line, words=words))

    def finish(self) -> list[Growing]:
        return self.roots


def _lettered(told: list[Entry]) -> list[Entry]:
    """A capital alone before the words of a cell is a letter like another: « A. Continue »."""
    found = _CAPITAL.match(told[0].text) if len(told) == 1 and not told[0].mark else None
    return [replace(told[0], text=told[0].text[found.end() :], mark=found["mark"])] if found else told


def _called(said: str, number: Numbered | None, parent: Growing | None, beside: Sequence[Growing]) -> tuple[str, str]:
    """Its number and its text."""
    if number:
        return number.number, number.text
    order = str(len(beside) + 1)
    return (f"{parent.number}.{order}" if parent else order), said


def _letter(order: int) -> str:
    """« a » for the first; past « z », the number."""
    return chr(ord("a") + order) if order < 26 else str(order + 1)
