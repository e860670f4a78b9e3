"""What holds for every page, whoever wrote it: WCAG 2.2 AA as far as a program can tell, in both languages and lights; it
fits the narrowest screen and the largest letters; a keyboard is enough; what is printed is the content alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.browser.visits import Place
from tests.places import addresses, forgotten

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = ViewportSize(width=320, height=700)
TWICE = ViewportSize(width=640, height=450)  # 1280 by 900, letters twice as large
FOCUS_STOPS = 80
SHEET = re.compile(rb"/Type\s*/Page\b")

every_page = pytest.mark.parametrize("path", addresses())


def localized(path: str, lang: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={lang}"


def open_page(page: Page, path: str) -> None:
    answer = page.goto(path)
    assert answer and answer.headers["content-type"].startswith("text/html"), path


def complaints(page: Page, **options: Any) -> list[str]:
    """What axe has to say against a page."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate(VIOLATED, {"resultTypes": ["violations"], **options})
    return [f"{each['id']}: {node['html']}\n    {node['failureSummary']}" for each in found for node in each["nodes"]]


def accessible(page: Page) -> list[str]:
    return complaints(page, runOnly={"type": "tag", "values": TAGS})


def accessible_in_the_dark(page: Page) -> list[str]:
    """Only the colours are others then."""
    page.emulate_media(color_scheme="dark")
    found = complaints(page, runOnly={"type": "rule", "values": ["color-contrast"]})
    page.emulate_media(color_scheme="light")
    return found


def too_wide(page: Page) -> list[str]:
    """In the narrowest screen, and with the largest letters."""
    usual, found = page.viewport_size, []
    for size in (NARROW, TWICE):
        page.set_viewport_size(size)
        found += [f"{size['width']} pixels: {one}" for one in page.evaluate(TOO_WIDE) or ()]
    assert usual
    page.set_viewport_size(usual)
    return found


def out_of_reach(page: Page) -> list[str]:
    """Every stop of the keyboard can be seen; the first one leads past the head of the page."""
    found = [] if page.evaluate(LEADS_PAST_THE_HEAD) else ["the first stop leads to the content"]
    page.keyboard.press("Tab")
    for _ in range(FOCUS_STOPS):
        if (where := page.evaluate(FOCUSED)) is None:
            break
        found += [] if where["seen"] else [where["html"]]
        page.keyboard.press("Tab")
    return found


def wrong_on_paper(page: Page) -> list[str]:
    """A sheet of paper has no buttons; it has the title."""
    page.emulate_media(media="print")
    found: list[str] = page.evaluate(PRESSED)
    found += [] if page.locator("h1").first.is_visible() else ["no title"]
    return found + ([] if SHEET.findall(page.pdf(format="Letter")) else ["no sheet"])


CHECKS = (accessible, accessible_in_the_dark, too_wide, out_of_reach, wrong_on_paper)  # the last ones leave traces


def test_every_route_has_an_address_to_look_at() -> None:
    assert not forgotten(), "name an address for each in tests/places.py"


@every_page
def test_it_is_for_everyone(place: Place, path: str) -> None:
    with place.visit(lang="fr") as page:
        open_page(page, localized(path, "fr"))
        assert page.locator("html").get_attribute("lang") == "fr-CA"
        assert not {check.__name__: found for check in CHECKS if (found := check(page))}


@every_page
def test_it_is_for_everyone_in_english(place: Place, path: str) -> None:
    """The colours are the same."""
    with place.visit(lang="en") as page:
        open_page(page, localized(path, "en"))
        assert page.locator("html").get_attribute("lang") == "en-CA"
        assert not complaints(page, runOnly={"type": "tag", "values": TAGS}, rules={"color-contrast": {"enabled": False}})
        assert not too_wide(page)


VIOLATED = "options => axe.run(document, options).then(found => found.violations)"

# Whether the first thing to stop at is the way past the head of the page.
LEADS_PAST_THE_HEAD = """() => document.querySelector('a[href], button, input:not([type=hidden]), select, summary')
    .matches(`a[href='#${document.querySelector('main').id}']`)"""

# What stands beyond the right side of the page, unless it scrolls by itself; null if the page does not scroll.
TOO_WIDE = """() => {
    const root = document.documentElement
    if (root.scrollWidth <= root.clientWidth) return null
    const beyond = one => one.checkVisibility() && one.getBoundingClientRect().right > root.clientWidth + 1
    return [...document.body.querySelectorAll('*')].filter(beyond)
        .map(one => one.outerHTML.slice(0, 120)).slice(0, 8)
}"""

# The element that has the focus and whether a person sees it; null once the round is over.
FOCUSED = """() => {
    const one = document.activeElement
    if (!one || one === document.body || one.dataset.visited) return null
    one.dataset.visited = 'yes'
    const style = getComputedStyle(one), box = one.getBoundingClientRect()
    const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1.5) || style.boxShadow !== 'none'
    const within = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0
    return {html: one.outerHTML.slice(0, 160), seen: ring && within}
}"""

# What is pressed, typed in or walked by, and is on the paper all the same.
PRESSED = """() => [...document.querySelectorAll('button, input, select, textarea, nav, summary')]
    .filter(one => one.checkVisibility({visibilityProperty: true}) && one.getBoundingClientRect().height > 0)
    .map(one => one.outerHTML.slice(0, 120))"""
