"""Plans over HTTP: entered with their whole tree, read, changed by whoever has read them, previewed, carried over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from services.schema import Urls
from tests.homes import opened
from tests.web.desk import Town, serving
from web.api import shapes

TREE: list[dict[str, Any]] = [
    {"kind": "section", "number": "1", "text": "La vie syndicale", "nodes": [
        {"kind": "item", "number": "1.1", "text": "Tenir une tournée", "who": ["Denis"], "results": ["Des visites"], "nodes": [
            {"kind": "step", "number": "1", "text": "Choisir les dates"},
        ]},
        {"kind": "item", "number": "1.2", "text": "Publier un bulletin"},
    ]},
]  # fmt: skip
NEW = {"key": "plan-2022", "name": "Plan 2022-2025", "period": "2022/2025", "nodes": TREE}


@pytest.fixture
def place(database: Urls) -> Iterator[Town]:
    with opened(database) as home, serving(database) as client:
        town = Town(home, client)
        made = town.ana.post("/plans", NEW, Idempotency_Key="k")
        assert made.status_code == 201 and made.headers["location"].endswith("/plans/plan-2022"), made.text
        yield town


def test_a_plan_and_its_list_have_the_shapes_that_are_published(place: Town) -> None:
    (row,) = place.ana.items("/plans")
    msgspec.convert(row, shapes.PlanRow, strict=True)
    found = place.ana.get("/plans/plan-2022")
    assert found.headers["etag"] == f'"{found.json()["version"]}"'
    plan = msgspec.convert(found.json(), shapes.Plan, strict=True)
    assert [node.number for node in plan.nodes[0].nodes] == ["1.1", "1.2"]
    assert plan.nodes[0].nodes[0].nodes[0].text == "Choisir les dates" and plan.nodes[0].nodes[0].results == ["Des visites"]
    for action in place.ana.items("/plans/plan:plan-2022/actions"):
        msgspec.convert(action, shapes.Possible, strict=True)
    told = place.ana.items("/plans/plan-2022/history")
    assert [entry["event"] for entry in told] == ["PlanCreated"] and "Tenir" not in str(told)
    assert place.ana.get("/plans/nulle-part").status_code == 404
    assert place.ana.get("/plans", params={"genre": "axes"}).status_code == 422


def test_a_line_that_comes_back_says_on_which_days(place: Town) -> None:
    def entered(rrule: str) -> Any:
        when = {"words": "à chaque lune", "kind": "recurring", "rrule": rrule}
        item = {"kind": "item", "number": "1", "text": "Voir",
                "nodes": [{"kind": "step", "number": "1", "text": "Lever les yeux", "schedule": when}]}  # fmt: skip
        return place.ana.post("/plans", {"key": "lune", "name": "Lune", "period": "2022/2025", "nodes": [item]})

    refused = entered("FREQ=LUNAIRE")
    assert refused.status_code == 422 and "FREQ=LUNAIRE" in refused.json()["detail"]
    assert refused.json()["type"] == "/problemes/rhythm-unreadable" and place.ana.get("/plans/lune").status_code == 404
    assert entered("FREQ=MONTHLY").status_code == 201


def test_the_same_request_enters_one_plan(place: Town) -> None:
    again = place.ana.post("/plans", NEW, Idempotency_Key="k")
    assert again.headers["idempotent-replayed"] == "true" and len(place.ana.items("/plans")) == 1
    assert place.ana.post("/plans", NEW).status_code == 409
    case = place.ana.get("/cases/plan-2022:1.1").json()
    assert (case["plan"], case["assembly"], case["home"], case["kind"]) == ("plan-2022", None, "plan-2022", "plan_item")
    assert [one["ref"] for one in place.ana.items("/cases")] == ["plan-2022:1.1", "plan-2022:1.2"]


def test_a_tree_that_cannot_stand_is_refused_whole(place: Town) -> None:
    for nodes, code in (
        ([*TREE, TREE[0]], 422), ([{"kind": "step", "number": "1", "text": "Ligne"}], 422),
        ([{"kind": "item", "number": "x y", "text": "Ligne"}], 422), ("rien", 422), ([{"kind": "fleur", "number": "1"}], 422),
    ):  # fmt: skip
        answer = place.ana.post("/plans", {"key": "autre", "name": "Autre", "nodes": nodes})
        assert answer.status_code == code, answer.text
    assert [row["key"] for row in place.ana.items("/plans")] == ["plan-2022"]


def test_it_is_changed_by_whoever_has_read_it(place: Town) -> None:
    entry = {"kind": "item", "number": "1.3", "text": "Former", "who": ["Julie"]}
    assert place.ana.post("/plans/plan-2022/enter-node", entry).status_code == 428
    changed = place.ana.post("/plans/plan-2022/enter-node", entry, If_Match='"1"')
    assert changed.status_code == 200, changed.text
    assert [node["called"] for node in changed.json()["nodes"][0]["nodes"]] == ["1.1", "1.2", "1.3"]
    assert place.ana.post("/plans/plan-2022/enter-node", entry | {"number": "1.4"}, If_Match='"1"').status_code == 412
    target = {"number": "1.1", "measures": "visites", "words": "au moins 2,5", "value": "2,5"}
    answer = place.ana.post("/plans/plan-2022/set-target", target, If_Match='"2"')
    assert answer.json()["nodes"][0]["nodes"][0]["targets"][0]["value"] == "2.5"
    wrong = place.ana.post("/plans/plan-2022/set-target", target | {"value": "beaucoup"}, If_Match='"2"')
    assert wrong.status_code == 422 and "beaucoup" in wrong.text


def test_a_carry_over_is_seen_before_it_is_done(place: Town) -> None:
    place.ana.post("/plans", {"key": "plan-2025", "name": "Plan 2025-2028"})
    shown = place.ana.items("/plans/plan-2022/preview", params={"to": "plan-2025"})
    for row in shown:
        msgspec.convert(row, shapes.Carried, strict=True)
    assert [(row["number"], row["to"], row["new"]) for row in shown] == [("1.1", "1.1", True), ("1.2", "1.2", True)]
    assert place.ana.get("/plans/plan-2025").json()["nodes"] == []
    done = place.ana.post("/plans/plan-2022/carry-over", {"to": "plan:plan-2025"}, If_Match='"1"')
    assert done.json()["carried_over"][0]["items"] == {"1.1": "1.1", "1.2": "1.2"}
    assert done.json()["carried_over"][0]["to"] == {"ref": "plan:plan-2025", "name": "Plan 2025-2028"}
    assert place.ana.get("/plans/plan-2022/preview", params={"to": "plan-2025"}).status_code == 409
