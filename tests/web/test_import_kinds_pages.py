"""Plans, annual reports and registers on the page of an import: the tree, the table, the columns; recorded and taken back."""

from __future__ import annotations

from tests.services.imports.annual.samples import FRENCH
from tests.web.browser import entered
from tests.web.desk import Town
from tests.web.test_import_pages import checked, created

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
    sheet = checked(entered(place), FRENCH.encode())
    rows = sheet.main.one("table", class_="import-records").all("tr")[1:]
    assert len(rows) == 21
    assert all(row.one("a").attributes["href"].startswith("#l") for row in rows)
    assert {"lettre de plaidoyer", "publication", "alliance"} <= {row.all("td")[1].text for row in rows}
    assert "record:" not in sheet.main.one("table", class_="import-records").text
