"""Cases that part and cases that join: a number, or a limb, goes on as a case of its own; two cases become one bundle.

Each is told in both histories, in one append: no number is ever in two cases, or in none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from domain.base import Act, Command, Event, Recorded, said
from domain.case.events import CaseAdopted, CaseRestricted, Part
from domain.case.moves import Moved
from domain.errors import Invalid, Refused, Word
from domain.values import CaseId, Edtf, FreeText, Limb, Owner, Proposal

if TYPE_CHECKING:
    from domain.case.case import Case

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class SplitCase(Command, frozen=True, kw_only=True):
    """Says what leaves: `numbers` of a bundle, or `parts` by their labels. A limb that leaves its number behind has a
    `number` of its own: the old one and a letter, unless said."""

    verb = "split"
    numbers: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    number: str | None = None
    reason: FreeText | None = None


class MergeCase(Command, frozen=True, kw_only=True):
    """The numbers, the titles and the parts of `other` join, and it is a case no more."""

    verb = "merge"
    other: CaseId
    reason: FreeText | None = None


class CaseSplit(Event, frozen=True, kw_only=True):
    """These `parts` left, as they then stood, with those of the `numbers` that no other part has: they go on in `to`."""

    fixed = frozenset({"parts", "numbers", "to", "occurred"})

    parts: tuple[Part, ...]
    numbers: tuple[str, ...]
    to: CaseId
    reason: FreeText | None = None

    def apply(self, case: Case, at: Recorded) -> None:
        labels = {part.label for part in self.parts}
        case.parts = [part for part in case.parts if part.label not in labels]
        case.proposals = [one for one in case.proposals if one.part not in labels]
        case.links.append(("split_off", self.to))
        if case.adopted:
            left = tuple(n for n in case.adopted.numbers if n not in self.numbers)
            case.adopted = _bearing(case.adopted, left, case.titles, case.parts)


class CaseCutOff(Event, frozen=True, kw_only=True):
    """The case began as parts of another, which goes on without them: they stand as they stood there."""

    fixed = frozenset({"of", "parts", "vouched", "proposals", "proposed_on", "occurred"})

    of: CaseId
    parts: tuple[Part, ...]
    vouched: bool = True  # somebody here vouches for where they stand
    owner: Owner | None = None
    due: Edtf | None = None
    proposals: tuple[Proposal, ...] = ()
    proposed_on: Edtf | None = None

    def apply(self, case: Case, at: Recorded) -> None:
        case.parts = [replace(part) for part in self.parts]
        case.vouched = self.vouched
        case.owner, case.due = self.owner, self.due
        case.proposals, case.proposed_on = list(self.proposals), self.proposed_on
        case.links.append(("split_from", self.of))


class CaseMerged(Event, frozen=True, kw_only=True):
    """Another case joined: its numbers, titles and parts, as they then stood, and its text."""

    fixed = frozenset({"parts", "numbers", "titles", "other", "occurred"})

    other: CaseId
    numbers: tuple[str, ...]
    titles: dict[str, FreeText]
    parts: tuple[Part, ...]
    text: FreeText | None = None
    reason: FreeText | None = None

    def apply(self, case: Case, at: Recorded) -> None:
        titles = case.titles | self.titles
        case.parts += [replace(part) for part in self.parts]
        case.links = [link for link in case.links if link not in (("split_off", self.other), ("split_from", self.other))]
        case.text = self.text
        if case.adopted:
            case.adopted = _bearing(case.adopted, (*case.adopted.numbers, *self.numbers), titles, case.parts)


class CaseMergedInto(Event, frozen=True, kw_only=True):
    """It joined another case, where its numbers now lead."""

    machine = True
    fixed = frozenset({"into", "occurred"})

    into: CaseId

    def apply(self, case: Case, at: Recorded) -> None:
        case.withdrawn = case.merged = True


class NothingLeaves(Invalid):
    """Say what leaves {ref}: numbers=…, among {numbers}; or parts=…, among {parts}."""


class NothingStays(Refused):
    """Something must stay in {ref}: its numbers are {numbers}, its parts {parts}."""


class NotItsNumber(Invalid):
    """{ref} has no number {number}. Its numbers: {numbers}."""


class PartAcross(Refused):
    """The part “{part}” of {ref} has other numbers as well: {numbers}. Name them all, or the part."""


class NumberOwn(Invalid):
    """The numbers {numbers} leave {ref} as they are: a number of its own is only for a limb that leaves its number behind."""


class NotTogether(Refused):
    """{ref} and {other} cannot become one case: {why}."""


class PartingStands(Refused):
    """That a case was split is not taken back as such. To put the two together again: suivi act {ref} merge --set other=…"""


def _bearing(adopted: CaseAdopted, numbers: tuple[str, ...], titles: dict[str, str], parts: list[Part]) -> CaseAdopted:
    """An adoption as it would be of these numbers and parts."""
    home = adopted.ref.partition(":")[0]
    ref = adopted.ref if adopted.ref.partition(":")[2] in numbers or not numbers else f"{home}:{numbers[0]}"
    limbs = tuple(Limb(part.label, part.numbers) for part in parts)
    return replace(adopted, ref=ref, numbers=numbers, titles={n: titles[n] for n in numbers}, parts=limbs)


def leaving(case: Case, command: SplitCase) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """The parts that leave, and those of their numbers that no part keeps."""
    assert case.adopted
    known = {"ref": case.ref, "numbers": list(case.adopted.numbers), "parts": [p.label for p in case.parts]}
    if not (command.numbers or command.parts):
        raise NothingLeaves(**known)
    for number in command.numbers:
        if number not in case.adopted.numbers:
            raise NotItsNumber(ref=case.ref, number=number, numbers=known["numbers"])
    meant = {part.label for label in command.parts for part in case.chosen(label)}
    meant |= {part.label for part in case.parts if not {*part.numbers}.isdisjoint(command.numbers)}
    parts = tuple(part for part in case.parts if part.label in meant)
    for part in parts:
        rest = [n for n in part.numbers if n not in command.numbers]
        if rest and not command.parts:
            raise PartAcross(ref=case.ref, part=part.label, numbers=rest)
    kept = {number for part in case.parts if part.label not in meant for number in part.numbers}
    numbers = tuple(n for n in case.adopted.numbers if any(n in p.numbers for p in parts) and n not in kept)
    if len(parts) == len(case.parts) or len(numbers) == len(case.adopted.numbers):
        raise NothingStays(**known)
    if command.number and numbers:
        raise NumberOwn(ref=case.ref, numbers=list(numbers))
    return parts, numbers


def split(case: Case, command: SplitCase, act: Act) -> None:
    """What leaves goes on in the case that `cut_off` begins, under the id that the case was told."""
    assert case.next_case
    case.decide(command, act, None)
    parts, numbers = leaving(case, command)
    kept = tuple(replace(part) for part in parts)
    case.trigger(CaseSplit(parts=kept, numbers=numbers, to=case.next_case, reason=command.reason, **said(act)), act)


def cut_off(kind: type[Case], before: Case, event: CaseSplit, own: str, act: Act) -> Case:
    """The case that goes on with what left another, which `before` was; `own`: its number, where it took none along."""
    assert before.adopted
    numbers = event.numbers or (own,)
    parts = event.parts if event.numbers else tuple(replace(part, numbers=(own,)) for part in event.parts)
    titles = {n: before.titles[n] for n in event.numbers} or {own: _title(before, event.parts)}
    new = kind(event.to)
    new.start()
    facts = {field: getattr(before.adopted, field) for field in _KEPT} | said(act)
    facts |= {"numbers": numbers, "titles": titles, "text": before.text, "workflow": before.workflow.name,
              "parts": tuple(Limb(part.label, part.numbers) for part in parts)}  # fmt: skip
    new.trigger(CaseAdopted(ref=f"{before.home}:{numbers[0]}", initial=before.workflow.initial, **facts), act)
    labels = {part.label for part in parts}
    standing: dict[str, Any] = {
        "of": before.id, "parts": parts, "vouched": before.established, "owner": before.owner, "due": before.due,
        "proposals": tuple(one for one in before.proposals if one.part in labels), "proposed_on": before.proposed_on,
    }  # fmt: skip
    new.trigger(CaseCutOff(**standing, **said(act)), act)
    if before.visibility != "open":
        new.trigger(CaseRestricted(visibility=before.visibility, people=before.people, **said(act)), act)
    new.wind(act)
    return new


_KEPT = (
    "assembly", "plan", "kind", "submitted_by", "mover", "seconder", "adopted_on", "vote", "minutes_ref", "who", "results",
    "targets",
)  # fmt: skip
"""What is true of the adoption of every part."""


def _title(case: Case, parts: tuple[Part, ...]) -> str:
    """The title of limbs on their own: that of their number, and their labels."""
    numbers = [n for n in case.titles if any(n in part.numbers for part in parts)]
    titles = " – ".join(dict.fromkeys(case.titles[n] for n in numbers))
    return f"{titles} ({', '.join(part.label for part in parts)})"


def letters_of(number: str) -> list[str]:
    """The numbers that a limb may take: its own and a letter."""
    return [f"{number}{letter}" for letter in LETTERS]


def merge(case: Case, command: MergeCase, act: Act) -> None:
    """The case that joins is told by whoever loads both."""
    other = case.joining
    assert other and other.adopted and case.adopted
    case.decide(command, act, None)
    other.decide(command, act, None)
    _refuse_apart(case, other)
    taken = {part.label for part in case.parts}
    parts = tuple(
        replace(part, label=f"{part.numbers[0]} {part.label}" if part.label in taken else part.label) for part in other.parts
    )
    texts = [text for text in (case.text, None if case.adopted.plan else other.text) if text]
    case.trigger(
        CaseMerged(other=other.id, numbers=other.adopted.numbers, titles=other.titles, parts=parts,
                   text="\n\n".join(dict.fromkeys(texts)) or None, reason=command.reason, **said(act)), act)  # fmt: skip
    other.trigger(CaseMergedInto(into=case.id, **said(act)), act)
    other.wind(act)


APART = {
    "home": "they are not of the same assembly, nor of the same plan",
    "workflow": "they do not follow the same rules",
    "visibility": "they may not be read by the same people",
    "vouched": "nobody has confirmed yet where one of them stands",
}


def _refuse_apart(case: Case, other: Case) -> None:
    why = (
        "home" if case.home != other.home
        else "workflow" if case.workflow.name != other.workflow.name
        else "visibility" if (case.visibility, {*case.people}) != (other.visibility, {*other.people})
        else "vouched" if case.established != other.established
        else None
    )  # fmt: skip
    if why:
        raise NotTogether(ref=case.ref, other=other.ref, why=Word(APART[why]))


def refuse_retraction(case: Case, event: Event) -> None:
    """That a case was split stays; the two can be put together again."""
    if isinstance(event, CaseSplit | CaseCutOff):
        raise PartingStands(ref=case.ref)


def labels_of(event: Event) -> set[str]:
    """The parts whose state rests on an event."""
    if isinstance(event, CaseSplit | CaseMerged):
        return {part.label for part in event.parts}
    return {*event.parts} if isinstance(event, Moved) else set()
