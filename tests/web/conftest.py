"""The town that most tests of the doors ask."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from services.schema import Urls
from services.servers import Server
from services.signing_in import oidc
from services.signing_in.provider import Provider
from tests.databases import copied, once
from tests.web.demonstration import demonstrate
from tests.web.desk import Town, town
from tests.web.meeting import Meeting
from tests.web.provider import CLIENT, provider


@pytest.fixture
def place(database: Urls) -> Iterator[Town]:
    with town(database) as found:
        yield found


@pytest.fixture
def meeting(place: Town, tmp_path: Path) -> Iterator[Meeting]:
    """The town, with a provider of identities."""
    oidc.forget()
    with provider() as there:
        secret = tmp_path / "secret"
        secret.write_text("chut\n")
        state = place.nobody.app.state
        state.settings = replace(state.settings, provider=Provider(there.url, CLIENT, secret, "Exemple"))
        yield Meeting(place, there)


@pytest.fixture(scope="session")
def september(server: Server, template: Urls) -> str:
    """The demonstration on 18 September 2024, loaded once for the run."""
    return once(server, template, "template_september", demonstrate)


@pytest.fixture
def own_september(server: Server, template: Urls, september: str) -> Iterator[Urls]:
    """The same, for a test that changes it."""
    with copied(server, template, september) as urls:
        yield urls
