"""A follow-up report of any layout of its family is read into cases; what is not understood is said and kept."""

from __future__ import annotations

import pytest

from services.imports.follow_up import recognise
from services.imports.report import AssemblyHint, Limb
from tests.services.imports.reports import parsed, said, source, texts

TITLE = "Suivi des résolutions de l’assemblée annuelle 2024\n\n"


def test_a_case_has_its_number_title_and_paragraphs_with_their_lines() -> None:
    report = parsed(TITLE + "RÉSOLUTION 2\n\nUn titre sur\ndeux lignes\n\nLe guide\nest prêt.\n\nIl est offert.\n")
    block = report.blocks[0]
    assert (block.numbers, block.titles, block.line) == (("2",), {"2": "Un titre sur deux lignes"}, 3)
    assert [(item.text, item.first_line, item.last_line) for item in block.paragraphs] == [
        ("Le guide est prêt.", 8, 9),
        ("Il est offert.", 11, 11),
    ]
    assert report.missing_numbers == ("1",)
    assert not report.problems and not report.stray


@pytest.mark.parametrize(
    "titles",
    [
        "Garde – Métier – Places",
        "Garde — Métier —\nPlaces",
        "Garde – Métier –\n\nPlaces",
        "Garde - Métier - Places",
        "Garde / Métier / Places",
        "Garde\n\nMétier\n\nPlaces",
        "Garde\nMétier\nPlaces",
        "4 – Garde\n5 – Métier\n6 – Places",
    ],
)
def test_a_bundle_has_one_title_for_each_number(titles: str) -> None:
    report = parsed(f"{TITLE}RÉSOLUTIONS 4 – 5 – 6\n\n{titles}\n\nDes lettres sont parties.\n")
    assert report.blocks[0].titles == {"4": "Garde", "5": "Métier", "6": "Places"}
    assert texts(report.blocks[0]) == ["Des lettres sont parties."]
    assert not report.problems


def test_a_dash_does_not_split_the_title_of_one_number() -> None:
    report = parsed(TITLE + "RÉSOLUTION 30\n\nIndemnisation – délais\n\nLe texte.\n")
    assert report.blocks[0].titles == {"30": "Indemnisation – délais"}


def test_titles_that_cannot_be_told_apart_are_kept_whole_with_a_warning() -> None:
    report = parsed(TITLE + "RÉSOLUTIONS 4 et 5\n\nGarde – Métier – Places\n\nLe texte.\n")
    assert report.blocks[0].titles == {"4": "Garde – Métier – Places", "5": "Garde – Métier – Places"}
    assert said(report) == [("TitlesUncounted", 3, "warning")]


@pytest.mark.parametrize(
    "text",
    [
        "RÉSOLUTION 4 : Un titre\n\nLe texte suit.\n",
        "RÉSOLUTION 4 : Un titre\nLe texte suit, et il est assez long pour tenir toute la ligne.\n",
        "RÉSOLUTION 4\nUn titre\nLe texte suit, et il est assez long pour tenir toute la ligne.\n",
        "RÉSOLUTION 4\n\nUn titre\nLe texte suit, et il est assez long pour tenir toute la ligne.\n",
        "RÉSOLUTION\n4\n\nUn titre\n\nLe texte suit.\n",
    ],
)
def test_a_title_stands_where_its_author_put_it(text: str) -> None:
    report = parsed(TITLE + text)
    assert report.blocks[0].titles == {"4": "Un titre"}
    assert texts(report.blocks[0])[0].startswith("Le texte suit")
    assert not report.problems


def test_a_text_without_a_title_is_a_text() -> None:
    report = parsed(TITLE + "RÉSOLUTION 4\n\nNous avons écrit au ministre. Il a répondu.\n\nRÉSOLUTION 5\n")
    assert report.blocks[0].titles == {"4": "RÉSOLUTION 4"}
    assert texts(report.blocks[0]) == ["Nous avons écrit au ministre. Il a répondu."]
    assert said(report) == [("NoTitle", 3, "warning"), ("NoTitle", 7, "warning"), ("NoReport", 7, "warning")]


