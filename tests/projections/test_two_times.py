"""Lists, cases and histories at the two times, against the plainest fold, at pairs of times drawn at random."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest

from services.home import Home
from services.imports.service import undo_import
from services.reading import When, case, cases, history
from services.refs import CaseUnknown
from services.schema import Urls
from tests.homes import do, opened
from tests.projections.lives import Lives
from tests.projections.naive import Entry, Stood, believed, day, instants, log_of, stood

FIRST_DAY = date(2022, 12, 1)
PAIRS = 1_000


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        yield home


@pytest.fixture
def lived(home: Home, tmp_path: Path) -> Home:
    lives = Lives(home, tmp_path, seed=7)
    lives.adopt(30)
    lives.live(900)
    lives.report("1899")
    undo_import(home, lives.actor, lives.imports[-1])
    home.catch_up()
    return home


def times(streams: dict[UUID, list[Entry]], seed: int) -> Iterator[tuple[When, Any, date | None]]:
    """Pairs drawn at random; one of the two is left out now and then."""
    random, known = Random(seed), instants(streams)
    while True:
        at = random.choice((None, *known[:: len(known) // 40], known[0] - timedelta(microseconds=1), random.choice(known)))
        as_of = random.choice((None, FIRST_DAY, *[FIRST_DAY + timedelta(days=random.randrange(1500)) for _ in range(8)]))
        yield When(as_of and as_of.isoformat(), at and at.isoformat()), at, as_of


def as_stood(row: dict[str, Any]) -> Stood:
    parts = {part["label"]: (part["state"], part["completion"]) for part in row["parts"]}
    return Stood(row["ref"], row["state"], row["completion"], parts)


def test_lists_stand_as_the_plainest_fold_says(lived: Home) -> None:
    streams = log_of(lived.reader)
    topics = {entry.topic for entries in streams.values() for entry in entries}
    assert topics >= {"FactCorrected", "FactRetracted", "CaseWithdrawn", "CaseCarriedOver", "CaseConfirmed"}
    found = 0
    for (when, known_at, as_of), _ in zip(times(streams, 1), range(PAIRS), strict=False):
        expected = [s for entries in streams.values() if (s := stood(entries, known_at, as_of))]
        shown = [as_stood(row) for row in cases(lived, when)]
        assert sorted(shown, key=lambda s: s.ref) == sorted(expected, key=lambda s: s.ref), when
        found += len(shown)
    assert found > PAIRS


def naive_case(streams: dict[UUID, list[Entry]], ref: str, known_at: Any, as_of: date | None) -> Stood | None:
    """The case that bore that number at that time, and was there."""
    return next((s for e in streams.values() if (s := stood(e, known_at, as_of)) and s.ref == ref), None)


def test_a_case_stands_as_the_plainest_fold_says(lived: Home) -> None:
    streams, random, found = log_of(lived.reader), Random(3), 0
    refs = sorted({entries[0].facts["ref"] for entries in streams.values()})
    for (when, known_at, as_of), _ in zip(times(streams, 2), range(400), strict=False):
        expected = naive_case(streams, ref := random.choice(refs), known_at, as_of)
        if expected is None:
            with pytest.raises(CaseUnknown):
                case(lived, ref, when)
        else:
            assert as_stood(case(lived, ref, when)) == expected, (ref, when)
            found += 1
    assert found > 100


def test_a_list_shows_of_a_case_what_the_case_shows(lived: Home) -> None:
    """Every key of a row, but the version, which a row keeps from the last entry that changed it."""
    streams, compared = log_of(lived.reader), 0
    for known_at in instants(streams)[::60]:
        when = When(known_at=known_at.isoformat())
        for row in cases(lived, when):
            one = json.loads(json.dumps(case(lived, row["ref"], when)))
            assert {key: one[key] for key in row} | {"version": row["version"]} == row
            compared += 1
    assert compared > 100


def test_a_history_tells_what_had_happened(lived: Home) -> None:
    """By the dates as corrected; a correction or a retraction comes with what it is about."""
    streams, random, told = log_of(lived.reader), Random(5), 0
    for (when, known_at, as_of), _ in zip(times(streams, 4), range(200), strict=False):
        entries = random.choice(list(streams.values()))
        known = [e for e in entries if known_at is None or e.logged <= known_at]
        if not known or known[-1].topic == "CaseWithdrawn":
            continue
        shown = [entry["version"] for entry in history(lived, known[0].facts["ref"], when, "fr")]
        assert shown == happened(known, as_of)
        told += len(shown)
    assert told > 200


def happened(known: list[Entry], as_of: date | None) -> list[int]:
    corrected = {entry.version: day(entry) for entry in believed(known)}
    kept: list[int] = []
    for entry in known:
        if entry.topic in ("FactCorrected", "FactRetracted"):
            counts = as_of is None or entry.facts["version"] in kept
        else:
            counts = as_of is None or corrected.get(entry.version, day(entry)) <= as_of
        kept += [entry.version] if counts else []
    return kept


def test_a_correction_is_read_at_once_whatever_the_day(home: Home) -> None:
    do(home, "assembly:2023", "create", name="Assemblée 2023", date="2023-05-13")
    do(home, "2023:1", "adopt", title="Titre fautif")
    do(home, "2023:1", "assign", occurred="2023-06-01", owner="Ana")
    do(home, "2023:1", "complete", occurred="2024-02-01", completion="full")
    do(home, "2023:1", "correct", event="@1", set={"titles": {"1": "Bon titre"}}, reason="coquille")
    do(home, "2023:1", "correct", event="@3", set={"occurred": "2023-09-01", "completion": "partial"}, reason="relu")
    home.catch_up()
    (row,) = cases(home, When(as_of="2023-10-01"))
    assert (row["title"], row["owner"]["name"], row["state"], row["completion"]) == ("Bon titre", "ana", "done", "partial")
    (row,) = cases(home, When(as_of="2023-08-31"))
    assert (row["title"], row["owner"]["name"], row["state"], row["completion"]) == ("Bon titre", "ana", "adopted", None)
    (row,) = cases(home, When(as_of="2023-05-31"))
    assert (row["title"], row["owner"]) == ("Bon titre", None)
    assert cases(home, When(as_of="2023-05-12")) == []


def test_an_import_that_was_undone_is_still_read_at_what_was_known(home: Home, tmp_path: Path) -> None:
    lives = Lives(home, tmp_path, seed=2)
    lives.report()
    before = instants(log_of(home.reader))[-1]
    ref = lives.refs[0]
    undo_import(home, lives.actor, lives.imports[0])
    lives.report()
    home.catch_up()
    then = When(known_at=before.isoformat())
    assert ref in [row["ref"] for row in cases(home, then)]
    assert case(home, ref, then)["ref"] == ref
    assert history(home, ref, then, "fr")[0]["event"] == "CaseAdopted"
    between = When(known_at=(before - timedelta(microseconds=1)).isoformat())
    with pytest.raises(CaseUnknown):
        case(home, ref, between)
