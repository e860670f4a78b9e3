"""What is and was said of a plan and of its items, so that a later version of its document is told apart from an older one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from domain.aggregate import Aggregate
from domain.amendments import retracted, standing
from domain.base import Event
from domain.case.case import Case
from domain.case.events import CaseAdopted, CaseNoted, CaseReworded, CaseStateProposed
from domain.case.tasks import Task, TaskAdded, TaskReworded
from domain.directory import Renamed
from domain.plan.events import EntriesListed, NodeEntered, NodeReworded, PlanCreated
from domain.plan.nodes import walk
from domain.plan.plan import Plan
from domain.plan.values import StandingList
from domain.values import Proposal
from domain.words import comparable, same


@dataclass
class LineSaid:
    """A line of an item: all its wordings, and all that was said of when; `task` as it now stands, null once it was dropped."""

    label: str
    task: Task | None
    texts: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)


def recorded(known: Aggregate) -> Iterator[tuple[int, Event]]:
    """What was recorded and not taken back, each fact as it was first said and as it was corrected."""
    gone = retracted(known.history)
    for each in (*known.history, *standing(known.history)):
        if each.originator_version not in gone:
            yield each.originator_version, each.event


def texts_of(case: Case, number: str) -> list[str]:
    """What an item says now, then all that it said before."""
    found = [case.titles.get(number, case.title)]
    for _, event in recorded(case):
        if isinstance(event, CaseAdopted):
            found.append(event.titles.get(number, ""))
        elif isinstance(event, CaseReworded):
            found.append(event.text)
    return found


def holders_of(case: Case) -> list[frozenset[str]]:
    """Who was said to see to an item, now and before."""
    return [frozenset(map(comparable, event.who)) for _, event in recorded(case) if isinstance(event, CaseAdopted)]


def results_of(case: Case) -> list[str]:
    """The results that are, or were, expected of an item."""
    return [text for _, event in recorded(case) if isinstance(event, CaseAdopted) for text in event.results]


def lines_of(case: Case) -> dict[str, LineSaid]:
    """Label -> line, of those that there are and of those that were dropped."""
    labels: dict[int, str] = {}
    found: dict[str, LineSaid] = {}
    for _, event in recorded(case):
        if isinstance(event, TaskAdded) and event.label:
            labels[event.number] = event.label
            line = found.setdefault(event.label, LineSaid(event.label, None))
            line.task = case.tasks.get(event.number) or line.task
            _said(line, event)
        elif isinstance(event, TaskReworded) and event.task in labels:
            _said(found[labels[event.task]], event)
    return found


def _said(line: LineSaid, event: TaskAdded | TaskReworded) -> None:
    line.texts.append(event.text)
    if event.schedule:
        line.times.append(event.schedule.words)


def notes_of(case: Case) -> list[frozenset[tuple[str, str | None]]]:
    """The notes of a case, each in all its wordings, with the day that each tells of."""
    found: dict[int, set[tuple[str, str | None]]] = {}
    for version, event in recorded(case):
        if isinstance(event, CaseNoted):
            found.setdefault(version, set()).add((comparable(event.text), event.occurred))
    return [frozenset(said) for said in found.values()]


def proposed_of(case: Case) -> list[Proposal]:
    """What documents suggested of the state of a case, now and before."""
    events = (event for _, event in recorded(case) if isinstance(event, CaseStateProposed))
    return [one for event in events for one in event.proposals]


def state_of(one: Proposal) -> tuple[str, str | None]:
    """The state of a proposal, with how far it is done."""
    return one.state, one.completion


def words_of(one: Proposal) -> list[str]:
    """What a proposal rests on."""
    return [comparable(each.text) for each in one.evidence]


def among(text: str, known: Iterable[str]) -> bool:
    """Whether a text is one of those, but for how it was typed."""
    return any(same(text, each) for each in known)


def places_of(plan: Plan) -> dict[str, list[str]]:
    """Number -> what a place above the items says now, then what it said before."""
    found = {node.number: [node.text] for node in walk(plan.nodes) if not node.followed}
    for _, event in recorded(plan):
        if isinstance(event, PlanCreated):
            said = [(node.number, node.text) for node in walk(event.nodes)]
        elif isinstance(event, NodeEntered):
            said = [(event.node.number, event.node.text)]
        else:
            said = [(event.number, event.text)] if isinstance(event, NodeReworded) else []
        for number, text in said:
            found.get(number, []).append(text)
    return found


def beginnings_of(plan: Plan) -> list[PlanCreated]:
    """What was said of a plan as a whole, as it was first said and as it was corrected."""
    return [event for _, event in recorded(plan) if isinstance(event, PlanCreated)]


def names_of(plan: Plan) -> list[str]:
    """The title of a plan, now and before."""
    return [plan.name, *(event.name for _, event in recorded(plan) if isinstance(event, PlanCreated | Renamed))]


def lists_of(plan: Plan) -> list[StandingList]:
    """The lists that stand, or stood, with a plan."""
    kept = [event.list for _, event in recorded(plan) if isinstance(event, EntriesListed)]
    return [*(one for event in beginnings_of(plan) for one in event.lists), *kept]
