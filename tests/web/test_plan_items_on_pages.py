"""An item of a plan where cases are shown: lists, the board, its own page, its acts, the search, what was done lately."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.schema import Urls
from tests.web.browser import entered
from tests.web.desk import Town, town
from tests.web.desk_of_acts import act, notice

PLAN, ITEM = "plan:plan-2022", "/dossiers/plan-2022:1.1"


@pytest.fixture
def place(own_acts: Urls) -> Iterator[Town]:
    with town(own_acts) as found:
        found.do(PLAN, "create", name="Plan de travail 2022-2025", period="2022/2025")
        found.do(PLAN, "enter-node", kind="item", number="1.1", text="Tenir une tournée", who="Denis", results="Des visites")
        found.do(PLAN, "enter-node", kind="step", number="1", text="Choisir", under="1.1", schedule="mai 2023")
        yield found


@pytest.mark.parametrize(
    "path",
    [
        "/", "/dossiers", "/dossiers?vue=colonnes", "/dossiers?vue=calendrier", "/dossiers?vue=frise",
        "/dossiers?assembly=plan-2022", "/dossiers?q=tournée", ITEM, f"{ITEM}/rejouer", f"{ITEM}?as_of=2031-01-01",
        "/recherche?q=tournée", "/recherche?q=travail", "/historique", "/historique?dossier=plan-2022:1.1", "/assemblees",
        "/historique/comparer?du=2024-01-01", "/ensemble?ref=plan-2022:1.1&ref=2023:17",
    ],
)  # fmt: skip
def test_every_page_that_shows_cases_shows_it(place: Town, path: str) -> None:
    found = entered(place).ask(path)
    assert found.status_code == 200, found.text[:400]


def test_its_own_page_says_where_it_comes_from(place: Town) -> None:
    text = entered(place).read(ITEM).main.text
    for words in ("Tenir une tournée", "Plan de travail 2022-2025", "Prévue"):
        assert words in text, words


def test_it_is_moved_from_its_page_and_stands_in_the_list(place: Town) -> None:
    browser = entered(place)
    done = act(browser, f"{ITEM}/agir/close-undone", reason="pandémie")
    assert "1.1" in notice(browser, done).text
    assert "Close, non réalisée" in browser.read("/dossiers", assembly="plan-2022").main.text


def test_what_is_typed_finds_the_item_and_its_plan(place: Town) -> None:
    browser = entered(place)
    text = browser.read("/recherche", q="travail").main.text
    assert "Plan de travail 2022-2025" in text
    assert "Tenir une tournée" in browser.read("/recherche", q="tournee").main.text


def test_its_forms_speak_of_plans(place: Town) -> None:
    place.do("plan:plan-2025", "create", name="Plan de travail 2025-2028", period="2025/2028")
    browser = entered(place)
    form = browser.read(f"{ITEM}/agir/carry-over")
    for words in ("à un autre plan", "L’action qui la reprend", "conseil-2025:1.4"):
        assert words in form.main.text, words
    assert "assemblée" not in form.main.text
    assert "à une autre assemblée" in browser.read("/dossiers/2023:17/agir/carry-over").main.text
    assert act(browser, f"{ITEM}/agir/carry-over", to="plan-2025:1.4").status_code == 303
    assert "Tenir une tournée" in browser.read("/dossiers/plan-2025:1.4").main.text


def test_what_it_cannot_do_now_does_not_speak_of_an_adoption(place: Town) -> None:
    browser = entered(place)
    act(browser, f"{ITEM}/agir/start")
    refused = browser.read(f"{ITEM}/agir/confirm").main.text
    assert "rien n’a encore bougé" in refused and "adoption" not in refused
