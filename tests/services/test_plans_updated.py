"""A plan that is here comes in again, said otherwise: what stays, what is told beside it, what is taken, what is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from domain.figures import Figure, Target
from domain.plan.nodes import LINES, Node
from domain.values import Evidence, Proposal
from services.home import Home
from services.imports.deciding import Decided
from services.imports.plans.reading import Adoption, FollowUp, PlanReading, StandingList
from services.imports.result import Result
from services.imports.service import undo_import
from services.plans.importing import PlanImport
from services.plans.recording import EVERY
from services.reading import When
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.services import plans as usual
from tests.services.plans import MEETINGS, ORPHAN, REF, STUDIO, TOLD, TREE, case, node, plan, reading, size


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        bring(home, reading())
        yield home


def bring(
    home: Home, read: PlanReading, sha256: str = "aa", taken: Sequence[str] = (), decided: Sequence[Decided] = ()
) -> Result:
    importing = PlanImport(home, "plan.docx", sha256 * 32, read, "ccsne-2019", "2022-04", decided, frozenset(taken))
    result, outcome = importing.record(secretary(home), None)
    home.settle(outcome)
    return result


def tree(*nodes: Node) -> dict[str, Any]:
    """The usual plan with other places in it, by their numbers."""
    changed = {each.number: each for each in nodes}

    def put(each: Node) -> Node:
        if each.kind in LINES:
            return each
        return replace(changed.get(each.number, each), nodes=tuple(map(put, changed.get(each.number, each).nodes)))

    return {"nodes": tuple(map(put, TREE))}


def step(number: str, text: str, words: str = "mandat complet") -> Node:
    return Node("step", number, text, "-", schedule=usual.when(words))


def said(result: Result) -> set[str]:
    """What it told of the plan: the kind of each, else the key of the change."""
    return {each.change or type(each.notice).__name__ for each in result.problems}


def undo(home: Home, id: str = "ccsne-2019-2") -> None:
    _, outcome = undo_import(home, secretary(home), id)
    home.settle(outcome)


def test_what_is_new_stands_where_it_belongs(home: Home) -> None:
    lines = (step("1", "Évaluer les besoins", "février 2020"), step("2", "Choisir un local"),
             replace(STUDIO.nodes[1], number="3"))  # fmt: skip
    later = replace(STUDIO, nodes=lines, results=("Une salle",), targets=MEETINGS.targets)
    first = Node("item", "1.1", "Tenir un congrès", "1.1", nodes=(step("1", "Réserver"),))
    axis = Node("section", "3", "Grandir", "3", nodes=(Node("item", "3.1", "Recruter", "3.1"),))
    section = replace(TREE[0], nodes=(first, later, MEETINGS))
    told = {"1.3": (TOLD, FollowUp("Promotion à venir", level=2, line=13), FollowUp("Inaugurée", line=20)),
            "1.1": (FollowUp("Réservé", line=3),)}  # fmt: skip
    result = bring(home, reading(nodes=(section, TREE[1], axis, ORPHAN), follow_ups=told), "bb")
    assert result.added == {"items": 2, "places": 1, "lines": 1, "results": 1, "targets": 1, "follow_ups": 2}
    assert (result.created, result.updated) == (["ccsne-2019:1.1", "ccsne-2019:3.1"], ["plan:ccsne-2019", "ccsne-2019:1.3"])
    assert result.unchanged == ["ccsne-2019:1.4", "ccsne-2019:2.1", "ccsne-2019:DS"] and not result.problems
    home.catch_up()
    rows = plan(home, REF, When())["nodes"]
    assert [each["called"] for each in rows] == ["1", "2", "3", "DS"]
    assert [each["called"] for each in rows[0]["nodes"]] == ["1.1", "1.3", "1.4"]
    studio = rows[0]["nodes"][1]
    assert [each["text"] for each in studio["nodes"]] == ["Évaluer les besoins", "Offrir des formations", "Choisir un local"]
    assert [each["called"] for each in studio["nodes"]] == ["1", "2", "3"] and studio["results"] == ["Une salle"]
    assert [each["text"] for each in studio["follow_ups"]][-1] == "Inaugurée"
    adopted = [usual.history(home, f"ccsne-2019:{number}", When(), "fr")[0]["occurred"] for number in ("1.3", "1.1")]
    assert adopted == ["2019-06-15", None], "nothing says since when it is there"


def test_what_is_said_otherwise_is_told_and_stays(home: Home) -> None:
    aims = (Target(Figure("présence", "au moins 40 personnes", None, "at_least")),)
    other = replace(STUDIO, text="Mettre en place un studio d’enregistrement", who=("Ana",),
                    nodes=(step("1", "Évaluer les besoins", "mars 2021"), STUDIO.nodes[1]))  # fmt: skip
    changed = reading(**tree(other, replace(MEETINGS, targets=aims), replace(TREE[1], text="Soutenir les syndicats")),
                      title="Plan de travail révisé")  # fmt: skip
    before = size(home)
    result = bring(home, changed, "bb")
    assert said(result) == {"/title", "1.3", "1.3/@", "1.3/1", "1.4/%présence", "2"}
    told = {each.change: (each.line, each.notice.facts["known"], each.notice.facts["told"]) for each in result.problems}
    assert told["1.3"] == (5, STUDIO.text, other.text)
    assert told["1.3/1"] == (5, "Évaluer les besoins (février 2020)", "Évaluer les besoins (mars 2021)")
    assert (result.id, size(home)) == (None, before)
    one = bring(home, changed, "bb", ["1.3/1"])
    assert one.added == {"changes": 1} and one.updated == ["ccsne-2019:1.3"]
    assert node(home, "1.3")["nodes"][0]["schedule"]["words"] == "mars 2021" and node(home, "1.3")["text"] == STUDIO.text
    rest = bring(home, changed, "bb", [EVERY])
    assert rest.added == {"changes": 5} and not rest.problems
    assert (node(home, "1.3")["text"], node(home, "1.3")["who"]) == (other.text, ["Ana"])
    assert plan(home, REF, When())["title"] == "Plan de travail révisé"
    undo(home, "ccsne-2019-3")
    undo(home)
    assert node(home, "1.3")["text"] == STUDIO.text and plan(home, REF, When())["nodes"][1]["text"] == TREE[1].text
    undo(home, "ccsne-2019-1")


def test_an_older_version_takes_nothing_back(home: Home) -> None:
    """What was changed by hand, dropped, corrected or left out since is no news of the document that said it before."""
    do(home, "ccsne-2019:1.3", "reword", text="Bâtir un studio")
    do(home, REF, "reword-node", number="1.3", line="1", text="Évaluer")
    do(home, REF, "reword-node", number="1", text="Autre intitulé")
    do(home, "ccsne-2019:1.3", "drop-task", task=2)
    do(home, REF, "rename", name="Autre titre")
    notes = [each["version"] for each in usual.history(home, "ccsne-2019:1.3", When(), "fr") if each["event"] == "CaseNoted"]
    do(home, "ccsne-2019:1.3", "correct", event=f"@{notes[0]}", set={"text": "La salle est prête"}, reason="coquille")
    do(home, "ccsne-2019:1.3", "confirm", state="in_progress")
    before = size(home)
    result = bring(home, reading(), "bb")
    assert said(result) == {"DroppedBefore"} and size(home) == before


def test_a_day_that_our_own_pages_print_is_no_part_of_a_text(home: Home) -> None:
    def told(text: str, day: str, words: str) -> PlanReading:
        return reading(follow_ups={"2.1": (FollowUp(text, day, words, line=30),)})

    assert bring(home, told("Fête tenue", "2021-05", "mai 2021"), "bb").added == {"follow_ups": 1}
    assert bring(home, told("Fête tenue (mai 2021)", "2021-05", "mai 2021"), "cc").added == {}
    assert bring(home, told("Fête tenue (juin 2021)", "2021-06", "juin 2021"), "dd").added == {"follow_ups": 1}


def test_what_is_missing_is_told_and_stays(home: Home) -> None:
    result = bring(home, reading(nodes=(replace(TREE[0], nodes=(replace(STUDIO, nodes=STUDIO.nodes[:1]),)),), lists=(),
                                 adoption=()), "bb")  # fmt: skip
    assert said(result) == {"NotInDocument", "LinesNotInDocument"} and result.id is None
    missing = next(each.notice.facts for each in result.problems if "numbers" in each.notice.facts)
    assert missing["numbers"] == ["1.4", "2", "2.1", "DS"]


def test_what_is_over_stays_shut(home: Home) -> None:
    for number in ("1.3", "2.1"):
        do(home, f"ccsne-2019:{number}", "close-undone", reason="Faute de temps")
    more = Node("item", "2.1", "Tenir une grande tournée", "2.1", nodes=(step("1", "Réserver l’autobus"),))
    later = replace(STUDIO, nodes=(step("1", "Évaluer les besoins", "mars 2021"), STUDIO.nodes[1]))
    told = reading().follow_ups | {"2.1": (FollowUp("Reprise en 2023", line=30),)}
    result = bring(home, reading(**tree(more, later), follow_ups=told), "bb", [EVERY])
    assert said(result) == {"StaysClosed"} and result.added == {"follow_ups": 1}, "a note is taken at any time"
    texts = [each.notice.facts["texts"] for each in result.problems]
    assert sorted(texts) == ["Tenir une grande tournée / Réserver l’autobus", "Évaluer les besoins (mars 2021)"]


def test_what_stands_with_the_plan(home: Home) -> None:
    lists = (StandingList("Dossiers statutaires", (("Griefs",), ("Santé",))), StandingList("Délégations", (("FTQ",),), 41))
    day = Adoption("plan", "adopted", "Congrès", "2019-06-16", "Adopté au Congrès du 16 juin 2019", 2)
    result = bring(home, reading(lists=lists, adoption=(day,), period="2019/2023", objectives=("Durer",)), "bb")
    assert said(result) == {"PlanOtherwise", "ListOtherwise", "AdoptionOtherwise"}
    assert result.added == {"lists": 1} and result.updated == ["plan:ccsne-2019"]
    assert [each["title"] for each in plan(home, REF, When())["lists"]] == ["Dossiers statutaires", "Délégations"]
    undo(home)
    assert [each["title"] for each in plan(home, REF, When())["lists"]] == ["Dossiers statutaires"]


def test_a_part_is_adopted_once_a_later_version_says_so(home: Home) -> None:
    to_be = Adoption("plan", "proposed", "Congrès", None, "Pour adoption au Congrès", 2)
    importing = PlanImport(home, "p", "dd" * 32, reading(adoption=(to_be,)), "autre", None)
    importing.record(secretary(home), None)
    later = PlanImport(home, "p", "ee" * 32, reading(), "autre", None).record(secretary(home), None)[0]
    assert later.added == {"adoptions": 1} and not later.problems
    assert plan(home, "plan:autre", When())["adoption"][0]["state"] == "adopted"
    undo(home, "autre-2")
    assert plan(home, "plan:autre", When())["adoption"][0]["state"] == "proposed"


def test_a_number_that_says_another_and_another_plan_are_refused(home: Home) -> None:
    before = size(home)
    moved = replace(TREE[0], nodes=(STUDIO, replace(MEETINGS, number="1.5", printed="1.5")))
    shifted = bring(home, reading(nodes=(moved, *TREE[1:]), places={"1.5": (15, 15)}), "bb")
    assert said(shifted) == {"SaysAnother"} and shifted.refused and shifted.problems[0].line == 15
    strange = tuple(Node("item", number, f"Tout autre chose, {number}", number) for number in ("1.3", "1.4", "2.1", "DS"))
    assert said(bring(home, reading(nodes=strange, follow_ups={}, proposals={}), "cc")) == {"OtherPlan"}
    assert size(home) == before


def test_what_cannot_be_recorded_is_told_by_its_line(home: Home) -> None:
    before = size(home)
    soon = FollowUp("Tenue bientôt", "2099-05", "mai 2099", line=17)
    for number, sha256 in (("1.4", "bb"), ("2.1", "cc")):
        refused = bring(home, reading(follow_ups={number: (soon,)}), sha256)
        assert [(each.line, each.severity) for each in refused.problems] == [(17, "error")] and size(home) == before
    over = reading(nodes=(*TREE, Node("item", "4", "Une autre", "4")), places={"4": (33, 34)})
    for number in ("1.3", "1.4", "2.1", "DS"):
        do(home, f"ccsne-2019:{number}", "close-undone", reason="Fin du mandat")
    do(home, REF, "conclude")
    assert [each.line for each in bring(home, over, "dd").problems] == [33]


def test_a_number_that_says_something_else_gets_nothing_unasked(home: Home) -> None:
    """It may be another item: what is told of it goes nowhere, unless somebody says that it is the same."""
    other = replace(MEETINGS, text="Repeindre le local", nodes=(step("1", "Choisir la couleur"),))
    read = reading(**tree(other), follow_ups=reading().follow_ups | {"1.4": (FollowUp("Repeint", line=16),)})
    before = size(home)
    assert said(bring(home, read, "bb")) == {"1.4"} and size(home) == before
    assert bring(home, read, "bb", ["1.4"]).added == {"changes": 1, "lines": 1, "follow_ups": 1}
    assert node(home, "1.4")["text"] == "Repeindre le local"
    do(home, "ccsne-2019:2.1", "close-undone", reason="Faute de temps")
    shut = bring(home, reading(**tree(other, replace(TREE[1].nodes[0], text="Vendre le camion"))), "cc", [EVERY])
    assert said(shut) == {"StaysClosed"} and not shut.updated


def test_counted_places_are_found_by_their_words(home: Home) -> None:
    """Where the page prints no number, what comes between shifts those that follow: none of them is another one."""
    def means(number: str, text: str) -> Node:
        return Node("means", number, text)

    def axes(*texts: str) -> PlanReading:
        places = tuple(means(f"1.{n}", text) for n, text in enumerate(texts, 1))
        told = {f"1.{texts.index('Publier un journal') + 1}": (FollowUp("Publié"),)}
        return reading(form="axes", nodes=(Node("axis", "1", "Se dire", "Axe 1", nodes=places),), follow_ups=told, proposals={})

    def to(read: PlanReading, sha256: str) -> Result:
        result, outcome = PlanImport(home, "p", sha256 * 32, read, "axes", None).record(secretary(home), None)
        home.settle(outcome)
        return result

    to(axes("Tenir 2 rencontres", "Publier un journal"), "bb")
    later = to(axes("Former une équipe", "Tenir 2 rencontres", "Tenir 3 rencontres", "Publier un journal"), "cc")
    assert [said(later), later.added] == [{"NumberedNext"}, {"items": 2}]
    places = [(each["called"], each["text"]) for each in plan(home, "plan:axes", When())["nodes"][0]["nodes"]]
    assert places == [("1.3", "Former une équipe"), ("1.1", "Tenir 2 rencontres"), ("1.4", "Tenir 3 rencontres"),
                      ("1.2", "Publier un journal")]  # fmt: skip
    near = to(axes("Tenir 2 rencontres par an", "Publier un journal", "Former une équipe", "Tenir 3 rencontres"), "dd")
    assert said(near) == {"1.1"}, "nearly the same, in the same place"


def test_states_are_proposed_once_and_can_be_settled_at_once(home: Home) -> None:
    closed = Proposal("done", (Evidence("Tenue", 30, 30),), "high", completion="full")
    later = reading(proposals=reading().proposals | {"2.1": closed}, follow_ups={"2.1": (FollowUp("Tenue", line=30),)})
    result = bring(home, later, "bb", decided=[Decided("2.1", "done", "partial")])
    assert result.added == {"follow_ups": 1, "states": 1}
    tour = case(home, "ccsne-2019:2.1", When())
    assert (tour["state"], tour["completion"]) == ("done", "partial")
    again = bring(home, later, "cc")
    assert (again.id, again.proposals) == (None, []), "an officer has spoken since"
    undo(home)
    assert case(home, "ccsne-2019:2.1", When())["state"] == "adopted" and bring(home, later, "bb").added == result.added


def test_the_states_of_a_new_plan_are_settled_as_it_comes(home: Home) -> None:
    importing = PlanImport(home, "p", "bb" * 32, reading(), "autre", None, [Decided("1.3", "done", "full")])
    importing.record(secretary(home), None)
    assert case(home, "autre:1.3", When())["completion"] == "full" and case(home, "autre:1.4", When())["state"] == "adopted"


def test_what_is_not_shown_is_not_touched(home: Home) -> None:
    do(home, "ccsne-2019:1.4", "restrict", visibility="named", people=["ana"])
    hidden = reading(**tree(replace(MEETINGS, text="Texte changé")), follow_ups={"1.4": (FollowUp("Nouveau"),)})
    rehearsed = PlanImport(home, "p", "bb" * 32, hidden, "ccsne-2019", None).rehearse()
    assert said(rehearsed) == {"NotShown"} and not rehearsed.updated
    assert all("Assurer" not in str(each.notice) for each in rehearsed.problems)


def test_items_that_go_on_together_keep_what_they_share(home: Home) -> None:
    do(home, "ccsne-2019:1.3", "merge", other="ccsne-2019:1.4")
    before = size(home)
    again = bring(home, reading(), "bb")
    assert (said(again), again.id, size(home)) == ({"GoesOnWithOthers"}, None, before)
    told = reading(follow_ups={"1.4": (FollowUp("Tenue en mai", line=16),)}, **tree(replace(MEETINGS, text="Être là")))
    result = bring(home, told, "bb", [EVERY])
    assert (said(result), result.added) == ({"GoesOnWithOthers"}, {"follow_ups": 1})
    assert result.updated == ["ccsne-2019:1.3"] and "ccsne-2019:1.3" not in result.unchanged
    undo(home)


def test_items_in_another_script_are_told_apart(home: Home) -> None:
    """None of their letters is a Latin one."""
    bring(home, reading(nodes=(*TREE, Node("item", "4.1", "ᓄᓇᕗᑦ ᐊᖏᕐᕋᖅ", "4.1"))), "bb")
    again = bring(home, reading(nodes=(*TREE, Node("item", "4.2", "ᐃᓄᒃᑎᑐᑦ", "4.2"))), "cc")
    assert not again.refused and again.added["items"] == 1
