"""A backup is one consistent file, and comes back row for row; what is not whole changes nothing."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import psycopg
import pytest

from services import tokens
from services.act import Ask, act
from services.backup import BackupDamaged, BackupFailed, FileExists, NotABackup, NotEmpty, OtherVersion, backup, restore
from services.home import Home, open_home
from services.imports.notices import FileMissing
from services.imports.service import record_import
from services.published import hold
from services.reading import When, cases
from services.rebuilding import rebuild
from services.schema import Urls
from services.sequencer import sequence
from services.settings import Settings
from tests.errands import FIRST, in_use
from tests.homes import SECRETARY, do, lists, opened, rows, secretary
from tests.projections.lives import Lives
from tests.services.imports.reports import SAMPLE
from tests.services.invariants import aftermath, check_chain, check_log, check_streams
from workflows import library
from workflows.errors import VersionChanged, VersionGone

DURABLE = ("events", "keys", "command_log", "pending", "log", "log_head", "accounts", "projections")
COMMAND = uuid.UUID(int=77)


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        yield home


@pytest.fixture
def vacant(vacant_url: str, tmp_path: Path) -> Settings:
    """A home whose database holds nothing at all."""
    return Settings(tmp_path / "vacant", SECRETARY, database_url=vacant_url)


def silent(message: str) -> None:
    """Nobody watches."""


def check(urls: Urls) -> None:
    """The log is whole: gapless, in order, each leaf bound to its event and to the one before."""
    store = aftermath(urls.owner)
    check_log(store)
    check_streams(store)
    check_chain(store)


def durable(url: str) -> dict[str, list[tuple[object, ...]]]:
    with psycopg.connect(url) as connection:
        return {table: rows(connection, f"suivi.{table}") for table in DURABLE}


def refused_of(settings: Settings, file: Path, why: type[Exception]) -> None:
    """It is refused, and the vacant home has no table."""
    with pytest.raises(why):
        restore(settings, file, silent)
    if settings.database_url:
        with psycopg.connect(settings.database_url) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname !~ '^(pg_|information)'")
            assert tables.fetchall() == []


def test_everything_comes_back_and_goes_on(home: Home, vacant: Settings, tmp_path: Path) -> None:
    lives = Lives(home, tmp_path, seed=31)
    lives.adopt(6)
    lives.live(120)
    act(home.store, lives.actor, Ask(ref="2023:7000", verb="adopt", facts={"title": "Une"}), COMMAND)
    home.catch_up()
    file = backup(home, tmp_path / "tout.sauvegarde", silent)
    assert file.stat().st_mode & 0o077 == 0, "nobody else may read it"
    before, read, shown = durable(home.urls.owner), lists(home), cases(home, When())
    assert restore(vacant, file, silent) == len(before["events"])
    with open_home(vacant, silent) as back:
        assert durable(back.urls.owner) == before
        assert lists(back) == read and cases(back, When()) == shown
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            back.store.connection.execute("DELETE FROM suivi.events")
        with psycopg.connect(back.urls.owner) as owner, pytest.raises(psycopg.Error, match="never changed"):
            owner.execute("TRUNCATE suivi.events CASCADE")
        again = act(back.store, lives.actor, Ask(ref="2023:7000", verb="adopt", facts={"title": "Une"}), COMMAND)
        assert again.repeated
        do(back, "2023:7001", "adopt", title="Après")
        rebuild(back, None, lambda done, total: None)
        assert "2023:7001" in [row["ref"] for row in cases(back, When())]
        check(back.urls)


def test_written_while_others_write(home: Home, vacant: Settings, database: Urls, tmp_path: Path) -> None:
    actor, stop = secretary(home), threading.Event()
    record_import(home, actor, SAMPLE)
    home.catch_up()

    def write(name: str) -> int:
        done = 0
        with opened(database) as other:
            while not stop.is_set():
                ask = Ask(ref="2023:17", verb="note", facts={"text": f"{name} {done}"})
                act(other.store, actor, ask)
                sequence(other.store.connection)
                done += 1
        return done

    with ThreadPoolExecutor(2) as pool:
        writing = [pool.submit(write, name) for name in "ab"]
        try:
            files = [backup(home, tmp_path / f"{n}.sauvegarde", silent) for n in range(3)]
        finally:
            stop.set()
        assert all(writer.result() for writer in writing)
    restore(vacant, Random(1).choice(files), silent)
    with open_home(vacant, silent) as back:
        check(back.urls)
        live = lists(back)
        rebuild(back, None, lambda done, total: None)
        assert lists(back) == live and len(live["cases"]) == 25


def test_no_token_comes_back(home: Home, vacant: Settings, tmp_path: Path) -> None:
    """One that was revoked after the backup would serve again."""
    _, secret = tokens.add(home.store, secretary(home), "site")
    backup(home, tmp_path / "suivi.dump", silent)
    restore(vacant, tmp_path / "suivi.dump", silent)
    with open_home(vacant, silent) as back:
        assert tokens.entered(back.store, secret) is None
        assert tokens.all_tokens(back.store, secretary(back)) == []
    assert tokens.entered(home.store, secret)


def test_what_is_not_whole_is_refused(home: Home, vacant: Settings, tmp_path: Path) -> None:
    home.catch_up()
    whole = backup(home, tmp_path / "tout.sauvegarde", silent).read_bytes()
    random, other = Random(4), tmp_path / "autre"
    for cut in (0, 1, 40, len(whole) // 2, len(whole) - 1, *random.sample(range(len(whole)), 5)):
        other.write_bytes(whole[:cut])
        refused_of(vacant, other, NotABackup)
    for at in random.sample(range(len(whole) - 60), 15):
        other.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << random.randrange(8)]) + whole[at + 1 :])
        refused_of(vacant, other, BackupDamaged)
    other.write_text("Suivi des résolutions de l’assemblée annuelle 2023\n" * 30)
    refused_of(vacant, other, NotABackup)
    refused_of(vacant, tmp_path / "absent", FileMissing)
    refused_of(vacant, tmp_path, FileMissing)


def test_another_versions_tables_are_refused_beforehand(home: Home, vacant: Settings, tmp_path: Path) -> None:
    with psycopg.connect(home.urls.owner) as connection:
        connection.execute("UPDATE public.migrations SET checksum = 'autre' WHERE file = '001_log.sql'")
    refused_of(vacant, backup(home, tmp_path / "autre.sauvegarde", silent), OtherVersion)


def test_rules_of_ones_own_are_asked_for_beforehand(home: Home, vacant: Settings, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    with in_use(tmp_path / "own"):
        hold(home.store.connection)
        do(home, "assembly:2023", "create", name="Annuelle 2023", date="2023-05-13")
        do(home, "2023:1", "adopt", title="Course 1", kind="errand")
        home.catch_up()
        file = backup(home, tmp_path / "tout.sauvegarde", silent)
        refused_of(vacant, file, VersionGone)
        there = vacant.home / "workflows" / "errand.v1.yaml"
        there.parent.mkdir(parents=True)
        there.write_text(FIRST.replace("after: 5", "after: 6"), encoding="utf-8")
        library._read.cache_clear()
        refused_of(vacant, file, VersionChanged)
        there.write_text(FIRST, encoding="utf-8")
        library._read.cache_clear()
        assert restore(vacant, file, silent)


def test_a_home_that_holds_something_keeps_it(home: Home, tmp_path: Path) -> None:
    home.catch_up()
    file = backup(home, tmp_path / "tout.sauvegarde", silent)
    before = durable(home.urls.owner)
    with pytest.raises(NotEmpty) as refused:
        restore(home.settings, file, silent)
    assert refused.value.facts == {"events": len(before["events"])}
    assert durable(home.urls.owner) == before


def test_nothing_is_written_over(home: Home, tmp_path: Path) -> None:
    there = tmp_path / "tout.sauvegarde"
    there.write_text("à garder")
    with pytest.raises(FileExists):
        backup(home, there, silent)
    with pytest.raises(BackupFailed):
        backup(home, tmp_path / "nulle part" / "tout.sauvegarde", silent)
    assert [path.name for path in tmp_path.iterdir()] == ["tout.sauvegarde"] and there.read_text() == "à garder"
