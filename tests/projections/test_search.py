"""Search: French words are found however they are written, by those who may see where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from psycopg import sql

from projections import search_pages
from projections.search_words import root, sought
from services import accounts
from services.home import Home
from services.reading.search import Results, matching, search
from services.rebuilding import rebuild
from services.schema import Urls
from tests.homes import do, lists, opened, secretary
from tests.projections.lives import Lives

FOUND = (
    ("travailleurs", "Que les travailleur.euse.s soient entendus"),
    ("travailleuses", "Que les travailleur.euse.s soient entendus"),
    ("travailleur", "Que les travailleur·euse·s soient entendus"),
    ("travailleur.euse.s", "Que les travailleurs soient entendus"),
    ("travailleur·euse·s", "Une travailleuse est blessée"),
    ("délégués", "L’accueil des délégué.es"),
    ("deleguees", "L’accueil des délégué.es"),
    ("délégué.es", "L’accueil d’une déléguée"),
    ("déléguées", "L’accueil du délégué"),
    ("militantes", "Former les militant·e·s"),
    ("militant", "Former les militant·e·s"),
    ("conseillères", "Nos conseillers/ères en retraite"),
    ("conseilleres", "Nos conseillers/ères en retraite"),
    ("conseillers/ères", "Une conseillère en retraite"),
    ("agentes", "Les agent(e)s de griefs"),
    ("utilisatrices", "Des utilisateurs·trices nombreux"),
    ("formatrice", "Les formateurs du syndicat"),
    ("québécoises", "Les québécois.es"),
    ("adoptees", "Des mesures adoptées"),
    ("adopter", "Des mesures adoptées"),
    ("negocier", "Des négociations"),
    ("négociation", "Il faut négocier"),
    ("oeuvre", "Mettre en œuvre"),
    ("œuvre", "Mettre en oeuvre"),
    ("l'eau", "La qualité de l’eau"),
    ("l’eau", "La qualité de l'eau"),
    ("curriculum vitae", "Un curriculum vitæ"),
    ("EAU", "La qualité de l’eau"),
    ("santé securite", "La santé et la sécurité"),
    ("syndicale", "Des droits syndicaux"),
    ("travail", "Des travaux"),
    ("form", "Les formations"),
    ("noel", "Avant Noël"),
    ("coût", "Une étude coût/bénéfice"),
    ("vice-présidence", "La vice-présidence"),
    ("150", "Un montant de 150 $"),
)
"""What is typed, and a text in which it is found."""

MISSED = (
    ("travailleurs", "Le travail"), ("eau", "Le plateau"), ("délégués", "La délégation"), ("santé eau", "La santé"),
    ("15", "Un montant de 150 $"), ("-", "Un tiret - ici"), ("", "Rien"), ("de la", "Le vent de la mer"),
    ("&!|", "Des signes"), ("'", "L’eau"), ("\\", "Une barre"), ("a:*", "Un mot"), ("<->", "Une flèche"),
)  # fmt: skip


@pytest.fixture
def bare(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        yield home


@pytest.fixture
def home(bare: Home) -> Home:
    do(bare, "assembly:2023", "create", name="Assemblée annuelle 2023", date="2023-05-13")
    return bare


def refs(results: Results) -> list[str]:
    return [hit.ref for hits in results.groups.values() for hit in hits]


def by(home: Home, login: str, *roles: str) -> Home:
    """The same home, as someone else reads it."""
    if roles:
        accounts.add(home.store, secretary(home), login, roles)
    return Home(replace(home.settings, user=login), home.urls, home.store, home.reader)


def test_the_words_table(home: Home) -> None:
    for number, (_, text) in enumerate((*FOUND, *MISSED), 1):
        do(home, f"2023:{number}", "adopt", title="Sans mot", text=text)
    home.catch_up()
    for number, (typed, text) in enumerate(FOUND, 1):
        assert f"2023:{number}" in refs(search(home, typed, 99)), (typed, text)
    for number, (typed, text) in enumerate(MISSED, 1 + len(FOUND)):
        by_text = [hit.ref for hit in search(home, typed, 99).groups.get("case", []) if hit.tier == 2]
        assert f"2023:{number}" not in by_text, (typed, text)


def test_what_is_found_is_marked(home: Home) -> None:
    do(home, "2023:1", "adopt", title="Les travailleur·euse·s", text="On <b>négociera</b> pour les travailleurs.")
    home.catch_up()
    (hit,) = search(home, "négocier travailleuses").groups["case"]
    assert [piece for piece, found in hit.title if found] == ["travailleur·euse·s"]
    assert [piece for piece, found in hit.excerpt if found] == ["négociera", "travailleurs"]
    assert "".join(piece for piece, _ in hit.excerpt) == "On <b>négociera</b> pour les travailleurs."


def test_a_number_comes_first_then_titles_then_texts(home: Home) -> None:
    do(home, "2023:3", "adopt", title="Autre chose", text="La résolution 17 et la formation")
    do(home, "2023:5", "adopt", title="La formation")
    do(home, "2023:17", "adopt", title="Autre chose encore")
    do(home, "2023:18", "adopt", numbers=["18", "19"], titles={"18": "Un", "19": "Deux"})
    home.catch_up()
    assert refs(search(home, "17")) == ["2023:17", "2023:3"]
    assert refs(search(home, "résolution 17")) == ["2023:17", "2023:3"]
    assert refs(search(home, "2023:17"))[0] == "2023:17"
    assert refs(search(home, "19")) == ["2023:18"]
    assert refs(search(home, "formation")) == ["2023:5", "2023:3"]


def test_directory_and_threads(home: Home) -> None:
    do(home, "2023:1", "adopt", title="L’air")
    do(home, "office:env", "create", name="Ministre de l’Environnement", feminine="Ministre déléguée")
    do(home, "body:eau", "create", name="Comité de l’eau")
    do(home, "person:zoe", "create", name="Zoé Tremblay")
    do(
        home,
        "demarche:1",
        "send",
        cases=["2023:1"],
        office="office:env",
        subject="Une rencontre",
        text="Nous demandons",
    )
    do(home, "demarche:1", "remind", text="Toujours sans nouvelles")
    home.catch_up()
    assert refs(search(home, "environnement")) == ["demarche:1", "office:env"]
    assert refs(search(home, "comite eau")) == ["body:eau"]
    assert refs(search(home, "zoe")) == ["person:zoe"]
    for typed in ("rencontre", "demandons", "nouvelles"):
        assert refs(search(home, typed)) == ["demarche:1"], typed
    do(home, "office:env", "rename", name="Ministre du Climat")
    home.catch_up()
    assert "demarche:1" in refs(search(home, "climat")), "a thread is found by what its office is now called"


def test_only_what_may_be_seen(home: Home) -> None:
    do(home, "2023:1", "adopt", title="Un grief secret")
    do(home, "2023:2", "adopt", title="Un grief ouvert")
    do(home, "2023:2", "note", text="Un détail interne", audience="internal")
    do(home, "2023:2", "note", text="Un détail public", audience="assembly")
    do(home, "office:env", "create", name="Ministre du grief")
    do(home, "person:zoe", "create", name="Zoé Tremblay")
    do(home, "demarche:1", "send", cases=["2023:1"], office="office:env", subject="grief")
    do(home, "2023:1", "restrict", visibility="named", people=["person:zoe"])
    officer, nobody = by(home, "max", "officer"), by(home, "personne")
    home.catch_up()
    assert refs(search(home, "grief")) == ["2023:1", "2023:2", "demarche:1", "office:env"]
    assert refs(search(officer, "grief")) == ["2023:2", "office:env"]
    assert refs(search(nobody, "grief")) == ["2023:2", "office:env"]
    assert refs(search(officer, "interne")) == ["2023:2"]
    assert refs(search(nobody, "interne")) == []
    (hit,) = search(nobody, "détail").groups["case"]
    assert "".join(text for text, _ in hit.excerpt) == "Un détail public"


def test_a_list_of_cases_asks_the_same_index(home: Home) -> None:
    do(home, "2023:1", "adopt", title="Les délégué.es")
    do(home, "2023:2", "adopt", title="Autre chose")
    home.catch_up()
    fits = matching(home, "déléguées", sql.Identifier("case_id"))
    assert fits
    found = home.reader.execute(sql.SQL("SELECT ref FROM read.cases WHERE {}").format(fits)).fetchall()
    assert found == [("2023:1",)]
    assert matching(home, "  ", sql.Identifier("case_id")) is None


def test_rebuilt_is_live(bare: Home, tmp_path: Path) -> None:
    lives, home = Lives(bare, tmp_path, seed=11), bare
    lives.adopt(8)
    lives.live(200)
    home.catch_up()
    live = lists(home, ("search",))
    assert live["search"]
    rebuild(home, "search", lambda done, total: None)
    assert lists(home, ("search",)) == live


def test_huge_texts_and_strange_signs_are_taken_in(home: Home) -> None:
    """What an index cannot hold would keep every list from following."""
    words = " ".join(f"mot{n}.e.s" for n in range(40_000))
    for number, text in enumerate((words, "x" * 500_000, "a\0b", "\u202e\u2066🙂" * 500, "'" * 5_000, "é" * 9_000), 1):
        do(home, f"2023:{number}", "adopt", title=f"T{number}", text=text)
    home.catch_up()
    assert "2023:1" in refs(search(home, "mot12"))
    for typed in ("\0", "🙂", "'" * 300, "x" * 5_000, "\u202e"):
        search(home, typed)


def test_a_word_in_every_case_costs_a_page(home: Home) -> None:
    for number in range(1, 60):
        do(home, f"2023:{number}", "adopt", title="La formation")
    home.catch_up()
    results = search(home, "formation", 20)
    assert results.count == 20
    assert results.full == {"case"}


def test_roots_join_genders_and_numbers() -> None:
    assert root("deleguees") == root("delegue") == root("delegues")
    assert root("conseilleres") == root("conseiller")
    assert root("17") == "17"
    assert sought("de la").nothing
    assert search_pages.SAID
