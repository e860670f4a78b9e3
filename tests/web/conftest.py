"""The town that most tests of the doors ask."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from services.schema import Urls
from services.signing_in import oidc
from services.signing_in.provider import Provider
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
