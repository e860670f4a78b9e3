"""Annual reports that nobody tuned the grammar to: what is read of each kind, wherever its lines wrap."""

from __future__ import annotations

import pytest

from services.imports.annual.acronyms import read_acronyms
from services.imports.annual.grammar import KIND, read_annual, recognise
from services.imports.annual.page import sections_of
from services.imports.annual.reading import AnnualReading, Entry
from services.imports.annual.sections import role_of
from services.imports.documents.reading import read_document
from services.imports.kinds import kind_of
from tests.services.imports.annual.samples import ENGLISH, FRENCH, document, extracted, reading

WRAPPED = {"as written": FRENCH, "extracted": extracted(FRENCH), "very narrow": extracted(FRENCH, 30)}


@pytest.fixture(params=WRAPPED.values(), ids=WRAPPED.keys())
def french(request: pytest.FixtureRequest) -> AnnualReading:
    return reading(request.param)


def dates(entries: tuple[Entry, ...]) -> list[str | None]:
    return [entry.date for entry in entries]


def test_it_is_recognised_by_what_it_holds() -> None:
    for text in (*WRAPPED.values(), ENGLISH):
        assert recognise(document(text)) > 0.5 and kind_of(document(text), "auto").name == KIND
    assert recognise(document("Suivi\n\nRÉSOLUTION 17\nUn parc\nIl est fait.\n\n" + FRENCH)) == 0
    assert recognise(document("Nos alliances sont solides. Le conseil d’administration remercie l’équipe.")) == 0
    assert recognise(document("RAPPORT ANNUEL 2023-2024\n\nUn mot.")) == 0


def test_who_reports_and_for_when(french: AnnualReading) -> None:
    assert (french.organisation, french.acronym, french.period) == ("Table riveraine du fleuve", "TRF", "2023/2024")


def test_letters_say_what_was_written_to_whom_and_with_whom(french: AnnualReading) -> None:
    letters = french.of("advocacy")
    assert dates(letters) == ["2023-06-09", "2023-10-02", "2023-11-15", "2024-01-20", "2024-03-04"]
    assert [one.form for one in letters] == ["letter", "letter", "congratulations", "collective_letter", "letter"]
    assert letters[0].addressees == ("ministre de l’Environnement",)
    assert letters[2].addressees == ("Coalition des lacs",) and letters[3].addressees == letters[4].addressees == ()
    assert letters[3].parties == ("Réseau des rives",)
    count = letters[3].cosigners
    assert count and (count.min, count.max, count.text) == (2, None, "une quarantaine de groupes")
    assert [one.confidence for one in letters] == ["high"] * 4 + ["medium"], "nobody is guessed"


def test_alliances_in_capitals_or_not(french: AnnualReading) -> None:
    found = [(one.title, one.relation) for one in french.of("alliance")]
    assert found == [
        ("RÉSEAU QUÉBÉCOIS DE L’EAU (RQE)", "member"),
        ("Conseil des rives", "seat"),
        ("COALITION DES LACS", "support"),
    ]


def test_publications_with_the_date_outside_the_title(french: AnnualReading) -> None:
    found = [(one.title, one.date, one.published, one.form) for one in french.of("publication")]
    assert found == [
        ("La crue de 2017, six ans après", "2023-07-07", "Le Fleuve", None),
        ("Pour une loi sur les berges", "2023-08-12", "Le Devoir", None),
        ("Eaux vives", "2023-23", None, "brief"),
        ("Halte au bruit", "2024-03-05", None, "press_release"),
    ]
    assert french.of("publication")[0].parties == ("Ana Dufour",)


def test_activities_and_stands(french: AnnualReading) -> None:
    forum, training = french.of("activity")
    assert (forum.date, forum.place, forum.parties) == ("2023-05-03", "Rimouski", ("Conseil des rives",))
    assert (training.date, training.title) == ("2023-09-12/2023-09-13", "Formation sur les berges")
    stands = [(one.title, one.place, one.date) for one in french.of("kiosk")]
    assert stands == [("Fête du fleuve", "Matane", "2023-06-24"), ("Salon de l’eau", "Québec", "2023-10-04/2023-10-05")]


