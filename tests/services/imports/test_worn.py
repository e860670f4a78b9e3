"""A report that went through keyboards, pages and scanners is read as it was written."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from services.imports.headings import worded
from services.imports.report import Report
from tests.services.imports.reports import parsed

TOWN = """Suivi des résolutions de l’assemblée annuelle 2031

Résolution 3 – Bancs du parc riverain

Les bancs ont été commandés au printemps par le comité et seront posés
avant la saison. Une rencontre est prévue avec la ville le 12 juillet
2031 pour fixer leur place.

Résolutions 5 – 8 – Patinoire du quartier – Éclairage des sentiers d’hiver

Une lettre a été envoyée au maire le 3 mars 2031. Malgré plusieurs rappels,
nous n’avons reçu aucune réponse, et la question demeure entière pour nous.

Résolution 9 – Jeux

Le comité a visité les deux parcs. Il remettra son avis au conseil avant
l’hiver, une fois les prix connus.
"""
NUMBERS = [("3",), ("5", "8"), ("9",)]
TITLES = ["Bancs du parc riverain", "Patinoire du quartier", "Éclairage des sentiers d’hiver", "Jeux"]


def titles(report: Report) -> list[str]:
    return [title for block in report.blocks for title in block.titles.values()]


def spaced(text: str) -> str:
    """A blank line after each line."""
    return text.replace("\n", "\n\n")


def listed(text: str) -> str:
    return re.sub(r"(?m)^(Résolutions? [\d –]*\d) – (.*)$", lambda m: f"{m[1]}\n– " + m[2].replace(" – ", "\n– "), text)


WEAR: dict[str, Callable[[str], str]] = {
    "no blank line": lambda text: re.sub(r"\n\n+", "\n", text),
    "spaced out": spaced,
    "titles as a list": listed,
    "other bullets": lambda text: text.replace(" – ", " ‣ "),
    "stars": lambda text: text.replace(" – ", " * "),
    "roman": lambda text: re.sub(r"(?<=Résolution )3|(?<=Résolutions )5", lambda m: {"3": "III", "5": "V"}[m[0]], text),
    "a sign and a colon": lambda text: re.sub(r"Résolution(s?) (\d)", r"Résolution\1 no \2 :", text),
    "a scanner's letters": lambda text: text.replace("Résolutions", "Résolulions").replace(
        "Résolution 9", "RésoIution 9"
    ),
    "numbered titles on its pages": lambda text: text.replace(
        "\nRésolutions", "\n2 | Suivi des résolutions de\nRésolutions"
    ),
}


@pytest.mark.parametrize("wear", WEAR)
def test_worn_as_it_is(wear: str) -> None:
    whole, report = parsed(TOWN), parsed(WEAR[wear](TOWN))
    assert parsed(TOWN) != report or wear == "other bullets"
    for each in (whole, report):
        assert [block.numbers for block in each.blocks] == NUMBERS
        assert titles(each) == TITLES
    assert [" ".join(item.text for item in block.paragraphs) for block in report.blocks] == [
        " ".join(item.text for item in block.paragraphs) for block in whole.blocks
    ]
    assert not [problem for problem in report.problems if problem.severity == "error"]


def test_blank_lines_between_all_lines_cut_no_sentence() -> None:
    report = parsed(spaced(TOWN))
    assert [len(block.paragraphs) for block in report.blocks] == [1, 1, 1]


def test_a_year_goes_with_its_day() -> None:
    (block,) = parsed(
        "RÉSOLUTION 1\n\nUn titre\n\nLe guide est paru le 12 juillet\n\n2031 et plaît.\n\n2032 viendra.\n"
    ).blocks
    assert [item.text for item in block.paragraphs] == [
        "Le guide est paru le 12 juillet 2031 et plaît.",
        "2032 viendra.",
    ]


def test_a_sentence_that_names_a_resolution_is_no_heading() -> None:
    """Its line was full: the width cut it there."""
    text = TOWN.replace(
        "est prévue avec la ville", "est prévue, comme le voulait l’assemblée à la\nRésolution 4.\nla ville"
    )
    assert [block.numbers for block in parsed(text).blocks] == NUMBERS


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("Résolution XVII", ("17",)), ("RÉSOLUTIONS IV et XL", None), ("Résolutions IX, X et XII", ("9", "10", "12")),
        ("Résolution LIX – Quais", ("59",)), ("Résolution V-12", ("V-12",)), ("Résolution L", None), ("Résolution il", None),
        ("RÉSO1UTION 12", ("12",)), ("Resolulion 12", ("12",)), ("Révocation 12", None), ("résolulion 12", None),
        ("Résolution no 12 : – Quais", ("12",)), ("Résolutions 3 : – 4 – 5", ("3", "4", "5")),
    ],
)  # fmt: skip
def test_numbers_in_letters_and_slips_of_the_word(said: str, numbers: tuple[str, ...] | None) -> None:
    heading = worded(said)
    assert (heading.numbers if heading else None) == numbers


def test_a_heading_follows_the_title_of_the_report_though_no_line_says_how_wide_the_page_is() -> None:
    text = "Suivi des résolutions de l’assemblée 2031\nRésolution 4 – Quais\nLe quai est fait.\nRésolution 5 – Bancs\n"
    report = parsed(text + "Les bancs sont posés, sauf ceux du quai.\n")
    assert [block.numbers for block in report.blocks] == [("4",), ("5",)]
    assert titles(report) == ["Quais", "Bancs"]
