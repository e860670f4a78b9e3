"""What came into a plan that was here: taken back whole, kept by what moved since; and what two imports at once make of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace

from domain.plan.nodes import Node
from domain.time.schedules import Context, read_schedule
from services.home import Home
from services.imports.plans.reading import FollowUp
from services.imports.result import Result
from services.imports.service import MovedSince
from services.plans.importing import PlanImport
from services.plans.undoing import PlanChanged
from services.reading import When
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.services.clockwork import clockwork, local
from tests.services.plans import MEETINGS, REF, TREE, node, plan, reading
from tests.services.test_plans_updated import bring, home, step, tree, undo

__all__ = ["home"]  # the fixture


def test_what_moved_since_keeps_what_was_added(home: Home) -> None:
    more = reading(follow_ups={"1.4": (FollowUp("Tenue en mai", line=16),)})
    bring(home, more, "bb")
    do(home, "ccsne-2019:1.4", "note", text="Par la suite")
    with pytest.raises(MovedSince) as refusal:
        undo(home)
    assert refusal.value.facts["refs"] == ["ccsne-2019:1.4"]
    bring(home, reading(nodes=(*TREE, Node("item", "4", "Une autre", "4"))), "cc")
    do(home, REF, "move-node", number="4", under="1")
    with pytest.raises(PlanChanged):
        undo(home, "ccsne-2019-3")
    do(home, REF, "move-node", number="4")
    undo(home, "ccsne-2019-3")
    with pytest.raises(MovedSince):
        undo(home, "ccsne-2019-1")


def test_what_the_clocks_add_by_themselves_keeps_nothing(database: Urls) -> None:
    """An item that is followed gets a line; its day passes, somebody is reminded, and it can go all the same."""
    with clockwork(database) as work:
        bring(work.home, reading())
        do(work.home, "ccsne-2019:1.4", "confirm", state="in_progress")
        line = replace(step("1", "Tenir"), schedule=read_schedule("octobre 2024", Context(period="2019/2025"))[0].schedule)
        bring(work.home, reading(**tree(replace(MEETINGS, nodes=(line,)))), "bb")
        assert work.sweep_at(local("2024-11-12 10:00")).steps
        undo(work.home)
        found = work.case("ccsne-2019:1.4")
        assert not found.tasks and type(found.history[-1].event).__name__ == "ClockStopped"


@pytest.mark.parametrize("others", [["bb"], ["bb", "cc"]], ids=["one document", "two versions of it"])
def test_two_at_once_double_nothing(home: Home, database: Urls, others: list[str]) -> None:
    actor = secretary(home)
    new = Node("item", "4", "Une autre action", "4", nodes=(step("1", "Commencer"),))
    later = reading(nodes=(*TREE, new), follow_ups={"1.4": (FollowUp("Tenue en mai", line=16),)})

    def run(at: int) -> Result:
        with opened(database) as other:
            sha256 = others[at % len(others)] * 32
            return PlanImport(other, "p", sha256, later, "ccsne-2019", None).record(actor, None)[0]

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(run, range(4)))
    made = [each for each in results if each.added]
    assert len(made) == 1 and made[0].added == {"items": 1, "follow_ups": 1}
    assert {each.id for each in results} <= {"ccsne-2019-2", None}
    assert [each["text"] for each in node(home, "1.4")["follow_ups"]] == ["Tenue en mai"]
    assert [len(each["nodes"]) for each in plan(home, REF, When())["nodes"] if each["called"] == "4"] == [1]


def test_two_at_once_begin_one_plan(home: Home, database: Urls) -> None:
    actor = secretary(home)

    def run(sha256: str) -> Result:
        with opened(database) as other:
            return PlanImport(other, "p", sha256 * 32, reading(), "neuf", None).record(actor, None)[0]

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(run, ("bb", "cc", "dd", "bb")))
    assert len([each for each in results if each.created]) == 1 and not any(each.refused for each in results)
    assert len(plan(home, "plan:neuf", When())["nodes"]) == 3
