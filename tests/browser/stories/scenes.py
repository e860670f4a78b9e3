"""What the stories share: arriving by the printed link, pictures for whoever asks for them, a keyboard and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.people import link
from tests.browser.visits import Place

PICTURES = "SUIVI_PICTURES"  # the folder that pictures of the stories go to; without it, none are taken
PATIENCE = 60_000  # milliseconds for anything to come, on a slow machine
STOPS = 150  # of a keyboard, from one end of a page to the other

expect.set_options(timeout=PATIENCE)


@contextmanager
def arrived(place: Place, role: str = "secretary", **how: Any) -> Iterator[Page]:
    """Someone who was never here, a moment after following the link that was printed for them."""
    with place.visit(None, **how) as page:
        page.set_default_timeout(PATIENCE)
        page.goto(link(place.urls, role))
        expect(page.get_by_role("heading", level=1)).to_have_text("Pour vous aujourd’hui")
        assert "lien=" not in page.url
        yield page


def pictured(page: Page, name: str) -> None:
    """A picture of the whole page, where pictures are asked for."""
    if folder := os.environ.get(PICTURES):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def press_to(page: Page, name: str) -> None:
    """Goes with the keyboard to what bears this name, from where the focus is."""
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if _named(page) == name:
            return
    raise AssertionError(f"no stop of the keyboard is called “{name}”")


def _named(page: Page) -> str:
    """What the focus is called, with ordinary spaces."""
    said: str = page.evaluate(
        """() => { const one = document.activeElement, label = one.labels?.[0]
                   return (one.getAttribute('aria-label') || (label || one).innerText || '').trim() }"""
    )
    return " ".join(said.split()).removesuffix(" (facultatif)")


def leave(page: Page, heading: str) -> None:
    """Until the next page says this at its head."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
