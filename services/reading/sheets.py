"""A case or a thread as its page shows it: what several readings would tell, from one look at the log and at the names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.amendments import standing
from domain.base import Recorded
from domain.case.case import Case
from domain.case.subscriptions import wishes
from domain.demarche.demarche import Demarche
from projections import log
from projections.case_turns import Thread, facts_of, turn_of
from projections.demarche_lists import LAST, Listed, Wanted
from projections.demarche_rows import shape
from services.home import Home
from services.reading.cases import NotACase, particulars, shown
from services.reading.clocks import clocks_unaddressed
from services.reading.demarches import listed, told, whole
from services.reading.histories import happened, ids_within, tell
from services.reading.members import for_members, heard_by_members
from services.reading.names import looked_up, named
from services.reading.plan_sheets import LineTurns, turns_of_case
from services.reading.plans import item_row
from services.reading.when import When, placed
from services.refs import CaseUnknown, DemarcheUnknown, read_ref

Row = dict[str, Any]


@dataclass(frozen=True)
class CaseSheet:
    """A case, what happened to it, its threads by number, its states one after the other (`state`, `completion`, and
    since when, null where nobody said), whose turn it is (us, them, nobody), the name of its assembly or of its plan, and
    whether the viewer follows it. `item`: what the plan says of it (`services.reading.plans`), null where it is of none;
    `turns`: by the number of its task, how a line that comes back stands."""

    row: Row
    history: list[Row]
    threads: list[Row]
    stages: list[Row]
    turn: str
    assembly: str
    followed: bool
    item: Row | None = None
    turns: Mapping[int, LineTurns] = field(default_factory=dict)


def case_sheet(home: Home, ref: str, when: When, lang: str) -> CaseSheet:
    """One case. A member of the assembly is shown its course, and nothing of the office's own work, nor of its letters."""
    if read_ref(ref).kind != "case":
        raise NotACase(ref=ref)
    known = when.known(home)
    entries = placed(home, ref, known)
    folded = Case.fold(entries, known.day)
    if folded.adopted is None or folded.withdrawn:
        raise CaseUnknown(ref=ref)
    row = particulars(home, folded, entries, known) | {"clocks": clocks_unaddressed(folded)}
    works = home.viewer().works_here
    its: Sequence[Listed] = _threads(home, folded, when) if works else ()
    rows = [one.row | {"cases": one.cases} for one in its]
    looked = looked_up(home, [row, rows, ids_within(entries), folded.adopted.assembly or folded.adopted.plan])
    kept = entries if known.day is None else happened(entries, known.day)
    named_row = shown(named(home, [row], looked)[0])
    home_of = looked.get(str(folded.adopted.assembly or folded.adopted.plan), {})
    return CaseSheet(
        row=named_row if works else for_members(named_row),
        history=tell(home, [(entries, kept if works else heard_by_members(kept))], lang, looked),
        threads=told(home, its, when, looked),
        stages=_stages(kept),
        turn=turn_of(facts_of(folded), (Thread(folded.id, [], one["whose_turn"], None, {"dates": ()}) for one in rows)).turn,
        assembly=home_of.get("name") or row["home"],
        followed=wishes(folded).get(home.viewer().person or folded.id, False),
        item=named(home, [item_row(folded, works, lang, {})], looked)[0] if folded.adopted.plan else None,
        turns=turns_of_case(home, folded) if folded.adopted.plan else {},
    )


def _threads(home: Home, case: Case, when: When) -> Sequence[Listed]:
    """The threads of a case, by number; at a time that is over each is folded anew, its other cases as ids."""
    if when.now:
        return listed(home, when, Wanted(case=case.id))
    known = when.known(home)
    upto = log.EVERYTHING if known.position is None else known.position
    folded = [Demarche.fold(history, known.day) for history in log.histories(home.reader, case.threads, upto)]
    rows = [shape(one, known.day) for one in sorted(folded, key=lambda one: one.sent.number if one.sent else 0) if one.sent]
    return [Listed(row, [{"ref": id, "owner": None} for id in row["cases"]], LAST, []) for row in rows]


def _stages(entries: Sequence[Recorded]) -> list[Row]:
    """Each state that the whole case came to, and when it is said to have."""
    stages: list[Row] = []
    case = Case(entries[0].originator_id)
    case.start()
    for recorded in standing(entries):
        recorded.event.apply(case, recorded)
        last = stages[-1] if stages else {}
        if (case.state, case.completion) != (last.get("state"), last.get("completion")):
            stages.append({"state": case.state, "completion": case.completion, "since": recorded.event.occurred})
    return stages


@dataclass(frozen=True)
class ThreadSheet:
    """A thread with an office, what happened to it, and the cases that it serves, those that the viewer may see: `ref`,
    `title`."""

    row: Row
    history: list[Row]
    cases: list[Row]


def thread_sheet(home: Home, number: str, when: When, lang: str) -> ThreadSheet:
    """One thread, by its number."""
    ref, known = f"demarche:{number}", when.known(home)
    entries = placed(home, ref, known)
    folded = Demarche.fold(entries, known.day)
    if folded.sent is None:
        raise DemarcheUnknown(ref=ref)
    one = whole(home, entries, folded, when)
    one = one._replace(row=one.row | {"clocks": clocks_unaddressed(folded)})
    looked = looked_up(home, [one.row, one.cases, ids_within(entries)])
    kept = entries if known.day is None else happened(entries, known.day)
    return ThreadSheet(told(home, [one], when, looked)[0], tell(home, [(entries, kept)], lang, looked), one.cases)
