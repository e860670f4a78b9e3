"""Plans with their items as cases: entered all or nothing, changed, carried over and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.case.case import Case
from domain.case.commands import RewordTask
from domain.errors import SuiviError
from domain.plan import refusals
from domain.plan.nodes import Node
from domain.time.occurrences import RhythmUnreadable
from domain.time.schedules import BadSchedule, Schedule
from services import reading as of_home
from services.act import AlreadyThere, InItsTree
from services.execute import Work, commit
from services.home import Home, Viewer
from services.homes import HomeTaken
from services.plans import carrying
from services.plans.items import LineUnknown
from services.plans.verbs import ItemMoved
from services.reading import When
from services.reading.plans import ordered
from services.reading.plans import plan as plan_of
from services.refs import CaseUnknown
from services.schedules import ScheduleDoubtful
from services.schema import Urls
from services.subjects import handle
from tests.homes import do, opened, secretary
from tests.services.plans import REF, TREE, case, enter, history, node, plan, plans, reading, refused


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        do(home, "person:julie", "create", name="Julie Roy")
        home.catch_up()
        enter(home)
        yield home


def test_a_plan_is_read_back_as_it_came(home: Home) -> None:
    shown = plan(home, REF, When())
    assert (shown["title"], shown["period"], shown["form"], shown["author"]) == (
        "Plan de travail 2019-2022", "2019/2022", "work", "Conseil central",
    )  # fmt: skip
    assert shown["adoption"] == [
        {"what": "plan", "state": "adopted", "body": None, "by": "Congrès", "on": "2019-06-15",
         "words": "Adopté au Congrès du 15 juin 2019"},
    ]  # fmt: skip
    assert [each["number"] for each in shown["nodes"]] == ["1", "2", "DS"]
    studio = node(home, "1.3")
    assert studio["text"] == "Mettre en place une salle d’enregistrement" and studio["ref"] == "ccsne-2019:1.3"
    assert studio["case"]["state"] == "adopted" and studio["case"]["proposal"]["state"] == "done"
    assert studio["case"]["owner"] == {"kind": "person", "ref": "person:julie", "name": "Julie Roy"}
    assert [(line["text"], line["due"], line["schedule"]["words"]) for line in studio["nodes"]] == [
        ("Évaluer les besoins", "2020-02", "février 2020"), ("Offrir des formations", None, "mandat complet"),
    ]  # fmt: skip
    told, coming = studio["follow_ups"]
    assert (told["text"], told["occurred"], told["verdict"], told["level"]) == (
        "La salle est aménagée (mars 2022)", "2022-03", "La salle est aménagée", 1,
    )  # fmt: skip
    assert coming["level"] == 2
    meetings = node(home, "1.4")
    assert meetings["results"] == ["Des syndicats présents"] and meetings["who"] == ["Denis"]
    assert meetings["case"]["owner"] is None, "a first name alone is nobody's"
    assert meetings["targets"][0]["words"] == "un minimum de 30 personnes"
    assert shown["lists"] == [{"title": "Dossiers statutaires", "columns": [["Griefs"], ["Finances"]]}]


def test_the_list_counts_the_items(home: Home) -> None:
    (row,) = plans(home, When())
    assert (row["ref"], row["items"], row["open"], row["states"]) == (REF, 4, 4, {"adopted": 4})


def test_an_item_is_a_case_like_any_other(home: Home) -> None:
    shown = case(home, "ccsne-2019:1.3", When())
    assert (shown["assembly"], shown["plan"], shown["home"], shown["kind"]) == (None, "ccsne-2019", "ccsne-2019", "plan_item")
    assert shown["adopted_on"] is None and history(home, "ccsne-2019:1.3", When(), "fr")[0]["occurred"] == "2019-06-15"
    do(home, "ccsne-2019:1.3", "start")
    do(home, "ccsne-2019:1.3", "finish-task", task="1")
    assert node(home, "1.3")["case"]["state"] == "in_progress"
    assert [line["done"] for line in node(home, "1.3")["nodes"]] == [True, False]
    do(home, "ccsne-2019:1.3", "reword", text="Équiper une salle")
    assert node(home, "1.3")["text"] == "Équiper une salle" == case(home, "ccsne-2019:1.3", When())["title"]


def test_the_tree_as_of_a_day_and_as_it_was_known(home: Home) -> None:
    do(home, "ccsne-2019:1.4", "start", "2019-10")
    assert node(home, "1.4", When(as_of="2019-07-01"))["case"]["state"] == "adopted"
    assert node(home, "1.4", When(as_of="2019-11-01"))["case"]["state"] == "in_progress"
    before = When(as_of="2019-01-01")
    assert plan(home, REF, before)["adoption"][0]["state"] == "proposed"
    assert node(home, "1.4", before)["hidden"]


def test_a_key_is_an_assemblys_or_a_plans(home: Home) -> None:
    assert isinstance(refused(home, "assembly:ccsne-2019", "create", name="Congrès"), HomeTaken)
    assert isinstance(refused(home, REF, "create", name="Encore"), AlreadyThere)
    do(home, "assembly:2019", "create", name="Congrès 2019")
    assert refused(home, "plan:2019", "create", name="Plan").facts["other"] == "assembly:2019"


def test_items_are_entered_in_their_tree(home: Home) -> None:
    assert isinstance(refused(home, "ccsne-2019:9", "adopt", title="Ailleurs"), InItsTree)
    do(home, REF, "enter-node", kind="item", number="2.2", text="Publier un bulletin", who="Denis")
    do(home, REF, "enter-node", kind="step", number="1", text="Choisir un nom", under="2.2", schedule="mai 2020")
    do(home, REF, "enter-node", kind="step", number="2", text="Imprimer", under="2.2", schedule="reste du mandat")
    shown = node(home, "2.2")
    assert [line["schedule"]["edtf"] for line in shown["nodes"]] == ["2020-05", "2020-05/2022"]
    assert [each["called"] for each in plan(home, REF, When())["nodes"][1]["nodes"]] == ["2.1", "2.2"]
    do(home, REF, "enter-node", kind="section", number="3", text="Une troisième section", before="DS")
    do(home, REF, "move-node", number="2.2", under="3")
    assert [each["called"] for each in plan(home, REF, When())["nodes"]] == ["1", "2", "3", "DS"]
    assert [each["called"] for each in plan(home, REF, When())["nodes"][2]["nodes"]] == ["2.2"]


@pytest.mark.parametrize(
    ("verb", "facts", "kind"),
    [
        ("enter-node", {"kind": "item", "number": "1.3", "text": "Encore"}, refusals.SameNumber),
        ("enter-node", {"kind": "item", "number": "4.1", "text": "Où", "under": "4"}, refusals.ParentUnknown),
        ("enter-node", {"kind": "item", "number": "1.5", "text": "Où", "under": "1.3"}, refusals.ItemWithin),
        ("enter-node", {"kind": "section", "number": "5", "text": "Où", "under": "1.3"}, refusals.PlaceWithin),
        ("enter-node", {"kind": "step", "number": "1", "text": "Où", "under": "1"}, refusals.LineElsewhere),
        ("enter-node", {"kind": "step", "number": "1", "text": "Où"}, refusals.LineElsewhere),
        ("enter-node", {"kind": "step", "number": "1", "text": "Encore", "under": "1.3"}, refusals.SameLine),
        ("enter-node", {"kind": "item", "number": "1 5", "text": "Où"}, refusals.NumberUnfit),
        ("enter-node", {"kind": "item", "number": "1.5", "text": "Où", "before": "2.1"}, refusals.NotBeside),
        ("enter-node", {"kind": "step", "number": "3", "text": "Où", "under": "1.3", "schedule": "bof"}, BadSchedule),
        ("reword-node", {"number": "7", "text": "Rien"}, refusals.NodeUnknown),
        ("reword-node", {"number": "1.3", "line": "9", "text": "Rien"}, LineUnknown),
        ("move-node", {"number": "1", "under": "1"}, refusals.WithinItself),
        ("move-node", {"number": "1", "under": "1.3"}, SuiviError),
        ("remove-node", {"number": "1"}, refusals.BranchNotEmpty),
        ("remove-node", {"number": "1.3"}, ItemMoved),
        ("adopt-part", {"what": "orientations"}, refusals.PlanPartUnknown),
        ("adopt-part", {}, refusals.PartStands),
        ("conclude", {}, refusals.ItemsOpen),
        ("carry-over", {"to": REF}, carrying.SamePlan),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_refused_and_nothing_is_recorded(
    home: Home, verb: str, facts: dict[str, Any], kind: type[SuiviError]
) -> None:
    assert isinstance(refused(home, REF, verb, **facts), kind)


def test_what_an_item_says_is_its_cases(home: Home) -> None:
    do(home, REF, "reword-node", number="1.4", text="Être là", reason="plus court")
    do(home, REF, "reword-node", number="1.3", line="1", text="Chiffrer", schedule="mars 2020")
    do(home, REF, "reword-node", number="1", text="La solidarité")
    assert node(home, "1.4")["text"] == "Être là"
    line = node(home, "1.3")["nodes"][0]
    assert (line["text"], line["due"]) == ("Chiffrer", "2020-03")
    assert plan(home, REF, When())["nodes"][0]["text"] == "La solidarité"
    do(home, REF, "remove-node", number="1.3", line="1")
    assert [each["called"] for each in node(home, "1.3")["nodes"]] == ["2"]


def test_an_item_that_nothing_became_of_is_removed_and_its_number_is_free(home: Home) -> None:
    known_at = "2100-01-01"
    do(home, REF, "remove-node", number="2.1", reason="doublon")
    assert [each["called"] for each in ordered(plan(home, REF, When())["nodes"]) if each["ref"]] == ["1.3", "1.4", "DS"]
    with pytest.raises(CaseUnknown):
        case(home, "ccsne-2019:2.1", When(known_at=known_at))
    do(home, REF, "enter-node", kind="item", number="2.1", text="Tenir un colloque")
    assert node(home, "2.1")["text"] == "Tenir un colloque"


def test_targets_lists_parts_and_the_end(home: Home) -> None:
    do(home, REF, "set-target", number="2.1", measures="visites", words="au moins deux par année", value="2", per="FREQ=YEARLY")
    do(home, REF, "set-target", measures="membres", words="une centaine", bound="about")
    do(home, REF, "list", title="Délégations", entries=["FTQ", "CNESST"])
    do(home, REF, "list", title="Dossiers statutaires")
    shown = plan(home, REF, When())
    assert node(home, "2.1")["targets"] == [
        {"measures": "visites", "words": "au moins deux par année", "value": "2", "bound": "at_least", "unit": None,
         "per": "FREQ=YEARLY"},
    ]  # fmt: skip
    assert [target["measures"] for target in shown["targets"]] == ["membres"]
    assert shown["lists"] == [{"title": "Délégations", "columns": [["FTQ", "CNESST"]]}]
    for number in ("1.3", "1.4", "2.1", "DS"):
        do(home, f"ccsne-2019:{number}", "close-undone", reason="pandémie")
    do(home, REF, "conclude", reason="fin du mandat")
    assert plan(home, REF, When())["concluded"]
    assert isinstance(refused(home, REF, "rename", name="Autre"), refusals.PlanOver)
    do(home, REF, "retract", event="@" + str(plan(home, REF, When())["version"]), reason="trop tôt")
    do(home, REF, "rename", name="Autre")
    assert plan(home, REF, When())["title"] == "Autre"


def test_an_item_that_is_not_for_everyone_is_a_number_in_its_plan(home: Home) -> None:
    do(home, "ccsne-2019:1.4", "restrict", visibility="officers")
    home.catch_up()
    shown = plan_of(as_member(home), REF, When())
    (hidden,) = [each for each in ordered(shown["nodes"]) if each["called"] == "1.4"]
    assert hidden["hidden"] and hidden["text"] is None and hidden["case"] is None and hidden["results"] == []
    assert "Assurer" not in str(shown) and shown["states"] == {"adopted": 3}
    told = of_home.history(as_member(home), REF, When(), "fr")
    assert "Assurer" not in str(told)
    (seen,) = [each for each in ordered(plan(home, REF, When())["nodes"]) if each["called"] == "1.4"]
    assert seen["text"] and not seen["hidden"]


def as_member(home: Home) -> Home:
    return replace(home, known_viewer=Viewer(UUID(int=77), frozenset({"member"})))


def test_one_number_twice_records_nothing(home: Home) -> None:
    with pytest.raises(refusals.SameNumber):
        enter(home, "autre", reading(nodes=(*TREE, TREE[-1])))
    assert [row["key"] for row in plans(home, When())] == ["ccsne-2019"]


def test_a_doubtful_time_is_a_question(home: Home) -> None:
    line = {"kind": "step", "number": "5", "text": "Où", "under": "1.3"}
    refusal = refused(home, REF, "enter-node", **line, schedule="05/06/2020")
    assert isinstance(refusal, ScheduleDoubtful) and refusal.facts["meanings"] == ["2020-06-05", "2020-05-06"]


@pytest.mark.parametrize("rrule", ["FREQ=LUNAIRE", "FREQ=DAILY;COUNT=3", "FREQ=YEARLY;BYMONTH=13", ""])
def test_a_line_whose_days_nobody_can_tell_is_refused(home: Home, rrule: str) -> None:
    """As a whole plan is entered, or a document brings the line another time; in words, few say such a thing."""
    bad = Schedule(words="à chaque lune", kind="recurring", rrule=rrule)
    item = Node("item", "4.1", "Regarder", "4.1", nodes=(Node("step", "1", "Lever les yeux", "-", schedule=bad),))
    with pytest.raises(RhythmUnreadable) as refusal:
        enter(home, "autre", reading(nodes=(item,), follow_ups={}, proposals={}))
    assert refusal.value.facts["rrule"] == rrule
    assert [row["key"] for row in plans(home, When())] == ["ccsne-2019"]

    def reword(work: Work) -> None:
        case = work.find(Case, "case", "ccsne-2019:1.3")
        handle(case, RewordTask(task=1, text="Lever les yeux", schedule=bad), work.act)

    with pytest.raises(RhythmUnreadable):
        commit(home.store, secretary(home), {"reword": rrule}, reword)


def test_words_that_come_back_beyond_what_is_counted_are_refused(home: Home) -> None:
    line = {"kind": "step", "number": "5", "text": "Où", "under": "1.3"}
    assert isinstance(refused(home, REF, "enter-node", **line, schedule="tous les 500 jours"), RhythmUnreadable)


def test_words_of_time_count_within_the_period_of_the_plan(home: Home) -> None:
    do(home, REF, "enter-node", kind="step", number="5", text="Où", under="1.3", schedule="3-4 mai")
    assert node(home, "1.3")["nodes"][-1]["schedule"]["edtf"] == "2019-05-03/2019-05-04"
