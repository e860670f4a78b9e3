"""Someone before a real browser, and all that it complains of meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, Response

from services.schema import Urls
from tests.browser.chromium import context_of
from tests.browser.people import link

DRESS = {"stylesheet", "script", "image", "font"}
ANSWERED = "Failed to load resource: the server responded with a status of 4"  # the answer itself is judged
VIOLATIONS = """document.addEventListener('securitypolicyviolation',
                 e => console.error(`policy: ${e.effectiveDirective} ${e.blockedURI} ${e.sample}`))"""


@dataclass
class Place:
    """A server, its database, and the browser before it."""

    browser: Browser
    url: str
    urls: Urls
    states: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def visit(self, role: str | None = "secretary", **how: Any) -> Iterator[Page]:
        """A page of someone with that role (null: nobody has entered). Fails at the end if the browser complained."""
        state = self._entered(role) if role else None
        options = context_of(**how)
        with self.browser.new_context(**options, base_url=self.url, storage_state=state) as context:
            page = context.new_page()
            faults = heard(page)
            yield page
            assert not faults, "\n".join(faults)

    def _entered(self, role: str) -> Any:
        """The session of that role, opened once."""
        if role not in self.states:
            with self.browser.new_context(**context_of(), base_url=self.url) as context:
                context.new_page().goto(link(self.urls, role))
                self.states[role] = context.storage_state()
        return self.states[role]


def heard(page: Page) -> list[str]:
    """What goes wrong in a page from now on: what the console says, scripts, the policy of contents, answers."""
    faults: list[str] = []
    page.add_init_script(VIOLATIONS)
    page.on("console", lambda said: faults.append(f"console: {said.text}") if _bad(said.type, said.text) else None)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("response", lambda answer: faults.append(f"{answer.status} {answer.url}") if _ill(answer) else None)
    return faults


def _bad(kind: str, text: str) -> bool:
    return kind in ("error", "warning") and not text.startswith(ANSWERED)


def _ill(answer: Response) -> bool:
    """A page may answer that it is not there, what dresses it may not."""
    return answer.status >= (400 if answer.request.resource_type in DRESS else 500)
