"""Where a refusal belongs: beside the field that it speaks of, with what to write instead, or above the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from domain.errors import SuiviError
from projections.phrases.catalogue import N_
from services.facts import FactMissing
from web.pages.doing_controls import Control
from web.pages.doing_typed import NEEDED, OTHERWISE
from web.rendering import Page

FIELDS: Mapping[str, Sequence[str]] = {
    "UntilPast": ("until",), "FutureAct": ("occurred", "set.occurred", "adopted_on"), "AnnouncedPast": ("wait_until",),
    "MeetingPast": ("date",), "PausePast": ("until",), "PauseUnending": ("until",), "OfficeNeeded": ("office",),
    "DateNeeded": ("date",), "NoneSent": ("count",), "CompletionMissing": ("completion",), "StateUnknown": ("state",),
    "NothingProposed": ("state",), "TaskUnknown": ("task",), "WithinWhat": ("upon", "within"), "WithinUnfit": ("within",),
    "DateOrCondition": ("due",), "NobodyNamed": ("people",), "SelfReference": ("to", "by"), "PartUnknown": ("part",),
    "WholeOnly": ("part",), "TitleMissing": ("titles", "set.titles"), "SamePart": ("parts", "titles"),
    "NumbersUnknown": ("parts", "titles", "set.titles"), "BeforeTheLetter": ("occurred",), "KindUnfit": ("kind",),
    "FileEmpty": ("file",), "FileTooLarge": ("file",), "FileNeeded": ("file",), "NoteUnknown": ("note",),
    "MailUnfit": ("mail",), "KeyUnfit": ("key", "titles", "numbers"), "Encircled": ("office",), "OtherOffice": ("to",),
    "ThreadOver": ("to",), "LinkedAlready": ("to",), "SplitInOne": ("into",), "HeirUnnamed": ("to",),
    "OfficeItself": ("into", "to"), "AbsenceReversed": ("until",), "AbsenceOver": ("until",), "AbsenceUnending": ("until",),
    "OwnReplacement": ("replaced_by",), "CircularReplacement": ("replaced_by",),
    "CountUnreadable": ("count", "cosigners"), "HourUnreadable": ("hour",), "NumberTaken": ("titles",),
    "TermUnknown": ("charge",), "AlreadyThere": ("key", "titles", "name"), "AssemblyUnknown": ("assembly",),
    "NoAssembly": ("assembly",), "RefUnreadable": ("key", "titles"), "FactNeeded": ("reason",), "NothingConfigured": ("rhythm",),
    "NumberUnfit": ("number",), "SameNumber": ("number",), "SameLine": ("number",), "NodeUnknown": ("number",),
    "ParentUnknown": ("under",), "NotBeside": ("before",), "LineElsewhere": ("under", "kind"), "ItemWithin": ("under",),
    "PlaceWithin": ("under",), "WithinItself": ("under",), "LineUnknown": ("line",), "ScheduleDoubtful": ("schedule",),
    "PartStands": ("what",), "FigureNeeded": ("value",), "BranchNotEmpty": ("number",), "OccurrenceUnknown": ("occurrence",),
}  # fmt: skip
"""Of an error that names no fact, the fields that it may speak of."""

PLAINER = {
    "UntilPast": N_("This date is past. Write a date to come: “{year}”, “spring {year}” or “14 February {year}”."),
    "EntryUnknown": N_("“{ref}” is not in the directory. Choose a name of the list, or enter it there first."),
    "CaseUnknown": N_("There is no case {ref} here. Choose one of the list, or write its number."),
    "CaseUnknownInLatest": N_("There is no case {ref} here. Choose one of the list, or write its number."),
    "DemarcheUnknown": N_("There is no thread {ref} here. Choose one of the list."),
    "RefUnreadable": N_("“{ref}” is not a number. Write for instance 2023:17."),
    "NameShared": N_("Several bear the name “{name}”. Write which one: {refs}."),
    "FactNeeded": OTHERWISE,
    "CompletionMissing": N_("Say how far it is done: wholly, in part or for a time."),
    "DateNeeded": N_("A meeting that is fixed has a date. Write it, or say that it is only hoped for."),
    "PartOfThread": OTHERWISE,
    "WithinWhat": N_("Say what must end first, or give a date instead."),
    "DateOrCondition": N_("Give a date, or what must end first: not both."),
    "FileNeeded": NEEDED["file"],
    "NobodyNamed": N_("Name at least one person who may read it."),
}
"""In place of a sentence that speaks to whoever types commands."""


@dataclass(frozen=True)
class Judged:
    """The fields with what is wrong, and what is refused of the act as a whole."""

    controls: Sequence[Control]
    whole: str = ""

    @property
    def faults(self) -> list[Control]:
        return [control for control in self.controls if control.fault]

    @property
    def fine(self) -> bool:
        return not self.faults and not self.whole


def placed_fault(page: Page, controls: Sequence[Control], error: SuiviError) -> Judged:
    """A refusal where it belongs."""
    said = _said(page, error)
    if names := list(_named(error, controls)):
        return Judged([replace(c, fault=said[c.form] if c.name in names else c.fault) for c in controls])
    return Judged(controls, said["whole"])


class _Sentences(dict[str, str]):
    """The sentence for every kind of field, unless another is known."""

    def __missing__(self, form: str) -> str:
        return self["whole"]


def _said(page: Page, error: SuiviError) -> _Sentences:
    if isinstance(error, FactMissing):
        return _Sentences({"whole": page.say(OTHERWISE)} | {form: page.say(words) for form, words in NEEDED.items()})
    for kind in type(error).__mro__:
        if template := PLAINER.get(kind.__name__):
            return _Sentences(whole=page.say(template, **{"year": page.today.year + 1 if page.today else "", **error.facts}))
    return _Sentences(whole=page.say(error))


def _named(error: SuiviError, controls: Sequence[Control]) -> Iterator[str]:
    """The names of the fields that it speaks of: as it says, else by its kind, else those that hold what it quotes."""
    names = [control.name for control in controls]
    told = [*_facts_of(error)]
    if found := [name for name in names if name.removeprefix("set.") in told]:
        yield from found
        return
    quoted = {str(value).strip() for value in error.facts.values() if isinstance(value, str) and value.strip()}
    if holding := [c.name for c in controls if quoted & _texts(c)]:
        yield holding[0]
        return
    for kind in type(error).__mro__:
        if meant := next((name for name in FIELDS.get(kind.__name__, ()) if name in names), None):
            yield meant
            return


def _facts_of(error: SuiviError) -> Iterator[str]:
    if isinstance(fact := error.facts.get("fact"), str):
        yield fact
    if isinstance(error, FactMissing):
        for each in error.facts["missing"]:
            yield str(each.facts["word"] if isinstance(each, SuiviError) else each)


def _texts(control: Control) -> set[str]:
    """What stands in a field, word for word. What is chosen in a closed list is never unknown."""
    if control.form not in ("line", "rows", "pairs", "date"):
        return set()
    return {str(part).strip() for value in control.values for part in _parts(value)} - {""}


def _parts(value: Any) -> Sequence[str]:
    return value if isinstance(value, tuple) else (value,)
