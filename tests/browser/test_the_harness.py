"""What the tests of this folder would see: each fault, planted."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.test_every_page import FOCUSED, PRESSED, TOO_WIDE, complaints
from tests.browser.visits import Place


def dress(page: Page, rule: str) -> None:
    """One rule more, which the policy of contents lets a script add."""
    page.evaluate("rule => document.styleSheets[0].insertRule(rule, document.styleSheets[0].cssRules.length)", rule)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("console.error('a fault')", "a fault"),
        ("setTimeout(() => { throw new Error('thrown') })", "thrown"),
        ("fetch('https://elsewhere.example/')", "connect-src"),
        ("document.body.setAttribute('onclick', 'go()'); document.body.click()", "script-src-attr"),
        ("document.body.style.cssText; document.body.setAttribute('style', 'top: 0')", "style-src"),
        ("{ const i = new Image(); i.src = '/static/nothing.png'; document.body.append(i) }", "404"),
    ],
)
def test_what_a_browser_complains_of_fails_the_visit(place: Place, fault: str, told: str) -> None:
    with pytest.raises(AssertionError, match=told), place.visit() as page:
        page.goto("/etat")
        page.evaluate(f"() => {{ {fault} }}")
        page.wait_for_timeout(300)


def test_faults_of_a_page_are_found(place: Place) -> None:
    with place.visit() as page:
        page.goto("/etat")
        assert not page.evaluate(TOO_WIDE)
        dress(page, "h1 { min-width: 3000px }")
        assert page.evaluate(TOO_WIDE)
        page.evaluate("document.querySelector('h1').innerHTML = '<a href=\"/\"></a><img src=\"/static/suivi.svg\">'")
        found = "".join(complaints(page))
        assert "link-name" in found and "image-alt" in found


def test_what_is_pressed_and_an_unseen_focus_are_found(place: Place) -> None:
    with place.visit() as page:
        page.goto("/etat")
        page.emulate_media(media="print")
        assert not page.evaluate(PRESSED)
        page.evaluate("document.querySelector('main').innerHTML += '<p id=p><button id=b>Noter</button></p>'")
        dress(page, "#b { display: block !important; outline: none !important; box-shadow: none !important }")
        assert page.evaluate(PRESSED)
        page.emulate_media(media="screen")
        page.locator("#b").focus()
        assert page.evaluate(FOCUSED)["seen"] is False
