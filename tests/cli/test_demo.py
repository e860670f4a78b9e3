"""`suivi demo`: once, in words, as JSON; and the store whose time is simulated."""

from __future__ import annotations

import os
import signal
import time

import psycopg
import pytest

from services import demonstration
from services.demonstration import loading
from services.demonstration.source import Demonstration
from services.schema import Urls
from tests.cli.conftest import SAMPLE, Process, Suivi


def test_it_is_loaded_once(suivi: Suivi) -> None:
    first = suivi.done("demo")
    assert "La démonstration est chargée : 25 dossiers pour 29 numéros." in first.words
    assert "suivi case demo-2023:17" in first.words and "sweep" not in first.words
    again = suivi.done("demo", lang="en")
    assert "The demonstration is here already: nothing was loaded." in again.words
    assert suivi.done("case", "17", "--json").json["state"] == "blocked"


def test_as_json(suivi: Suivi) -> None:
    first, again = suivi.done("demo", "--json").json, suivi.done("demo", "--json").json
    assert (first["assembly"], len(first["created"]), first["unchanged"]) == ("demo-2023", 25, [])
    assert (again["created"], again["unchanged"], again["simulated_at"]) == ([], first["created"], None)


def test_what_was_cut_short_is_completed(suivi: Suivi, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: loading.Loading, scope: str, key: str, asks: object) -> bool:
        if key == "demo-2023:29":
            raise KeyboardInterrupt
        return once(self, scope, key, asks)  # type: ignore[arg-type]

    once = loading.Loading.once
    with monkeypatch.context() as cut:
        cut.setattr(loading.Loading, "once", interrupted)
        assert suivi("demo").code == 130
    assert "La démonstration est complète : il manquait 5 dossiers." in suivi.done("demo").words


def test_what_was_killed_is_completed(suivi: Suivi, database: Urls, process: Process) -> None:
    """At the seventeenth number someone is in the way; the command waits there, and is killed while it does."""
    urls = {name: os.environ[name] for name in ("DATABASE_URL", "DATABASE_WRITER_URL", "DATABASE_READER_URL")}
    with psycopg.connect(database.writer) as other, other.transaction(force_rollback=True):
        other.execute("INSERT INTO suivi.keys VALUES ('case', 'demo-2023:17', gen_random_uuid())")
        running = process.start("demo", **urls)
        await_waiting(database)
        running.kill()
        assert running.wait() == -signal.SIGKILL
        for pipe in (running.stdout, running.stderr):
            assert pipe
            pipe.close()
    assert "La démonstration est complète : il manquait" in suivi.done("demo").words
    listed = suivi.done("cases", "--json").json["items"]
    assert sorted(row["ref"] for row in listed) == sorted(Demonstration.read().refs(demonstration.KEY))
    assert not suivi.done("demo", "--json").json["created"]


def await_waiting(database: Urls) -> None:
    """Until someone waits for a lock; only their own login, not its group, may see that."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with psycopg.connect(database.writer, autocommit=True, options="-c role=none") as connection:
        while connection.execute(query).fetchone() != (1,):
            time.sleep(0.01)


def test_in_simulated_time(suivi: Suivi) -> None:
    first = suivi.done("demo", "--simulated")
    assert "nous sommes le 18 septembre 2024 à 9 h 00" in first.words
    assert "suivi sweep --now 2024-09-25T12:00" in first.words
    again = suivi.done("demo", "--simulated", "--json").json
    assert (len(again["unchanged"]), again["created"]) == (25, [])
    assert again["simulated_at"].startswith("2024-09-18T13:00")
    recorded = {entry["recorded_at"][:10] for entry in suivi.done("history", "17", "--json").json["items"]}
    assert recorded == {"2024-09-18"}
    assert suivi("act", "17", "note", "--set", "text=Demain", "--occurred", "2024-09-19").code == 1


def test_simulated_time_begins_in_an_empty_store(cases: Suivi) -> None:
    refused = cases("demo", "--simulated", "--json")
    assert (refused.code, refused.out) == (1, "")
    assert "Choisissez-en un à part : SUIVI_HOME=DOSSIER suivi demo --simulated" in refused.words
    assert cases.done("assemblies", "--json").json["items"][0]["key"] == "2023"
    assert len(cases.done("demo", "--json").json["created"]) == 25  # but the demonstration may stand beside


def test_an_earlier_demonstration_is_left_as_it_is(suivi: Suivi) -> None:
    suivi.done("import", str(SAMPLE), "--assembly", demonstration.KEY)
    refused = suivi("demo")
    assert (refused.code, refused.out) == (1, "")
    assert "L’assemblée demo-2023 est déjà ici et vient d’ailleurs" in refused.words
    assert len(suivi.done("cases", "--json").json["items"]) == 25


def test_it_is_the_secretary_s(cases: Suivi) -> None:
    cases.done("user", "add", "jean", "--role", "officer")
    refused = cases("demo", user="jean", lang="en")
    assert (refused.code, refused.err.strip()) == (
        1, "The demonstration is loaded by the secretary; you do not have that role here."
    )  # fmt: skip


def test_help(nowhere: Suivi) -> None:
    assert "l’assemblée de démonstration" in nowhere.done("demo", "--help").words
    assert "the demonstration assembly" in nowhere.done("demo", "--help", lang="en").words
