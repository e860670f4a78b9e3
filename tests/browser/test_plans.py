"""The pages of plans before a real browser: what holds for every page, of a plan that has something to show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from services import accounts
from services.act import Ask, act
from tests.browser.people import FIRST
from tests.browser.test_every_page import CHECKS, open_page
from tests.browser.visits import Place
from tests.homes import opened

PLAN = "plan:conseil-2024"
PAGES = (
    "/plans", "/plans/conseil-2024", "/plans/conseil-2024?who=Denis", "/plans/conseil-2024?as_of=2031-01-01",
    "/plans/conseil-2024/reporter", "/plans/conseil-2024/agir/enter-node?under=1.1", "/plans/nouveau",
    "/dossiers/conseil-2024:1.1", "/dossiers?assembly=conseil-2024", "/dossiers?assembly=conseil-2024&vue=colonnes",
    "/dossiers?assembly=conseil-2024&query=introuvable",
)  # fmt: skip


@pytest.fixture
def planned(own_place: Place) -> Iterator[Place]:
    """With a plan of each kind of thing that a plan may hold."""
    with opened(own_place.urls, FIRST) as home:
        actor = accounts.enter(home.store, FIRST)[0]

        def do(ref: str, verb: str, **facts: Any) -> None:
            act(home.store, actor, Ask(ref=ref, verb=verb, facts=facts))

        do(
            PLAN,
            "create",
            name="Plan du conseil 2024-2027",
            period="2024/2027",
            objectives=["Écrire"],
            preamble=["Voici."],
        )
        do(PLAN, "enter-node", kind="section", number="1", text="Vie syndicale")
        do(PLAN, "enter-node", kind="goal", number="1.9", text="Un but", under="1")
        do(
            PLAN,
            "enter-node",
            kind="item",
            number="1.1",
            text="Tenir une tournée",
            who=["Denis"],
            results=["Des visites"],
        )
        do(PLAN, "enter-node", kind="step", number="1", text="Choisir", under="1.1", schedule="mai 2023")
        do(PLAN, "enter-node", kind="step", number="2", text="Passer", under="1.1", schedule="deux fois par mois")
        do(PLAN, "set-target", number="1.1", measures="présence", words="au moins 30 personnes")
        do(PLAN, "list", title="Dossiers", entries=["Griefs", "Finances"])
        do("conseil-2024:1.1", "note", text="C’est commencé.", audience="assembly")
        do("plan:conseil-2027", "create", name="Plan du conseil 2027-2030", period="2027/2030")
        home.catch_up()
    yield own_place


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_can_be_read_by_everyone_everywhere(planned: Place, lang: str) -> None:
    found: list[str] = []
    with planned.visit() as page:
        for path in PAGES:
            page.emulate_media(media="screen")  # the last check of the one before looked at paper
            for check in CHECKS:
                open_page(page, f"{path}{'&' if '?' in path else '?'}lang={lang}")
                found += [f"{path}: {check.__name__}: {one}" for one in check(page)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_line_is_done_in_one_press_and_undone_in_one(planned: Place, scripts: bool) -> None:
    with planned.visit(scripts=scripts) as page:
        page.goto("/plans/conseil-2024?who=Denis")
        page.get_by_role("button", name="C’est fait, 1.1 1").click()
        expect(page.locator(".plan-lines .did")).to_have_count(1)
        expect(page.locator(".chip.on")).to_contain_text("Denis")
        page.get_by_role("button", name="Annuler").click()
        expect(page.locator(".plan-lines .did")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_an_item_goes_on_in_the_next_plan(planned: Place, scripts: bool) -> None:
    with planned.visit(scripts=scripts) as page:
        page.goto("/plans/conseil-2024/reporter")
        page.get_by_role("checkbox", name="1.1").check()
        page.get_by_role("radio", name="Plan du conseil 2027-2030").check()
        page.get_by_role("button", name="Voir ce qui se ferait").last.click()
        expect(page.get_by_text("Inscrite là-bas sous le numéro 1.1.")).to_be_visible()
        page.locator("button[name=faire]").click()
        expect(page.locator(".plan-item .state")).to_contain_text("reportée")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_plan_is_entered(planned: Place, scripts: bool) -> None:
    with planned.visit(scripts=scripts) as page:
        page.goto("/plans/nouveau")
        page.get_by_label("Nom", exact=True).fill("Plan du conseil 2030-2033")
        page.get_by_label("Plan de travail", exact=True).check()
        page.locator(".act-buttons button").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Plan du conseil 2030-2033")


def test_a_carry_over_that_was_left_half_way_is_taken_up_again(planned: Place) -> None:
    with planned.visit() as page:
        page.goto("/plans/conseil-2024/reporter")
        page.get_by_role("checkbox", name="1.1").check()
        page.goto("/plans/conseil-2024")
        page.goto("/plans/conseil-2024/reporter")
        expect(page.locator('[data-told="draft"]')).to_be_visible()
        expect(page.get_by_role("checkbox", name="1.1")).to_be_checked()
        page.get_by_role("radio", name="Un nouveau plan").check()
        page.get_by_label("Titre du nouveau plan").fill("Plan du conseil 2030-2033")
        page.get_by_role("button", name="Voir ce qui se ferait").last.click()
        page.locator("button[name=faire]").click()
        expect(page.locator(".plan-item .state")).to_contain_text("reportée")
