"""Who a letter is addressed to, in Quebec: gender, charges in both forms, nobody known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.agreement import Inclusive
from services.letters.addressing import address, closing, former, salutation
from services.letters.facts import Addressee, Holder
from tests.services.letters.reminding import HER, HIM, SOMEONE

EDUCATION = "ministre de l’Éducation"


@pytest.mark.parametrize(
    ("office", "holder", "block", "called"),
    [
        (EDUCATION, HIM, ["Monsieur\u00a0Jean Lafleur", "Ministre de l’Éducation"], "Monsieur le Ministre"),
        (EDUCATION, HER, ["Madame\u00a0Anne Brodeur", "Ministre de l’Éducation"], "Madame la Ministre"),
        (EDUCATION, SOMEONE, ["Dominique Roy", "Ministre de l’Éducation"], "Madame, Monsieur"),
        (EDUCATION, None, ["À l’attention du ou de la ministre de l’Éducation"], "Madame, Monsieur"),
        ("Président de la Commission", HER, ["Madame\u00a0Anne Brodeur", "Présidente de la Commission"], "Madame la Présidente"),
        ("présidente de la Commission", HIM, ["Monsieur\u00a0Jean Lafleur", "Président de la Commission"],
         "Monsieur le Président"),
        ("présidente", None, ["À l’attention du président ou de la présidente"], "Madame, Monsieur"),
        ("premier ministre", HER, ["Madame\u00a0Anne Brodeur", "Première ministre"], "Madame la Première Ministre"),
        ("ministre délégué au Loisir", HER, ["Madame\u00a0Anne Brodeur", "Ministre déléguée au Loisir"], "Madame la Ministre"),
        ("sous-ministre adjoint", HIM, ["Monsieur\u00a0Jean Lafleur", "Sous-ministre adjoint"], "Monsieur le Sous-ministre"),
        ("bureau du coroner", HER, ["Madame\u00a0Anne Brodeur", "Bureau du coroner"], "Madame"),
        ("bureau du coroner", None, ["Bureau du coroner"], "Madame, Monsieur"),
        ("ministres réunis", HIM, ["Monsieur\u00a0Jean Lafleur", "Ministres réunis"], "Monsieur"),
    ],
)  # fmt: skip
def test_a_charge_agrees_with_whoever_holds_it(office: str, holder: Holder | None, block: list[str], called: str) -> None:
    to = Addressee(office, holder)
    assert address(to, "fr") == block
    assert salutation(to, "fr") == called
    assert closing(to, "fr") == f"Nous vous prions d’agréer, {called}, l’expression de nos sentiments distingués."


@pytest.mark.parametrize(
    ("office", "holder", "block", "called"),
    [
        (EDUCATION, HIM, ["Mr.\u00a0Jean Lafleur", "Ministre de l’Éducation"], "Dear Minister"),
        ("Minister of Education", SOMEONE, ["Dominique Roy", "Minister of Education"], "Dear Minister"),
        ("Chair of the board", HER, ["Ms.\u00a0Anne Brodeur", "Chair of the board"], "Dear Madam"),
        ("Minister of Education", None, ["Attention: Minister of Education"], "Dear Sir or Madam"),
    ],
)
def test_in_english(office: str, holder: Holder | None, block: list[str], called: str) -> None:
    to = Addressee(office, holder)
    assert (address(to, "en"), salutation(to, "en"), closing(to, "en")) == (block, called, "Yours sincerely,")


def test_who_stands_in_until_somebody_is_named() -> None:
    to = Addressee(EDUCATION, replace(HER, interim=True))
    assert [address(to, lang)[1] for lang in ("fr", "en")] == [
        "Ministre de l’Éducation par intérim", "Ministre de l’Éducation (acting)",
    ]  # fmt: skip


def test_the_lines_of_the_address_follow() -> None:
    assert address(Addressee(EDUCATION, HIM, ("1, rue A", "Québec")), "fr")[2:] == ["1, rue A", "Québec"]
    assert address(Addressee(EDUCATION, None, ("1, rue A", "Québec")), "fr")[1:] == ["1, rue A", "Québec"]


@pytest.mark.parametrize(
    ("holder", "french"),
    [
        (HIM, "votre prédécesseur, M.\u00a0Jean Lafleur"),
        (HER, "votre prédécesseure, Mme\u00a0Anne Brodeur"),
        (SOMEONE, "la personne qui occupait alors votre charge, Dominique Roy"),
    ],
)
def test_who_held_the_office_before(holder: Holder, french: str) -> None:
    assert former(holder, "fr") == french


def test_where_nobody_is_known_the_house_says_how_both_are_written() -> None:
    def told(office: str, style: Inclusive) -> str:
        return address(Addressee(office), "fr", style)[0]

    assert told("présidente de la Ville", "middle_dots") == "À l’attention de la ou du président·e de la Ville"
    assert told("présidente de la Ville", "dot") == "À l’attention de la ou du président.e de la Ville"
    assert told("présidente de la Ville", "none") == "À l’attention du président de la Ville"
    assert told(EDUCATION, "slash") == "À l’attention de la ou du ministre de l’Éducation"
    assert told("Comité du budget", "none") == "Comité du budget"
