"""A backup holds the contents of attached files; one that was damaged is said when it comes back, and keeps nothing else
from coming back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from services.act import AskWithFile, act
from services.attachments.contents import pieces, verify
from services.attachments.files import upload
from services.backup import RestoredDamaged, backup, restore
from services.home import Home, open_home
from services.reading import When, cases
from services.reading.attachments import attachment
from services.schema import Urls
from services.settings import Settings
from tests.homes import SECRETARY, do, opened, secretary

LETTER = bytes(range(256)) * 9000


@pytest.fixture
def vacant(vacant_url: str, tmp_path: Path) -> Settings:
    """A home whose database holds nothing at all."""
    return Settings(tmp_path / "vacant", SECRETARY, database_url=vacant_url)


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        do(home, "assembly:2023", "create", name="Annuelle 2023", date="2023-05-13")
        do(home, "2023:17", "adopt", title="Des vélos")
        for name, content in (("lettre.bin", LETTER), ("note.txt", b"Bonjour")):
            ask = AskWithFile(ref="2023:17", verb="attach", facts={"kind": "lettre"}, upload=upload(name, content))
            act(home.store, secretary(home), ask)
        home.catch_up()
        yield home


def silent(message: str) -> None:
    """Nobody watches."""


def test_contents_come_back(home: Home, vacant: Settings, tmp_path: Path) -> None:
    restore(vacant, backup(home, tmp_path / "tout", silent), silent)
    with open_home(vacant, silent) as back:
        assert b"".join(pieces(back.reader, attachment(back, "17", "lettre.bin", When()))) == LETTER
        assert (verify(back.store).kept, verify(back.store).bad) == (2, ())
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            back.store.connection.execute("DELETE FROM suivi.attachments")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            back.reader.execute("SELECT content FROM suivi.attachments")
        with psycopg.connect(back.urls.owner) as owner, pytest.raises(psycopg.Error, match="never changed"):
            owner.execute("TRUNCATE suivi.attachments")


@pytest.mark.parametrize(
    "damage", ["UPDATE suivi.attachments SET content = set_byte(content, 5, 0) WHERE size > 100", "DELETE FROM suivi.attachments"]
)
def test_a_damaged_content_is_said_and_the_rest_comes_back(
    home: Home, vacant: Settings, tmp_path: Path, damage: str
) -> None:
    with psycopg.connect(home.urls.owner) as owner:
        owner.execute("ALTER TABLE suivi.attachments DISABLE TRIGGER no_change")
        owner.execute(damage)
        owner.execute("ALTER TABLE suivi.attachments ENABLE ALWAYS TRIGGER no_change")
    file = backup(home, tmp_path / "tout", silent)
    with pytest.raises(RestoredDamaged) as said:
        restore(vacant, file, silent)
    assert "lettre.bin" in said.value.facts["names"]
    with open_home(vacant, silent) as back:
        assert [row["ref"] for row in cases(back, When())] == ["2023:17"]
