"""The same reports on other pages: headings in small letters, names over several lines, lines copied one by one, accents lost."""

from __future__ import annotations

import re
from textwrap import wrap
from unicodedata import combining, normalize

import pytest

from services.imports.annual.grammar import read_annual
from services.imports.annual.page import is_capitals
from services.imports.annual.reading import AnnualReading
from services.imports.documents.reading import read_document
from tests.services.imports.annual.samples import FRENCH, extracted, reading


def kinds(read: AnnualReading) -> list[tuple[str, str, str | None]]:
    return [(one.kind, one.title.casefold(), one.date) for one in read.entries]


def small(text: str, width: int = 200) -> str:
    """With its headings in small letters, wrapped as the rest is."""
    lines = (re.sub(r"[^\W\d]", lambda at: at[0].upper(), line.lower(), count=1) if is_capitals(line) else line
             for line in text.splitlines())  # fmt: skip
    return "\n".join(piece for line in lines for piece in (wrap(line, width) or [""]))


def test_headings_in_small_letters() -> None:
    read = reading(small(FRENCH))
    assert kinds(read) == kinds(reading(FRENCH))
    assert [one.name for one in read.board] == ["Ana Dufour", "Léo Tremblay-Roy", "Ines Caron"]
    assert [(one.acronym, one.expansion) for one in read.acronyms][2] == (
        "ROBVQ", "Regroupement des organismes de bassins versants")  # fmt: skip


BARE = {
    "PUBLICATIONS\n- Communiqué de presse de la Fédération des rives, « Halte », 3 mai 2023": ("Federation des rives",),
    "PLAIDOYER\n- Le 3 mai 2023, signature d’une lettre collective rédigée par le Réseau des rives": (
        "Reseau des rives",
    ),
}


@pytest.mark.parametrize(("text", "parties"), BARE.items())
def test_words_whose_accents_were_lost(text: str, parties: tuple[str, ...]) -> None:
    (entry,) = reading(f"RAPPORT ANNUEL 2023-2024\n\n{plain_letters(text)}\n").entries
    assert entry.parties == parties and entry.published is None


def plain_letters(text: str) -> str:
    return "".join(letter for letter in normalize("NFD", text) if not combining(letter))


ALLIES = """Alliances

Réseau québécois pour la
défense de l’eau potable et
des lacs (RQDEP)
Nous sommes membres de ce réseau depuis dix ans,
avec toutes les tables de la région.

Coalition des rives
Nous appuyons la coalition, qui réunit les villes
et les usagers.
"""


def test_the_name_of_an_ally_over_several_lines() -> None:
    found = [(one.title, one.relation) for one in reading(ALLIES).of("alliance")]
    assert found == [("Réseau québécois pour la défense de l’eau potable et des lacs (RQDEP)", "member"),
                     ("Coalition des rives", "support")]  # fmt: skip


def test_a_page_that_was_copied_line_by_line() -> None:
    copied = "".join(f"<p>{line}</p>" for line in extracted(FRENCH).splitlines() if line.strip())
    page = f"<!doctype html><html><body>{copied}</body></html>"
    assert kinds(read_annual(read_document("rapport.html", page.encode()))) == kinds(reading(extracted(FRENCH)))


def test_people_whom_a_page_names_on_one_line() -> None:
    told = "Ana Dufour, AMF, présidente Léo Roy, RQE, trésorier Ines Caron, ROBVQ, secrétaire"
    read = reading(f"CONSEIL D’ADMINISTRATION\n{told}\n")
    assert [(one.name, one.organisation, one.role) for one in read.board] == [
        ("Ana Dufour", "AMF", "présidente"), ("Léo Roy", "RQE", "trésorier"), ("Ines Caron", "ROBVQ", "secrétaire")]  # fmt: skip
