"""A restored store sends nothing that the first one may have sent, and loses nothing either."""

from __future__ import annotations

import uuid
from pathlib import Path

import psycopg
import pytest

from services.backup import backup, restore
from services.home import Home, open_home
from services.mail import deliver, listing, react, reasons, retry
from services.schema import Urls
from services.settings import Settings
from services.sweeping import sweep
from tests.services.mailing import post_office, sink


@pytest.fixture
def vacant(vacant_url: str, tmp_path: Path) -> Settings:
    """A home whose database holds nothing at all."""
    return Settings(tmp_path / "vacant", "ana", database_url=vacant_url, mail_from="Suivi <suivi@example.org>")


def test_what_waited_or_was_not_written_yet_is_set_aside(database: Urls, vacant: Settings, tmp_path: Path) -> None:
    file = tmp_path / "suivi.backup"
    with post_office(database) as office, psycopg.connect(database.reader, autocommit=True) as reader:
        office.due(17)
        office.due(18)
        office.ring()
        with sink() as relay:
            deliver(office.store, office.sending_to(relay.url))
        office.ring(office.store.present.calendar.opening(office.store.present.now.date().replace(day=25)))
        office.due(19, on="2024-09-25")
        office.reach(office.store.present.calendar.opening(office.store.present.now.date().replace(day=26)))
        waiting = [row["message_id"] for row in office.rows() if row["state"] == "waiting"]
        (tmp_path / "home").mkdir()
        backup(Home(Settings(tmp_path / "home", "ana"), database, office.store, reader), file, print)
        react(office.store, office.settings)
        later = {row["message_id"] for row in office.rows()}
    restore(vacant, file, print)
    with open_home(vacant, print) as home, sink() as relay:
        settings = Settings(vacant.home, "ana", smtp_url=relay.url, mail_from=vacant.mail_from)
        assert (sweep(home.store).steps, react(home.store, settings), deliver(home.store, settings).sent) == (0, 0, 0)
        rows = listing(home)
        assert {row["message_id"] for row in rows} == later
        held = [row for row in rows if row["state"] == "parked"]
        assert len(held) == len(waiting) + 1 and relay.taken == []
        kept = home.reader.execute("SELECT DISTINCT reason FROM suivi.outbox WHERE state = 'parked'").fetchall()
        assert [type(reasons.read(reason)) for (reason,) in kept] == [reasons.BackFromBackup]
        retry(home.store, home.actor(), uuid.UUID(held[0]["id"]))
        assert deliver(home.store, settings).sent == 1
        assert relay.ids == [held[0]["message_id"]]
