"""How the house writes, in every report and in drafts: both genders where nobody is known, a thin space before ; ! ?, and
never in what somebody wrote."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest

from projections.phrases.typography import NO_BREAK, THIN
from services.home import Home
from services.organisation import configure
from services.reading import When
from services.reports import registry
from services.reports.asked import Asked
from services.reports.drafts import draft_of
from services.reports.registry import REPORTS
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.services.plans import enter
from tests.services.reports.paper_plans import orientations_plan

TITLE = "Les élu.e.s; vite ! Et l’eau"


@pytest.fixture(scope="module")
def home(database_of_module: Urls) -> Iterator[Home]:
    """One of everything that a report tells of, each with signs in its title."""
    with opened(database_of_module) as home:
        do(home, "assembly:2023", "create", name="Assemblée; 2023", date="2023-05-13")
        do(home, "2023:1", "adopt", numbers=["1"], titles={"1": TITLE})
        do(home, "2023:4", "adopt", numbers=["4"], titles={"4": TITLE})
        do(home, "office:conseil", "create", name="président du Conseil", feminine="présidente du Conseil")
        do(home, "demarche:1", "send", cases=["2023:1"], office="office:conseil", occurred="2024-06-26", subject=TITLE,
           text="Que l’eau soit propre\nQue l’air le soit")  # fmt: skip
        do(home, "2023:1", "wait", on="le cabinet", condition="une date")
        for number in (1, 2):
            do(home, f"record:{number}", "create", kind="activity", title=f"{TITLE} {number}", date=f"2024-05-0{number}")
        enter(home, "sdh-2012", orientations_plan())
        home.catch_up()
        yield home


def write(home: Home, style: str = "doublets", spaced: str = "non") -> None:
    configure(home.store, secretary(home), {"inclusive": style, "spaced_signs": spaced})
    home.catch_up()


def text(home: Home, name: str, **more: Any) -> str:
    """The words of a report, without what was typed."""
    out = io.BytesIO()
    filters = {"annual": {"year": "2024"}, "follow-up": {"gaps": "1"}}.get(name, {})
    registry.write(home, name, Asked(to=more.pop("to", None), filters=filters), "html", out)
    told = re.sub(r"<style.*?</style>|<[^>]+>|&[a-z#0-9]+;", " ", out.getvalue().decode(), flags=re.DOTALL)
    assert TITLE in told or name in ("plan", "unanswered")
    return told.replace(TITLE, "").replace("Assemblée; 2023", "").replace("assemblée; 2023", "")


@pytest.mark.parametrize("name", sorted(REPORTS))
@pytest.mark.parametrize("spaced", ["oui", "non"])
def test_signs_are_spaced_as_the_house_says_and_titles_stay(home: Home, name: str, spaced: str) -> None:
    write(home, spaced=spaced)
    told = text(home, name)
    tight, thin = re.findall(r"\w[;!?]", told), re.findall(rf"\w{THIN}[;!?]", told)
    assert not (tight if spaced == "oui" else thin)
    if name in ("annual", "plan"):
        assert thin if spaced == "oui" else tight


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("dots", "à la ou au président.e du Conseil"), ("dot", "à la ou au président.e du Conseil"),
        ("middle_dots", "à la ou au président·e du Conseil"), ("slash", "à la ou au président/e du Conseil"),
        ("doublets", "à la présidente du Conseil ou au président du Conseil"), ("none", "au président du Conseil"),
    ],
)  # fmt: skip
def test_a_draft_writes_both_as_the_house_does(home: Home, style: str, said: str) -> None:
    write(home, style, "oui")
    told = draft_of(home, "2023:1", When(), "fr").text.replace(NO_BREAK, " ")
    assert f"Une lettre a été envoyée {said} le 26 juin 2024." in told
    assert f"- Que l’eau soit propre{THIN};\n- Que l’air le soit." in told
    assert f"le cabinet{THIN}; ce qui doit venir d’abord : une date." in told
