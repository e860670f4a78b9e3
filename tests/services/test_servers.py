"""The embedded PostgreSQL: how it is set up, and what keeps it from starting."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from services.servers import Server, binary, discard, embedded
from services.servers.errors import HomeUnusable, InUse, OtherMajorVersion, SecretsLost


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    home = Path(tempfile.mkdtemp(dir=os.environ["SUIVI_TEST_HOME"]))
    with embedded(home) as server:
        yield server
    discard(home)


def ask(url: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchall()


def setting(server: Server, name: str) -> object:
    return ask(server.superuser_url, f"SHOW {name}")[0][0]


def test_the_owner_is_no_superuser_and_may_make_roles(running: Server) -> None:
    question = "SELECT current_user, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user"
    assert ask(running.url, question) == [("suivi_owner", False, True)]
    assert ask(running.url, "SELECT current_database(), pg_get_userbyid(datdba) FROM pg_database"
               " WHERE datname = current_database()") == [("suivi", "suivi_owner")]  # fmt: skip


@pytest.mark.parametrize("name", ["fsync", "synchronous_commit", "full_page_writes", "data_checksums"])
def test_what_is_committed_is_durable(running: Server, name: str) -> None:
    assert setting(running, name) == "on"


def test_nothing_listens_on_the_network(running: Server) -> None:
    assert setting(running, "listen_addresses") == ""


def test_a_password_is_needed(running: Server) -> None:
    for url in (running.url, running.superuser_url):
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(url, password="guess")


def test_only_this_account_can_read_the_passwords_and_reach_the_socket(home: Path) -> None:
    with embedded(home / "new") as server:
        socket = Path(str(setting(server, "unix_socket_directories")).strip('"'))
        assert socket.stat().st_mode & 0o777 == 0o700
    assert (home / "new").stat().st_mode & 0o777 == 0o700
    assert (home / "new" / "postgres" / "secrets.json").stat().st_mode & 0o777 == 0o600
    discard(home / "new")


def test_no_text_of_a_person_reaches_the_log(running: Server) -> None:
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        ask(running.superuser_url, "SELECT 'a private word'::int")
    data = Path(str(setting(running, "data_directory")))
    log = (data.parent / "server.log").read_text()
    assert "ready to accept connections" in log
    assert "private word" not in log


def test_letters_with_accents_are_letters(running: Server) -> None:
    assert ask(running.url, "SELECT lower('ÉCOLE'), 'É' ~* 'é', 'éa' ~ '^\\w+$'") == [("école", True, True)]


def test_the_programs_run(running: Server) -> None:
    assert binary("pg_dump").is_file() and os.access(binary("pg_dump"), os.X_OK)


def test_it_is_not_erased_while_in_use(home: Path) -> None:
    with embedded(home) as server:
        with pytest.raises(InUse):
            discard(home)
        assert ask(server.url, "SELECT 1") == [(1,)]


def test_what_was_written_is_there_at_the_next_start(home: Path) -> None:
    told: list[str] = []
    with embedded(home, told.append) as server, psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 17 AS number")
    with embedded(home, told.append) as server:
        assert ask(server.url, "SELECT number FROM kept") == [(17,)]
    assert told == ["Setting up the database, once: a few seconds."]
    discard(home)
    assert not (home / "postgres").exists()


def test_data_of_another_major_version_is_left_alone(home: Path) -> None:
    with embedded(home) as server:
        data = Path(str(setting(server, "data_directory")))
    (data / "PG_VERSION").write_text("15\n")
    with pytest.raises(OtherMajorVersion, match=r"PostgreSQL 15.* PostgreSQL 18"):
        embedded(home)
    assert (data / "PG_VERSION").read_text() == "15\n"


def test_without_its_passwords_it_says_where_they_were(home: Path) -> None:
    with embedded(home):
        pass
    secrets = home / "postgres" / "secrets.json"
    secrets.unlink()
    with pytest.raises(SecretsLost, match=str(secrets)):
        embedded(home)


def test_a_home_that_is_a_file_is_refused_with_its_name(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(HomeUnusable, match=str(file)):
        embedded(file)


@pytest.mark.parametrize("name", ["é" * 60, "l'été « $HOME » \"2024\", `x` \\"], ids=["long", "odd"])
def test_any_path_of_home_will_do(home: Path, name: str) -> None:
    with embedded(home / name) as server:
        assert ask(server.url, "SELECT 1") == [(1,)]
        assert ask(server.superuser_url, "SELECT 1") == [(1,)]
    discard(home / name)