def test_figures_keep_their_qualifiers(french: AnnualReading) -> None:
    found = [
        (figure.words.replace("\u00a0", " "), figure.bound) for one in french.of("figure") for figure in one.figures
    ]
    assert ("plus de 1 200 personnes", "at_least") in found and ("une trentaine de bénévoles", "about") in found
    assert not [words for words, _ in found if "octobre" in words]
    assert [one.confidence for one in french.of("figure") if one.figures[0].words == "trois ans"] == ["low"]
    sums = [
        (str(figure.value), figure.bound)
        for one in french.of("funding")
        for figure in one.figures
        if figure.unit == "$"
    ]
    assert sums == [("42500", "about"), ("12000", "exact")]
    assert french.of("funding")[1].parties == ("ministère de l’Environnement",)


def test_people_with_their_terms(french: AnnualReading) -> None:
    board = [(one.name, one.organisation, one.role, one.executive) for one in french.board]
    assert board == [("Ana Dufour", "AMF", "présidente", True), ("Léo Tremblay-Roy", "Pêcheries unies", "trésorier", True),
                     ("Ines Caron", "membre individuelle", None, False)]  # fmt: skip
    assert [(one.name, one.role, one.tenure) for one in french.team] == [
        ("Mia Fortin", "coordonnatrice", None), ("Noé Paquet", "chargé de projet", "2023-05/2023-12")]  # fmt: skip
    (committee,) = french.committees
    assert committee.met is False and [(one.name, one.tenure) for one in committee.members] == [
        ("Ana Dufour", None), ("Ines Caron", "../2024-01")]  # fmt: skip


def test_what_is_wrong_is_said_with_its_line(french: AnnualReading) -> None:
    said = {type(problem.notice).__name__ for problem in french.problems}
    assert said == {"NotADay", "AddresseeUnsaid"} and all(problem.line > 1 for problem in french.problems)


def test_in_english() -> None:
    read = reading(ENGLISH)
    assert (read.organisation, read.acronym, read.period) == ("River Workers Alliance", "RWA", "2023/2024")
    assert [(one.date, one.form) for one in read.of("advocacy")] == [
        ("2023-06-09", "letter"), ("2023-11-15", "congratulations"), ("2024-01-20", "collective_letter")]  # fmt: skip
    assert read.of("advocacy")[0].addressees == ("Minister of the Environment",)
    assert [(one.title, one.published, one.date) for one in read.of("publication")] == [
        ("Six years after the flood of 2017", "The Stream", "2023-07-07"),
        ("A law for the shores", "The Gazette", "2023-08-12")]  # fmt: skip
    assert [(one.title, one.relation) for one in read.of("alliance")] == [
        ("SHORE COUNCIL", "seat"), ("LAKES COALITION", "member")]  # fmt: skip
    assert [(one.title, one.date) for one in read.of("kiosk")] == [
        ("River Fair", "2023-06-24"), ("Water Show", "2023-10-04/2023-10-05")]  # fmt: skip
    assert [(one.name, one.role, one.executive) for one in read.board] == [
        ("Ann Rivers", "chair", True), ("John Mill", "treasurer", True)]  # fmt: skip
    assert [str(figure.value) for one in read.of("funding") for figure in one.figures] == ["42500", "12000"]
    assert [one.tenure for one in read.team] == ["2023-05/.."]


MONEY = """RAPPORT ANNUEL 2023-2024

FINANCEMENT
- {}
- Une bourse de 500 $ de la Fondation des rives.

PUBLICATIONS
- Le Fleuve, « La crue », 7 juillet 2023 ({}).
"""
AIDS = "Deux subventions ont été reçues : la première, de 4000 $, de la Ville de Matane ; la seconde, du ministère de la Santé."


@pytest.mark.parametrize(
    ("item", "titles"),
    [(AIDS, ["Deux subventions ont été reçues : la première, de 4000 $, de la Ville de Matane",
             "Deux subventions ont été reçues : la seconde, du ministère de la Santé"]),
     ("Un don, après la seconde demande, de la Ville de Matane", ["Un don, après la seconde demande, de la Ville de Matane"])],
)  # fmt: skip
def test_an_item_that_counts_its_fundings_tells_each(item: str, titles: list[str]) -> None:
    read = reading(MONEY.format(item, "en ligne"))
    assert [one.title for one in read.of("funding")] == [*titles, "Une bourse de 500 $ de la Fondation des rives"]


