"""The follow-up that the secretary already keeps, brought in by its text: what would be recorded is seen first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.stories.scenes import arrived, pictured
from tests.browser.test_every_page import TAGS, complaints
from tests.browser.visits import Place

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "services" / "imports" / "samples" / "suivi_2023.txt"
REAL = next(iter(sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))), Path("none"))


@pytest.mark.parametrize("document", [SAMPLE, REAL], ids=["the sample", "the real one"])
def test_bringing_in_a_follow_up(own_place: Place, document: Path) -> None:
    if not document.exists():
        pytest.skip("THE REAL FOLLOW-UP IS NOT BESIDE THIS CHECKOUT: only the sample is brought in")
    with arrived(own_place) as page:
        page.get_by_role("link", name="Dossiers", exact=True).first.click()
        page.get_by_role("link", name="Importer").click()
        page.get_by_label("Le fichier").set_input_files(document)
        page.get_by_label("Assemblée à laquelle il rend compte").select_option("une autre :")
        page.get_by_role("textbox", name="Clé de l’autre assemblée").fill("2023")
        page.get_by_role("button", name="Voir ce qui serait consigné").click()
        create = page.get_by_role("button", name=re.compile("^Créer"))
        expect(create).to_be_visible()
        assert not complaints(page, runOnly={"type": "tag", "values": TAGS})
        pictured(page, "import")
        create.click()
        page.wait_for_url("**/importer/fait/**")
        assert not complaints(page, runOnly={"type": "tag", "values": TAGS})
        pictured(page, "import-fait")
        page.goto("/assemblees/2023")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
