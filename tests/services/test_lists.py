"""Pages and counts of the list of cases, beside the same told in the plainest way, over lives of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from psycopg import sql

from domain.time import latest
from projections import case_counts, case_totals
from projections.case_pages import Sought
from services import accounts
from services.home import Home
from services.reading import When, cases
from services.reading.demarches import demarches
from services.reading.lists import VIEWS, Asked, between, columns, listed, totals, totals_by_state, view_of
from services.reading.lists_then import Then
from services.reading.pages import CursorUnreadable, cursor
from services.reading.when import today
from services.refs import Refs
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.projections.lives import Lives

Row = dict[str, Any]


@pytest.fixture
def home(database: Urls, tmp_path: Path) -> Iterator[Home]:
    with opened(database) as home:
        lives = Lives(home, tmp_path, seed=7)
        lives.adopt(14)
        lives.live(260)
        for n, ref in enumerate(lives.refs[:4]):
            do(
                home,
                ref,
                "restrict",
                visibility="named" if n % 2 else "officers",
                people=["person:ana"] if n % 2 else [],
            )
        home.catch_up()
        yield home


def day_of(home: Home) -> date:
    return date.fromisoformat(today(home))


def every(home: Home, asked: Asked, limit: int) -> list[Row]:
    """All pages of a list, one after the other."""
    found, after = list[Row](), None
    while True:
        page = listed(home, asked, after, limit)
        assert len(page.rows) <= limit
        found, after = found + page.rows, page.next
        if after is None:
            return found


def refs(rows: list[Row]) -> list[str]:
    return [row["ref"] for row in rows]


def plain_turn(row: Row, threads: list[Row]) -> str:
    """Whose turn it is, from the rows of the contract alone."""
    turns = [thread["whose_turn"] for thread in threads]
    if row["final"]:
        return "nobody"
    if "us" in turns:
        return "us"
    awaited = bool(row["waiting_on"]) or row["state"] == "blocked" or (row["state"] == "referred" and row["bodies"])
    if "them" in turns or awaited:
        return "them"
    return "nobody" if row["state"] == "postponed" else "us"


def test_whose_turn_it_is_is_told_by_the_threads_and_the_case(home: Home) -> None:
    threads = demarches(home, When())
    rows = {row["ref"]: row for row in cases(home, When())}
    shown = every(home, Asked(), 5)
    assert refs(shown) == list(rows) and len({row["turn"] for row in shown}) == 3
    for row in shown:
        of_case = [thread for thread in threads if row["ref"] in thread["cases"]]
        reported = row["state"] == "referred" and row["turn"] == "us"  # every body has reported back
        assert row["turn"] == plain_turn(rows[row["ref"]], of_case) or reported, row["ref"]


def judge_views(home: Home, limit: int) -> None:
    """Each view has as many cases as it counts."""
    counted = totals(home, Asked())
    for view in VIEWS:
        assert counted[view] == len(every(home, Asked(view_of(Sought(), view, day_of(home))), limit)), view
    plain = cases(home, When())
    assert counted["all"] == len(plain) and counted["closed"] == sum(row["final"] for row in plain)


@pytest.mark.parametrize("limit", [1, 3, 100])
def test_each_view_has_the_cases_that_it_counts(home: Home, limit: int) -> None:
    judge_views(home, limit)


def test_counts_that_only_grow_would_be_found(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    right = case_counts.recount
    monkeypatch.setattr(
        case_counts, "recount", lambda connection, tables, before, after: right(connection, tables, [], after)
    )
    open_one = next(row["ref"] for row in cases(home, When()) if not row["final"])
    do(home, open_one, "set-due", due="2032")
    home.catch_up()
    with pytest.raises(AssertionError):
        judge_views(home, 100)


def test_counts_with_filters_are_those_of_the_pages(home: Home) -> None:
    """Those that are kept, and those that are counted one by one."""
    keys = Refs(home.store)
    owner, body = keys.key("person", "ana"), keys.key("body", "comite-de-l-eau")
    for sought in (
        Sought(assembly="2023"), Sought(state="in_progress"), Sought(owner=owner), Sought(body=body),
        Sought(owner=owner, body=body), Sought(assembly="2021", state="done"), Sought(refs=["2023:1", "2021:4", "2023:4"]),
    ):  # fmt: skip
        counted = totals(home, Asked(sought))
        for view in VIEWS:
            asked = Asked(view_of(sought, view, day_of(home)))
            assert counted[view] == len(every(home, asked, 4)), (sought.asked(), view)
        found = totals_by_state(home, Asked(sought), ["in_progress", "done", "blocked"])
        for state in ("in_progress", "done", "blocked"):
            expected = every(home, Asked(replace(sought, state=state)), 50) if sought.state in (None, state) else []
            assert found.get(state, 0) == len(expected), (sought.asked(), state)


def test_filters_are_those_of_the_plain_list(home: Home) -> None:
    plain, day = cases(home, When()), day_of(home)
    for state in {row["state"] for row in plain}:
        assert refs(every(home, Asked(Sought(state=state)), 2)) == [
            row["ref"] for row in plain if row["state"] == state
        ]
    late = {row["ref"] for row in plain if not row["final"] and row["due"] and (latest(row["due"]) or date.max) < day}
    assert late <= set(refs(every(home, Asked(Sought(late_on=day)), 50)))
    assert refs(every(home, Asked(Sought(assembly="2021")), 3)) == [
        row["ref"] for row in plain if row["assembly"] == "2021"
    ]


def test_orders_lose_and_double_nothing(home: Home) -> None:
    whole = set(refs(cases(home, When())))
    for order in ("number", "due", "wait"):
        one_by_one = every(home, Asked(order=order), 1)
        assert refs(one_by_one) == refs(every(home, Asked(order=order), 100)) and set(refs(one_by_one)) == whole
    due = [(latest(row["due"]) if row["due"] else None) or date.max for row in every(home, Asked(order="due"), 2)]
    assert due == sorted(due)


@pytest.mark.parametrize("after", [cursor(["x", "y"]), cursor(["2024-99-01", ""]), cursor(["a"]), "???"])
def test_a_cursor_of_another_order_is_refused(home: Home, after: str) -> None:
    with pytest.raises(CursorUnreadable):
        listed(home, Asked(order="due"), after)


def test_the_columns_are_the_list_by_state(home: Home) -> None:
    plain = cases(home, When())
    states = sorted({row["state"] for row in plain})
    found = columns(home, Asked(), states, 2)
    for state in states:
        assert (
            refs([row for row in found if row["state"] == state])
            == [r["ref"] for r in plain if r["state"] == state][:2]
        )


def test_a_month_has_the_cases_with_a_date_in_it(home: Home) -> None:
    do(home, "assembly:2024", "create", name="2024", date="2024-05-11")
    for n, due in enumerate(("2031-10-03", "2031-10", "2031", "2031-11-01", "2031-22"), 1):
        do(home, f"2024:{n}", "adopt", title=f"Titre {n}")
        do(home, f"2024:{n}", "set-due", due=due)
    home.catch_up()
    asked = between(Asked(Sought(assembly="2024")), date(2031, 10, 1), date(2031, 10, 31))
    assert refs(every(home, asked, 2)) == ["2024:1", "2024:2", "2024:3"]


def seen_by(home: Home, login: str) -> Home:
    """The same home, as someone else reads it."""
    return replace(home, settings=replace(home.settings, user=login))


def judge_visibility(home: Home) -> None:
    """Counts and pages tell of the same cases, those that each may see."""
    for login in ("ana", "bob", "dora", "nobody-known"):
        theirs = seen_by(home, login)
        expected = refs(cases(theirs, When()))
        assert refs(every(theirs, Asked(), 3)) == expected, login
        counted = totals(theirs, Asked())
        assert counted["all"] == len(expected), login
        for view in VIEWS:
            assert counted[view] == len(every(theirs, Asked(view_of(Sought(), view, day_of(home))), 9)), (login, view)


@pytest.fixture
def readers(home: Home) -> Home:
    """Ana, the secretary, sees all; Bob what is for the officers and for him; Dora, who administers, less; others least."""
    accounts.add(home.store, secretary(home), "bob", ["officer"])
    accounts.add(home.store, secretary(home), "dora", ["administrator"])
    home.catch_up()
    do(home, refs(cases(home, When()))[5], "restrict", visibility="named", people=["person:bob"])
    home.catch_up()
    return home


def test_nobody_counts_what_they_may_not_see(readers: Home) -> None:
    judge_visibility(readers)
    assert len({len(cases(seen_by(readers, login), When())) for login in ("ana", "bob", "nobody-known")}) == 3


def test_counts_that_forget_who_sees_would_be_found(readers: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    blind = case_totals._KEPT._obj.replace("suivi.may_see(visibility, '{{}}', NULL, %(roles)s)", "true", 1)
    monkeypatch.setattr(case_totals, "_KEPT", sql.SQL(blind))
    with pytest.raises(AssertionError):
        judge_visibility(readers)


def test_the_list_of_a_past_time_pages_as_that_of_today(home: Home) -> None:
    """As of a day to come, everything known is as it stands."""
    when = When(as_of=(day_of(home) + timedelta(days=1)).isoformat())
    found, after = list[Row](), None
    while True:
        page = Then(home, when).listed(Asked(), after, 4)
        found, after = found + page.rows, page.next
        if after is None:
            break
    plain = cases(home, when)
    assert refs(found) == refs(plain) and [row["owner"] for row in found] == [row["owner"] for row in plain]
    counted = Then(home, when).totals(Asked())
    assert counted["all"] == len(plain) and counted["us"] + counted["them"] <= counted["all"]