def test_a_title_without_a_text_is_a_case_without_a_report() -> None:
    report = parsed(TITLE + "RÉSOLUTION 4\n\nUn titre\n\nRÉSOLUTION 5\n\nUn autre\n\nLe texte.\n")
    assert not report.blocks[0].paragraphs
    assert said(report) == [("NoReport", 3, "warning")]


def test_a_number_that_comes_twice_is_an_error_at_both_lines() -> None:
    report = parsed(TITLE + "RÉSOLUTION 4\n\nA\n\nLe texte.\n\nRÉSOLUTIONS 3 et 4\n\nA – B\n\nLe texte.\n")
    assert said(report) == [("NumberTwice", 9, "error")]
    assert report.problems[0].notice.facts == {"number": "4", "first": 3, "line": 9}


def test_a_heading_that_cannot_be_read_is_said_and_kept() -> None:
    report = parsed(TITLE + "RÉSOLUTION 4\n\nA\n\nLe texte.\n\nRÉSOLUTION DOUZE\n\nB\n")
    assert said(report) == [("HeadingUnread", 9, "warning")]
    assert texts(report.blocks[0]) == ["Le texte.", "RÉSOLUTION DOUZE", "B"]


def test_text_before_the_first_heading_is_kept_apart() -> None:
    report = parsed(TITLE + "Voici ce qui a été fait\ndepuis un an.\n\nRÉSOLUTION 4\n\nA\n\nLe texte.\n")
    assert [(item.text, item.first_line) for item in report.stray] == [("Voici ce qui a été fait depuis un an.", 3)]
    assert said(report) == [("StrayText", 3, "warning")]


def test_no_heading_is_an_error() -> None:
    report = parsed("Ceci n’est pas un rapport.\n")
    assert said(report)[0] == ("NoHeading", 1, "error")
    assert report.stray[0].text == "Ceci n’est pas un rapport."


@pytest.mark.parametrize("mark", [" –", ".", ")", " :", " -"])
def test_headings_without_the_word_are_a_series(mark: str) -> None:
    letters = ["Deux lettres :", "1. Une lettre", "2. Une autre", "La suite."]
    others = [f"5{mark} Métier", "Fait.", f"7{mark} Places", f"4 – 9{mark} Temps – Lieu", "Fait."]
    text = "\n\n".join([f"3{mark} Garde", *letters, *others])
    report = parsed(TITLE + text)
    assert [block.numbers for block in report.blocks] == [("3",), ("5",), ("7",), ("4", "9")]
    assert texts(report.blocks[0]) == letters
    assert report.blocks[3].titles == {"4": "Temps", "9": "Lieu"}


def test_a_numbered_list_is_never_taken_for_headings() -> None:
    text = "RÉSOLUTION 8\n\nA\n\nDes lettres :\n\n1. Au ministre\n\n2. À la ministre\n\n9. Au maire\n\nFait.\n"
    assert [block.numbers for block in parsed(TITLE + text).blocks] == [("8",)]
    only = TITLE + "Des lettres :\n\n1. Au ministre\n2. À la ministre\n3. Au maire\n"
    assert said(parsed(only))[0] == ("NoHeading", 1, "error")


def test_a_number_cited_in_a_sentence_is_no_heading() -> None:
    text = "RÉSOLUTION 8\n\nA\n\nLe comité a agi conformément à la\nrésolution 12. Il a écrit au ministre.\n"
    report = parsed(TITLE + text)
    assert [block.numbers for block in report.blocks] == [("8",)]
    assert len(report.blocks[0].paragraphs) == 1


