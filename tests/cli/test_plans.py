"""Plans in the terminal: entered by hand, read as a tree, carried over."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Suivi

PLAN = "plan:plan-2022"


@pytest.fixture
def plans(suivi: Suivi) -> Suivi:
    """A plan of two items, one with a line."""
    suivi.done("act", PLAN, "create", "--set", "name=Plan de travail 2022-2025", "--set", "period=2022/2025")
    suivi.done("act", PLAN, "enter-node", "--set", "kind=section", "--set", "number=1", "--set", "text=La vie syndicale")
    for number, text in (("1.1", "Tenir une tournée"), ("1.2", "Publier un bulletin")):
        suivi.done("act", PLAN, "enter-node", "--set", "kind=item", "--set", f"number={number}", "--set", f"text={text}",
                   "--set", "who=Denis")  # fmt: skip
    suivi.done("act", PLAN, "enter-node", "--set", "kind=step", "--set", "number=1", "--set", "text=Choisir les dates",
               "--set", "under=1.1", "--set", "schedule=mai 2023")  # fmt: skip
    return suivi


def test_a_plan_is_a_tree_that_is_read_at_a_glance(plans: Suivi) -> None:
    shown = plans.done("plan", "plan-2022")
    for line in ("1 La vie syndicale", "1.1 Tenir une tournée · [prévue]", "– 1 Choisir les dates · (mai 2023)", "Qui : Denis",
                 "de 2022 à 2025", "Pour une action : suivi case plan-2022:1.1"):  # fmt: skip
        assert line in shown.words
    assert "plan-2022" in plans.done("plans").words and "2 / 2" in plans.done("plans").words
    told = plans.done("history", PLAN).words
    assert "Plan inscrit : « Plan de travail 2022-2025 »" in told and "Ajout au plan : l’action 1.1; sous 1" in told


def test_every_verb_answers_json(plans: Suivi) -> None:
    found = plans.done("plan", PLAN, "--json").json
    assert found["ref"] == PLAN and found["nodes"][0]["nodes"][0]["case"]["ref"] == "plan-2022:1.1"
    assert plans.done("plans", "--json").json["items"][0]["open"] == 2
    answer = plans.done("act", "plan-2022:1.1", "finish-task", "--set", "task=1", "--json").json
    assert answer["plan"] == "plan-2022" and answer["tasks"][0]["done"]
    assert plans.done("act", PLAN, "rename", "--set", "name=Autre", "--json").json["title"] == "Autre"


def test_a_refusal_says_what_to_do(plans: Suivi) -> None:
    refused = plans("act", "plan-2022:9", "adopt", "--set", "title=Ailleurs")
    assert refused.code == 1 and "suivi act plan:plan-2022 enter-node" in refused.words
    assert plans("plan", "nulle-part").code == 1
    twice = plans("act", PLAN, "enter-node", "--set", "kind=item", "--set", "number=1.1", "--set", "text=Encore")
    assert twice.code == 1 and "Deux endroits du plan portent le numéro 1.1" in twice.words
    taken = plans("act", "assembly:plan-2022", "create", "--set", "name=Congrès")
    assert taken.code == 1 and "déjà celle de plan:plan-2022" in taken.words


def test_items_are_carried_over_once_the_preview_was_seen(plans: Suivi) -> None:
    plans.done("act", "plan:plan-2025", "create", "--set", "name=Plan 2025-2028", "--set", "period=2025/2028")
    preview = plans.done("plan", "plan-2022", "--carry-to", "plan-2025")
    assert "Tenir une tournée" in preview.words and "carry-over --set to=plan:plan-2025" in preview.words
    assert plans.done("plan", "plan-2025", "--json").json["nodes"] == []
    plans.done("act", PLAN, "carry-over", "--set", "to=plan:plan-2025", "--set", "items=1.1=4", "--set", "items=1.2")
    found = plans.done("plan", "plan-2025", "--json").json
    assert [node["called"] for node in found["nodes"]] == ["4", "1.2"]
    assert plans.done("plan", "plan-2022", "--json").json["states"] == {"carried_over": 2}
    version = plans.done("plan", "plan-2022", "--json").json["version"]
    plans.done("act", PLAN, "retract", "--set", f"event=@{version}", "--set", "reason=trop tôt")
    assert plans.done("plan", "plan-2022", "--json").json["open"] == 2
    assert plans.done("plan", "plan-2025", "--json").json["nodes"] == []
