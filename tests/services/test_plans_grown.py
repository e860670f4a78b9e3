"""The three forms, as real plans have them where they are at hand and as invented ones do: an earlier version with holes,
then the whole. What comes of both is what the whole gives at once; taken back, it is the earlier version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace as with_facts
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from msgspec.structs import replace

from domain.plan.nodes import LINES, Node
from services.home import Home
from services.imports.documents.reading import read_path
from services.imports.plans.grammar import read_plan
from services.imports.plans.reading import PlanReading
from services.imports.result import Result
from services.imports.service import propose_import, undo_import
from services.plans.importing import PlanImport
from services.reading import When
from services.reading.plans import plan
from services.reports import registry
from services.reports.asked import Asked
from services.schema import Urls
from tests.homes import opened, secretary
from tests.services.plans import reading, size
from tests.services.reports.paper_plans import axes_plan, orientations_plan

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        yield home


def real(number: str) -> PlanReading:
    found = sorted(SEEDS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip(f"the real plan {number} is not at hand")
    return read_plan(read_path(found[0]), "2023-01")


INVENTED = {"axes": axes_plan, "orientations": orientations_plan, "work": reading}
PLANS = ["001", "002", "003", *INVENTED]


def made(name: str) -> PlanReading:
    whole = INVENTED[name]() if name in INVENTED else real(name)
    return with_facts(whole, problems=())


def with_holes(whole: PlanReading) -> PlanReading:
    """What an earlier version may have left out: every third item, the second line and the last result of each, every
    second follow-up, every other state. Where the page prints no numbers, they are counted anew."""
    kept: dict[str, str] = {}

    def pruned(nodes: Iterable[Node], above: str) -> tuple[Node, ...]:
        found: list[Node] = []
        for at, node in enumerate(nodes):
            if node.kind in LINES:
                if at != 1:
                    found.append(node)
            elif not node.followed:
                found.append(replace(node, nodes=pruned(node.nodes, node.number)))
            elif at % 3 != 1:
                counted = not node.printed and node.number.rpartition(".")[0] == above and above
                number = f"{above}.{len(found) + 1}" if counted else node.number
                kept[node.number] = number
                lines = [line if line.printed.strip("-–") else replace(line, number=str(n))
                         for n, line in enumerate(pruned(node.nodes, number), 1)]  # fmt: skip
                found.append(replace(node, number=number, results=node.results[:-1], nodes=tuple(lines)))
        return tuple(found)

    nodes = pruned(whole.nodes, "")
    return with_facts(
        whole, nodes=nodes, lists=(), places={},
        follow_ups={kept[n]: told[::2] for n, told in whole.follow_ups.items() if n in kept},
        proposals={kept[n]: one for n, one in list(whole.proposals.items())[::2] if n in kept},
    )  # fmt: skip


def bring(home: Home, read: PlanReading, sha256: str, key: str = "essai") -> Result:
    result, outcome = PlanImport(home, f"{sha256}.docx", sha256 * 32, read, key, "2023-01").record(secretary(home), None)
    home.settle(outcome)
    return result


def told(home: Home, key: str = "essai", numbers: bool = True) -> dict[str, Any]:
    """All that a plan says, by item."""
    home.catch_up()
    row, found = plan(home, key, When()), dict[str, Any]()

    def walk(nodes: list[dict[str, Any]], above: str) -> None:
        for node in nodes:
            if node["ref"] and not node["task"]:
                lines = {(line["text"], (line["schedule"] or {}).get("words"), line["group"]) for line in node["nodes"]}
                follow_ups = sorted((each["text"], each["occurred"] or "", each["level"]) for each in node["follow_ups"])
                proposal = (node["case"]["proposal"] or {}).get("state")
                found[f"{above}/{node['called'] if numbers else node['text']}"] = (
                    node["text"], node["who"], sorted(node["results"]), lines, follow_ups, proposal, node["heading"],
                )  # fmt: skip
            else:
                walk(node["nodes"], f"{above}/{node['text']}")

    walk(row["nodes"], "")
    return found | {"": (row["title"], row["period"], row["items"], row["states"], sorted(map(str, row["lists"])))}


@pytest.mark.parametrize("name", PLANS)
def test_holes_are_filled_and_may_be_opened_again(home: Home, name: str) -> None:
    whole = made(name)
    bring(home, with_holes(whole), "aa")
    before = told(home)
    result = bring(home, whole, "bb")
    assert not result.refused, [(str(each.notice), each.notice.facts) for each in result.problems]
    assert not [each for each in result.problems if each.change], "nothing was said otherwise"
    bring(home, whole, "cc", "entier")
    ours, given = told(home, numbers=False), told(home, "entier", numbers=False)
    ours.pop(""), given.pop("")
    assert ours == given
    assert result.id
    _, outcome = undo_import(home, secretary(home), result.id)
    home.settle(outcome)
    assert told(home) == before
    assert bring(home, whole, "bb").added == result.added, "it may come again"


@pytest.mark.parametrize("name", PLANS)
def test_the_same_facts_in_other_bytes_are_nothing_new(home: Home, name: str) -> None:
    whole = made(name)
    bring(home, whole, "aa")
    before = size(home)
    again = bring(home, whole, "bb")
    assert (again.id, again.created, again.updated, again.problems, size(home)) == (None, [], [], [], before)
    assert len(again.unchanged) == len(bring(home, whole, "cc", "entier").created) - 1


@pytest.mark.parametrize("name", ["001", "002", "003", "orientations"])
def test_what_is_printed_of_a_plan_is_nothing_new_to_it(home: Home, tmp_path: Path, name: str) -> None:
    bring(home, made(name), "aa")
    home.catch_up()
    path = tmp_path / "plan.docx"
    with path.open("wb") as out:
        registry.write(home, "plan", Asked(to="essai"), "docx", out)
    result = propose_import(home, path, "plan", "essai", "2023-01")
    assert (result.created, result.updated, result.added) == ([], [], {})
    assert not [each for each in result.problems if each.severity == "error" or each.change]


def test_an_edited_print_comes_home(home: Home, tmp_path: Path) -> None:
    """The plan is printed for Word, somebody writes a line of follow-up into it, and it is brought in again."""
    whole = made("orientations")
    bring(home, whole, "aa")
    home.catch_up()
    path = tmp_path / "plan.docx"
    with path.open("wb") as out:
        registry.write(home, "plan", Asked(to="essai"), "docx", out)
    document = Document(str(path))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    line = next(each for cell in cells for each in cell.paragraphs if "Compter les membres" in each.text)
    line.runs[0].text, rest = line.text.replace("Compter les membres", "Compter tous les membres"), line.runs[1:]
    for run in rest:
        run.text = ""
    document.save(str(path))
    result = propose_import(home, path, "plan", "essai", "2023-01")
    assert [each.change for each in result.problems if each.change] == ["1.1.2/a"] and not result.updated
    taken = propose_import(home, path, "plan", "essai", "2023-01", taken=frozenset({"1.1.2/a"}))
    assert (taken.updated, taken.added) == (["essai:1.1.2"], {"changes": 1})
