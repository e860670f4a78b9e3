"""Someone who was never shown how, on their first day: what they are asked for is found by reading the pages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stories.scenes import arrived, leave, pictured, press_to
from tests.browser.visits import Place

CASE = "Obligation pour les employeurs de franciser"
REASON = "Le ministre attend le dépôt du budget"


def test_finding_what_is_late(place: Place) -> None:
    with arrived(place) as page:
        pictured(page, "accueil")
        late = page.get_by_role("listitem").filter(has_text="en retard de 19 jours")
        late.get_by_role("link", name="Ouvrir le dossier").first.click()
        leave(page, "Bonification des prestations d’invalidité")
        page.get_by_role("link", name="Dossiers", exact=True).first.click()
        leave(page, "Dossiers")
        page.get_by_role("link", name=re.compile("^En retard")).click()
        expect(page.get_by_role("link", name=re.compile("^Bonification des prestations"))).to_be_visible()
        expect(page.get_by_role("link", name="Formation en région")).to_have_count(0)
        pictured(page, "en-retard")


def test_seeing_who_has_not_answered(place: Place) -> None:
    with arrived(place) as page:
        page.get_by_role("link", name="Correspondance", exact=True).first.click()
        leave(page, "Correspondance")
        for office in ("Éducation", "Services sociaux", "Environnement", "Sécurité publique"):
            expect(page.get_by_role("row").filter(has_text=office).filter(has_text="Sans réponse")).to_have_count(1)
        pictured(page, "sans-reponse")


def test_recording_that_the_staff_of_a_minister_was_met(own_place: Place) -> None:
    with arrived(own_place) as page:
        _record_the_meeting(page)
        pictured(page, "rencontre")


def test_the_same_without_scripts(own_place: Place) -> None:
    with arrived(own_place, scripts=False) as page:
        _record_the_meeting(page)


def _record_the_meeting(page: Page) -> None:
    page.get_by_role("link", name="Correspondance", exact=True).first.click()
    leave(page, "Correspondance")
    page.get_by_role("link", name="Environnement", exact=True).first.click()
    leave(page, "Ministre de l’Environnement")
    region = page.get_by_role("region", name="Agir")
    region.get_by_text("Plus", exact=True).click()
    region.get_by_role("link", name="Consigner la rencontre").click()
    leave(page, "Consigner la rencontre")
    page.get_by_role("radio", name="Le cabinet seulement").check()
    page.get_by_role("textbox", name=re.compile("^Le lieu")).fill("Québec")
    page.get_by_role("textbox", name=re.compile("^Date du fait")).fill("17 septembre 2024")
    page.get_by_role("button", name="Consigner la rencontre").click()
    leave(page, "Ministre de l’Environnement")
    expect(page.get_by_role("status")).to_contain_text("encontre")
    expect(page.get_by_role("main")).to_contain_text("Cabinet rencontré")
    expect(page.get_by_role("region", name="Ce qui s’est passé")).to_contain_text("17 septembre 2024")


def test_putting_a_resolution_off(own_place: Place) -> None:
    """Refused first, with what was typed kept; and taken back in one press."""
    with arrived(own_place) as page:
        page.get_by_role("link", name="Dossiers", exact=True).first.click()
        page.get_by_role("link", name=re.compile(f"^{CASE}")).click()
        leave(page, CASE)
        page.get_by_role("link", name="Remettre à une date").click()
        leave(page, "Remettre la résolution 18")
        page.get_by_role("textbox", name="Motif de la remise").fill(REASON)
        page.get_by_role("textbox", name=re.compile("^Remise à quelle date")).fill("14 février 2020")
        page.get_by_role("button", name="Remettre la résolution 18").click()
        expect(page.get_by_role("alert")).to_be_visible()
        expect(page.get_by_role("textbox", name="Motif de la remise")).to_have_value(REASON)
        date = page.get_by_role("textbox", name=re.compile("^Remise à quelle date"))
        expect(date).to_have_value("14 février 2020")
        expect(date).to_have_attribute("aria-invalid", "true")
        pictured(page, "refus")
        date.fill("printemps 2025")
        page.get_by_role("button", name="Remettre la résolution 18").click()
        leave(page, CASE)
        expect(page.get_by_role("definition").first).to_contain_text("Remise")
        expect(page.get_by_role("region", name="Ce qui s’est passé")).to_contain_text(REASON)
        pictured(page, "remise")
        page.get_by_role("status").get_by_role("button", name="Annuler").click()
        expect(page.get_by_role("definition").first).to_contain_text("En cours")


@pytest.mark.slow
def test_the_same_with_a_keyboard_alone(own_place: Place) -> None:
    with arrived(own_place) as page:
        press_to(page, "Dossiers")
        page.keyboard.press("Enter")
        leave(page, "Dossiers")
        press_to(page, page.get_by_role("link", name=re.compile(f"^{CASE}")).inner_text())
        page.keyboard.press("Enter")
        leave(page, CASE)
        press_to(page, "Remettre à une date")
        page.keyboard.press("Enter")
        leave(page, "Remettre la résolution 18")
        press_to(page, "Remise à quelle date")
        page.keyboard.type("14 février 2020")
        press_to(page, "Motif de la remise")
        page.keyboard.type(REASON)
        press_to(page, "Remettre la résolution 18")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_be_focused()
        press_to(page, "Remise à quelle date")
        page.keyboard.press("Enter")  # the way from the summary to its field
        expect(page.get_by_role("textbox", name=re.compile("^Remise à quelle date"))).to_be_focused()
        page.keyboard.press("Control+a")
        page.keyboard.type("printemps 2025")
        page.keyboard.press("Enter")
        leave(page, CASE)
        expect(page.get_by_role("definition").first).to_contain_text("Remise")
