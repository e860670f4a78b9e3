"""Given events, the rows: one for each case as it stands, one for each entry that changed it, with what it set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from domain.amendments import FactCorrected, FactRetracted
from domain.case.case import Case
from domain.case.events import CaseNoted, CaseRestricted, CaseWithdrawn
from domain.case.moves import CaseCarriedOver, CaseCompleted, CaseConfirmed, CasePostponed, CaseStarted
from projections.case_rows import CaseHistory, Close, StateRow, shape
from projections.cases import settled
from services.home import Home
from services.schema import Urls
from tests.domain.given import OTHER, adopted, moved, recorded
from tests.homes import do, opened

TODAY = date(2024, 1, 1)  # of the recording, in the organisation's zone


def rows_of(*events: Any) -> list[StateRow]:
    """What a history makes, all at hand."""
    history, rows = CaseHistory(), list[StateRow | Close]()
    for entry in recorded(events):
        rows += history.take(entry)
    return list(settled(rows))


def still(rows: list[StateRow]) -> dict[int, StateRow]:
    """Version -> what is known of it to this day."""
    return {row.version: row for row in rows if row.known_until is None}


def test_each_move_says_what_it_set_and_from_when() -> None:
    rows = rows_of(
        adopted("5", "33"), moved(CaseStarted, "in_progress", "33", occurred="2023-09"), CaseNoted(text="rien ne bouge"),
        moved(CaseCompleted, "done", "5", case="in_progress", occurred="2023-06/2023-07", completion="partial"),
    )  # fmt: skip
    assert [(row.version, row.effective_day, row.sets) for row in rows] == [
        (1, date(2023, 5, 13), {"5": ("adopted", None), "33": ("adopted", None)}),
        (2, date(2023, 9, 30), {"33": ("in_progress", None)}),
        (4, date(2023, 7, 31), {"5": ("done", "partial")}),
    ]
    assert {row.known_until for row in rows} == {None} and all(row.known_from == row.position for row in rows)


def test_a_day_is_never_later_than_its_limit() -> None:
    days = [row.effective_day for row in rows_of(
        adopted(), moved(CaseStarted, "in_progress"), moved(CasePostponed, "postponed", occurred="2023-12/.."),
        moved(CaseStarted, "in_progress", occurred="2024"),
    )]  # fmt: skip
    assert days == [date(2023, 5, 13), TODAY, TODAY, TODAY]


def test_what_is_done_says_how_far_part_by_part() -> None:
    confirmed = CaseConfirmed(parts={"5": "done", "33": "done"}, state="done", completions={"5": "full", "33": "temporary"})
    carried = CaseCarriedOver(parts={"5": "done"}, state="done", to=OTHER, residual="le reste", completions={"5": "full"})
    rows = rows_of(adopted("5", "33"), confirmed, carried)
    assert [row.sets for row in rows[1:]] == [{"5": ("done", "full"), "33": ("done", "temporary")}, {"5": ("done", "full")}]


def test_a_correction_ends_what_was_known_and_says_what_is() -> None:
    rows = rows_of(
        adopted(), moved(CaseCompleted, "done", occurred="2023-10-01"),
        FactCorrected(version=2, facts={"occurred": "2023-08-01", "completion": "temporary"}, reason="relu"),
    )  # fmt: skip
    before = next(row for row in rows if row.version == 2 and row.known_until)
    assert (before.known_from, before.known_until, before.effective_day) == (2, 3, date(2023, 10, 1))
    now = still(rows)
    assert (now[2].position, now[2].known_from, now[2].effective_day) == (2, 3, date(2023, 8, 1))
    assert now[2].sets == {"17": ("done", "temporary")} and now[1].known_from == 1
    assert now[3].sets is None and now[3].row is not None, "the case as it then stands"


def test_a_retraction_ends_it_and_a_withdrawal_ends_all() -> None:
    moves = (adopted(), moved(CaseStarted, "in_progress"), FactRetracted(version=2, reason="erreur"))
    assert still(rows_of(*moves)).keys() == {1, 3}
    rows = rows_of(*moves, CaseWithdrawn())
    assert still(rows) == {} and {row.known_until for row in rows} == {3, 4}


def test_what_is_shown_is_the_case_folded() -> None:
    """Entry by entry, with amendments among them."""
    history, entries = CaseHistory(), recorded([
        adopted("5", "33"), moved(CaseStarted, "in_progress", "5"), CaseRestricted(visibility="officers"),
        FactCorrected(version=1, facts={"titles": {"5": "Un autre"}}, reason="coquille"),
        moved(CaseCompleted, "done", "33", case="in_progress"),
    ])  # fmt: skip
    for at, entry in enumerate(entries, 1):
        history.take(entry)
        assert history.version == at
        assert history.shown == shape(Case.fold(entries[:at]))


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        do(home, "assembly:2023", "create", name="Assemblée", date="2023-05-13")
        yield home


def test_one_row_a_case_with_what_is_looked_for(home: Home) -> None:
    do(home, "2023:17", "adopt", title="L’eau à l’école", text="Un texte")
    do(home, "2023:17", "refer", body="Comité de l’eau")
    do(home, "2023:17", "assign", owner="Ana")
    do(home, "2023:17", "set-due", due="2024-06")
    do(home, "2023:17", "restrict", visibility="named", people=["Ana"])
    home.catch_up()
    columns = "ref, assembly, state, due_day, visibility, cardinality(people), cardinality(bodies), withdrawn"
    (row,) = home.reader.execute(f"SELECT {columns} FROM read.cases").fetchall()  # type: ignore[arg-type]
    assert row == ("2023:17", "2023", "referred", date(2024, 6, 30), "named", 1, 1, False)
    (owner,) = home.reader.execute("SELECT c.owner = d.entry FROM read.cases c, read.directory d WHERE d.key = 'ana'")
    assert owner == (True,)


def test_a_note_moves_only_the_version(home: Home) -> None:
    do(home, "2023:17", "adopt", title="Titre")
    home.catch_up()
    states = home.reader.execute("SELECT count(*) FROM read.case_states").fetchone()
    do(home, "2023:17", "note", text="rien ne bouge")
    home.catch_up()
    assert home.reader.execute("SELECT count(*) FROM read.case_states").fetchone() == states
    assert home.reader.execute("SELECT row->>'version' FROM read.cases").fetchone() == ("2",)
