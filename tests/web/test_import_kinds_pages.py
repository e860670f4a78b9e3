"""Plans, annual reports and registers on the page of an import: the tree, the table, the columns; recorded and taken back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.services.imports.annual.samples import FRENCH
from tests.web.browser import Sheet, entered
from tests.web.desk import Town
from tests.web.test_import_pages import checked, created

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
PLAN = (
    "<html><body><h1>Plan de travail 2024-2025 du comité de l’eau</h1><table>"
    "<tr><th>QUOI</th><th>COMMENT ET QUAND</th><th>QUI</th><th>SUIVI</th></tr>"
    "<tr><td colspan='4'>1. Faire connaître la rivière</td></tr>"
    "<tr><td>1.1 Visiter les écoles</td><td><ul><li>Écrire aux écoles : automne 2024</li>"
    "<li>Tenir trois visites : printemps 2025</li></ul></td><td>Le comité</td><td><ul><li>Lettre envoyée en octobre 2024"
    "</li></ul></td></tr>"
    "<tr><td>1.2 Publier une carte</td><td><ul><li>La dessiner : mars 2025</li></ul></td><td>Ana</td><td></td></tr>"
    "</table></body></html>"
)


def test_a_plan_is_a_tree_beside_its_source(place: Town) -> None:
    browser = entered(place)
    sheet = checked(browser, PLAN.encode(), assemblee="+", nouvelle="eau-2024", date="novembre 2024")
    assert "1 plan reconnu, 2 dossiers." in sheet.main.text, sheet.main.text
    assert "Créer 1 plan et 2 dossiers" in [button.text for button in sheet.main.all("button")]
    assert sheet.main.all("li", class_="import-above")[0].text.endswith("Faire connaître la rivière")
    lines = [each.text for ul in sheet.main.all("ul", class_="import-lines") for each in ul.all("li")]
    assert len(lines) == 3 and any("automne 2024" in line for line in lines)
    assert "1 suivi" in sheet.main.text
    done = created(browser, sheet)
    assert "1 plan et 2 dossiers créés" in done.main.text and "plan de travail" in done.main.text
    assert "/plans/eau-2024" in [a.attributes["href"] for a in done.main.all("a")]
    assert "1 plan et 2 dossiers créés" in browser.read("/importer").main.text
    back = browser.submit(done, "/importer/fait/eau-2024-1/annuler")
    assert back.status_code == 303 and browser.ask("/plans/eau-2024").status_code == 404


def test_an_annual_report_is_a_table(place: Town) -> None:
    browser = entered(place)
    sheet = checked(browser, FRENCH.encode())
    rows = sheet.main.one("table", class_="import-records").all("tr")[1:]
    assert len(rows) == 21
    assert all(row.one("a").attributes["href"].startswith("#l") for row in rows)
    assert {"lettre de plaidoyer", "publication", "alliance"} <= {row.all("td")[1].text for row in rows}
    assert "record:" not in sheet.main.one("table", class_="import-records").text
    assert "Ligne " in sheet.main.text and not re.search(r"Ligne (\d+) · Ligne \1", sheet.main.text)
    assert "/activites" in [a.attributes["href"] for a in created(browser, sheet).main.all("a", class_="button")]


LATER = (
    PLAN.replace("Écrire aux écoles : automne 2024", "Écrire aux écoles : hiver 2025")
    .replace("Lettre envoyée en octobre 2024</li>", "Lettre envoyée en octobre 2024</li><li>Trois visites tenues</li>")
    .replace("<td>Ana</td><td></td></tr>", "<td>Ana</td><td><ul><li>Maquette choisie</li><li><u>Action réalisée</u></li></ul>"
             "</td></tr>"
             "<tr><td>1.3 Nettoyer les berges</td><td><ul><li>Réunir les bénévoles : mai 2025</li></ul></td>"
             "<td>Luc</td><td></td></tr>")
)  # fmt: skip


def given(place: Town, document: str = PLAN, **fields: str) -> Sheet:
    """The second step, for the plan of the water committee."""
    return checked(entered(place), document.encode(), assemblee="+", nouvelle="eau-2024", date="juin 2025", **fields)


def test_a_later_version_shows_what_is_new_and_what_is_said_otherwise(place: Town) -> None:
    browser = entered(place)
    created(browser, given(place))
    sheet = given(place, LATER)
    assert "Le plan eau-2024 est déjà ici : 1 nouvelle action, 3 suivis et 2 états proposés." in sheet.main.text, sheet.main.text
    assert "Ce qui sera ajouté" in sheet.main.text and "plan eau-2024" in sheet.main.text
    cases = {case.one("p", class_="no").text: case for case in sheet.main.all("li", class_="import-case")}
    assert "connue" not in cases["1.3"].text and "Réunir les bénévoles" in cases["1.3"].text
    assert "Trois visites tenues" in cases["1.1"].text and "1 suivi" in cases["1.1"].text
    assert not cases["1.1"].all("ul", class_="import-lines"), "of what is known, only what is new"
    (change,) = [each for each in sheet.main.all("input") if each.attributes.get("name", "").startswith("prendre-")]
    (right,) = [each for each in sheet.main.all("input") if each.attributes.get("value", "").startswith("1.2|done")]
    assert "Mettre le plan à jour" in [button.text for button in sheet.main.all("button")]
    fields = {each.attributes["name"]: each.attributes["value"] for each in (change, right)}
    done = created(browser, sheet, **fields)
    assert "1 dossier créé, 2 mis à jour" in done.main.text
    assert "/plans/eau-2024" in [a.attributes["href"] for a in done.main.all("a")]
    plan = browser.read("/plans/eau-2024").main.text
    assert "hiver 2025" in plan and "Nettoyer les berges" in plan and "1 close, réalisée" in plan, plan
    back = browser.submit(done, "/importer/fait/eau-2024-2/annuler")
    assert back.status_code == 303
    plan = browser.read("/plans/eau-2024").main.text
    assert "automne 2024" in plan and "Nettoyer les berges" not in plan and "1 close" not in plan


def test_a_plan_that_brings_nothing_says_so(place: Town) -> None:
    browser = entered(place)
    created(browser, given(place))
    again = given(place, PLAN.replace("</body>", "\n</body>"))
    assert "Le plan eau-2024 est déjà ici : 2 actions inchangées." in again.main.text
    assert not [f for f in again.main.all("form") if f.attributes["action"].endswith("/creer")]
    worded = given(place, PLAN.replace("Publier une carte", "Publier un plan"))
    assert "2 actions inchangées" in worded.main.text and "Prendre le changement" in worded.main.text
    (action,) = {f.attributes["action"] for f in worded.main.all("form") if f.attributes["action"].endswith("/creer")}
    none = browser.submit(worded, action)
    assert none.status_code == 303 and "/fait/" not in none.headers["location"], "nothing was asked for"


def test_a_plan_that_is_here_can_be_chosen(place: Town) -> None:
    browser = entered(place)
    created(browser, given(place))

    def chosen() -> list[str]:
        return [each.attributes.get("value", "") for each in browser.read("/importer").main.one("optgroup").all("option")]

    assert chosen()[0] == "eau-2024"
    again = checked(browser, LATER.encode(), assemblee="eau-2024", date="juin 2025")
    assert "Le plan eau-2024 est déjà ici" in again.main.text
    (picked,) = [each for each in again.main.one("optgroup").all("option") if "selected" in each.attributes]
    assert picked.attributes["value"] == "eau-2024"
    browser.submit(browser.read("/importer/fait/eau-2024-1"), "/importer/fait/eau-2024-1/annuler")
    place.home.catch_up()
    assert not [each for each in browser.read("/importer").main.all("option") if each.attributes.get("value") == "eau-2024"]


def test_a_real_plan_saved_anew_brings_nothing(place: Town) -> None:
    found = sorted(SEEDS.glob("002_*.txt"))
    if not found:
        pytest.skip("the real plan 002 is not at hand")
    browser, content = entered(place), found[0].read_bytes()
    first = checked(browser, content, assemblee="+", nouvelle="essai-2020", date="janvier 2023")
    items = len(first.main.all("li", class_="import-case"))
    created(browser, first)
    again = checked(browser, content + b"\n", assemblee="essai-2020", date="janvier 2023")
    assert f"Le plan essai-2020 est déjà ici : {items} actions inchangées." in again.main.text
    assert "Prendre le changement" not in again.main.text
    assert not [f for f in again.main.all("form") if f.attributes["action"].endswith("/creer")]


def test_the_states_of_a_plan_are_settled_as_it_comes(place: Town) -> None:
    browser = entered(place)
    sheet = given(place, LATER)
    (right,) = [each for each in sheet.main.all("input") if each.attributes.get("value", "").startswith("1.2|done")]
    name = right.attributes["name"].replace("juste", "changer")
    (otherwise,) = [each for each in sheet.main.all("select") if each.attributes["name"] == name]
    words = [each.text for each in otherwise.all("option")]
    assert "Close, reportée" in words and "Prévue" in words, "the states of an item of a plan"
    created(browser, sheet, **{right.attributes["name"]: right.attributes["value"]})
    place.home.catch_up()
    asked = "SELECT ref, row->>'state' FROM read.cases WHERE ref LIKE 'eau-2024:%' ORDER BY ref"
    found = place.home.reader.execute(asked).fetchall()
    assert found == [("eau-2024:1.1", "adopted"), ("eau-2024:1.2", "done"), ("eau-2024:1.3", "adopted")]
