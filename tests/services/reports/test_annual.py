"""The annual report: what was done in a year, and figures beside those of the year before."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from projections.phrases.typography import NO_BREAK
from services.home import Home
from services.organisation import configure
from services.reports import writing
from services.reports.annual import ReportYearUnreadable, Year, annual
from services.reports.asked import Asked
from services.reports.printed import Columns, Heading, Items, Text
from services.reports.registry import REPORTS
from services.reports.words import items_text, plain
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.services.reports.test_docx import own


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    """The year of the organisation begins in April."""
    with opened(database) as home:
        configure(home.store, secretary(home), {"year_begins": "avril"})
        yield home


def record(home: Home, number: int, kind: str, title: str, **facts: Any) -> None:
    do(home, f"record:{number}", "create", kind=kind, title=title, **facts)


def text(home: Home, year: str = "2024", lang: Any = None) -> str:
    home.catch_up()
    lines = []
    for block in annual(home, Asked(filters={"year": year}, lang=lang)).blocks:
        if isinstance(block, Heading | Text):
            lines.append(plain(block.words))
        elif isinstance(block, Items):
            lines += items_text(block)
        elif isinstance(block, Columns):
            lines += [line for column in block.columns for line in items_text(column)]
    return "\n".join(lines).replace(NO_BREAK, " ")


def test_what_was_done_in_the_year_and_nothing_else(home: Home) -> None:
    record(home, 1, "activity", "Présentation à une formation", date="2024-04-11", place="Laval")
    record(home, 2, "activity", "Ancien panel", date="2024-03-30")
    record(home, 3, "activity", "Panel d’ailleurs", date="2025-03-17/2025-03-18")
    record(home, 4, "activity", "Appui sans date")
    record(home, 5, "kiosk", "Congrès", date="2024-06-26/2024-06-28", place="Québec")
    told = text(home)
    assert "ÉDUCATION ET ACTIVITÉS\n• Le 11 avril 2024 : Présentation à une formation, Laval;\n" in told
    assert "• Du 17 au 18 mars 2025 : Panel d’ailleurs." in told
    stands = "Nous avons tenu un kiosque d’information lors des événements suivants :"
    assert f"{stands} Congrès (Québec, du 26 au 28 juin 2024)." in told
    assert "Ancien panel" not in told
    assert told.endswith("SANS DATE\n• Appui sans date.")
    assert "Ancien panel" in text(home, "2023")
    assert text(home, "2001").startswith("SANS DATE")


def test_letters_are_those_of_records_and_of_threads_each_once(home: Home) -> None:
    do(home, "assembly:2023", "create", name="Assemblée annuelle 2023", date="2023-05-13")
    do(home, "2023:1", "adopt", numbers=["1"], titles={"1": "Titre"})
    do(home, "office:eau", "create", name="ministre de l’Eau")
    do(home, "demarche:1", "send", occurred="2024-06-26", cases=["2023:1"], office="office:eau", subject="L’eau")
    do(home, "demarche:2", "send", occurred="2022-06-26", cases=["2023:1"], office="office:eau", subject="L’air")
    record(
        home,
        1,
        "advocacy",
        "Fin de la répression",
        date="2024-08-08",
        form="collective_letter",
        addressees=["la ministre"],
    )
    told = text(home)
    assert "PLAIDOYER\nLettres de plaidoyer :\n" in told
    assert "• Le 26 juin 2024 : Lettre – ministre de l’Eau. L’eau;\n" in told
    assert "• Le 8 août 2024 : Lettre collective – la ministre. Fin de la répression." in told
    assert "L’air" not in told


def test_a_change_is_counted_only_between_exact_figures(home: Home) -> None:
    def figure(number: int, measures: str, words: str, as_of: str, value: str, bound: str = "exact") -> None:
        facts = {"measures": measures, "words": words, "value": value, "bound": bound, "as_of": as_of}
        record(home, number, "figure", f"Chiffre {number}", date=as_of, figures=[facts])

    figure(1, "abonnements", "3358", "2025-03-31", "3358")
    figure(2, "abonnements", "2998", "2024-03-31", "2998")
    figure(3, "personnes rejointes", "près de 2500", "2025-03-31", "2500", "about")
    figure(4, "personnes rejointes", "2400", "2024-03-31", "2400")
    told = text(home)
    assert "• Abonnements : 3358 (l’année précédente : 2998, soit 12 % de plus);" in told
    assert "• Personnes rejointes : près de 2500 (l’année précédente : 2400)." in told


def test_alliances_last_and_publications_have_their_titles(home: Home) -> None:
    record(home, 1, "alliance", "Concertation pour l’eau", relation="member", text="Nous y siégeons.")
    record(home, 2, "publication", "Le travail invisible", date="2025-01-21", published="Le Journal")
    record(home, 3, "funding", "Programme d’appui", date="2024", parties=["le ministère"])
    told = text(home)
    assert "ALLIANCES\nCONCERTATION POUR L’EAU\nNous y siégeons." in told
    assert "• Le Journal, « Le travail invisible », 21 janvier 2025." in told
    assert "FINANCEMENT\n• Programme d’appui, le ministère, 2024." in told
    assert "• Le Journal, “Le travail invisible”, 21 January 2025." in text(home, lang="en")


def test_years_begin_where_the_organisation_says(home: Home) -> None:
    assert Year.of(date(2025, 3, 31), 4).name == "2024-2025"
    assert Year.of(date(2025, 4, 1), 4).name == "2025-2026"
    assert Year.of(date(2025, 4, 1), 1).name == "2025"
    assert Year.of(date(2025, 4, 1), 4).last == date(2026, 3, 31)
    with pytest.raises(ReportYearUnreadable):
        text(home, "l’an dernier")


def test_a_record_in_its_own_words_says_nothing_twice(home: Home) -> None:
    """What an import read keeps its sentence; a title that it cut short, a date and names that it says are not added."""
    said = "Le 4 octobre 2024, avec le PASC, le local a donné une formation sur la situation en Colombie."
    for number in (1, 2):  # one sentence, two records
        record(home, number, "activity", "Le local a donné une formation…", date="2024-10-04", text=said, parties=["PASC"])
    record(home, 3, "activity", "Panel", date="2024-10-05", text="Trente personnes.", place="Laval", parties=["Laval"])
    record(home, 4, "figure", "abonnés", date="2024/2025", text="La page compte près de 300 abonnés.",
           figures=[{"measures": "abonnés", "words": "près de 300", "value": "300", "bound": "about"}])  # fmt: skip
    told = text(home)
    assert f"• {said}\n• Le 5 octobre 2024 : Panel, Laval.\n" in told and told.count("Colombie") == 1
    assert "Chiffres :\n• La page compte près de 300 abonnés." in told


STYLES = [
    ("dots", "trésorier.ère", "Délégué.e."), ("dot", "trésorier.ère", "Délégué.e."),
    ("middle_dots", "trésorier·ère", "Délégué·e."), ("slash", "trésorier/ère", "Délégué/e."),
    ("doublets", "trésorier ou trésorière", "Délégué ou déléguée."), ("none", "trésorier", "Délégué."),
]  # fmt: skip


@pytest.mark.parametrize(("style", "treasurer", "delegate"), STYLES)
def test_who_is_named_is_written_as_the_house_writes(home: Home, style: str, treasurer: str, delegate: str) -> None:
    """Charges agree with whoever holds them where that is known; titles and names are never changed."""
    configure(home.store, secretary(home), {"inclusive": style, "spaced_signs": "oui"})
    do(home, "body:ca", "create", name="Conseil d’administration")
    do(home, "body:parcs", "create", name="Comité des parcs")
    do(home, "person:ide", "create", name="Chantal Ide", gender="f")
    do(home, "person:roy", "create", name="Dominique Roy")
    do(home, "person:tel", "create", name="Alex Tel", gender="m")
    do(home, "body:ca", "appoint", person="person:ide", charge="chair", occurred="2020")
    do(home, "body:ca", "appoint", person="person:roy", charge="treasurer", occurred="2024-09-05")
    do(home, "body:ca", "appoint", person="person:tel", charge="member", occurred="2019")
    do(home, "body:ca", "end-term", person="person:tel", charge="member", occurred="2024-05-31")
    record(home, 1, "alliance", "Les délégué.e.s; vite!", relation="delegate")
    record(home, 2, "activity", "Les élu.e.s; encore!", date="2024-05-01")
    record(home, 3, "activity", "Un dîner", date="2024-05-02")
    told = text(home)
    assert f"• Chantal Ide, présidente\n• Dominique Roy, {treasurer} (depuis le 5 septembre 2024)\n" in told
    assert "• Alex Tel (jusqu’au 31 mai 2024)\n" in told and "PARCS" not in told
    english = text(home, lang="en")
    assert "• Dominique Roy, treasurer (since 5 September 2024)\n• Alex Tel (until 31 May 2024)\n" in english
    assert f"LES DÉLÉGUÉ.E.S; VITE!\n{delegate}" in told
    assert "• Le 1er mai 2024 : Les élu.e.s; encore!\n" in told
    record(home, 4, "activity", "Un souper", date="2024-05-03")
    assert "Un dîner\u202f;\n" in text(home)


def test_acronyms_are_those_that_names_bear(home: Home) -> None:
    record(home, 1, "alliance", "CONCERTATION POUR HAÏTI (CPH)")
    record(home, 2, "activity", "Une visite", date="2024-05-01", parties=["Regroupement pour l’eau (RPE)"])
    record(home, 3, "activity", "Une autre", date="2024-05-02", parties=["Syndicat (FTQ et amis)"])
    record(home, 4, "activity", "Ancienne", date="2020-05-01", parties=["Ancien réseau (AR)"])
    assert text(home).startswith(
        "LISTE DES ACRONYMES\n• CPH – CONCERTATION POUR HAÏTI\n• RPE – Regroupement pour l’eau\nÉDUCATION"
    )


def test_a_template_of_its_own_finds_every_part(home: Home) -> None:
    record(home, 1, "committee", "Comité du 50e", text="Il ne s’est pas réuni.", parties=["Lou", "Zoé"])
    home.catch_up()
    printed = annual(home, Asked(filters={"year": "2024"}))
    assert printed.template is not None
    fields = printed.template()
    assert set(fields) == set(REPORTS["annual"].fields)
    assert fields["committees"] == [{"title": "Comité du 50e", "text": "Il ne s’est pas réuni.", "members": ["Lou", "Zoé"]}]
    assert "COMITÉ DU 50e\nIl ne s’est pas réuni.\n• Lou\n• Zoé" in text(home)


def test_the_president_s_word_has_its_place(home: Home, tmp_path: Path) -> None:
    """What Suivi does not hold is typed in the template, between the parts that it does."""
    do(home, "body:ca", "create", name="Conseil d’administration")
    do(home, "person:ide", "create", name="Chantal Ide", gender="f")
    do(home, "body:ca", "appoint", person="person:ide", charge="chair", occurred="2020")
    record(home, 1, "activity", "Un souper", date="2024-05-03")
    home.catch_up()
    people = ("{%p for body in people %}", "{{ body.title }}", "{%p for one in body.members %}", "{{ one }}", "{%p endfor %}")
    activities = ("{%p for one in activities %}", "{{ one }}", "{%p endfor %}")
    own(tmp_path, *people, "{%p endfor %}", "Mot de la présidente", "Quelle année!", *activities, name="report-annual")
    out = io.BytesIO()
    writing.write(annual(home, Asked(filters={"year": "2024"})), "docx", out, folder=tmp_path)
    told = [each.text.replace(NO_BREAK, " ") for each in docx.Document(out).paragraphs if each.text]
    assert told == [
        "Conseil d’administration", "Chantal Ide, présidente", "Mot de la présidente", "Quelle année!",
        "Le 3 mai 2024 : Un souper",
    ]  # fmt: skip
