"""The columns before a real browser: a case is dragged, its menu does the same; several are chosen in the list."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visits import Place

BOARD = "/dossiers?vue=colonnes&assembly=demo-2023"


def drag(page: Page, ref: str, state: str) -> None:
    """By its title, to a column."""
    page.locator(f"[data-ref='{ref}']").drag_to(page.locator(f".column[data-state='{state}'] h2"))


def test_a_case_dragged_to_a_state_opens_the_form_that_leads_there(place: Place) -> None:
    with place.visit() as page:
        page.goto(BOARD)
        drag(page, "demo-2023:6", "blocked")
        expect(page).to_have_url(f"{place.url}/dossiers/demo-2023:6/agir/block")
        page.go_back()
        expect(page.locator("[data-ref='demo-2023:6']")).to_be_visible()


def test_a_case_that_cannot_go_there_stays_and_the_column_says_why(place: Place) -> None:
    with place.visit() as page:
        page.goto(BOARD)
        drag(page, "demo-2023:22", "done")
        refusal = page.locator(".column[data-state='done'] .refusal")
        expect(refusal).to_contain_text("22 ne peut pas être clos ici.")
        expect(refusal.get_by_role("link", name="Choisir une autre issue")).to_be_visible()
        expect(page).to_have_url(f"{place.url}{BOARD}")


def test_a_case_moves_at_once_where_nothing_need_be_said(own_place: Place) -> None:
    with own_place.visit() as page:
        page.goto(BOARD)
        drag(page, "demo-2023:1", "in_progress")
        page.wait_for_url("**/dossiers/**")
        page.goto(BOARD)
        expect(page.locator(".column[data-state='in_progress'] [data-ref='demo-2023:1']")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_menu_does_the_same_without_dragging(place: Place, scripts: bool) -> None:
    with place.visit(scripts=scripts) as page:
        page.goto(BOARD)
        menu = page.locator("[data-ref='demo-2023:6'] .moves-to")
        menu.locator("summary").click()
        menu.get_by_role("link", name="Remettre…").click()
        expect(page).to_have_url(f"{place.url}/dossiers/demo-2023:6/agir/postpone")


def test_the_keyboard_opens_the_menu_and_escape_closes_it(place: Place) -> None:
    with place.visit() as page:
        page.goto(BOARD)
        fiche = page.locator("[data-ref='demo-2023:6']")
        fiche.locator("a").first.focus()
        page.keyboard.press("m")
        expect(fiche.locator(".moves-to")).to_have_attribute("open", "")
        page.keyboard.press("Escape")
        expect(fiche.locator(".moves-to")).not_to_have_attribute("open", "")
        expect(fiche.locator(".moves-to summary")).to_be_focused()


def test_several_cases_are_chosen_and_counted(place: Place) -> None:
    with place.visit() as page:
        page.goto("/dossiers?assembly=demo-2023")
        for ref in ("demo-2023:6", "demo-2023:8"):
            page.locator(f"input[name='ref'][value='{ref}']").check()
        expect(page.locator(".selection .many")).to_have_text("2 dossiers choisis")
        page.locator(".selection button[value='assign']").click()
        page.wait_for_url("**/ensemble?*")
        assert "ref=demo-2023%3A6&ref=demo-2023%3A8" in page.url and "verb=assign" in page.url
