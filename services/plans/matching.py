"""Which place of a plan each place of a document is: by its number where one is printed, else by its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace as with_facts
from typing import NamedTuple

from msgspec.structs import replace

from domain.case.case import Case
from domain.plan.nodes import LINES, Node, walk
from domain.plan.plan import Plan
from services.imports.plans.reading import PlanReading
from services.imports.plans.words import alike, plain
from services.imports.report import Problem
from services.plans import notices
from services.plans.wordings import lines_of, places_of, texts_of

REWORDED = 0.6  # of two texts, from which one is the other said otherwise
_BESIDE = 40  # places beside it that a place is compared with


class Said(NamedTuple):
    """A place or a line: its number, whether the page prints one, what it says now and said before."""

    number: str
    printed: bool
    texts: Sequence[str]


def fitted(reading: PlanReading, plan: Plan, cases: Mapping[str, Case]) -> tuple[PlanReading, list[Problem]]:
    """The reading with the numbers that its places and lines have in the plan; what is new, and was only counted by
    whoever read it, gets a number that is free. `cases`: by number, those that may be seen.

    With it what stands in the way: a number that says what another one says, or another plan altogether."""
    known = _known(plan, cases)
    told = [_said(node) for node in walk(reading.nodes) if node.kind not in LINES]
    pairs = paired(told, known)
    problems = [*_refused(reading, plan, told, known, pairs)]
    numbers, before = numbered(told, known, pairs), {each.number for each in known}
    for one in told:
        if (given := numbers[one.number]) != one.number and given not in before:
            problems.append(_given(reading, one, given))
    names = {old: new for old, new in numbers.items() if old != new}
    lines = {number: _labels(node, cases[numbers[number]])
             for node in walk(reading.nodes) if node.followed and numbers[number := node.number] in cases}  # fmt: skip
    return _renamed(reading, names, lines), problems


def paired(told: Sequence[Said], known: Sequence[Said], lines: bool = False) -> dict[int, int]:
    """Index of what is told -> index of what it is among what is known. A place is what its printed number says, else the
    one of the same words, else one beside it that says nearly the same. The letters of lines move as soon as one comes
    between: they only tell where words do not."""
    pairing = _Pairing(told, known)
    if not lines:
        pairing.by_number()
    pairing.by_words(lines)
    pairing.by_likeness(lines)
    if lines:
        pairing.by_number()
    return pairing.found


class _Pairing:
    """What is told and what is known, each taken once."""

    def __init__(self, told: Sequence[Said], known: Sequence[Said]) -> None:
        self.told, self.known = told, known
        self.found: dict[int, int] = {}
        self.free = dict.fromkeys(range(len(known)))

    def _left(self, printed: bool) -> list[tuple[int, Said]]:
        """What was not found yet; without what has a number in print, unless that is meant too."""
        return [(at, one) for at, one in enumerate(self.told) if at not in self.found and (printed or not one.printed)]

    def _take(self, at: int, there: int | None) -> None:
        if there is not None:
            self.found[at] = there
            del self.free[there]

    def by_number(self) -> None:
        places = {self.known[there].number: there for there in self.free}
        for at, one in self._left(True):
            if one.printed and places.get(one.number) in self.free:
                self._take(at, places[one.number])

    def by_words(self, printed: bool) -> None:
        words: dict[str, list[int]] = {}
        for there in self.free:
            for text in dict.fromkeys(plain(each) for each in self.known[there].texts if each):
                words.setdefault(text, []).append(there)
        for at, one in self._left(printed):
            same = [there for there in words.get(plain(one.texts[0]), ()) if there in self.free]
            self._take(at, min(same, key=lambda there: _far(one, self.known[there]), default=None))

    def by_likeness(self, printed: bool) -> None:
        for at, one in self._left(printed):
            beside = [there for there in self.free if _above(self.known[there]) == _above(one)]
            self._take(at, _nearest(one, self.known, beside))


def _far(one: Said, other: Said) -> tuple[bool, bool]:
    """How far apart two that say the same stand: the same number first, then what stands beside it."""
    return one.number != other.number, _above(one) != _above(other)


def _above(one: Said) -> str:
    return one.number.rpartition(".")[0]


def _nearest(one: Said, known: Sequence[Said], free: Sequence[int]) -> int | None:
    """The one that says nearly the same, that of the same number before the others."""
    best, score = None, REWORDED
    for there in sorted(free, key=lambda there: known[there].number != one.number)[:_BESIDE]:
        if (found := alike(one.texts[0], known[there].texts[0])) > score:
            best, score = there, found
    return best


def numbered(told: Sequence[Said], known: Sequence[Said], pairs: Mapping[int, int]) -> dict[str, str]:
    """Number told -> number in the plan; of what is new, its own where it is free, else the next one beside it."""
    found = {told[at].number: known[there].number for at, there in pairs.items()}
    new = [one for at, one in enumerate(told) if at not in pairs]
    taken = {one.number for one in known}
    kept = {one.number for one in new if one.printed} - taken
    taken |= kept
    for one in new:
        own = one.number if one.number in kept or one.number not in taken else _next(one.number, taken)
        found[one.number] = own
        taken.add(own)
    return found


def _next(number: str, taken: set[str]) -> str:
    """The number, or the letter, after the last one beside it."""
    above, dot, last = number.rpartition(".")
    beside = [each.rpartition(".")[2] for each in taken if each.rpartition(".")[0] == above]
    letters = [each for each in beside if len(each) == 1 and "a" <= each < "z"]
    if len(last) == 1 and last.isalpha() and letters:
        return f"{above}{dot}{chr(ord(max(letters)) + 1)}"
    return f"{above}{dot}{1 + max((int(each) for each in beside if each.isdigit()), default=0)}"


def _said(node: Node) -> Said:
    """A line that is only counted bears a dash, or nothing."""
    printed = bool(node.printed) if node.kind not in LINES else node.number in node.printed
    return Said(node.number, printed, (node.text,))


def _known(plan: Plan, cases: Mapping[str, Case]) -> list[Said]:
    """The places of a plan; what an item says, its case says. Nothing of one that may not be seen."""
    texts = places_of(plan) | {number: texts_of(case, number) for number, case in cases.items()}
    return [Said(node.number, bool(node.printed), texts.get(node.number, [""])) for node in walk(plan.nodes)]


def _labels(node: Node, case: Case) -> dict[str, str]:
    """Label of a line as read -> its label in the plan."""
    told = [_said(line) for line in node.lines]
    known = [Said(line.label, False, list(reversed(line.texts))) for line in lines_of(case).values()]
    return numbered(told, known, paired(told, known, lines=True))


def _refused(
    reading: PlanReading, plan: Plan, told: Sequence[Said], known: Sequence[Said], pairs: Mapping[int, int]
) -> list[Problem]:
    """Nothing can be brought in where a number may be taken for another, or a plan for another."""
    both = [(told[at], known[there]) for at, there in pairs.items() if known[there].texts[0]]
    others = [one for one, there in both if _other(one, there)]
    own = {there.number for one, there in both if not _other(one, there)}
    elsewhere = {plain(each.texts[0]): each.number for each in known if each.texts[0] and each.number not in own}
    doubtful = [*others, *(one for at, one in enumerate(told) if at not in pairs)]
    found = [
        Problem(line := _line(reading, one), "error", notices.SaysAnother(line=line, number=one.number, known=there))
        for one in doubtful if (there := elsewhere.get(plain(one.texts[0]))) and there != one.number
    ]  # fmt: skip
    if not found and len(others) > 1 and len(others) * 2 > len(both):
        found = [Problem(1, "error", notices.OtherPlan(key=plan.key, count=len(both), different=len(others)))]
    return found


def _other(one: Said, known: Said) -> bool:
    """Whether a number says something else altogether, and never said it."""
    return plain(one.texts[0]) not in map(plain, known.texts) and alike(one.texts[0], known.texts[0]) < REWORDED


def _line(reading: PlanReading, one: Said) -> int:
    return reading.places.get(one.number, (1, 1))[0]


def _given(reading: PlanReading, one: Said, given: str) -> Problem:
    line = _line(reading, one)
    return Problem(line, "warning", notices.NumberedNext(line=line, number=one.number, text=one.texts[0], given=given))


def _renamed(reading: PlanReading, names: Mapping[str, str], lines: Mapping[str, Mapping[str, str]]) -> PlanReading:
    """The reading under other numbers. `lines`: number as read -> label as read -> label."""

    def node(one: Node) -> Node:
        labels = lines.get(one.number, {})
        below = tuple(
            _relabelled(each, labels.get(each.number, each.number)) if each.kind in LINES else node(each)
            for each in one.nodes
        )  # fmt: skip
        return replace(one, number=names.get(one.number, one.number), nodes=below)

    def place(key: str) -> str:
        number, slash, label = key.partition("/")
        return f"{names.get(number, number)}{slash}{lines.get(number, {}).get(label, label)}"

    return with_facts(
        reading, nodes=tuple(map(node, reading.nodes)),
        follow_ups={names.get(number, number): told for number, told in reading.follow_ups.items()},
        proposals={names.get(number, number): one for number, one in reading.proposals.items()},
        places={place(key): lines for key, lines in reading.places.items()},
    )  # fmt: skip


def _relabelled(line: Node, label: str) -> Node:
    """A line under another letter, in print as well."""
    return replace(line, number=label, printed=line.printed.replace(line.number, label))
