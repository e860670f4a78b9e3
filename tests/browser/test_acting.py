"""Acting in a real browser: what a script adds to forms that do without, and what it never takes away."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.visits import Place

CASE = "/dossiers/demo-2023:7"
POSTPONE = CASE + "/agir/postpone"


def fill(page: Page) -> None:
    """A postponement."""
    page.get_by_label("Remise à quelle date").fill("printemps 2031")
    page.get_by_label("Motif de la remise").fill("changements de personnel")


def test_done_and_undone_by_a_key(own_place: Place) -> None:
    with own_place.visit() as page:
        page.goto(POSTPONE)
        fill(page)
        page.locator(".act-buttons button").click()
        notice = page.locator(".toast")
        expect(notice).to_contain_text("remise")
        expect(notice.locator(".left")).to_have_text(re.compile(r"\d+\s s|\d+\s*s"))
        assert "fait=" not in page.url, "read again, the page says nothing of it"
        page.keyboard.press("z")
        expect(page.locator(".toast")).to_contain_text("Résolution 7 : annulé.")
        expect(page.locator(".toast .undo")).to_have_count(0)


def test_the_notice_stands_still_under_the_focus(own_place: Place) -> None:
    with own_place.visit() as page:
        page.clock.install()
        page.goto(POSTPONE)
        fill(page)
        page.locator(".act-buttons button").click()
        notice = page.locator(".toast")
        expect(notice).to_be_visible()
        notice.locator(".undo").focus()
        page.clock.run_for(30_000)
        expect(notice).to_be_visible()
        page.locator("main").focus()
        page.clock.run_for(11_000)
        expect(notice).to_have_count(0)


def test_a_draft_comes_back_and_goes_with_the_act(own_place: Place) -> None:
    with own_place.visit() as page:
        page.goto(POSTPONE)
        fill(page)
        page.goto("/dossiers")
        page.goto(POSTPONE)
        expect(page.locator('[data-told="draft"]')).to_be_visible()
        expect(page.get_by_label("Motif de la remise")).to_have_value("changements de personnel")
        page.locator(".act-buttons button").click()
        expect(page.locator(".toast")).to_be_visible()
        page.goto(POSTPONE)
        expect(page.get_by_label("Motif de la remise")).to_have_value("")
        expect(page.locator('[data-told="draft"]')).to_be_hidden()


def test_a_draft_goes_with_the_session(own_place: Place) -> None:
    with own_place.visit() as page:
        page.goto(POSTPONE)
        fill(page)
        page.locator(".account summary").click()
        page.get_by_role("button", name="Sortir").or_(page.locator('form[action*="/sortir"] button')).first.click()
        page.wait_for_url(lambda url: "/dossiers" not in url)
        assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('brouillon:')).length") == 0


def test_a_lost_connection_loses_nothing_and_doubles_nothing(own_place: Place) -> None:
    """The browser complains of the connection, and of nothing else."""
    lost: list[str] = []

    def once(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.request.url)
        return route.abort("internetdisconnected")

    with pytest.raises(AssertionError, match=r"\Aconsole: htmx"), own_place.visit() as page:
        page.goto(POSTPONE)
        fill(page)
        page.route("**/agir/postpone*", once)
        page.locator(".act-buttons button").click()
        expect(page.locator('[data-told="offline"]')).to_contain_text("La connexion est tombée.")
        expect(page.locator(".toast")).to_contain_text("remise", timeout=20_000)
        page.goto(CASE)
        told = [text for text in page.locator(".timeline .said").all_inner_texts() if "changements de personnel" in text]
        assert len(told) == 1 and lost


def test_the_palette_finds_and_gives_the_focus_back(place: Place) -> None:
    with place.visit() as page:
        page.goto(CASE)
        before = page.locator("main a[href]").first
        before.focus()
        page.keyboard.press("Control+k")
        palette = page.locator("dialog.palette")
        expect(palette.locator("input")).to_be_focused()
        expect(palette.locator("a").first).to_be_visible()
        palette.locator("input").fill("environnement")
        expect(palette).to_contain_text(re.compile("environnement", re.IGNORECASE))
        page.keyboard.press("ArrowDown")
        expect(palette.locator("a").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(palette).to_have_count(0)
        expect(before).to_be_focused()


def test_rows_by_keys(place: Place) -> None:
    with place.visit() as page:
        page.goto("/dossiers")
        rows = page.locator("[data-row]")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        expect(rows.nth(0).locator("a[href]").first).to_be_focused()
        page.keyboard.press("x")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("Shift+X")
        expect(page.locator('[data-row] input[type="checkbox"]:checked')).to_have_count(3)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/dossiers/demo-2023"))


def test_keys_are_silent_in_fields_and_when_switched_off(place: Place) -> None:
    with place.visit() as page:
        page.goto("/dossiers")
        page.keyboard.press("/")
        expect(page.locator("#chercher")).to_be_focused()
        page.keyboard.type("jx?")
        expect(page.locator("#chercher")).to_have_value("jx?")
        expect(page.locator("dialog")).to_have_count(0)
        page.goto("/aide")
        page.locator("#touches").uncheck()
        page.locator("main").focus()
        page.keyboard.press("?")
        page.keyboard.press("g")
        page.keyboard.press("d")
        expect(page).to_have_url(re.compile("/aide$"))
        expect(page.locator("dialog")).to_have_count(0)
        page.locator("#touches").check()
        page.locator("main").focus()
        page.keyboard.press("g")
        page.keyboard.press("d")
        page.wait_for_url(re.compile("/dossiers"))


def test_help_over_the_page(place: Place) -> None:
    with place.visit() as page:
        page.goto("/dossiers")
        page.keyboard.press("?")
        expect(page.locator("dialog.help")).to_contain_text("ligne suivante")
        page.keyboard.press("Escape")
        expect(page.locator("dialog.help")).to_have_count(0)


def test_everything_without_a_script(own_place: Place) -> None:
    with own_place.visit(scripts=False) as page:
        page.goto(POSTPONE)
        fill(page)
        page.locator(".act-buttons button").click()
        expect(page.locator(".toast")).to_contain_text("remise")
        page.locator(".toast .undo").click()
        expect(page.locator(".toast")).to_contain_text("Résolution 7 : annulé.")
