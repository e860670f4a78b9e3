"""Items that go on in the next plan, one by one or many at once, and what is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from services.act import Ask, act, act_all
from services.home import Home
from services.plans import carrying
from services.reading import When
from services.reading.plan_sheets import plans_listed
from services.reading.plans import ordered
from services.refs import CaseUnknown
from services.schema import Urls
from services.undoing import deed, undo
from tests.homes import do, opened, secretary
from tests.services.plans import REF, case, enter, history, node, plan, refused, size


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        do(home, "person:julie", "create", name="Julie Roy")
        home.catch_up()
        enter(home)
        yield home


def next_plan(home: Home) -> None:
    do(home, "plan:ccsne-2022", "create", name="Plan de travail 2022-2025", period="2022/2025")
    do(home, "plan:ccsne-2022", "enter-node", kind="section", number="2", text="La vie syndicale")


def test_one_item_goes_on_in_the_next_plan(home: Home) -> None:
    next_plan(home)
    do(home, "ccsne-2019:2.1", "carry-over", to="ccsne-2022:2.4", reason="manque de temps")
    old, new = case(home, "ccsne-2019:2.1", When()), case(home, "ccsne-2022:2.4", When())
    assert (old["state"], new["state"], new["plan"]) == ("carried_over", "adopted", "ccsne-2022")
    assert new["title"] == "Tenir une tournée"
    assert old["links"] == [{"kind": "successor", "to": "ccsne-2022:2.4"}]
    section = plan(home, "plan:ccsne-2022", When())["nodes"][0]
    assert [each["called"] for each in section["nodes"]] == ["2.4"], "it stands where its number says"
    assert "ccsne-2019:2.1" in history(home, "ccsne-2022:2.4", When(), "fr")[0]["text"]


def test_a_resolution_goes_on_in_a_plan_and_an_item_before_an_assembly(home: Home) -> None:
    do(home, "assembly:2023", "create", name="Annuelle 2023", date="2023-05-13")
    do(home, "2023:17", "adopt", title="Eau potable")
    do(home, "2023:17", "carry-over", to="ccsne-2019:2.9")
    assert node(home, "2.9")["text"] == "Eau potable"
    do(home, "ccsne-2019:DS", "carry-over", to="2023:40")
    shown = case(home, "2023:40", When())
    assert (shown["title"], shown["assembly"], shown["plan"], shown["kind"]) == ("Dossier spécial", "2023", None, "resolution")


def test_many_items_go_on_at_once_and_come_back_at_once(home: Home) -> None:
    next_plan(home)
    do(home, "plan:ccsne-2022", "enter-node", kind="item", number="1.4", text="Assurer une présence aux assemblées")
    do(home, "ccsne-2019:1.3", "complete", completion="partial", residuals=["la promotion", "la formation"])
    do(home, "ccsne-2019:2.1", "close-undone", reason="pandémie")
    before = size(home)
    done = do(home, REF, "carry-over", to="plan:ccsne-2022", reason="fin du mandat")
    assert case(home, "ccsne-2022:1.3", When())["title"] == "la promotion; la formation"
    assert case(home, "ccsne-2019:1.3", When())["state"] == "done"
    assert case(home, "ccsne-2019:1.4", When())["state"] == "carried_over"
    assert case(home, "ccsne-2019:2.1", When())["state"] == "not_done"
    assert {"kind": "origin", "to": "ccsne-2019:1.4"} in case(home, "ccsne-2022:1.4", When())["links"]
    here, there = history(home, REF, When(), "fr")[-1]["text"], history(home, "plan:ccsne-2022", When(), "fr")[-1]["text"]
    assert "Plan de travail 2022-2025" in here and "1.3, 1.4 et DS" in here and "Plan de travail 2019-2022" in there
    assert len({home.store.load_history(stream)[-1].command_id for stream in done.versions}) == 1, "one append"
    do(home, REF, "retract", event="@" + str(plan(home, REF, When())["version"]), reason="pas encore")
    assert size(home) > before
    assert case(home, "ccsne-2019:1.4", When())["state"] == "adopted"
    assert case(home, "ccsne-2022:1.4", When())["links"] == []
    with pytest.raises(CaseUnknown):
        case(home, "ccsne-2022:1.3", When())
    assert plan(home, REF, When())["carried_over"] == [] == plan(home, "plan:ccsne-2022", When())["taken_over"]
    do(home, REF, "carry-over", to="plan:ccsne-2022", items=["1.3=2.1", "1.4"])
    assert [each["called"] for each in ordered(plan(home, "plan:ccsne-2022", When())["nodes"])] == ["2", "2.1", "1.4"]


def test_what_cannot_be_carried_over_says_why(home: Home) -> None:
    next_plan(home)
    do(home, "plan:ccsne-2022", "enter-node", kind="item", number="1.4", text="Autre chose")
    refusal = refused(home, REF, "carry-over", to="plan:ccsne-2022")
    assert isinstance(refusal, carrying.OtherItems) and refusal.facts["numbers"] == ["1.4"]
    do(home, "ccsne-2019:1.4", "close-undone", reason="pandémie")
    assert isinstance(refused(home, REF, "carry-over", to="plan:ccsne-2022", items="1.4"), carrying.NotToCarry)
    do(home, REF, "carry-over", to="plan:ccsne-2022")
    assert isinstance(refused(home, REF, "carry-over", to="plan:ccsne-2022"), carrying.NothingToCarry)
    do(home, "ccsne-2022:1.3", "start")
    version = plan(home, REF, When())["version"]
    refusal = refused(home, REF, "retract", event=f"@{version}", reason="non")
    assert isinstance(refusal, carrying.SuccessorsMoved) and refusal.facts["refs"] == ["ccsne-2022:1.3"]


def test_whoever_carried_over_undoes_it_at_once(home: Home) -> None:
    next_plan(home)
    done = uuid4()
    act(home.store, secretary(home), Ask(ref=REF, verb="carry-over", facts={"to": "plan:ccsne-2022"}), done)
    home.catch_up()
    found = deed(home, secretary(home), done, "fr")
    assert found and found.undoable and not found.gone
    undo(home, secretary(home), done, "trop tôt", uuid4())
    home.catch_up()
    again = deed(home, secretary(home), done, "fr")
    assert again and again.gone and not again.undoable
    assert plan(home, REF, When())["open"] == 4 and plan(home, "plan:ccsne-2022", When())["items"] == 0


def entered_and_carried(home: Home) -> UUID:
    """Into a plan that is entered in the same act, as a page does it."""
    facts = {"name": "Plan de travail 2022-2025", "period": "2022/2025"}
    going = Ask(ref=REF, verb="carry-over", facts={"to": "plan:ccsne-2022"})
    act_all(home.store, secretary(home), [Ask(ref="plan:ccsne-2022", verb="create", facts=facts), going], done := uuid4())
    home.catch_up()
    return done


def test_a_plan_that_the_carry_over_entered_goes_with_it(home: Home) -> None:
    done = entered_and_carried(home)
    assert plan(home, "plan:ccsne-2022", When())["items"] == 4
    undo(home, secretary(home), done, "trop tôt", undone := uuid4())
    home.catch_up()
    assert [row["key"] for row in plans_listed(home, When())] == ["ccsne-2019"] and plan(home, REF, When())["open"] == 4
    said = deed(home, secretary(home), undone, "fr")
    assert said and said.each[0].ref == REF
    entered_and_carried(home)
    assert plan(home, "plan:ccsne-2022", When())["items"] == 4, "its key is free again"


def test_a_plan_of_which_more_was_said_since_stays(home: Home) -> None:
    done = entered_and_carried(home)
    do(home, "plan:ccsne-2022", "rename", name="Plan triennal")
    undo(home, secretary(home), done, "trop tôt", uuid4())
    home.catch_up()
    left = plan(home, "plan:ccsne-2022", When())
    assert (left["title"], left["items"]) == ("Plan triennal", 0)
