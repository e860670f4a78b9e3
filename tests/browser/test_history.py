"""The line of days by its keys, and a case step by step by the arrows."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.visits import Place
from tests.places import CASE

COMPARED = "/historique/comparer?de=30 juin 2024&a=1er septembre 2024&lecture=arrive"


def test_the_handles_move_by_keys_and_write_the_fields(place: Place) -> None:
    with place.visit() as page:
        page.goto(COMPARED)
        old, field = page.get_by_role("slider", name="De"), page.locator("#de")
        expect(old).to_have_attribute("aria-valuetext", "30 juin 2024")
        for key, day in (("ArrowRight", "1er juillet 2024"), ("ArrowLeft", "30 juin 2024"), ("PageDown", "30 mai 2024"),
                         ("PageUp", "30 juin 2024"), ("ArrowDown", "29 juin 2024"), ("End", "18 septembre 2024")):  # fmt: skip
            old.press(key)
            expect(field).to_have_value(day)
        old.press("Home")
        first = field.input_value()
        old.press("ArrowLeft")
        expect(field).to_have_value(first)
        page.get_by_role("slider", name="À").press("Enter")
        page.wait_for_url(lambda url: "a=1er" in url and "de=30+juin" not in url)
        expect(page.locator("#de")).to_have_value(first)


def test_a_handle_that_is_dragged_asks_by_itself(place: Place) -> None:
    with place.visit() as page:
        page.goto("/historique/date")
        box = page.get_by_role("slider").bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] - 300, box["y"] + 20, steps=4)
        page.mouse.up()
        page.wait_for_url("**/historique/date?known_at=*")
        expect(page.locator(".past")).to_be_visible()


def test_the_field_is_enough_without_a_script(place: Place) -> None:
    with place.visit(scripts=False) as page:
        page.goto("/dossiers")
        page.locator(".asof summary").click()
        page.locator("#asof-jour").fill("juin 2024")
        page.get_by_role("radio", name="Ce qui était arrivé").check()
        page.get_by_role("button", name="Voir cette date").click()
        page.wait_for_url("**/dossiers?as_of=2024-06-30")
        expect(page.locator(".past")).to_contain_text("30 juin 2024")


def test_the_arrows_turn_the_steps_of_a_case(place: Place) -> None:
    with place.visit() as page:
        page.goto(f"/dossiers/{CASE}/rejouer?etape=3")
        page.keyboard.press("ArrowRight")
        page.wait_for_url("**etape=4*")
        page.keyboard.press("ArrowLeft")
        page.wait_for_url("**etape=3*")
        expect(page.locator(".rungs [aria-current=step]")).to_contain_text("3")