@pytest.mark.parametrize("leader", [" ........ 4", "…… 4", " . . . . . 4", ""])
def test_a_table_of_contents_is_no_case(leader: str) -> None:
    contents = "".join(f"RÉSOLUTION {n} – Titre {name}{leader}\n" for n, name in ((1, "un"), (2, "deux")))
    cases = "RÉSOLUTION 1\n\nTitre un\n\nLe texte.\n\nRÉSOLUTION 2\n\nTitre deux\n\nLe texte.\n"
    report = parsed(TITLE + contents + "\n" + cases)
    assert [block.titles for block in report.blocks] == [{"1": "Titre un"}, {"2": "Titre deux"}]
    assert not report.problems and not report.stray


def test_a_heading_repeated_on_the_next_page_goes_on() -> None:
    text = "RÉSOLUTION 1\n\nA\n\nLe texte.\n\fRÉSOLUTION 1 (suite)\n\nLa fin.\n"
    assert texts(parsed(TITLE + text).blocks[0]) == ["Le texte.", "La fin."]


def test_limbs_are_run_in_leads() -> None:
    text = "RÉSOLUTION 1\n\nA\n\nDeux lois.\n\nAu Québec : à venir.\n\nRien encore.\n\nAu Canada : en cours.\n"
    assert parsed(TITLE + text).blocks[0].limbs == (Limb("Au Québec", (1, 2)), Limb("Au Canada", (3,)))


@pytest.mark.parametrize("lead", ["Au total", "En résumé", "À noter", "En 2024"])
def test_other_leads_are_no_limbs(lead: str) -> None:
    text = f"RÉSOLUTION 1\n\nA\n\nAu Québec : à venir.\n\n{lead} : trois lettres.\n"
    assert parsed(TITLE + text).blocks[0].limbs == ()


@pytest.mark.parametrize(
    ("title", "key", "name", "date", "kind"),
    [
        (
            "Suivi des résolutions de \n\nl’assemblée annuelle 2023",
            "2023",
            "Assemblée annuelle 2023",
            "2023",
            "assembly",
        ),
        ("SUIVI DES RÉSOLUTIONS\n\nASSEMBLÉE ANNUELLE 2023", "2023", "Assemblée annuelle 2023", "2023", "assembly"),
        ("Suivi des résolutions du Congrès 2022", "2022-congres", "Congrès 2022", "2022", "congress"),
        (
            "Assemblée générale extraordinaire du 4 mai 2023\n\nSuivi des résolutions",
            "2023-extra",
            "Assemblée générale extraordinaire du 4 mai 2023",
            "2023-05-04",
            "assembly",
        ),
        (
            "Suivi des résolutions – Conseil général du 3 mai 2024",
            "2024-05-03-conseil",
            "Conseil général du 3 mai 2024",
            "2024-05-03",
            "council",
        ),
    ],
)
def test_the_title_names_the_assembly(title: str, key: str, name: str, date: str, kind: str) -> None:
    report = parsed(title + "\n\nRÉSOLUTION 1\n\nA\n\nLe texte.\n")
    assert report.assembly == AssemblyHint(key, name, date, kind)  # type: ignore[arg-type]
    assert report.title == " ".join(title.split())
    assert not report.stray


def test_a_title_without_an_assembly_names_none() -> None:
    report = parsed("Suivi des résolutions\n\nRÉSOLUTION 1\n\nA\n\nLe texte.\n")
    assert (report.title, report.assembly) == ("Suivi des résolutions", None)


def test_what_is_a_follow_up_report() -> None:
    assert recognise(source(TITLE + "RÉSOLUTION 1\n\nA\n\nLe texte.\n")) == "follow-up"
    assert recognise(source("RÉSOLUTION 1\n\nA\n\nB.\n\nRÉSOLUTION 2\n\nC\n\nD.\n")) == "follow-up"
    assert recognise(source("Resolution 4\n\nA\n\nSent.\n\nResolution 5\n\nB\n\nDone.\n")) == "follow-up"
    assert recognise(source("Plan d’action\n\n1. Un but\n\nUn texte.\n\n2. Un but\n\nUn texte.\n")) is None
    assert recognise(source("Une lettre.\n")) is None
