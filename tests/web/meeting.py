"""The town, and the provider of identities that it knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import httpx

from services.signing_in import invitations
from tests.homes import secretary
from tests.web.desk import Town
from tests.web.provider import Provider
from tests.web.visitor import Visitor, visitor

MARIE = "marie@exemple.org"


@dataclass
class Meeting:
    """People go there, and come back."""

    town: Town
    there: Provider

    def let(self, **how: Any) -> None:
        """Other settings of the provider."""
        state = self.town.nobody.app.state
        state.settings = replace(state.settings, provider=replace(state.settings.provider, **how))

    def come(self, **query: str) -> tuple[Visitor, httpx.Response]:
        """Someone goes there and comes back."""
        who = visitor(self.town)
        answer = who.ask("GET", "/oidc/entrer", params=query or None)
        if answer.status_code != 303:
            return who, answer
        return who, self.back(who, self.there.go(answer.headers["location"]))

    def led(self, who: Visitor) -> str:
        """Where the provider leads someone back to."""
        return self.there.go(who.ask("GET", "/oidc/entrer").headers["location"])

    def back(self, who: Visitor, address: str) -> httpx.Response:
        """From there, as a browser says."""
        parts = urlsplit(address)
        return who.ask("GET", f"{parts.path}?{parts.query}", headers={"Sec-Fetch-Site": "cross-site"})

    def invite(self, *roles: str) -> None:
        """Marie, at her address."""
        home = self.town.home
        invitations.invite(home.store, home.settings, secretary(home), "Marie", roles or ("officer",), MARIE)