@pytest.mark.parametrize(
    ("aside", "places"),
    [("aussi diffusé par la CSN", "Le Fleuve, CSN"), ("également paru dans Le Devoir", "Le Fleuve, Le Devoir"),
     ("rédigé par la CSN", "Le Fleuve")],
)  # fmt: skip
def test_where_a_publication_came_out_again(aside: str, places: str) -> None:
    (read,) = reading(MONEY.format("Un don", aside)).of("publication")
    assert read.published == places


CUT = """LISTE DES ACRONYMES

PTS Alliance du personnel
technique de la santé

AQOC Association québécoise de l’ouvrage

CRFT
MM

Conseil régional de Montréal

SEP-
574

Syndicat de l’édition, section 574

CONSEIL D’ADMINISTRATION
Ana Dufour, APTS
Léo Roy, AQOCI
Ines Caron, CRFTMM
"""


def test_letters_lost_from_acronyms_are_put_back_beside_what_is_printed() -> None:
    found = [(one.printed, one.acronym) for one in read_acronyms(sections_of(document(CUT)))]
    assert found == [("PTS", "APTS"), ("AQOC", "AQOCI"), ("CRFT MM", "CRFTMM"), ("SEP-574", "SEP-574")]


@pytest.mark.parametrize(
    ("heading", "role"),
    [("4. ALLIANCES ET PARTENARIATS", "alliances"), ("II – Lettres de plaidoyer", "advocacy"), ("Board of Directors", "board"),
     ("Nos publications", "publications"), ("COALITION DES LACS", None), ("Autres financements", "funding"), ("MEXIQUE", None),
     ("ALLlANCES", "alliances"), ("PLAIDYOER", "advocacy"), ("PUBLICATI0NS", "publications"),
     ("INFRASRUCTURES", "infrastructure"),
     ("Nous plaidyons", None)],
)  # fmt: skip
def test_what_headings_announce(heading: str, role: str | None) -> None:
    assert role_of(heading) == role


TABLE = """<h1>Rapport annuel 2023-2024</h1><h2>Alliances</h2>
<table><tr><td>Réseau des rives</td><td>Nous en sommes membres.</td></tr>
<tr><td>Coalition des lacs</td><td>Nous l’appuyons.</td></tr></table>
<h2>Équipe</h2><ul><li>Mia Fortin, coordonnatrice</li></ul>"""


def test_alliances_in_a_table_of_a_page() -> None:
    read = read_annual(read_document("rapport.html", f"<!doctype html><html><body>{TABLE}</body></html>".encode()))
    assert [(one.title, one.relation) for one in read.of("alliance")] == [
        ("Réseau des rives", "member"),
        ("Coalition des lacs", "support"),
    ]
    assert [one.name for one in read.team] == ["Mia Fortin"]


HEAD = "RAPPORT ANNUEL 2023-2024\n\nALLIANCES\n\n"
HOSTILE = {
    "capitals": HEAD + "AAAA BBBB\n" * 5_000,
    "letters": HEAD + "PLAIDOYER\n" + "- Le 9 juin 2023, lettre au ministre au ministre, au ministre demandant " * 500,
    "names": HEAD + "ACTIVITÉS\n- Le 3 mai 2023, avec Conseil de " + "A " * 20_000,
    "one word": HEAD + "PUBLICATIONS\n- " + "A" * 80_000 + " dans « x », 3 mai 2023",
    "quotes": HEAD + "PUBLICATIONS\n- " + "« " * 20_000 + " 3 mai 2023",
    "acronyms": "SIGLES\n" + "\n".join(f"AB{i} Xnom {i}" for i in range(5_000)) + "\nALLIANCES\n"
                + " ".join(f"CD{i}" for i in range(9_000)),
    "figures": HEAD + "près de 2500 personnes le 3 mai 2023 " * 2_000,
    "parentheses": HEAD + "- un kiosque : " + "(Québec, " * 20_000,
    "people": "ÉQUIPE\n" + "Ana-Ana-Ana " * 9_000 + "\n" + "A B C D E, " * 9_000,
    "blank": "\n" * 50_000 + HEAD,
    "controls": HEAD + "\u2028\u0085\x0b- Le 3 mai 2023, lettre\u202e au ministre\x0c" * 50,
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_read_without_harm(text: str) -> None:
    assert isinstance(reading(text), AnnualReading)
