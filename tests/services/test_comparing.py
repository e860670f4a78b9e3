"""Two times compared, against the plainest difference of two readings, at pairs of times drawn at random."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from services.home import Home
from services.reading import When, case, cases, comparing, particulars
from services.reading.comparing import Compared, compare
from services.reading.demarches import demarches
from services.reading.replaying import StepUnknown, replay
from services.refs import CaseUnknown
from services.schema import Urls
from services.settings import Settings
from tests.homes import do, opened
from tests.projections.lives import Lives
from tests.projections.naive import instants, log_of

PAIRS = 40
Row = dict[str, Any]
Flat = dict[tuple[str, str], Any]
OF_THREADS = {"thread", "letters", "reminders", "meeting"}
COMPARED = {"text", "title", "state", "part", "proposal", "owner", "due", "waiting", "referral", "residual", "task", "note",
            "paragraph", "link", *OF_THREADS}  # fmt: skip


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        yield home


@pytest.fixture
def lived(home: Home, tmp_path: Path) -> Home:
    lives = Lives(home, tmp_path, seed=11)
    lives.adopt(20)
    lives.live(450)
    home.catch_up()
    return home


def test_what_differs_is_what_two_readings_say(lived: Home) -> None:
    """Either reading, at times drawn from the log, and days from five years."""
    random, stamps = Random(3), instants(log_of(lived.store.connection))
    found = 0
    for n in range(PAIRS):
        if n % 2:
            known = sorted(random.choice(stamps).isoformat() for _ in range(2))
            old, new = (When(known_at=at) for at in known)
        else:
            days = sorted(f"{random.randrange(2021, 2027)}-{random.randrange(1, 13):02}-11" for _ in range(2))
            old, new = (When(as_of=day) for day in days)
        found += check(lived, old, new)
    assert found > PAIRS * 20, "too little differed for this to say much"


def test_a_removal_that_is_left_out_is_noticed(lived: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = particulars.changes
    monkeypatch.setattr(
        comparing, "changes", lambda old, new: [one for one in whole(old, new) if one.sign != "removed"]
    )
    stamps = instants(log_of(lived.store.connection))
    with pytest.raises(AssertionError):
        for first, last in pairwise(stamps[:: max(len(stamps) // 40, 1)]):
            check(lived, When(known_at=first.isoformat()), When(known_at=last.isoformat()))


def versions_of(home: Home) -> dict[str, str]:
    """Position in the log -> version in its history."""
    logged = log_of(home.store.connection).values()
    return {str(entry.position): str(entry.version) for entries in logged for entry in entries}


def by_version(rows: dict[str, Flat], versions: dict[str, str]) -> dict[str, Flat]:
    """What was written is named by its place in the history, as what changed is."""
    return {
        ref: {(kind, versions[about] if kind in ("note", "paragraph") else about): value for (kind, about), value in row.items()}
        for ref, row in rows.items()
    }


def check(home: Home, old: When, new: When) -> int:
    """That the cases that changed are those that read differently, each by what reads differently in it."""
    compared = compare(home, old, new, cases=10_000)
    told = {one["ref"]: one for one in compared.cases}
    versions = versions_of(home)
    before, after = (by_version(flat(home, when), versions) for when in (old, new))
    n = 0
    for ref in before.keys() | after.keys():
        changed = told.pop(ref, {"changes": []})["changes"]
        if ref not in before or ref not in after:
            assert [(one["sign"], one["kind"]) for one in changed] == [("added" if ref in after else "removed", "case")]
            continue
        differs = {key for key in before[ref].keys() | after[ref].keys() if before[ref].get(key) != after[ref].get(key)}
        shown = {(one["kind"], one["about"]): one for one in changed if one["kind"] in COMPARED}
        assert shown.keys() == differs, (ref, old, new)
        for key, one in shown.items():
            assert (like(one["old"], key), like(one["new"], key)) == (before[ref].get(key), after[ref].get(key))
        n += len(shown)
    assert not told
    assert compared.next is None and compared.still == sum(before[ref] == after.get(ref) for ref in before)
    return n


def test_page_by_page_nothing_is_lost_or_told_twice(lived: Home) -> None:
    old, new = When(known_at=instants(log_of(lived.store.connection))[5].isoformat()), When(known_at="2100-01-01")
    everything = compare(lived, old, new, cases=10_000)
    after, found, pages = None, list[Row](), list[Compared]()
    while not pages or after:
        pages.append(compare(lived, old, new, after, cases=3))
        found += pages[-1].cases
        after = pages[-1].next
    assert found == everything.cases and len(pages) == -(-len(found) // 3)
    assert all(page.still is None and page.moved >= len(found) for page in pages)


def test_a_case_that_the_reader_may_not_see_differs_in_nothing(home: Home) -> None:
    do(home, "assembly:2023", "create", name="Annuelle", date="2023-05-13")
    for number in ("1", "2"):
        do(home, f"2023:{number}", "adopt", title=f"Titre {number}")
    do(home, "2023:2", "restrict", visibility="officers")
    do(home, "demarche:1", "send", cases=["2023:2"], kind="open_letter")
    home.catch_up()
    old, new = When(known_at="2000-01-01"), When(known_at="2100-01-01")
    assert [one["ref"] for one in compare(home, old, new).cases] == ["2023:1", "2023:2"]
    stranger = replace(
        home, settings=Settings(home.settings.home, "personne", database_url=home.urls.owner), known_viewer=None
    )
    compared = compare(stranger, old, new)
    assert [one["ref"] for one in compared.cases] == ["2023:1"] and compared.moved == 1 and compared.still == 0


def test_a_case_again_ends_where_its_page_stands(lived: Home) -> None:
    """At every step, what it changed leads from the case before to the case after; the last one is today."""
    versions = versions_of(lived)
    for row in cases(lived, When()):
        last = replay(lived, row["ref"], "fr")
        assert last.step.number == len(last.entries)
        stands = {(one["kind"], one["about"]): one["new"] for one in last.step.after if one["kind"] in COMPARED}
        shown = {key: like(one, key) for key, one in stands.items()}
        now = by_version({"": dict(of_case(case(lived, row["ref"], When())))}, versions)[""]
        kept = {key: value for key, value in shown.items() if key[0] in COMPARED - OF_THREADS}
        assert kept == {key: value for key, value in now.items() if key[0] not in ("note", "text")}
        before: dict[tuple[str, str], Row] = {}
        for number in range(1, len(last.entries) + 1):
            step = replay(lived, row["ref"], "fr", number).step
            if number > 1:
                for one in step.changes:
                    assert before.get((one["kind"], one["about"])) == one["old"] or one["kind"] in (
                        "note",
                        "text",
                        "case",
                    )
            before = {(one["kind"], one["about"]): one["new"] for one in step.after}
    with pytest.raises(StepUnknown):
        replay(lived, row["ref"], "fr", len(last.entries) + 1)


def flat(home: Home, when: When) -> dict[str, Flat]:
    """REF -> what the pages say of each case and of its threads, one thing at a time."""
    found = {}
    for row in cases(home, when):
        try:
            found[row["ref"]] = dict(of_case(case(home, row["ref"], when)))
        except CaseUnknown:  # it bore that number, another does now
            continue
    for thread in demarches(home, when):
        for ref in thread["cases"]:
            if ref in found:
                found[ref] |= dict(of_thread(thread))
    return found


def of_case(row: Row) -> Iterator[tuple[tuple[str, str], Any]]:
    for number, title in row["titles"].items():
        yield ("title", number if len(row["titles"]) > 1 else ""), title
    if row["text"]:
        yield ("text", ""), row["text"]
    yield ("state", ""), (row["state"], row["completion"])
    for part in row["parts"] if len(row["parts"]) > 1 else ():
        yield ("part", part["label"]), (part["state"], part["completion"])
    for one in row["proposals"]:
        yield ("proposal", one["part"] or ""), (one["state"], one["completion"])
    if row["owner"]:
        yield ("owner", ""), row["owner"]["name"]
    if row["due"]:
        yield ("due", ""), row["due"]
    lists = (("waiting", [(one["on"]["name"], one["since"]) for one in row["waiting_on"]]),
             ("referral", [(one["body"]["name"], one["due"]) for one in row["referrals"]]),
             ("residual", row["residuals"]), ("link", [(one["kind"], one["to"]) for one in row["links"]]))  # fmt: skip
    for kind, values in lists:
        yield from (((kind, str(n)), value) for n, value in enumerate(values, 1))
    for task in row["tasks"]:
        yield ("task", str(task["task"])), (task["text"], task["done"])
    for note in row["notes"]:
        yield ("note", str(note["position"])), (note["text"], note["occurred"])
    for approved in row["paragraphs"]:
        yield ("paragraph", str(approved["position"])), approved["text"]


def of_thread(row: Row) -> Iterator[tuple[tuple[str, str], Any]]:
    number = str(row["number"])
    yield ("thread", number), (row["state"], row["answer"], row["reason"])
    for kind, name in (("letters", "attempts"), ("reminders", "reminders")):
        if row[name]["max"] != 0:
            yield (kind, number), (row[name]["min"], row[name]["max"])
    for n, one in enumerate(row["meetings"], 1):
        yield ("meeting", f"{number}:{n}"), (one["date"], one["state"])


def like(row: Row | None, key: tuple[str, str]) -> Any:
    """A change's side, in the shape of `flat`."""
    if row is None:
        return None
    match key[0]:
        case "title" | "text" | "residual" | "paragraph":
            return row["text"]
        case "state" | "part" | "proposal":
            return row["state"], row["completion"]
        case "owner":
            return row["who"]["name"]
        case "due":
            return row["date"]
        case "waiting":
            return row["who"]["name"], row["since"]
        case "referral":
            return row["who"]["name"], row["due"]
        case "link":
            return row["kind"], row["to"]
        case "task":
            return row["text"], row["done"]
        case "note":
            return row["text"], row["occurred"]
        case "thread":
            return row["state"], row["answer"], row["reason"]
        case "meeting":
            return row["date"], row["state"]
    return row["count"]["min"], row["count"]["max"]
