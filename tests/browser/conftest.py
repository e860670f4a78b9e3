"""One browser for the run, a server with the demonstration for those who only look, one of their own for who acts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from services.schema import Urls
from tests.browser.chromium import NAMES, chromium, found
from tests.browser.visits import Place
from tests.web.served import served


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.skipif(found() is None, reason=f"no browser here: none of {', '.join(NAMES)}"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def place(browser: Browser, demonstration: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The demonstration, for tests that only look."""
    with served(demonstration, tmp_path_factory.mktemp("web") / "log") as web:
        yield Place(browser, web.url, demonstration)


@pytest.fixture
def own_place(browser: Browser, own_demonstration: Urls, tmp_path: Path) -> Iterator[Place]:
    """The demonstration, for a test that changes it."""
    with served(own_demonstration, tmp_path / "log") as web:
        yield Place(browser, web.url, own_demonstration)
