"""Inclusive spellings, as reports write them, mean the words that people type."""

from __future__ import annotations

import unicodedata

import pytest

from domain.inclusive import expanded, words

MEANT = {
    "travailleur.euse.s": "travailleur travailleurs travailleuse travailleuses",
    "travailleur·euse·s": "travailleur travailleurs travailleuse travailleuses",
    "travailleurs/euses": "travailleurs travailleuses",
    "travailleurs-euses": "travailleurs travailleuses",
    "travailleur(euse)s": "travailleur travailleuses",
    "délégué.es": "délégué délégués déléguée déléguées",
    "délégué·e·s": "délégué délégués déléguée déléguées",
    "délégué-e-s": "délégués déléguées",
    "militant·e·s": "militant militants militante militantes",
    "agent(e)s": "agent agents agente agentes",
    "conseillers/ères": "conseiller conseillers conseillère conseillères",
    "conseiller(ère)s": "conseillers conseillères",
    "officier.ère.s": "officiers officières",
    "étranger.ère.s": "étrangers étrangères",
    "utilisateurs·trices": "utilisateur utilisatrice utilisatrices",
    "formateur.trice.s": "formateurs formatrices",
    "acteur.rice.s": "acteurs actrices",
    "récupérateur·trice·s": "récupérateurs récupératrices",
    "potentiel.le.s": "potentiels potentielles",
    "régional.e.s": "régionaux régionale régionales",
    "actif·ve·s": "actifs actives",
    "heureux·se·s": "heureux heureuses",
    "chef.fe.s": "chefs cheffe",
    "citoyen·ne·s": "citoyens citoyennes",
    "québécois·e·s": "québécois québécoise québécoises",
    "québécois.es": "québécois québécoises",
    "tou.te.s": "tous toute toutes",
    "tous·tes": "tous toutes",
    "ceux·celles": "ceux celles",
    "un.e": "un une",
    "salarié.e.s": "salariés salariées",
    "brigade(s)": "brigade brigades",
    "public.que.s": "publics publique",
}

NONE = (
    "dit-elle", "vice-présidence", "coût/bénéfice", "2023-07", "metallos.ca", "etc", "l’eau", "a.b", "écoles-entreprises",
    "est-ce", "prends-le", "formation/information", "1.e", "and/or",
)  # fmt: skip


@pytest.mark.parametrize("written", MEANT)
def test_means(written: str) -> None:
    (word,) = words(written)
    assert set(MEANT[written].split()) <= set(word.forms)


@pytest.mark.parametrize("written", NONE)
def test_is_no_inclusive_spelling(written: str) -> None:
    assert expanded(written) == ()
    assert all(len(word.forms) == 1 for word in words(written))


def test_words_stand_where_they_are_written() -> None:
    text = "Les travailleur·euse·s d’ici, « délégué.es »."
    assert [text[word.start : word.end] for word in words(text)] == [
        "Les", "travailleur·euse·s", "d", "ici", "délégué.es"]  # fmt: skip


def test_a_text_in_pieces_reads_the_same() -> None:
    """Accents as signs of their own, as some word processors save them."""
    text = "Délégué·e·s à l’œuvre"
    assert list(words(unicodedata.normalize("NFD", text))) == list(words(text))


def test_the_end_of_a_sentence_is_none() -> None:
    assert [word.forms for word in words("La fin.Elle vient")][:2] == [("la",), ("fin",)]
    assert [word.forms for word in words("LES DÉLÉGUÉ.ES")][1] == ("délégué", "délégués", "déléguée", "déléguées")
