"""Entering as people do: a password looked at, a passkey of this very device, a code; and out."""

from __future__ import annotations

from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Page

from tests.browser.chromium import context_of
from tests.browser.people import link
from tests.browser.visits import Place

WORDS = "quatre vaches bleues dansent"


@pytest.fixture
def page(own_place: Place) -> Iterator[Page]:
    """A browser whose device makes passkeys, at a name that they can be bound to."""
    with own_place.browser.new_context(**context_of()) as context:
        page = context.new_page()
        device = context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True}})  # fmt: skip
        yield page


def address(place: Place, path: str = "") -> str:
    return place.url.replace("127.0.0.1", "localhost") + path


def sign_out(page: Page) -> None:
    page.click(".account summary")
    page.click(".sheetlet form button")
    page.wait_for_url("**/entrer*")


def test_a_passkey_of_the_device_opens_the_page_that_was_asked_for(own_place: Place, page: Page) -> None:
    page.goto(address(own_place, link(own_place.urls, "secretary")))
    page.goto(address(own_place, "/compte/cle"))
    page.fill("#nom", "portable du bureau")
    page.click("form[data-new] button")
    page.wait_for_url("**/compte")
    assert "portable du bureau" in page.inner_text("main")
    sign_out(page)
    page.goto(address(own_place, "/etat"))
    assert page.inner_text("h1") == "Entrer dans Suivi"
    with page.expect_navigation():
        page.click("form[data-passkey] button")
    assert page.url.endswith("/etat") and page.inner_text("h1") != "Entrer dans Suivi"


def test_a_passkey_that_is_refused_is_said(own_place: Place, page: Page) -> None:
    page.goto(address(own_place, "/entrer"))
    page.route("**/entrer/cle/demande", lambda route: route.fulfill(
        status=429, content_type="application/problem+json", body='{"detail": "Trop d’essais ont été faits."}'))  # fmt: skip
    page.click("form[data-passkey] button")
    page.wait_for_selector(".fault:not([hidden])")
    assert page.inner_text(".fault") == "Trop d’essais ont été faits."


def test_a_password_can_be_looked_at_and_a_code_follows_it(own_place: Place, page: Page) -> None:
    page.goto(address(own_place, link(own_place.urls, "secretary")))
    page.goto(address(own_place, "/compte"))
    page.fill("#mot_de_passe", WORDS)
    page.click("button[data-reveal=mot_de_passe]")
    assert page.get_attribute("#mot_de_passe", "type") == "text"
    page.click("form[action^='/compte/mot-de-passe'] button[type=submit]")
    page.wait_for_selector("#ancien")
    page.goto(address(own_place, "/compte/code"))
    key = "".join(page.inner_text("code.cmd").split())
    page.fill("#code", pyotp.TOTP(key).now())
    page.click("button.first")
    page.wait_for_selector(".printed")
    printed = page.locator(".printed code").first.inner_text()
    sign_out(page)
    page.fill("#identifiant", "marie")
    page.fill("#mot_de_passe", WORDS)
    page.click("button.first")
    page.wait_for_url("**/entrer/code*")
    page.fill("#code", printed)
    page.click("button.first")
    page.wait_for_selector(".account")
