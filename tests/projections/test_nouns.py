"""Names with the article that French wants, and its contractions."""

from __future__ import annotations

import pytest

from projections.phrases.nouns import body_noun, case_noun, person_noun


@pytest.mark.parametrize(
    ("name", "plain", "to", "of"),
    [
        ("Comité des femmes", "le Comité des femmes", "au Comité des femmes", "du Comité des femmes"),
        ("conseil central", "le conseil central", "au conseil central", "du conseil central"),
        ("Table du travail", "la Table du travail", "à la Table du travail", "de la Table du travail"),
        ("Exécutif", "l’Exécutif", "à l’Exécutif", "de l’Exécutif"),
        ("Services juridiques", "les Services juridiques", "aux Services juridiques", "des Services juridiques"),
        ("Le comité vert", "le comité vert", "au comité vert", "du comité vert"),
        ("L'exécutif", "l’exécutif", "à l’exécutif", "de l’exécutif"),
        ("FTQ-Nord", "l’instance FTQ-Nord", "à l’instance FTQ-Nord", "de l’instance FTQ-Nord"),
    ],
)
def test_bodies(name: str, plain: str, to: str, of: str) -> None:
    noun = body_noun(name, "fr")
    assert (noun, noun.to, noun.of, noun.name) == (plain, to, of, name)


def test_persons_elide() -> None:
    assert person_noun("Amélie", "fr").of == "d’Amélie"
    assert person_noun("Rosalie", "fr").of == "de Rosalie"


def test_cases() -> None:
    assert case_noun("2025:3", "fr").to == "au dossier 2025:3"
    assert case_noun(None, "fr").of == "d’un autre dossier"
    assert case_noun("2025:3", "en") == "case 2025:3"


def test_what_has_no_name() -> None:
    assert body_noun(None, "fr").to == "à une instance inconnue"
    assert person_noun(None, "en") == "a person not named"
