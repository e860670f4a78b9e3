"""From the history of a case to rows: how it stood after each entry of the log, and what each entry itself set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import json, to_builtins

from domain.amendments import AMENDMENTS, FactCorrected, FactRetracted, standing
from domain.base import Recorded
from domain.case.bundles import CaseCutOff, CaseMerged, CaseMergedInto, CaseSplit
from domain.case.case import Case
from domain.case.events import CaseAdopted, CaseWithdrawn, Part
from domain.case.migration import CaseMigrated
from domain.case.moves import Moved
from domain.case.standing import next_review
from domain.values import Party, Proposal
from domain.words import natural_text, sort_key

Sets = Mapping[str, tuple[str, str | None] | None]


class StateRow(NamedTuple):
    """One row of `case_states`.

    `position` is the event's place in the log; the row is what is known of it from `known_from` on, until an entry
    corrects or retracts it (`known_until`). `sets`: part -> [state, completion], what the event itself set, from
    `effective_day` on. `row`: the case as the lists show it, as it stood at `known_from`."""

    case: UUID
    position: int
    known_from: int
    known_until: int | None
    version: int
    effective_day: date
    sets: Sets | None
    row: bytes | None


class Close(NamedTuple):
    """What was known of a case, from one of its events on, ends with an entry."""

    case: UUID
    version: int
    known_until: int


def shape(case: Case) -> dict[str, Any]:
    """The case in the contract's shape, with ids where a reader sees names. Empty before its adoption."""
    adopted = case.adopted
    if adopted is None:
        return {}
    pending = [proposal(case.ref, p) for p in case.proposals]
    return {
        "ref": case.ref,
        "assembly": None if adopted.plan else case.home,
        "plan": case.home if adopted.plan else None,
        "home": case.home,
        "numbers": list(adopted.numbers),
        "title": case.title,
        "titles": case.titles,
        "text": None if adopted.plan else case.text,
        "kind": adopted.kind,
        "workflow": adopted.workflow,
        "state": case.state,
        "completion": case.completion,
        "parts": [{"label": p.label, "numbers": list(p.numbers), "state": p.state, "completion": p.completion}
                  for p in case.parts],
        "proposal": pending[0] if pending else None,
        "proposals": pending,
        "owner": party(case.owner),
        "submitted_by": party(adopted.submitted_by),
        "adopted_on": adopted.adopted_on,
        "due": case.due,
        "standing": _standing(case),
        "waiting_on": [{"on": party(w.on), "since": w.since, "condition": w.condition} for w in case.waiting_on],
        "bodies": list(dict.fromkeys(str(body) for body, _ in case.referrals)),
        "visibility": case.visibility,
        "version": case.version,
    }  # fmt: skip


def _standing(case: Case) -> dict[str, Any] | None:
    """Of a case that goes on: in which rhythm it is reviewed, and when next."""
    rhythm = case.cadence
    return None if rhythm is None else {"cadence": rhythm.words, "rrule": rhythm.rrule, "review": next_review(case)}


def place_of(row: dict[str, Any]) -> str:
    """Where a case stands in its list, by assembly or plan and number: no two have the same. Compared by code point."""
    return f"{sort_key(row['home'])}\x01{natural_text(row['numbers'][0])}\x01{row['ref']}"


def proposal(ref: str, one: Proposal) -> dict[str, Any]:
    """A pending proposal, as the result of its import shows it."""
    facts: dict[str, Any] = to_builtins(one)
    return {"ref": ref, "part": None, "completion": None, "alternatives": []} | facts


def party(one: Party | None) -> dict[str, Any] | None:
    """Someone: the id that a reader's list resolves, or words."""
    return None if one is None else {"kind": one.kind, "id": str(one.id) if one.id else None, "words": one.words}


