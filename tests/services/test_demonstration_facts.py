"""The demonstration against the facts of the real report, where they are at hand; and none of its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec import to_builtins

from domain.words import plain, slug
from projections.phrases.typography import typeset
from services.demonstration import KEY, load
from services.demonstration.source import FILE, THREADS, Demonstration
from services.reading import When, cases
from services.schema import Urls
from tests.homes import opened, secretary

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
FACTS = SHARED / "golden" / "000_suivi_resolutions.yaml"
RUN = 9  # words in a row that only a copy has: the longest name of the report has eight


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    if not FACTS.exists():
        pytest.skip("the facts of the real report are not beside this checkout")
    return dict(yaml.safe_load(FACTS.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def rows(database_of_module: Urls) -> Iterator[dict[tuple[str, ...], dict[str, Any]]]:
    """Number -> case, as listed."""
    with opened(database_of_module) as home:
        load(home, secretary(home))
        yield {tuple(row["numbers"]): row for row in cases(home, When())}


def completion(case: dict[str, Any]) -> str | None:
    """How far the facts say that a case is done: what remains open, and what ends, tell."""
    if case["status"] != "done":
        return None
    return "partial" if "open_items" in case else "temporary" if "reopen_when" in case else "full"


def parts(case: dict[str, Any]) -> list[tuple[str, str]]:
    if "tracks" in case:
        return [(track["track"], track["status"]) for track in case["tracks"]]
    return [(number, case["status"]) for number in case["numbers"]]


def test_every_case_is_as_the_facts_say(facts: dict[str, Any], rows: dict[tuple[str, ...], dict[str, Any]]) -> None:
    assert sorted(rows) == sorted(tuple(case["numbers"]) for case in facts["cases"])
    for case in facts["cases"]:
        row = rows[tuple(case["numbers"])]
        titles = case.get("titles_by_number") or {case["numbers"][0]: case["title"]}
        assert (row["titles"], row["state"], row["completion"]) == (titles, case["status"], completion(case))
        assert [(part["label"].lower(), part["state"]) for part in row["parts"]] == parts(case)
        assert row["ref"] == f"{KEY}:{case['numbers'][0]}"


def test_the_numbers_that_are_missing(facts: dict[str, Any]) -> None:
    assert [*Demonstration.read().assembly["numbers"]] == facts["meta"]["numbering"]["missing"]


def test_nobody_real_is_named_but_who_holds_a_public_office(facts: dict[str, Any]) -> None:
    told = slug("".join(file.read_text(encoding="utf-8") for file in (FILE, THREADS)), longest=1_000_000)
    public = {office["holder"] for office in facts["registry"]["offices"]}
    named = [slug(person["name"]) for person in facts["registry"]["persons"] if person["id"] not in public]
    assert named and not [name for name in named if name in told]


def test_no_sentence_is_copied(facts: dict[str, Any]) -> None:
    """But for titles, no run of words is that of the report, nor of its facts as told elsewhere."""
    report = next((SHARED / "seeds").glob("000_*.txt"), None)
    if report is None:
        pytest.skip("the real report is not beside this checkout")
    known = runs(report.read_text(encoding="utf-8")) | runs(FACTS.read_text(encoding="utf-8"))
    told = Demonstration.read()
    titled = {run for case in told.cases for title in case.titles.values() for run in runs(title)}
    assert not {run for text in texts([case.acts for case in told.cases]) for run in runs(text)} & known - titled
    assert not {run for case in told.cases for run in runs(case.adopt.get("text", ""))} & known
    assert not {run for text in texts(yaml.load(THREADS.read_text("utf-8"), yaml.BaseLoader)) for run in runs(text)} & known


def test_what_it_says_is_well_printed() -> None:
    said = [*texts(to_builtins(Demonstration.read())), *texts(yaml.load(THREADS.read_text("utf-8"), yaml.BaseLoader))]
    assert len(said) > 500
    assert not [text for text in said if typeset(text, "fr") != text]


def runs(text: str) -> set[str]:
    words = re.findall(r"\w+", plain(text))
    return {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def texts(value: Any) -> Iterator[str]:
    """Every text within."""
    if isinstance(value, str):
        yield value
    else:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)
