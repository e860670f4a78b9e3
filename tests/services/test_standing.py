"""Standing follow-up: never late and never done; reviewed once in each period, by the clocks that there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from domain.case import standing
from domain.case.refusals import FactsMissing
from domain.errors import SuiviError
from services.home import Home
from services.reading import When, case, cases, history
from services.rebuilding import rebuild
from services.schema import Urls
from tests.homes import do, lists, opened, secretary
from tests.services.clockwork import clockwork, local

NOW = When()


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        do(home, "assembly:2023", "create", name="Annuelle 2023", date="2023-05-13")
        do(home, "2023:17", "adopt", title="Des vélos")
        do(home, "2023:18", "adopt", title="Un colloque", cadence="chaque année", standing="yes")
        home.catch_up()
        yield home


def one(home: Home, ref: str = "2023:17") -> dict[str, Any]:
    home.catch_up()
    return case(home, ref, NOW)


def test_it_has_a_review_instead_of_a_due_date(home: Home) -> None:
    do(home, "2023:17", "set-due", due="2020-01-01")
    do(home, "2023:17", "set-due", standing="yes", cadence="chaque année")
    row, year = one(home), home.store.present.calendar.today(home.store.present.now).year
    assert row["due"] is None
    assert row["standing"] == {"cadence": "chaque année", "rrule": "FREQ=YEARLY", "review": f"{year + 1}-12-31"}
    assert [(clock["kind"], clock["due"]) for clock in row["clocks"]] == [("review", f"{year + 1}-12-31")]
    assert not cases(home, NOW, overdue=True)


def test_it_may_be_adopted_so(home: Home) -> None:
    assert one(home, "2023:18")["standing"]["cadence"] == "chaque année"
    assert [row["ref"] for row in cases(home, NOW, standing=True)] == ["2023:18"]
    assert "suivi permanent" in history(home, "2023:18", NOW, "fr")[1]["text"].lower()


def test_a_due_date_ends_it(home: Home) -> None:
    with pytest.raises(standing.GoesOn):
        do(home, "2023:18", "complete", completion="full")
    do(home, "2023:18", "set-due", due="2031-05")
    assert (one(home, "2023:18")["standing"], one(home, "2023:18")["due"]) == (None, "2031-05")
    do(home, "2023:18", "complete", completion="full")


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"standing": "yes"}, standing.CadenceUnsaid),
        ({"cadence": "chaque année", "due": "2031"}, standing.DueOrStanding),
        ({"cadence": "au printemps 2031"}, standing.CadenceUnclear),
        ({}, FactsMissing),
    ],
)
def test_what_cannot_be_a_rhythm(home: Home, facts: dict[str, str], refusal: type[SuiviError]) -> None:
    with pytest.raises(refusal):
        do(home, "2023:17", "set-due", **facts)


def test_rebuilt_tables_are_the_same(home: Home) -> None:
    live = lists(home)
    for name in ("cases", "due"):
        rebuild(home, name, lambda done, of: None)
    assert lists(home) == live


def test_when_it_rings_whoever_acknowledges_has_reviewed_it(database: Urls) -> None:
    with clockwork(database) as work:
        ref = work.adopt(17, cadence="chaque mois")
        (clock,) = work.case(ref).clocks.values()
        assert (clock.kind, clock.due) == ("review", "2024-10-31")
        assert work.sweep_at(local("2024-11-01 10:00")).steps == 1
        work.do(ref, "acknowledge-step")
        assert [c.due for c in work.case(ref).clocks.values() if c.state != "stopped"][-1] == "2024-12-31"
        assert work.case(ref).reviewed == "2024-11-01"