class CaseHistory:
    """A case folded entry by entry; gives the rows that each entry makes, from after those taken in before."""

    def __init__(self, before: list[Recorded] | None = None) -> None:
        self.case = Case.fold(before) if before else None
        self.shown = shape(self.case) if self.case else {}
        self.heard = max((heard_on(entry) for entry in before or ()), default=date.min)

    @property
    def version(self) -> int:
        """The entries taken."""
        return self.case.version if self.case else 0

    def take(self, entry: Recorded) -> list[StateRow | Close]:
        """Advances by one entry of the log."""
        self.heard = max(self.heard, heard_on(entry))
        if self.case is None:
            self.case = Case.fold([entry])
        else:
            self._advance(self.case, entry)
        return self._rows(self.case, entry)

    def _advance(self, case: Case, entry: Recorded) -> None:
        case.history.append(entry)
        case.version = entry.originator_version
        if isinstance(entry.event, AMENDMENTS):
            case.replay()
        else:
            entry.event.apply(case, entry)

    def _rows(self, case: Case, entry: Recorded) -> list[StateRow | Close]:
        assert entry.position
        if isinstance(entry.event, CaseWithdrawn):
            return [Close(case.id, 1, entry.position)]
        if isinstance(entry.event, AMENDMENTS):
            return [Close(case.id, target(case.history, entry), entry.position), *self._anew(case, entry)]
        own = self._row(case, entry, entry.position)
        return [own] if own else []

    def _anew(self, case: Case, amendment: Recorded) -> list[StateRow]:
        """What is known from an amendment on: every row from the event that it bears on, and the case as it stands."""
        first, known_from = target(case.history, amendment), amendment.position or 0
        again, rows = Case(case.id), list[StateRow | None]()
        again.start()
        self.shown = {}
        for entry in standing(case.history):
            entry.event.apply(again, entry)
            again.version = entry.originator_version
            row = self._row(again, entry, known_from)
            rows += [row] if again.version >= first else []
        self.shown = {}
        rows.append(self._row(case, amendment, known_from))
        return [row for row in rows if row]

    def _row(self, case: Case, entry: Recorded, known_from: int) -> StateRow | None:
        """The row of an entry, after which the case is `case`; null if it changes nothing that is shown."""
        before, self.shown = self.shown, shape(case)
        gone = isinstance(entry.event, CaseMergedInto)  # from its day on: before, it is listed as it stood
        changed = gone or self.shown | {"version": 0} != before | {"version": 0}
        sets = sets_of(case, entry)
        if not changed and not sets:
            return None
        return StateRow(case.id, entry.position or 0, known_from, None, entry.originator_version, effective_day(entry),
                        sets, json.encode({} if gone else self.shown) if changed else None)  # fmt: skip


def effective_day(entry: Recorded) -> date:
    """The day from which a reading as of a date counts the row. What holds whatever the day asked about shows the case
    as it stood when it was recorded."""
    return entry.limit() if isinstance(entry.event, AMENDMENTS) or entry.event.timeless else entry.day()


def heard_on(entry: Recorded) -> date:
    """The day on which somebody told something; what the system did by itself tells nothing."""
    return date.min if entry.event.machine else entry.day()


def sets_of(case: Case, entry: Recorded) -> Sets | None:
    """What an event sets by itself: part -> state and completion, null for one that left."""
    event = entry.event
    if isinstance(event, CaseAdopted):
        return {limb.label: (event.initial, None) for limb in event.parts}
    if isinstance(event, CaseMigrated):
        return {part.label: (part.state, part.completion) for part in case.parts if part.label in event.parts}
    if isinstance(event, CaseCutOff | CaseMerged):
        return {part.label: (part.state, part.completion) for part in event.parts}
    if isinstance(event, CaseSplit):
        return dict.fromkeys((part.label for part in event.parts), None)
    if isinstance(event, Moved):
        parts = {p.label: p for p in case.parts}
        return {
            label: (state, event.completion_of(Part(label, (), state, state)))
            for label, state in event.parts.items()
            if label in parts
        }
    return None


def target(history: Sequence[Recorded], amendment: Recorded) -> int:
    """The version of the event that an amendment bears on, through a correction that it takes back."""
    event = amendment.event
    assert isinstance(event, FactCorrected | FactRetracted)
    about = history[event.version - 1]
    return target(history, about) if isinstance(about.event, FactCorrected) else event.version
