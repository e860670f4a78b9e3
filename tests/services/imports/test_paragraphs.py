"""Lines come back as their author's paragraphs, without the furniture of the pages."""

from __future__ import annotations

import pytest

from tests.services.imports.reports import parsed, texts

START = "Suivi des résolutions\n\nRÉSOLUTION 1\n\nUn titre\n\n"


def body(text: str) -> list[str]:
    return texts(parsed(START + text).blocks[0])


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("Avec Marie-\nÈve Roy.", ["Avec Marie-Ève Roy."]),
        ("La main-\nd’œuvre.", ["La main-d’œuvre."]),
        ("Une informa-\ntion, l’information.", ["Une information, l’information."]),
        ("Une informa\u00ad\ntion.", ["Une information."]),
        ("Selon l’\nassociation.", ["Selon l’association."]),
        ("De 10 -\n12 ans.", ["De 10 - 12 ans."]),
        ("Un  mot\u00a0:\tdeux.", ["Un mot\u00a0: deux."]),
    ],
)
def test_wrapped_lines_are_joined(text: str, paragraphs: list[str]) -> None:
    assert body(text) == paragraphs


def test_items_of_a_list_stand_alone_with_their_mark() -> None:
    text = "Nos demandes :\n- une chose\nsur deux lignes;\n- une autre.\n\n1. Une lettre\n2) Une autre.\n"
    assert body(text) == [
        "Nos demandes :",
        "- une chose sur deux lignes;",
        "- une autre.",
        "1. Une lettre",
        "2) Une autre.",
    ]


def test_a_dash_inside_a_sentence_is_no_item() -> None:
    assert body("Le comité\n– avec la FTQ – a écrit au nom des\n12. 000 membres.") == [
        "Le comité – avec la FTQ – a écrit au nom des 12. 000 membres."
    ]


def test_the_mark_between_older_and_newer_parts_is_kept() -> None:
    assert body("Avant.\n\n**  \n\nAprès.\n") == ["Avant.", "**", "Après."]


@pytest.mark.parametrize(
    "page", ["\n\f", "\n\n3\n\n", "\n\n3\n\f", "\n\n- 3 -\n\n", "\n\nPage 3 de 12\n\n", "\nPage 3\n", "\n ", "\n\n"]
)
def test_a_paragraph_goes_on_after_a_page_break(page: str) -> None:
    assert body(f"Nous avons rencontré la ministre{page}et son cabinet.\n") == [
        "Nous avons rencontré la ministre et son cabinet."
    ]


@pytest.mark.parametrize("page", ["\n\f", "\n\n3\n\n", "\n "])
def test_a_name_goes_on_after_a_page_break_and_a_sentence_does_not(page: str) -> None:
    assert body(f"Nous avons rencontré Jean{page}Roy.\n") == ["Nous avons rencontré Jean Roy."]
    assert body(f"Une fin.{page}Un début.\n") == ["Une fin.", "Un début."]


@pytest.mark.parametrize("page", ["\n\f", "\n\n3\n\n", "\n "])
def test_a_heading_glued_at_a_page_break_is_a_heading(page: str) -> None:
    report = parsed(f"{START}Le texte.{page}RÉSOLUTION 2\n\nUn titre\n\nLe texte.\n")
    assert [block.numbers for block in report.blocks] == [("1",), ("2",)]


def test_running_heads_and_feet_are_dropped_and_the_title_stays() -> None:
    head = "Syndicat des essais – Suivi des résolutions 2024"
    pages = [
        f"{head}\n\nRÉSOLUTION {n}\n\nTitre {n}\n\nLe texte.\n\nBureau du secrétariat\nPage {n} de 4"
        for n in range(1, 5)
    ]
    report = parsed("\n\f".join(pages))
    assert [texts(block) for block in report.blocks] == [["Le texte."]] * 4
    assert report.title == head
    assert not report.problems


def test_words_that_come_twice_at_an_edge_are_no_running_head() -> None:
    pages = ["RÉSOLUTION 1\n\nA\n\nÀ venir", "RÉSOLUTION 2\n\nB\n\nÀ venir"]
    pages += [f"RÉSOLUTION {n}\n\nTitre\n\nTexte {n}.\n" for n in range(3, 9)]
    report = parsed("\n\f".join(pages))
    assert [texts(block) for block in report.blocks[:2]] == [["À venir"], ["À venir"]]


def test_a_year_alone_on_a_line_is_kept() -> None:
    assert body("Une échéance\n\n2026\n") == ["Une échéance", "2026"]


def test_letters_with_separate_accents_become_one_character() -> None:
    report = parsed("Suivi\n\nRE\u0301SOLUTION 1\n\nTitre e\u0301crit\n\nUn e\u0301te\u0301.\n")
    assert report.blocks[0].titles == {"1": "Titre écrit"}
    assert texts(report.blocks[0]) == ["Un été."]
