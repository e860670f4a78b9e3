"""What else can be done to a case opens under its button, by pointer or by key, and never beside the page."""

from __future__ import annotations

import pytest

from tests.browser.visits import Place

WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
PATHS = ("/dossiers/demo-2023:17", "/correspondance/1", "/charges/environnement", "/personnes/marie")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [320, 390, 640, 1024, 1280])
def test_the_other_actions_open_within_the_page(place: Place, path: str, width: int) -> None:
    with place.visit() as page:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path)
        menu = page.locator(".plus")
        menu.locator("summary").focus()
        page.keyboard.press("Enter")
        first = menu.locator("li a").first
        assert first.is_visible() and not page.evaluate(WIDE)
        box = menu.locator("ul").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
        page.keyboard.press("Tab")
        assert first.evaluate("each => each === document.activeElement")
