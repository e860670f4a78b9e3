"""A slow machine: what comes after the page takes nothing from someone who has begun. Nothing here waits for luck: the
timers of the page are held, or its script, until the test lets them go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Route, expect

from tests.browser.visits import Place

POSTPONE = "/dossiers/demo-2023:7/agir/postpone"
NOTE = "/dossiers/demo-2023:7/agir/note"
DATE = "Remise à quelle date"
REASON = "Motif de la remise"
SCRIPT = "**/static/suivi.js*"
HELD = """(() => {
  const set = window.setTimeout.bind(window), late = [];
  let held = false;
  window.setTimeout = (run, wait, ...more) => held ? late.push(() => run(...more)) : set(run, wait, ...more);
  window.hold = () => { held = true; };
  window.letGo = () => { held = false; late.splice(0).forEach((run) => run()); };
})()"""


@contextmanager
def without_its_script(page: Page, path: str) -> Iterator[None]:
    """The page is there, and its script is under way until the end."""
    waiting: list[Route] = []
    page.route(SCRIPT, lambda route: waiting.append(route))
    page.goto(path, wait_until="commit")
    yield
    with page.expect_event("domcontentloaded"):
        for route in waiting:
            route.continue_()
    page.unroute(SCRIPT)


def test_a_page_takes_no_focus_once_it_is_there(own_place: Place) -> None:
    """A refusal takes the focus as it comes, not again from the field that someone went on to."""
    with own_place.visit() as page:
        page.add_init_script(HELD)
        page.goto(POSTPONE)
        page.get_by_label(DATE).fill("14 février 2020")
        page.get_by_label(REASON).fill("changements de personnel")
        page.locator(".act-buttons button").focus()
        page.evaluate("hold()")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        date = page.get_by_label(DATE).and_(page.get_by_role("textbox"))
        expect(date).to_be_focused()
        page.keyboard.press("Control+a")
        page.keyboard.type("printemps")
        page.evaluate("letGo()")
        expect(date).to_be_focused()
        page.keyboard.type(" 2031")
        expect(date).to_have_value("printemps 2031")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("remise")


def test_a_draft_that_comes_back_late_spares_what_is_typed(own_place: Place) -> None:
    """What someone has not touched yet comes back beside it."""
    with own_place.visit() as page:
        page.goto(POSTPONE)
        page.get_by_label(DATE).fill("printemps 2031")
        page.get_by_label(REASON).fill("changements de personnel")
        with without_its_script(page, POSTPONE):
            page.get_by_label(REASON).fill("le budget est attendu")
        expect(page.locator('[data-told="draft"]')).to_be_visible()
        expect(page.get_by_label(DATE)).to_have_value("printemps 2031")
        expect(page.get_by_label(REASON)).to_have_value("le budget est attendu")


def test_a_draft_that_brings_nothing_back_is_not_told(own_place: Place) -> None:
    with own_place.visit() as page:
        page.goto(POSTPONE)
        page.get_by_label(REASON).fill("changements de personnel")
        with without_its_script(page, POSTPONE):
            page.get_by_label(REASON).fill("le budget est attendu")
        expect(page.locator("form[data-watched]")).to_have_count(1)
        expect(page.get_by_label(REASON)).to_have_value("le budget est attendu")
        expect(page.locator('[data-told="draft"]')).to_be_hidden()


def test_a_choice_is_spared_as_what_is_typed_is(own_place: Place) -> None:
    with own_place.visit() as page:
        page.goto(NOTE)
        inside, everyone = (page.locator(f"[name=audience][value={value}]") for value in ("internal", "assembly"))
        text = page.locator("[name=text]")
        text.fill("le budget est attendu")
        expect(inside).to_be_checked()
        with without_its_script(page, NOTE):
            everyone.check()
        expect(text).to_have_value("le budget est attendu")
        expect(everyone).to_be_checked()
        text.fill("le budget est déposé")  # kept with the choice
        with without_its_script(page, NOTE):
            text.fill("le budget est adopté")
        expect(everyone).to_be_checked()
        expect(text).to_have_value("le budget est adopté")
