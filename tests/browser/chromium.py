"""Chromium, found by its name, and driven as a person sits before it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
HERE = {"locale": "fr-CA", "timezone_id": "America/Toronto"}
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 700}


def found() -> Path | None:
    """The program; SUIVI_CHROMIUM names another."""
    named = os.environ.get("SUIVI_CHROMIUM")
    path = named or next(filter(None, map(shutil.which, NAMES)), None)
    return Path(path) if path else None


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, without a window."""
    from playwright.sync_api import sync_playwright

    program = found()
    assert program, f"no browser here: one of {', '.join(NAMES)}"
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--font-render-hinting=none", *arguments])
        yield browser
        browser.close()


def context_of(
    *, dark: bool = False, size: dict[str, int] = DESK, zoom: int = 100, lang: str = "fr", scripts: bool = True
) -> dict[str, Any]:
    """How someone looks. Zooming in leaves fewer and larger pixels to the page, as it does in the browser itself."""
    larger = zoom / 100
    return {
        **HERE, "locale": {"fr": "fr-CA", "en": "en-CA"}[lang], "color_scheme": "dark" if dark else "light",
        "viewport": {side: round(length / larger) for side, length in size.items()},
        "device_scale_factor": larger, "java_script_enabled": scripts,
    }  # fmt: skip
