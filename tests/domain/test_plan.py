"""A plan decides what stands in its tree: given what happened, when someone asks, then this or a refusal."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from domain.amendments import CorrectFact, FactCorrected, FactRetracted, RetractFact
from domain.base import Command, Event, FactNeeded
from domain.case.refusals import FutureAct
from domain.directory import Rename, Renamed
from domain.errors import SuiviError
from domain.plan import commands, events, refusals, tree
from domain.plan.nodes import ITEMS, LINES, Node, items, walk
from domain.plan.plan import Plan
from domain.plan.values import Adoption, StandingList
from tests.domain.given import BODY, OTHER, given, recorded

FRAME = (
    Node("section", "1", "La solidarité", "1", nodes=(Node("item", "1.1", "", "1.1"), Node("item", "1.2", "", "1.2"))),
    Node("section", "2", "La vie syndicale", "2"),
    Node("item", "DS", "", "DS"),
)
PLAN = events.PlanCreated(key="p", name="Plan de travail", period="2019/2022", nodes=FRAME)
TWO = events.PlanCreated(key="p", name="Plan", adoption=(Adoption("orientations"), Adoption("plan", on="2024-06-01")))


def plan(*history: Event) -> Any:
    return given(PLAN, *history, kind=Plan)


def shape(nodes: tuple[Node, ...]) -> list[Any]:
    return [(node.number, shape(node.nodes)) if node.nodes else node.number for node in nodes]


def after(*history: Event) -> Plan:
    return Plan.fold(recorded([PLAN, *history]))


def test_a_plan_keeps_the_frame_of_its_tree() -> None:
    line = Node("step", "1", "Écrire", "-")
    whole = Node("item", "1.1", "Tenir une tournée", "1.1", who=("Denis",), results=("Des visites",), nodes=(line,))
    command = commands.CreatePlan(name="Plan", nodes=(Node("section", "1", "La vie", "1", nodes=(whole,)),))
    frame = (Node("section", "1", "La vie", "1", nodes=(Node("item", "1.1", "", "1.1"),)),)
    given(kind=Plan).when(command).then(events.PlanCreated(key="entry", name="Plan", nodes=frame))


def test_parts_that_were_adopted_were_so_on_their_day() -> None:
    parts = (Adoption("orientations", "adopted", None, "Congrès", "2024-05-11/2024-05-12"), Adoption("plan"))
    then = given(kind=Plan).when(commands.CreatePlan(name="Plan", adoption=parts))
    proposed = (Adoption("orientations", "proposed", None, "Congrès", "2024-05-11/2024-05-12"), Adoption("plan"))
    then.then(
        events.PlanCreated(key="entry", name="Plan", adoption=proposed),
        events.PlanPartAdopted(what="orientations", occurred="2024-05-11/2024-05-12"),
    )
    assert then.aggregate.adoption["orientations"].by == "Congrès" and then.aggregate.items_on == "2024-05-11/2024-05-12"


def test_a_proposed_part_becomes_adopted() -> None:
    then = given(TWO, kind=Plan).when(commands.AdoptPart(what="plan", body=BODY, on="2024-06-20", said="Adopté au CD"))
    then.then(events.PlanPartAdopted(what="plan", body=BODY, said="Adopté au CD", occurred="2024-06-20"))
    assert then.aggregate.adoption["plan"] == Adoption("plan", "adopted", BODY, None, "2024-06-20", "Adopté au CD")
    given(TWO, kind=Plan).when(commands.AdoptPart(on="2025")).then(FutureAct)


DONE = events.PlanPartAdopted(what="plan", occurred="2024-06-01")


@pytest.mark.parametrize(
    ("history", "command", "kind"),
    [
        ((), commands.AdoptPart(what="orientations"), refusals.PlanPartUnknown),
        ((DONE,), commands.AdoptPart(), refusals.PartStands),
        ((), commands.EnterNode(kind="item", number="1.1", text="Encore"), refusals.SameNumber),
        ((), commands.EnterNode(kind="item", number="1.3", text=" "), FactNeeded),
        ((), commands.EnterNode(kind="item", number="x y", text="Où"), refusals.NumberUnfit),
        ((), commands.EnterNode(kind="item", number="9.1", text="Où", under="9"), refusals.ParentUnknown),
        ((), commands.EnterNode(kind="item", number="1.1.1", text="Où", under="1.1"), refusals.ItemWithin),
        ((), commands.EnterNode(kind="goal", number="3", text="Où", under="DS"), refusals.PlaceWithin),
        ((), commands.EnterNode(kind="step", number="a", text="Où", under="1"), refusals.LineElsewhere),
        ((), commands.EnterNode(kind="item", number="1.3", text="Où", before="DS"), refusals.NotBeside),
        ((), commands.MoveNode(number="1", under="1"), refusals.WithinItself),
        ((), commands.MoveNode(number="9"), refusals.NodeUnknown),
        ((), commands.MoveNode(number="1.1", under="9"), refusals.ParentUnknown),
        ((), commands.MoveNode(number="1.1", under="DS"), refusals.ItemWithin),
        ((), commands.RemoveNode(number="1"), refusals.BranchNotEmpty),
        ((), commands.RewordNode(number="1", text=""), FactNeeded),
        ((events.PlanConcluded(),), Rename(name="Autre"), refusals.PlanOver),
        ((events.NodeRemoved(number="DS"),), RetractFact(event=2, reason="non"), refusals.TreeActStands),
        ((), commands.EnterNode(kind="item", number="1.3", text="Où"), refusals.PlanRole),
    ],
)
def test_what_is_refused(history: tuple[Event, ...], command: Command, kind: type[SuiviError]) -> None:
    roles = frozenset({"member"}) if kind is refusals.PlanRole else frozenset({"officer"})
    plan(*history).when(command, roles=roles).then(kind)


def test_the_open_items_keep_a_plan_from_being_concluded() -> None:
    given(PLAN, kind=Plan, open_items=("p:1.1",)).when(commands.ConcludePlan()).then(refusals.ItemsOpen, items=["p:1.1"])
    plan().when(commands.ConcludePlan(reason="fin")).then(events.PlanConcluded(reason="fin"))


def test_what_is_entered_stands_where_its_number_says() -> None:
    then = plan().when(commands.EnterNode(kind="item", number="2.1", text="Ici"))
    then.then(events.NodeEntered(node=Node("item", "2.1", "", "2.1"), under="2"))
    assert shape(then.aggregate.nodes) == [("1", ["1.1", "1.2"]), ("2", ["2.1"]), "DS"]
    then = plan().when(commands.EnterNode(kind="item", number="1.0", text="Avant", before="1.1"))
    assert shape(then.aggregate.nodes) == [("1", ["1.0", "1.1", "1.2"]), "2", "DS"]
    then = plan().when(commands.EnterNode(kind="section", number="3", text="Une autre", before="DS"))
    assert shape(then.aggregate.nodes) == [("1", ["1.1", "1.2"]), "2", "3", "DS"]


def test_places_are_moved_reworded_and_taken_out() -> None:
    then = plan().when(commands.MoveNode(number="1.2", under="2"))
    then.then(events.NodeMoved(number="1.2", under="2"))
    assert shape(then.aggregate.nodes) == [("1", ["1.1"]), ("2", ["1.2"]), "DS"]
    then = plan().when(commands.MoveNode(number="DS", before="1"))
    assert shape(then.aggregate.nodes) == ["DS", ("1", ["1.1", "1.2"]), "2"]
    then = plan().when(commands.RewordNode(number="2", text="Autrement"))
    assert then.aggregate.place("2").text == "Autrement"
    then = plan().when(commands.RemoveNode(number="2"))
    assert shape(then.aggregate.nodes) == [("1", ["1.1", "1.2"]), "DS"]


def test_lists_and_targets_are_those_that_were_said_last() -> None:
    listed = events.EntriesListed(list=StandingList("Délégations", (("FTQ", "CNESST"),)))
    plan().when(commands.ListEntries(title="Délégations", entries=("FTQ", "CNESST"))).then(listed)
    assert after(listed).lists["Délégations"].entries == ("FTQ", "CNESST")
    gone = plan(listed).when(commands.ListEntries(title="Délégations"))
    assert gone.aggregate.lists == {}
    aim = plan().when(commands.SetPlanTarget(measures="présence", words="au moins 30"))
    assert aim.aggregate.targets["présence"].figure.words == "au moins 30"


def test_facts_are_corrected_and_what_was_said_is_taken_back() -> None:
    plan().when(CorrectFact(event=1, set={"period": "2019/2023"}, reason="coquille")).then(
        FactCorrected(version=1, facts={"period": "2019/2023"}, reason="coquille")
    )
    then = plan(Renamed(name="Autre")).when(RetractFact(event=2, reason="non"))
    then.then(FactRetracted(version=2, reason="non"))
    assert then.aggregate.name == "Plan de travail"


KINDS = st.sampled_from(["axis", "section", "goal", "objective", "means", "item", "activity", "action", "step"])
NUMBERS = st.sampled_from(["1", "2", "1.1", "1.2", "2.1", "DS", "a", "b", "", "x y"])
TREES = st.recursive(
    st.builds(Node, KINDS, NUMBERS, st.sampled_from(["Un texte", ""])),
    lambda below: st.builds(
        lambda kind, number, nodes: Node(kind, number, "Un texte", nodes=tuple(nodes)), KINDS, NUMBERS,
        st.lists(below, max_size=3),
    ),
    max_leaves=12,
)  # fmt: skip


@drawn(st.lists(TREES, max_size=3).map(tuple))
def test_a_tree_stands_or_says_why_not(nodes: tuple[Node, ...]) -> None:
    places = [node for node in walk(nodes) if node.kind not in LINES]
    try:
        tree.refuse_bad_tree(nodes)
    except SuiviError:
        return
    assert len({node.number for node in places}) == len(places)
    assert all(node.text for node in walk(nodes))
    for node in walk(nodes):
        lines = [below.number for below in node.nodes if below.kind in LINES]
        assert node.kind in ITEMS or not lines
        assert len(lines) == len(set(lines))
        assert node.kind not in LINES or not node.nodes
        assert not node.followed or all(below.kind in LINES for below in node.nodes)
    frame = tree.frame(nodes)
    assert [node.number for node in items(frame)] == [node.number for node in items(nodes)]
    assert not any(node.text or node.nodes or node.who for node in items(frame)) and tree.frame(frame) == frame


MOVES = st.lists(
    st.one_of(
        st.builds(lambda n, u, b: commands.EnterNode(kind="item", number=n, text="Un texte", under=u, before=b),
                  st.sampled_from(["1.3", "2.1", "3", "1.1"]), st.sampled_from([None, "1", "2", "DS"]),
                  st.sampled_from([None, "1.1", "DS", "2"])),
        st.builds(lambda n, u, b: commands.MoveNode(number=n, under=u, before=b), st.sampled_from(["1", "1.1", "DS", "2"]),
                  st.sampled_from([None, "1", "2", "1.1"]), st.sampled_from([None, "1.2", "2"])),
        st.builds(lambda n: commands.RemoveNode(number=n), st.sampled_from(["1", "1.1", "1.2", "2", "DS"])),
    ),
    max_size=8,
)  # fmt: skip


@drawn(MOVES)
def test_no_sequence_of_moves_breaks_the_tree(moves: list[Command]) -> None:
    from tests.domain.given import act

    found = after()
    for command in moves:
        before = sorted(node.number for node in walk(found.nodes))
        try:
            found.handle(command, act())
        except SuiviError:
            assert sorted(node.number for node in walk(found.nodes)) == before
            continue
        numbers = sorted(node.number for node in walk(found.nodes))
        assert len(numbers) == len(set(numbers))
        gained = {commands.EnterNode: 1, commands.RemoveNode: -1, commands.MoveNode: 0}[type(command)]
        assert len(numbers) == len(before) + gained
        assert Plan.fold(list(found.history)).nodes == found.nodes
        assert not any(node.followed and node.nodes for node in walk(found.nodes))


def test_what_goes_on_elsewhere_is_kept_on_both_sides() -> None:
    history = (events.ItemsCarriedOver(to=OTHER, items={"1.1": "2.1"}), events.ItemsTakenOver(origin=OTHER, items={"4": "1.2"}))
    assert [each.items for each in after(*history).carried] == [{"1.1": "2.1"}]
    assert after(*history, FactRetracted(version=2, reason="non")).carried == []
    assert [each.origin for each in after(*history).taken_over] == [OTHER]
