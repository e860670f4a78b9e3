"""The assembly on paper, as it was a month ago, and between two dates; a case again, step by step."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.stories.scenes import arrived, leave, pictured
from tests.browser.test_every_page import SHEET
from tests.browser.visits import Place


def test_printing_the_list(place: Place, tmp_path: Path) -> None:
    with arrived(place) as page:
        page.get_by_role("link", name="Dossiers", exact=True).first.click()
        leave(page, "Dossiers")
        sheet = page.pdf(path=tmp_path / "liste.pdf", format="Letter", prefer_css_page_size=True)
        assert 1 <= len(SHEET.findall(sheet)) <= 6
    if shutil.which("pdftotext"):
        asked = ["pdftotext", "-layout", str(tmp_path / "liste.pdf"), "-"]
        said = subprocess.run(asked, check=True, capture_output=True).stdout.decode()
        assert "Redevances sur l’eau au Québec" in said and "Perte du crédit d’impôt" in said
        assert "Filtrer" not in said and "Nouveau dossier" not in said


def test_the_assembly_as_it_was_a_month_ago(place: Place) -> None:
    with arrived(place) as page:
        page.get_by_role("link", name="Dossiers", exact=True).first.click()
        leave(page, "Dossiers")
        row = page.get_by_role("row").filter(has_text="Redevances sur l’eau au Québec")
        expect(row).to_contain_text("Bloquée")
        page.get_by_role("banner").get_by_text("Au 18 septembre 2024").click()
        page.get_by_role("banner").get_by_role("textbox", name="À quelle date").fill("18 août 2024")
        page.get_by_role("banner").get_by_role("radio", name="Ce qui était arrivé").check()
        page.get_by_role("banner").get_by_role("button", name="Voir cette date").click()
        band = page.get_by_role("region", name="La date de cette page")
        expect(band).to_contain_text("18 août 2024")
        expect(row).to_contain_text("En cours")
        expect(page.get_by_role("link", name="Nouveau dossier")).to_have_count(0)
        pictured(page, "il-y-a-un-mois")
        band.get_by_role("link", name="Revenir à aujourd’hui").click()
        expect(row).to_contain_text("Bloquée")


def test_an_auditor_goes_through_a_case_again_and_compares_two_dates(place: Place) -> None:
    with arrived(place, "auditor") as page:
        page.get_by_role("link", name="Dossiers", exact=True).first.click()
        page.get_by_role("link", name="Redevances sur l’eau au Québec").first.click()
        leave(page, "Redevances sur l’eau")
        expect(page.get_by_role("link", name="Consigner un fait")).to_have_count(0)
        page.get_by_role("link", name="Rejouer le dossier pas à pas").click()
        expect(page.get_by_role("heading", name=re.compile("^Étape 20 de 20"))).to_be_visible()
        page.get_by_role("link", name="Depuis le début").click()
        expect(page.get_by_role("heading", name=re.compile("^Étape 1 de 20"))).to_be_visible()
        page.get_by_role("link", name="Étape suivante").click()
        expect(page.get_by_role("heading", name=re.compile("^Étape 2 de 20"))).to_be_visible()
        pictured(page, "rejouer")
        page.get_by_role("link", name="Historique", exact=True).first.click()
        page.get_by_role("link", name="Comparer deux dates").click()
        page.get_by_role("textbox", name="De", exact=True).fill("1er août 2024")
        page.get_by_role("textbox", name="À", exact=True).fill("18 septembre 2024")
        page.get_by_role("main").get_by_role("radio", name="Ce qui était arrivé").check()
        page.get_by_role("button", name="Comparer", exact=True).click()
        expect(page.get_by_role("region", name="Résultat")).to_contain_text("dossiers ont changé")
        changed = page.get_by_role("table", name=re.compile("^Ce qui a changé"))
        expect(changed).to_contain_text("Redevances sur l’eau au Québec")
        expect(changed).to_contain_text("Bloquée")
        pictured(page, "comparer")
