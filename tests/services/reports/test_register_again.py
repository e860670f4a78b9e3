"""A register that was printed comes in again: number, title, sponsor, day, decision, state, in every format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.values import Lang
from domain.words import comparable
from services.home import Home
from services.imports.own_report import SeveralAssemblies
from services.imports.register.days import day_of
from services.reading import When
from services.reading.cases import cases
from services.reports.asked import Asked
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.services.reports.again import brought, printed
from tests.services.reports.wording import phrases

FEW = settings(max_examples=4, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
FORMATS = ("docx", "xlsx", "html", "csv")
KEYS = count(1)
DAYS = ("2021-05-10", "2021-05", "2021", "2021-05-10/2021-05-11", "2020-21", "2021-04-30/2021-05-02", "2020/2021")
MOVES: dict[str, tuple[str, dict[str, Any]] | None] = {
    "adopted": None, "in_progress": ("start", {}), "referred": ("refer", {"body": "Comité vert"}),
    "not_done": ("close-undone", {"reason": "pandémie"}),
    **{f"done {extent}": ("complete", {"completion": extent}) for extent in ("full", "partial", "temporary")},
}  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """A case of a register: its titles by number, who submitted it, when it was adopted, and where each number stands; one
    state for all of them, or one for each."""

    titles: dict[str, str]
    sponsor: str | None
    day: str | None
    states: tuple[str, ...]


@st.composite
def registers(draw: st.DrawFn) -> tuple[list[Listed], dict[str, str]]:
    """Cases, and the fates of numbers without one."""
    numbers = [str(n) for n in draw(st.lists(st.integers(1, 60), min_size=3, max_size=10, unique=True))]
    fates = {numbers.pop(): draw(st.sampled_from(["defeated", "withdrawn", "referred", "not_reached"]))}
    made = []
    while numbers:
        own, numbers = numbers[: (size := draw(st.integers(1, 3)))], numbers[size:]
        each = len(own) if draw(st.booleans()) else 1
        states = tuple(draw(st.sampled_from(sorted(MOVES))) for _ in range(each))
        sponsor = draw(st.none() | phrases(4))
        day = draw(st.sampled_from([None, *DAYS]))
        made.append(Listed({number: draw(phrases()) for number in own}, sponsor, day, states))
    return made, fates


@pytest.fixture(scope="module")
def home(database_of_module: Urls) -> Iterator[Home]:
    with opened(database_of_module) as home:
        secretary(home)
        do(home, "body:new", "create", name="Comité vert")
        yield home


def entered(home: Home, made: list[Listed], fates: dict[str, str]) -> str:
    key = f"essai-{next(KEYS)}"
    do(home, f"assembly:{key}", "create", name=f"Assemblée annuelle {key}", date="2021-05-10", numbers=fates)
    for one in made:
        first, *_ = numbers = [*one.titles]
        facts: dict[str, Any] = {"numbers": numbers, "titles": one.titles}
        facts |= {"submitted_by": one.sponsor} if one.sponsor else {}
        facts |= {"adopted_on": one.day} if one.day else {}
        do(home, f"{key}:{first}", "adopt", **facts)
        for number, state in zip(numbers if len(one.states) > 1 else [None], one.states, strict=False):
            if move := MOVES[state]:
                do(home, f"{key}:{first}", move[0], part=number, **move[1])
    return key


def stated(one: Listed) -> list[tuple[str, str | None, str | None]]:
    """The states that are proposed of a case: where nothing became of it, none is."""
    said = [(*f"{state} ".split(" ")[:2], number) for number, state in zip(one.titles, one.states, strict=False)]
    alone = len({*one.states}) == 1
    found = [(state, extent or None, None if alone or len(one.titles) == 1 else part) for state, extent, part in said]
    return [each for each in (found[:1] if alone else found) if each[0] != "adopted"]


@pytest.mark.parametrize("format", FORMATS)
def test_a_register_gives_the_same_cases(home: Home, tmp_path: Path, format: str) -> None:
    @FEW
    @given(registers(), st.sampled_from(["fr", "en"]))
    def try_one(drawn: tuple[list[Listed], dict[str, str]], lang: Lang) -> None:
        made, fates = drawn
        key = entered(home, made, fates)
        result = brought(home, printed(home, "register", Asked(to=key, lang=lang), format, tmp_path), "auto", f"{key}-lu")
        assert result.kind == "table"
        told = {row["numbers"][0]: row for row in cases(home, When()) if row["home"] == f"{key}-lu"}
        if format == "csv":  # which knows no bundle
            made = [alone for one in made for alone in apart(one)]
        assert sorted(told) == sorted(next(iter(one.titles)) for one in made)
        for one in made:
            row = told[next(iter(one.titles))]
            assert {n: comparable(title) for n, title in row["titles"].items()} == {
                n: comparable(title) for n, title in one.titles.items()
            }
            sponsor = row["submitted_by"]["name"] if row["submitted_by"] else ""
            assert (comparable(sponsor), row["adopted_on"]) == (comparable(one.sponsor or ""), one.day)
            assert [(p["state"], p["completion"], p["part"]) for p in row["proposals"]] == stated(one)

    try_one()


def apart(one: Listed) -> Iterator[Listed]:
    states = one.states if len(one.states) > 1 else one.states * len(one.titles)
    for (number, title), state in zip(one.titles.items(), states, strict=True):
        yield Listed({number: title}, one.sponsor, one.day, (state,))


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_of_several_assemblies_the_one_that_is_said_comes_in(database: Urls, tmp_path: Path, format: str) -> None:
    with opened(database) as home:
        for year in ("2021", "2022"):
            do(home, f"assembly:{year}", "create", name=f"Assemblée annuelle {year}", date=f"{year}-05-14")
            do(home, f"{year}:1", "adopt", titles={"1": f"De l’eau en {year}"})
        path = printed(home, "register", Asked(), format, tmp_path)
        with pytest.raises(SeveralAssemblies):
            brought(home, path, "auto", "ailleurs")
        for year in ("2021", "2022"):
            assert brought(home, path, "auto", year).unchanged == [f"{year}:1"]


def test_what_a_register_says_beside_is_told(home: Home, tmp_path: Path) -> None:
    key = entered(home, [Listed({"1": "De l’eau"}, None, None, ("referred",))], {})
    result = brought(home, printed(home, "register", Asked(to=key), "csv", tmp_path), "auto", f"{key}-lu")
    assert [type(one.notice).__name__ for one in result.problems] == ["DateUnsaid", "BodiesAside"]


@pytest.mark.parametrize(
    ("said", "day"),
    [("10 mai 2021", "2021-05-10"), ("from 30 April to 2 May 2021", "2021-04-30/2021-05-02"), ("de 2020 à 2021", "2020/2021"),
     ("2021", "2021"), ("adoptée le 3 mai 2021", None), ("à venir", None)],
)  # fmt: skip
def test_a_day_is_a_date_and_nothing_else(said: str, day: str | None) -> None:
    assert day_of(said) == day
