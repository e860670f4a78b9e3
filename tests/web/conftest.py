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
from tests.web.desk import Town, build, town
from tests.web.desk_of_acts import build_for_acts
from tests.web.meeting import Meeting
from tests.web.plan_trials import build_for_plans
from tests.web.provider import CLIENT, provider


@pytest.fixture(scope="session")
def built_town(server: Server, template: Urls) -> str:
    """A town, built once for the run."""
    return once(server, template, "template_town", build)


@pytest.fixture(scope="session")
def built_for_acts(server: Server, template: Urls) -> str:
    """One in which every act can be tried, built once for the run."""
    return once(server, template, "template_acts", build_for_acts)


@pytest.fixture(scope="session")
def built_for_plans(server: Server, template: Urls) -> str:
    """One with two plans, built once for the run."""
    return once(server, template, "template_plans", build_for_plans)


@pytest.fixture
def own_town(server: Server, template: Urls, built_town: str) -> Iterator[Urls]:
    """A town of the test's own."""
    with copied(server, template, built_town) as urls:
        yield urls


@pytest.fixture
def own_acts(server: Server, template: Urls, built_for_acts: str) -> Iterator[Urls]:
    """One of the test's own in which every act can be tried."""
    with copied(server, template, built_for_acts) as urls:
        yield urls


@pytest.fixture
def own_plans(server: Server, template: Urls, built_for_plans: str) -> Iterator[Urls]:
    """One of the test's own with two plans."""
    with copied(server, template, built_for_plans) as urls:
        yield urls


@pytest.fixture
def place(own_town: Urls) -> Iterator[Town]:
    with town(own_town) as found:
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
