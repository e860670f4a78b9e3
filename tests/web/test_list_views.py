"""The views that people keep, as pages make, show and change them."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from services.views import views_of
from tests.homes import secretary
from tests.web.browser import Browser, Sheet, entered
from tests.web.desk import Town
from tests.web.test_list_pages import titles


@pytest.fixture
def ana(place: Town) -> Browser:
    return entered(place)


def form_of(ana: Browser, sheet: Sheet) -> dict[str, str]:
    """What the form that keeps a view sends by itself."""
    form = sheet.main.one("details", class_="keep").one("form")
    return {one.attributes["name"]: one.attributes.get("value", "") for one in form.all("input", type="hidden")}


def test_a_view_is_kept_renamed_opened_first_and_deleted(place: Town, ana: Browser) -> None:
    place.do("2023:17", "start")
    hidden = form_of(ana, ana.read("/dossiers", state="in_progress"))
    kept = ana.post("/dossiers/vues", **{**hidden, "name": "Ce qui bouge"})
    assert kept.status_code == 303
    href = kept.headers["location"]
    assert (
        titles(ana.read(href)) == ["Des vélos pour les quartiers"]
        and ana.read(href).root.one("h1").text == "Ce qui bouge"
    )
    path = "/dossiers/vues/" + parse_qs(urlsplit(href).query)["voir"][0]
    assert ana.post(path, **hidden, name="Ça bouge", shared="1", do="name").status_code == 303
    assert ana.read(href).root.one("h1").text == "Ça bouge"
    ana.post(path, **hidden, do="home")
    assert ana.ask("/dossiers").headers["location"] == href and len(titles(ana.read("/dossiers", tous="1"))) == 2
    place.someone("bob", "officer")
    bob = entered(place, "bob")
    assert "Ça bouge" in bob.read("/dossiers").text and bob.ask("/dossiers").status_code == 200
    assert bob.post(path, **form_of(bob, bob.read("/dossiers")), do="delete").status_code == 404
    ana.post(path, **hidden, do="delete")
    ana.read(href, 404)
    assert len(titles(ana.read("/dossiers"))) == 2


def test_a_private_view_is_not_there_for_others(place: Town, ana: Browser) -> None:
    ana.post("/dossiers/vues", **form_of(ana, ana.read("/dossiers", state="adopted")), name="À moi")
    (view,) = views_of(place.home.reader, secretary(place.home).person)
    place.someone("bob", "officer")
    bob = entered(place, "bob")
    assert "À moi" not in bob.read("/dossiers").text
    assert (
        bob.read("/dossiers", 404, voir=str(view.id)).text == bob.read("/dossiers", 404, voir=str(view.id)[::-1]).text
    )
    assert "À moi" in ana.read("/dossiers/vues").text and "À moi" not in bob.read("/dossiers/vues").text


def test_a_view_without_a_name_is_refused(ana: Browser) -> None:
    hidden = form_of(ana, ana.read("/dossiers", state="adopted"))
    assert "Donnez un nom à cette vue" in ana.post("/dossiers/vues", **hidden, name="  ").text
