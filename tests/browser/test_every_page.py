"""What holds for every page, whoever wrote it: WCAG 2.2 AA as far as a program can tell, in both languages and lights; it
fits the narrowest screen and the largest letters; a keyboard is enough; what is printed is the content alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.visits import Place
from tests.places import addresses, forgotten

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW, TWICE = {"width": 320, "height": 700}, {"width": 640, "height": 450}  # 1280 by 900, letters twice as large
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
    found = Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [f"{each['id']}: {node['html']}\n    {node['failureSummary']}" for each in found for node in each["nodes"]]


def test_every_route_has_an_address_to_look_at() -> None:
    assert not forgotten(), "name an address for each in tests/places.py"


@every_page
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_is_accessible_in_both_lights(place: Place, path: str, lang: str) -> None:
    with place.visit(lang=lang) as page:
        open_page(page, localized(path, lang))
        assert page.locator("html").get_attribute("lang") == {"fr": "fr-CA", "en": "en-CA"}[lang]
        assert not complaints(page, runOnly={"type": "tag", "values": TAGS})
        page.emulate_media(color_scheme="dark")
        assert not complaints(page, runOnly={"type": "rule", "values": ["color-contrast"]})


@every_page
def test_it_fits(place: Place, path: str) -> None:
    with place.visit() as page:
        open_page(page, path)
        for size in (NARROW, TWICE):
            page.set_viewport_size(size)  # type: ignore[arg-type]  # its own dictionary of two integers
            assert not page.evaluate(TOO_WIDE), f"too wide in {size['width']} pixels"


@every_page
def test_a_keyboard_is_enough(place: Place, path: str) -> None:
    """Every stop can be seen; the first one leads past the head of the page."""
    with place.visit() as page:
        open_page(page, path)
        assert page.evaluate(LEADS_PAST_THE_HEAD), "the first stop leads to the content"
        page.keyboard.press("Tab")
        unseen = []
        for _ in range(FOCUS_STOPS):
            where = page.evaluate(FOCUSED)
            if where is None:
                break
            unseen += [where["html"]] if not where["seen"] else []
            page.keyboard.press("Tab")
        assert not unseen


@every_page
def test_it_is_printed_without_what_is_pressed(place: Place, path: str) -> None:
    with place.visit() as page:
        open_page(page, path)
        page.emulate_media(media="print")
        assert not page.evaluate(PRESSED), "a sheet of paper has no buttons"
        assert page.locator("h1").first.is_visible()
        assert SHEET.findall(page.pdf(format="Letter"))


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
