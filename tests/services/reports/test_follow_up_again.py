"""A follow-up that was printed comes in again, and gives the same cases: numbers, bundles, titles, parts and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from domain.values import Lang
from domain.words import comparable
from services.home import Home
from services.imports.own_report import SeveralAssemblies
from services.reports import writing
from services.reports.asked import Asked
from services.reports.follow_up import telling_of
from services.reports.printed import Printed
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.services.reports import again
from tests.services.reports.again import brought, told_of
from tests.services.reports.wording import paragraphs, phrases

FEW = settings(
    max_examples=5, phases=[Phase.explicit, Phase.generate], deadline=None, suppress_health_check=list(HealthCheck),
    derandomize=True,
)  # fmt: skip
KEYS = count(1)
PARTS = ("au Québec", "au Canada")


@dataclass(frozen=True)
class Resolution:
    """A case: its titles by number, and what was noted of it for the assembly, of a part or of the whole, or approved."""

    titles: dict[str, str]
    notes: tuple[tuple[str, str], ...]
    approved: bool

    @property
    def parted(self) -> bool:
        return any(part for part, _ in self.notes)

    def told(self, lang: Lang) -> list[str]:
        """The paragraphs that are printed: of the whole, then part by part."""
        colon = {"fr": " : ", "en": ": "}[lang]
        named: dict[str, list[str]] = {"": []}
        for part, text in self.notes:
            led = text if part in named else f"A{part[1:]}{colon}{text}"
            named.setdefault(part, []).append(led)
        return [text for texts in named.values() for text in texts]


def unled(text: str) -> bool:
    return not text.startswith("Au Québec")


@st.composite
def organisations(draw: st.DrawFn) -> list[Resolution]:
    """Cases of one assembly, bundles among them, with numbers of one way of counting."""
    form = draw(st.sampled_from(["{}", "2031-{:02}", "{}-B", "A-{}", "20{:02}", "{}.1"]))
    numbers = [form.format(n) for n in draw(st.lists(st.integers(1, 40), min_size=2, max_size=9, unique=True))]
    made = []
    while numbers:
        own, numbers = numbers[: (size := draw(st.integers(1, 3)))], numbers[size:]
        titles = {number: draw(phrases()) for number in own}
        notes = draw(st.lists(st.tuples(st.just(""), paragraphs()), max_size=5))
        if size == 1 and draw(st.booleans()):
            notes = draw(st.lists(st.tuples(st.sampled_from(["", *PARTS]), paragraphs().filter(unled)), max_size=6))
        made.append(Resolution(titles, tuple(notes), draw(st.booleans())))
    return made


HARD = [
    Resolution({"1": "– Un titre après un tiret"}, (("", "3) Le troisième"), ("", "1. Un"), ("", "2. Deux")), approved=False),
    Resolution({"2": "Eau – air", "3": "Résolution 9 : à suivre", "4": "nº 5"}, (("", "RÉSOLUTION 3"),), approved=True),
    Resolution({"7": "Des trains."}, (("au Canada", "En cours"), ("au Québec", "- Fait;"), ("au Canada", "et après")), False),
    Resolution({"8": "en minuscules"}, (), approved=False),
    Resolution({"6": "À part", "2024": "L’an"}, (), approved=False),
]
"""What was met once, and is to be met each time."""


@pytest.fixture(scope="module")
def home(database_of_module: Urls) -> Iterator[Home]:
    with opened(database_of_module) as home:
        secretary(home)
        yield home


def entered(home: Home, made: list[Resolution], lang: Lang = "fr") -> str:
    """An assembly of its own, with those cases."""
    key = f"essai-{next(KEYS)}"
    do(home, f"assembly:{key}", "create", name=f"Assemblée annuelle {key}", date="2031-05-10")
    for one in made:
        first = next(iter(one.titles))
        parts = [{"label": label, "numbers": [first]} for label in PARTS] if one.parted else []
        do(home, f"{key}:{first}", "adopt", numbers=[*one.titles], titles=one.titles, parts=parts)
        if one.approved and one.notes:
            do(home, f"{key}:{first}", "approve-report", text="\n\n".join(one.told(lang)))
        else:
            for part, text in one.notes:
                do(home, f"{key}:{first}", "note", text=text, audience="assembly", part=part or None)
    return key


def printed(home: Home, key: str, format: str, folder: Path, lang: Lang = "fr") -> Path:
    """The follow-up of that assembly alone."""
    home.catch_up()
    on, telling = telling_of(home, Asked(lang=lang))
    groups = tuple(group for group in telling.selection.groups if group.assembly.key == key)
    telling = replace(telling, selection=replace(telling.selection, groups=groups))
    path = folder / f"{key}.{format}"
    with path.open("wb") as out:
        document = Printed("follow-up", telling.title, on.lang, on.day, telling.blocks(), on.organisation)
        writing.write(document, format, out)
    return path


def words(text: str) -> str:
    """As they are compared: a sign before an item is a sign."""
    return re.sub(r"^(\d+)\) ", r"\1. ", re.sub(r"^[-•] ", "- ", comparable(text)))


@pytest.mark.parametrize("format", ["docx", "xlsx", "html"])
def test_what_is_printed_gives_the_same_cases(home: Home, tmp_path: Path, format: str) -> None:
    @FEW
    @example(HARD, "fr")
    @example(HARD, "en")
    @given(organisations(), st.sampled_from(["fr", "en"]))
    def try_one(made: list[Resolution], lang: Lang) -> None:
        key = entered(home, made, lang)
        brought(home, printed(home, key, format, tmp_path, lang), "auto", f"{key}-lu")
        told = told_of(home, f"{key}-lu")
        assert [told[next(iter(one.titles))]["numbers"] for one in made] == [[*one.titles] for one in made]
        for one in made:
            found = told[next(iter(one.titles))]
            assert {n: comparable(title) for n, title in found["titles"].items()} == {
                n: comparable(title) for n, title in one.titles.items()
            }
            assert [words(text) for text, _ in found["notes"]] == [words(text) for text in one.told(lang)]
            if len({part for part, _ in one.notes if part}) > 1:
                assert {label.casefold() for label, _ in found["parts"]} == {part.casefold() for part in PARTS}

    try_one()


def test_of_several_assemblies_the_one_that_is_said_comes_in(database: Urls, tmp_path: Path) -> None:
    with opened(database) as home:
        for year in ("2022", "2023"):
            do(home, f"assembly:{year}", "create", name=f"Assemblée annuelle {year}", date=f"{year}-05-14")
            do(home, f"{year}:1", "adopt", titles={"1": f"De l’eau en {year}"})
        do(home, "2023:1", "note", text="Nous avons écrit.", audience="assembly")
        path = again.printed(home, "follow-up", Asked(filters={"gaps": "1"}), "docx", tmp_path)
        with pytest.raises(SeveralAssemblies) as unsaid:
            brought(home, path, "auto", "ailleurs")
        assert unsaid.value.facts["known"] == ["2022", "2023"]
        before = (told_of(home, "2022"), told_of(home, "2023"))
        for year in ("2022", "2023"):
            assert brought(home, path, "auto", year).unchanged == [f"{year}:1"]
        assert (told_of(home, "2022"), told_of(home, "2023")) == before
        assert before[0]["1"]["notes"] == []  # that nothing was reported is what the report says, and nobody else


def test_a_paragraph_that_would_be_a_heading_is_told(home: Home, tmp_path: Path) -> None:
    made = [Resolution({"1": "De l’eau"}, (("", "Résolution 9 : à suivre"),), approved=True)]
    path = printed(home, key := entered(home, made), "docx", tmp_path)
    result = brought(home, path, "auto", f"{key}-lu")
    assert [type(one.notice).__name__ for one in result.problems] == ["DateUnsaid", "HeadingUnread"]
