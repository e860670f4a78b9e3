"""Plans at the two times: a list of them, and one with its tree. What an item says, its case says: one that the viewer may
not see stands in the tree by its number alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from msgspec import structs, to_builtins

from domain.amendments import CorrectFact, RetractFact
from domain.base import Command
from domain.case.case import Case
from domain.case.events import CaseWithdrawn
from domain.case.tasks import Task
from domain.errors import SuiviError
from domain.figures import Target
from domain.plan.commands import CarryOverItems, CreatePlan
from domain.plan.events import PlanCreated
from domain.plan.nodes import LINES, Node
from domain.plan.plan import Plan
from domain.plan.refusals import PlanOver, PlanRole
from domain.time.schedules import Schedule
from domain.words import sort_key
from projections import log
from projections.case_lists import is_final, seen_of
from projections.case_rows import party, shape
from projections.directory import facts_of
from projections.phrases.catalogue import say
from projections.phrases.plans import VERBS
from projections.phrases.schedules import write_schedule
from services.act import AlreadyThere, Ask, Asking
from services.execute import Actor, Work, rehearse
from services.home import Home
from services.plans.carrying import Carried, chosen_items
from services.reading.members import for_members
from services.reading.names import looked_up, named
from services.reading.when import When, placed
from services.refs import EntryUnknown

Row = dict[str, Any]


class PlanUnknown(EntryUnknown):
    """There is no plan “{ref}” here. Those that there are: suivi plans"""


def plans(home: Home, when: When) -> list[Row]:
    """Plans by their period, the latest last, each with how many of its items there are in each state."""
    known = when.known(home)
    upto = log.EVERYTHING if known.position is None else known.position
    streams = log.streams_beginning_with(home.reader, [PlanCreated.__name__])
    folded = [Plan.fold(history, known.day) for history in log.histories(home.reader, streams, upto)]
    rows = [row_of(plan, items_of(home, plan, when)) for plan in folded if plan.key and not plan.withdrawn]
    return named(home, sorted(rows, key=lambda row: (row["period"] or "", sort_key(row["title"]), row["key"])))


def plan(home: Home, ref: str, when: When, lang: str = "fr") -> Row:
    """One plan, with its tree. Raises `PlanUnknown`."""
    folded, found = found_plan(home, ref, when)
    return named(home, [whole_row(folded, found) | {"nodes": nodes_of(home, folded, found, lang)}])[0]


def found_plan(home: Home, ref: str, when: When) -> tuple[Plan, dict[str, Case]]:
    """One plan, and its items by number. Raises `PlanUnknown`."""
    known, ref = when.known(home), _ref(ref)
    try:
        entries = placed(home, ref, known)
    except EntryUnknown as error:
        raise PlanUnknown(ref=ref, kind="plan") from error
    if not entries:  # at that time, nobody had entered it
        raise PlanUnknown(ref=ref, kind="plan")
    folded = Plan.fold(entries, known.day)
    if not folded.key or folded.withdrawn:
        raise PlanUnknown(ref=ref, kind="plan")
    return folded, items_of(home, folded, when)


def whole_row(plan: Plan, found: Mapping[str, Case]) -> Row:
    """A plan without its tree."""
    return row_of(plan, found) | _whole(plan)


def row_of(plan: Plan, found: Mapping[str, Case]) -> Row:
    """A plan as its list shows it."""
    row = facts_of("plan", plan)
    states: dict[str, int] = {}
    for case in found.values():
        states[case.state] = states.get(case.state, 0) + 1
    left = [case for case in found.values() if not is_final(case.workflow.name, case.state)]
    return {name: row[name] for name in row if name != "name"} | {"states": states, "open": len(left)}


def _whole(plan: Plan) -> Row:
    """What its list leaves out."""
    return {
        "objectives": list(plan.objectives), "preamble": list(plan.preamble),
        "targets": [target_of(each) for each in plan.targets.values()],
        "lists": [{"title": each.title, "columns": [list(column) for column in each.columns]} for each in plan.lists.values()],
        "carried_over": [{"to": str(each.to), "items": each.items, "reason": each.reason} for each in plan.carried],
        "taken_over": [{"origin": str(each.origin), "items": each.items} for each in plan.taken_over],
    }  # fmt: skip


def items_of(home: Home, plan: Plan, when: When) -> dict[str, Case]:
    """Number -> case, of the items that the viewer may see and that were there: all read at once."""
    known, viewer = when.known(home), home.viewer()
    upto = log.EVERYTHING if known.position is None else known.position
    streams = streams_of(home, plan)
    if known.position is not None:
        streams += log.streams_with(home.reader, CaseWithdrawn.__name__, known.position)
    seen = seen_of(home.reader, streams, viewer.person, sorted(viewer.roles))
    found: dict[str, Case] = {}
    for history in log.histories(home.reader, seen, upto):
        case = Case.fold(history, known.day)
        if case.adopted and case.adopted.plan == plan.id and not case.withdrawn:
            found |= dict.fromkeys(case.adopted.numbers, case)
    return {number: found[number] for number in plan.numbers if number in found}


def streams_of(home: Home, plan: Plan) -> list[UUID]:
    """The cases that now bear the numbers of the plan."""
    refs = [f"{plan.key}:{number}" for number in plan.numbers]
    rows = home.reader.execute("SELECT stream FROM suivi.keys WHERE scope = 'case' AND key = ANY (%s)", (refs,))
    return [stream for (stream,) in rows]


def nodes_of(home: Home, plan: Plan, found: Mapping[str, Case], lang: str) -> list[Row]:
    """The tree, with ids where a reader sees names."""
    works = home.viewer().works_here
    links = looked_up(home, [str(to) for case in found.values() for _, to in case.links])

    def node_row(node: Node) -> Row:
        case = found.get(node.number) if node.followed else None
        row: Row = {
            "ref": f"{plan.key}:{node.number}" if node.followed else None, "number": node.printed or node.number,
            "called": node.number, "kind": node.kind, "heading": node.heading, "group": node.group,
            "text": case.title if case else (None if node.followed else node.text), "hidden": node.followed and case is None,
            "schedule": None, "who": [], "results": [], "targets": [], "follow_ups": [], "task": None, "done": None,
            "due": None, "owner": None, "case": None, "nodes": [node_row(below) for below in node.nodes],
        }  # fmt: skip
        return row | (item_row(case, works, lang, links) if case else {})

    return [node_row(node) for node in plan.nodes]


def item_row(case: Case, works: bool, lang: str, links: Mapping[str, Any]) -> Row:
    """What the case of an item adds to its place; to members, what the assembly may read."""
    assert case.adopted
    shown = shape(case)
    row = for_members(shown | {"notes": []}) if not works else shown
    wanted = ("ref", "workflow", "state", "completion", "owner", "due", "visibility", "version", "proposal")
    return {
        "who": list(case.adopted.who), "results": list(case.adopted.results), "due": case.due,
        "targets": [target_of(target) for target in case.targets.values()],
        "follow_ups": [
            {"text": note.text, "occurred": note.occurred, "planned": note.planned, "words": note.words.get("occurred"),
             "level": note.level, "verdict": note.verdict, "audience": note.audience}
            for _, note in case.notes if works or note.audience == "assembly"
        ],
        "case": {name: row[name] for name in wanted} | {
            "title": case.title, "residuals": list(case.residuals),
            "links": [{"kind": kind, "to": links[str(to)]} for kind, to in case.links if isinstance(links.get(str(to)), str)],
        },
        "nodes": [line_row(task, lang) for task in case.tasks.values() if task.kind in LINES],
    }  # fmt: skip


def line_row(task: Task, lang: str) -> Row:
    """A line, as its task stands."""
    schedule = None
    if task.schedule:
        schedule = to_builtins(task.schedule) | {"meaning": _meaning(task.schedule, lang)}
    return {
        "ref": None, "number": task.printed or task.label or str(task.number), "called": task.label, "kind": task.kind,
        "heading": task.heading, "group": task.group, "text": task.text, "hidden": False, "schedule": schedule,
        "who": list(task.who), "results": [], "targets": [], "follow_ups": [], "task": task.number, "done": task.done,
        "due": task.due, "owner": party(task.owner), "case": None, "nodes": [],
    }  # fmt: skip


@lru_cache(maxsize=2_000)
def _meaning(schedule: Schedule, lang: str) -> str:
    """What a schedule means, written out; the lines of a plan say the same few things."""
    return write_schedule(schedule, lang)


def target_of(target: Target) -> Row:
    """What is to be reached: the words first, then what they say in figures."""
    figure = target.figure
    return {
        "measures": figure.measures, "words": figure.words, "value": None if figure.value is None else str(figure.value),
        "bound": figure.bound, "unit": figure.unit, "per": target.per,
    }  # fmt: skip


def ordered(rows: Sequence[Row]) -> list[Row]:
    """Every place of a tree, each before what stands below it."""
    return [each for row in rows for each in (row, *ordered(row["nodes"]))]


def possible(home: Home, ref: str, lang: str) -> list[Row]:
    """Every verb of a plan for the viewer, now, and of those that are refused why, in a sentence."""
    entries = placed(home, _ref(ref), When().known(home))
    folded, roles = Plan.fold(entries), home.viewer().roles
    return [_choice(verb, kind, _refusal(folded, kind, roles), lang) for verb, kind in Plan.commands.items()]


def _refusal(plan: Plan, kind: type[Command], roles: frozenset[str]) -> SuiviError | None:
    if not roles & Plan.keepers:
        return PlanRole()
    if kind is CreatePlan:
        return AlreadyThere(ref=f"plan:{plan.key}")
    return PlanOver() if plan.over and kind not in (CorrectFact, RetractFact) else None


def _choice(verb: str, kind: type[Command], refusal: SuiviError | None, lang: str) -> Row:
    needed = [field.name for field in structs.fields(kind) if field.required]
    others = [name for name in kind.__struct_fields__ if name not in needed]
    why = {PlanRole: "role", PlanOver: "state", AlreadyThere: "state"}.get(type(refusal)) if refusal else None
    return {
        "verb": verb, "label": say(VERBS[verb], lang), "allowed": refusal is None, "to": None, "required": needed,
        "optional": others, "refusal": why, "why_not": say(refusal, lang) if refusal else None,
    }  # fmt: skip


def carried(
    home: Home, ref: str, to: str, chosen: Sequence[str] = (), residuals: bool = True, begin: Ask | None = None
) -> list[Row]:
    """What a carry-over of the plan to another would do, and nothing of it done: each item with its number there, what goes
    on of it, and whether it is entered there or linked to one that is there. `begin`: what enters the other plan first."""
    found: list[Carried] = []

    def decide(work: Work) -> None:
        if begin:
            Asking(work, begin).decide()
        plan, target = (work.find(Plan, "plan", _ref(one).partition(":")[2]) for one in (ref, to))
        for one, folded in ((ref, plan), (to, target)):
            if folded is None:
                raise PlanUnknown(ref=_ref(one), kind="plan")
        assert plan and target
        command = CarryOverItems(to=target.id, items=tuple(chosen), residuals=residuals)
        found.extend(chosen_items(work, plan, target, command))

    viewer = home.viewer()
    rehearse(home.store, decide, Actor(viewer.person or UUID(int=0), viewer.roles))
    return [
        {"number": each.number, "ref": each.case.ref, "title": each.case.title, "state": each.case.state, "to": each.to,
         "residual": each.residual, "new": each.new} for each in found
    ]  # fmt: skip


def _ref(ref: str) -> str:
    return ref if ref.startswith("plan:") else f"plan:{ref}"
