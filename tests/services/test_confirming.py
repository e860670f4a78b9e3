"""What imports propose, established: as proposed, on the document's date, all at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from domain.case.refusals import NothingProposed
from domain.errors import SuiviError
from services.confirming import confirm_all, proposed
from services.execute import Actor
from services.home import Home
from services.imports.service import record_import
from services.reading import When, case, cases, history
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.services.imports.reports import SAMPLE

NOW = When()


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        _, outcome = record_import(home, secretary(home), SAMPLE, reference_date="2024-09")
        home.settle(outcome)
        yield home


def pending(home: Home) -> dict[str, list[dict[str, Any]]]:
    return {row["ref"]: row["proposals"] for row in cases(home, NOW) if row["proposals"]}


def stands_as(row: dict[str, Any], proposals: list[dict[str, Any]]) -> bool:
    """Each part where its own proposal says, else where that of the whole does, else where it was."""
    said = {p["part"]: (p["state"], p["completion"]) for p in proposals}
    parts = {p["label"]: (p["state"], p["completion"]) for p in row["parts"]}
    return parts == {label: said.get(label, said.get(None, ("adopted", None))) for label in parts}


def test_one_is_established_on_the_documents_date(home: Home) -> None:
    ref, proposals = next((ref, p) for ref, p in pending(home).items() if len(p) == 1 and p[0]["state"] != "adopted")
    before = {row["ref"]: row for row in cases(home, NOW)}
    home.settle(do(home, ref, "confirm"))
    after = {row["ref"]: row for row in cases(home, NOW)}
    assert stands_as(after[ref], proposals) and not after[ref]["proposals"]
    assert {r: row for r, row in after.items() if r != ref} == {r: row for r, row in before.items() if r != ref}
    last = history(home, ref, NOW, "fr")[-1]
    assert (last["event"], last["occurred"]) == ("CaseConfirmed", "2024-09")
    assert case(home, ref, When(as_of="2024-09-30"))["state"] == proposals[0]["state"]
    assert case(home, ref, When(as_of="2024-09-29"))["state"] == "adopted"
    with pytest.raises(SuiviError):
        do(home, ref, "confirm")


@pytest.mark.parametrize("confidence", ["high", None])
def test_all_at_once(home: Home, confidence: str | None) -> None:
    said = pending(home)
    wanted = [ref for ref, ps in said.items() if all(confidence in (None, p["confidence"]) for p in ps)]
    assert 0 < len(wanted) <= len(said) and proposed(home, confidence) == wanted
    before = {row["ref"]: row for row in cases(home, NOW)}
    refs, outcome = confirm_all(home, secretary(home), confidence)
    home.settle(outcome)
    assert refs == wanted and len(outcome.versions) == len(wanted)
    for row in cases(home, NOW):
        if row["ref"] in wanted:
            assert stands_as(row, said[row["ref"]]) and not row["proposals"], row["ref"]
        else:
            assert row == before[row["ref"]]
    commands = home.store.connection.execute(
        "SELECT count(DISTINCT command_id), count(*) FROM suivi.events WHERE topic = 'CaseConfirmed'"
    ).fetchone()
    assert commands == (1, len(wanted)), "one transaction"
    assert confirm_all(home, secretary(home), confidence)[0] == []


def test_only_high_leaves_the_less_sure(home: Home) -> None:
    low = {ref for ref, ps in pending(home).items() if any(p["confidence"] != "high" for p in ps)}
    _, outcome = confirm_all(home, secretary(home), "high")
    home.settle(outcome)
    assert low and set(pending(home)) == low


def test_all_or_none(home: Home) -> None:
    """Who may not, establishes nothing of it."""
    before = cases(home, NOW)
    auditor = Actor(secretary(home).person, frozenset({"auditor"}))
    with pytest.raises(SuiviError):
        confirm_all(home, auditor)
    home.catch_up()
    assert cases(home, NOW) == before


def test_a_move_drops_what_was_proposed(home: Home) -> None:
    ref = next(iter(pending(home)))
    home.settle(do(home, ref, "refer", body="Comité de l’eau"))
    assert ref not in pending(home) and ref not in proposed(home)


def test_nothing_proposed_is_told(home: Home) -> None:
    do(home, "2023:99", "adopt", title="Sans proposition")
    with pytest.raises(NothingProposed):
        do(home, "2023:99", "confirm")
