"""The log as people look through it: the latest first, filtered, and nothing of what the reader may not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from services import accounts
from services.home import Home
from services.imports.service import record_import
from services.reading import When, history
from services.reading.events import events
from services.reading.journal import KindOfFactUnknown, Wanted, dots_of, filed, journal, people_who_acted
from services.reading.replaying import replay
from services.schema import Urls
from services.settings import Settings
from tests.homes import do, opened, secretary
from tests.projections.lives import Lives
from tests.services.imports.reports import SAMPLE

MANY = 50_000
ALL = Wanted(quiet=True)
Row = dict[str, Any]


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        yield home


@pytest.fixture
def town(home: Home) -> Home:
    do(home, "assembly:2023", "create", name="Annuelle", date="2023-05-13")
    for number in ("1", "2"):
        do(home, f"2023:{number}", "adopt", title=f"Titre {number}")
    do(home, "2023:1", "start", occurred="2023-06-01")
    do(home, "2023:1", "note", text="Une note")
    do(home, "2023:2", "restrict", visibility="officers")
    do(home, "demarche:1", "send", cases=["2023:2"], kind="open_letter")
    do(home, "demarche:2", "send", cases=["2023:1"], kind="open_letter")
    do(home, "2023:1", "correct", event="@2", set={"occurred": "2023-07-01"}, reason="erreur")
    home.catch_up()
    return home


def stranger(home: Home) -> Home:
    """Someone without a role."""
    return replace(
        home, settings=Settings(home.settings.home, "personne", database_url=home.urls.owner), known_viewer=None
    )


def walked(home: Home, wanted: Wanted, limit: int) -> list[Row]:
    """Every page of the log."""
    found, before = list[Row](), None
    while True:
        page = journal(home, wanted, "fr", before, limit)
        assert len(page.items) == limit or page.next is None
        found += page.items
        if (before := page.next) is None:
            return found


def test_page_by_page_it_is_the_log_backwards(home: Home, tmp_path: Path) -> None:
    lives = Lives(home, tmp_path, seed=5)
    lives.adopt(6)
    lives.live(80)
    home.catch_up()
    everything = list(events(home, 0, 100_000, "fr").items)
    hidden = [
        item["position"] for item in everything if item["data"].get("source") and item["event"] != "DocumentImported"
    ]
    told = walked(home, ALL, 7)
    assert [item["position"] for item in told] == sorted(
        (item["position"] for item in everything if item["position"] not in hidden), reverse=True)  # fmt: skip
    text = {item["position"]: item["text"] for item in everything}
    assert all(item["text"] == text[item["position"]] for item in told)
    assert list(filed(home, ALL, "fr")) == told


def test_it_is_the_same_made_anew(home: Home, tmp_path: Path) -> None:
    from projections import follower
    from projections.entries import Entries

    lives = Lives(home, tmp_path, seed=6)
    lives.adopt(6)
    lives.live(60)
    home.catch_up()
    query = "SELECT * FROM read.entries ORDER BY position"
    followed = home.reader.execute(query).fetchall()
    follower.rebuild(home.store.connection, Entries())
    assert followed == home.reader.execute(query).fetchall() and len(followed) > 60


def test_what_one_asks_for(town: Home) -> None:
    def kinds(**asked: Any) -> list[str]:
        return [item["event"] for item in journal(town, Wanted(**asked), "fr").items]

    assert kinds(kind="state") == ["CaseStarted"]
    assert kinds(kind="note") == ["CaseNoted"]
    assert kinds(amended=True) == kinds(kind="amendment") == ["FactCorrected"]
    assert kinds(kind="thread") == ["DemarcheSent", "DemarcheSent"]
    assert kinds(case="2023:1") == ["FactCorrected", "DemarcheSent", "CaseNoted", "CaseStarted", "CaseAdopted"]
    assert (
        set(kinds(assembly="2023")) > {"DemarcheSent", "CaseAdopted", "FactCorrected"} and kinds(assembly="1999") == []
    )
    assert kinds(who=people_who_acted(town)[0]["ref"]) == kinds()
    assert kinds(since="2001", until="2002") == [] and kinds(since="2001") == kinds(until="2999") == kinds()
    with pytest.raises(KindOfFactUnknown):
        kinds(kind="'; DROP")


def test_a_case_that_the_reader_may_not_see_is_in_no_answer(town: Home) -> None:
    """Whatever is asked for: nothing of case 2, nor of its thread."""
    reader = stranger(town)
    questions = [Wanted(), ALL, Wanted(assembly="2023"), Wanted(kind="thread"), Wanted(kind="case"), Wanted(case="2023:2"),
                 Wanted(who=people_who_acted(town)[0]["ref"]), Wanted(since="2001")]  # fmt: skip
    for wanted in questions:
        told = walked(reader, wanted, 3)
        assert all("2023:2" not in str(item) and item["thread"] != 1 for item in told), wanted
        assert "2023:2" in str(walked(town, wanted, 3)) or wanted.kind == "directory"
    assert journal(reader, Wanted(case="2023:2"), "fr").items == []


def test_an_import_is_one_line_that_unfolds(home: Home) -> None:
    record_import(home, secretary(home), SAMPLE, assembly="demo")
    home.catch_up()
    (line,) = [item for item in journal(home, Wanted(), "fr").items if item["event"] == "DocumentImported"]
    assert not any(item["event"] == "CaseAdopted" for item in journal(home, Wanted(), "fr").items)
    inside = walked(home, Wanted(imported=line["stream"]), 40)
    assert len([item for item in inside if item["event"] == "CaseAdopted"]) == 25
    assert journal(home, Wanted(imported="rien"), "fr").items == []
    assert {item["event"] for item in journal(home, Wanted(case="demo:14"), "fr").items} >= {"CaseAdopted", "CaseNoted"}


def test_a_point_for_each_entry_that_is_seen(town: Home) -> None:
    day = date.today()
    stretches = [
        (day - timedelta(days=400), day - timedelta(days=2)),
        (day - timedelta(days=1), day + timedelta(days=1)),
    ]
    assert dots_of(town, "recorded", stretches) == {1: 4}
    assert dots_of(stranger(town), "recorded", stretches, "2023:2") == {}
    assert dots_of(town, "happened", [(date(2023, 6, 1), date(2023, 6, 1))], "2023:1") == {0: 1}


def test_one_who_acted_is_known_by_name(town: Home) -> None:
    accounts.add(town.store, secretary(town), "berthe", ["officer"])
    town.catch_up()
    assert "ana" in {one["name"].lower() for one in people_who_acted(town)}


def test_a_million_entries_cost_no_more_than_a_few(town: Home) -> None:
    """Every question is answered along an index: hardly a row is read that is not shown."""
    table = fill(town.store.connection)
    asked = [Wanted(), ALL, Wanted(kind="note"), Wanted(case="2023:1"), Wanted(amended=True), Wanted(since="2024"),
             Wanted(assembly="2023"), Wanted(who=people_who_acted(town)[0]["ref"])]  # fmt: skip
    before = rows_read(town, table)
    for wanted in asked:
        journal(town, wanted, "fr", limit=3)
    people_who_acted(town)
    dots_of(town, "recorded", [(date(1990, 1, 1), date(2090, 1, 8)), (date(2024, 1, 1), date(2024, 1, 8))])
    assert 0 < rows_read(town, table) - before < 500
    town.reader.execute("SELECT count(stream) FROM read.entries").fetchone()
    assert rows_read(town, table) - before > MANY, "nothing would have been noticed"


def rows_read(home: Home, table: str) -> int:
    """The rows of a table that were ever read, along an index or not."""
    home.reader.execute("SELECT pg_stat_force_next_flush()")
    home.reader.execute("SELECT 1")
    row = home.store.connection.execute(
        "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables WHERE relname = %s", (table,)
    ).fetchone()
    return int(row[0]) if row else 0


def fill(connection: psycopg.Connection) -> str:
    """Many rows more, far below the others; the table's name."""
    (table,) = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'entries\\_%'").fetchone() or ("",)  # fmt: skip
    connection.execute(
        sql.SQL(
            "INSERT INTO read.{table} SELECT -n, e.stream, e.about, e.assembly, 'case', false, false, e.actor, NULL, e.recorded,"
            " e.happened FROM generate_series(1, {many}) n, (SELECT * FROM read.entries WHERE about = 'open' LIMIT 1) e"
        ).format(table=sql.Identifier(table), many=sql.Literal(MANY))
    )
    connection.execute(sql.SQL("ANALYZE read.{}").format(sql.Identifier(table)))
    return str(table)


def test_a_replay_tells_what_the_history_tells(town: Home) -> None:
    told = replay(town, "2023:1", "fr", whole=True).entries
    own = [item["text"] for item in history(town, "2023:1", When(), "fr")]
    assert [item["text"] for item in told if item["stream"] == told[0]["stream"]] == own
    assert len(told) > len(own)
