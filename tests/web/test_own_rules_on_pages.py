"""Cases of several rules side by side (resolutions, items of a plan, those of the organisation's own in two versions): each is
called as its own version calls it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from services.schema import Urls
from services.servers import Server
from tests.databases import copied
from tests.errands import in_use, second
from tests.web.browser import Browser, Element, entered
from tests.web.desk import Town, town

ERRANDS = "/dossiers/2024"


@pytest.fixture(scope="module")
def place(
    server: Server, template: Urls, built_for_plans: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    own = tmp_path_factory.mktemp("own")
    with copied(server, template, built_for_plans) as urls, town(urls) as found, in_use(own):
        found.do("assembly:2024", "create", name="Annuelle 2024", date="2024-05-13")
        for number in ("1", "2"):
            found.do(f"2024:{number}", "adopt", title=f"Course {number}", kind="errand")
        found.do("2024:1", "run")
        found.do("2024:1", "hold")
        second(own)
        found.do("2024:3", "adopt", title="Course 3", kind="errand")
        yield found


@pytest.fixture
def ana(place: Town) -> Browser:
    return entered(place)


def board(ana: Browser, **asked: Any) -> dict[str, Element]:
    sheet = ana.read("/dossiers", vue="colonnes", **asked)
    return {one.attributes["data-state"]: one for one in sheet.main.all("section", class_="column")}


def chips(ana: Browser, **asked: Any) -> dict[str, list[str]]:
    """Each filter that may be opened, with what it offers; those that are on, under what they say."""
    group = ana.read("/dossiers", **asked).main.one("div", class_="chosen")
    found = {one.one("summary").text: [link.text for link in one.all("a")] for one in group.all("details") if one.all("a")}
    return found | {one.text: [] for one in group.all("a", class_="chip")}


def test_a_column_is_called_as_its_cases_call_their_state(ana: Browser) -> None:
    of_plan, of_resolutions = board(ana, assembly="conseil-2024"), board(ana, assembly="2023")
    assert of_plan["adopted"].one("h2").one("a").text == "Prévue"
    assert of_resolutions["adopted"].one("h2").one("a").text == "Adoptée"


def test_where_rules_meet_both_words_stand_and_each_case_says_its_own(ana: Browser) -> None:
    column = board(ana)["adopted"]
    assert column.one("h2").one("a").text == "Adoptée / Prévue"
    said = {one.attributes["data-ref"]: one.text for one in column.all("li", class_="fiche")}
    assert "Prévue" in said["conseil-2024:1.1"] and "Adoptée" in said["2023:17"]
    assert "Prévue" not in said["2023:17"]


def test_states_of_our_own_rules_have_columns_of_their_own(ana: Browser) -> None:
    found = board(ana, assembly="2024")
    assert {state: one.one("h2").one("a").text for state, one in found.items()} == {"asked": "Demandée", "waiting": "En attente"}
    asked = found["asked"].one("li", data_ref="2024:2")
    ways = {one.attributes["data-to"]: one for one in asked.all("li") if "data-to" in one.attributes}
    assert ways["running"].one("form").attributes["action"] == "/dossiers/2024:2/agir/run"
    assert ways["done"].one("button").text == "Finir", "what closes it stands for the column of closed cases"
    for one in ways.values():
        for link in one.all("a"):
            assert ana.ask(link.attributes["href"]).status_code == 200
    assert "waiting" in ways and "paused" not in ways, "of the version that it follows"


def test_an_older_version_keeps_its_words_everywhere(ana: Browser) -> None:
    told: list[tuple[str, dict[str, Any]]] = [
        ("/dossiers", {"assembly": "2024"}), (f"{ERRANDS}:1", {}), ("/assemblees/2024", {}), ("/dossiers", {"vue": "frise"}),
        ("/dossiers", {"assembly": "2024", "as_of": "2031-01-01"}),
    ]  # fmt: skip
    for path, asked in told:
        text = ana.read(path, **asked).main.text
        assert "en attente" in text.lower(), (path, asked)
        assert "suspendue" not in text.lower() or path == "/dossiers", (path, asked)


def test_states_are_counted_in_the_words_of_what_is_counted(ana: Browser) -> None:
    text = ana.read("/assemblees/2024").main.text
    assert "2 demandées" in text and "1 en attente" in text
    assert "en attente" in ana.read("/assemblees").main.text


def test_the_filter_of_states_has_the_words_of_the_list(ana: Browser) -> None:
    of_plan, of_assembly, of_all = chips(ana, assembly="conseil-2024"), chips(ana, assembly="2023"), chips(ana)
    assert of_plan["État"][0] == "Prévue" and "Adoptée" not in of_plan["État"]
    assert of_assembly["État"][0] == "Adoptée" and "Prévue" not in " ".join(of_assembly["État"])
    assert of_all["État"][0] == "Adoptée / Prévue" and {"En attente", "Suspendue"} <= {*of_all["État"]}
    for state in ("waiting", "En attente", "demandée", "paused"):
        assert ana.ask("/dossiers", state=state).status_code == 200, state
    assert "Course 1" in ana.read("/dossiers", state="En attente").main.text


def test_a_plan_is_filtered_as_a_plan(ana: Browser) -> None:
    assert chips(ana)["Plan"] == ["conseil-2024", "conseil-2027"]
    of_plan, of_assembly = chips(ana, assembly="conseil-2024"), chips(ana, assembly="2023")
    assert any(said.startswith("Plan : conseil-2024") for said in of_plan), list(of_plan)
    assert any(said.startswith("Assemblée : 2023") for said in of_assembly), list(of_assembly)
    assert "Assemblée" not in of_plan and "Plan" not in of_assembly
    printed = ana.read("/dossiers", assembly="conseil-2024").main.one("p", class_="print").text
    assert "Plan : conseil-2024" in printed
