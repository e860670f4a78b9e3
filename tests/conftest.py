"""One embedded server for the whole run, shared by its workers; a fresh database for each test that asks."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from services.schema import Urls, prepare
from services.servers import Server, discard, embedded
from services.servers.leases import locked
from tests.browser.chromium import NAMES, found
from tests.browser.people import fill
from tests.databases import HOME, TEMPLATE, copied, created, once

OF_THE_PERSON = ("SUIVI_HOME", "SUIVI_USER", "SUIVI_LANG")

SLOW = hypothesis.HealthCheck.too_slow  # a busy machine is no failure
hypothesis.settings.register_profile("suivi", deadline=None, print_blob=True, suppress_health_check=[SLOW])
hypothesis.settings.load_profile("suivi")


def pytest_configure(config: pytest.Config) -> None:
    """No test meets the person's own settings, home or database."""
    for name in [*os.environ]:
        if name in OF_THE_PERSON or name.startswith("DATABASE_"):
            del os.environ[name]
    if _leads(config):
        os.environ[HOME] = tempfile.mkdtemp(prefix="suivi-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Also what a run that was cut short left behind."""
    if _leads(config):
        top = Path(os.environ.pop(HOME))
        for home in [top, *(path for path in top.iterdir() if path.is_dir())]:
            discard(home)
        shutil.rmtree(top)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Nobody takes pages for tried that no browser has shown."""
    if not found():
        terminalreporter.section("NO BROWSER", red=True, bold=True)
        terminalreporter.write_line(f"The tests of tests/browser did NOT run: none of {', '.join(NAMES)} is here.", red=True)


def _leads(config: pytest.Config) -> bool:
    """Whether this is the process that started the run, not one of its workers."""
    return not hasattr(config, "workerinput")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Shared by the run, and quick rather than durable: a test of durability starts a server of its own."""
    quick = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    with embedded(Path(os.environ[HOME]), options=quick) as server:
        yield server


@pytest.fixture(scope="session")
def template(server: Server) -> Urls:
    """A database set up once for the run, which `database` copies; nothing stays connected to it."""
    home = Path(os.environ[HOME])
    with locked(home / "template.lock"):
        with psycopg.connect(server.superuser_url, autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (TEMPLATE,)).fetchone():
                connection.execute(f"CREATE DATABASE {TEMPLATE} OWNER suivi_owner")
        return prepare(make_conninfo(server.url, dbname=TEMPLATE), home / "logins.json")


@pytest.fixture
def database(server: Server, template: Urls) -> Iterator[Urls]:
    """A database of the test's own, set up and empty."""
    with copied(server, template) as urls:
        yield urls


@pytest.fixture(scope="module")
def database_of_module(server: Server, template: Urls) -> Iterator[Urls]:
    """One for the tests of a module that only look at what it holds."""
    with copied(server, template) as urls:
        yield urls


@pytest.fixture
def another_database(server: Server, template: Urls) -> Iterator[Urls]:
    """A second one."""
    with copied(server, template) as urls:
        yield urls


@pytest.fixture(scope="session")
def filled(server: Server, template: Urls) -> str:
    """A database with the demonstration assembly and an account for each role, filled once for the run, to be copied."""
    return once(server, template, "template_demonstration", fill)


@pytest.fixture(scope="session")
def demonstration(server: Server, template: Urls, filled: str) -> Iterator[Urls]:
    """The demonstration, for tests that only look."""
    with copied(server, template, filled) as urls:
        yield urls


@pytest.fixture
def own_demonstration(server: Server, template: Urls, filled: str) -> Iterator[Urls]:
    """The demonstration, for a test that changes it."""
    with copied(server, template, filled) as urls:
        yield urls


@pytest.fixture
def vacant_url(server: Server) -> Iterator[str]:
    """A database that holds nothing at all, not even tables."""
    with created(server, "") as name:
        yield make_conninfo(server.url, dbname=name)


@pytest.fixture
def home() -> Iterator[Path]:
    """A home of the test's own; the embedded servers of it are erased with it, wherever their data lie."""
    home = Path(tempfile.mkdtemp(dir=os.environ[HOME]))
    yield home
    discard(home)
    shutil.rmtree(home)
