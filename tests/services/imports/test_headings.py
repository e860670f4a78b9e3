"""What is a heading of a resolution, which numbers it bears, and what is not one."""

from __future__ import annotations

from time import process_time

import pytest

from services.imports.headings import Heading, bare, missing, worded

HEADINGS = {
    "RÉSOLUTION 17": ("17",),
    "RESOLUTION 4": ("4",),
    "résolution 12": ("12",),
    "RÉSOLUTION No 12": ("12",),
    "Résolution n° 12": ("12",),
    "Résolution numéro 12": ("12",),
    "RÉSOLUTION #12": ("12",),
    "RE\u0301SOLUTION 3": ("3",),
    "RÉSOLUTION 07": ("7",),
    "RÉSOLUTION 12-B": ("12-B",),
    "RÉSOLUTION 12 bis": ("12 bis",),
    "RÉSOLUTION 12.1": ("12.1",),
    "Résolution 2024-07": ("2024-07",),
    "Résolution 2024–07": ("2024-07",),
    "RÉSOLUTION AG-2023-04": ("AG-2023-04",),
    "RÉSOLUTIONS 12-13": ("12", "13"),
    "RÉSOLUTIONS 23-24-25": ("23", "24", "25"),
    "RÉSOLUTIONS 23 — 24 — 25": ("23", "24", "25"),
    "RÉSOLUTIONS 23/24/25": ("23", "24", "25"),
    "RÉSOLUTIONS 23, 24 et 25": ("23", "24", "25"),
    "RÉSOLUTIONS 23, 24, et 25 :": ("23", "24", "25"),
    "Resolutions 23 & 24": ("23", "24"),
    "RÉSOLUTIONS 12 à 14": ("12", "13", "14"),
    "RÉSOLUTIONS 2024-07, 08 et 09": ("2024-07", "2024-08", "2024-09"),
    "RÉSOLUTIONS 2024-09 à 2024-11": ("2024-09", "2024-10", "2024-11"),
    "SUIVI RÉSOLUTIONS 5 – 33 – 36": ("5", "33", "36"),
    "Suivi de la résolution 8": ("8",),
    "**RÉSOLUTION 4**": ("4",),
    "## Résolution 4": ("4",),
    "RÉSOLUTION\u00a017\u00a0:": ("17",),
}

TITLED = {
    "RÉSOLUTION 17 : Redevances": (("17",), "Redevances"),
    "RÉSOLUTION 17 – 3 postes de plus": (("17",), "3 postes de plus"),
    "RÉSOLUTION 17. Redevances": (("17",), "Redevances"),
    "Résolution 12-B – Agences": (("12-B",), "Agences"),
    "RÉSOLUTIONS 23 – 24 – Garde – Places": (("23", "24"), "Garde – Places"),
    "Résolution 40 : 2 places": (("40",), "2 places"),
}

NOT_HEADINGS = [
    "Suivi des résolutions de l’assemblée annuelle 2023",
    "SUIVI RÉSOLUTIONS 2023",
    "Résolution 12 adoptée à l’unanimité",
    "La résolution 12",
    "RÉSOLUTIONS 14 à 2",
    "RÉSOLUTION",
    "RÉSOLUTION DOUZE",
    "RÉSOLUTION XXL",
    "Révision 12",
    "résolution 12 et la suite",
]


@pytest.mark.parametrize("text", HEADINGS)
def test_numbers_of_a_heading(text: str) -> None:
    assert worded(text) == Heading(HEADINGS[text], "")


@pytest.mark.parametrize("text", TITLED)
def test_a_title_on_the_line_of_the_heading(text: str) -> None:
    assert worded(text) == Heading(*TITLED[text])


@pytest.mark.parametrize("text", NOT_HEADINGS)
def test_what_is_no_heading(text: str) -> None:
    assert worded(text) is None


def test_a_heading_that_goes_on() -> None:
    assert worded("RÉSOLUTION 12 (suite)") == Heading(("12",), "", continued=True)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("17 – Redevances", Heading(("17",), "Redevances")),
        ("17. Redevances", Heading(("17",), "Redevances")),
        ("17) Écoles", Heading(("17",), "Écoles")),
        ("No 17 – Redevances", Heading(("17",), "Redevances")),
        ("23-24-25 – Garde – Places – Valeur", Heading(("23", "24", "25"), "Garde – Places – Valeur")),
        ("3 postes", None),
        ("2023 – Une année", None),
        ("17 – redevances", None),
    ],
)
def test_headings_without_the_word(text: str, heading: Heading | None) -> None:
    assert bare(text) == heading


def test_missing_numbers_of_each_series() -> None:
    assert missing(["1", "3", "6"]) == ("2", "4", "5")
    assert missing(["1", "2-B", "4"]) == ("3",)
    assert missing(["2024-01", "2024-04", "2025-2"]) == ("2024-02", "2024-03", "2025-1")
    assert missing(["AG-2023-02"]) == ("AG-2023-01",)
    assert missing([]) == ()


def test_a_long_line_is_answered_at_once() -> None:
    started = process_time()
    for text in ("RÉSOLUTION " + "1-" * 240, "RÉSOLUTION " + " " * 480 + "x", "RÉSOLUTION " + "1 et " * 90 + "!"):
        worded(text)
        bare(text)
    assert process_time() - started < 0.5
