"""A town in which every act can be tried, and a browser that fills forms in."""

from __future__ import annotations

from typing import Any

import httpx

from services.reading import When, history
from services.schema import Urls
from tests.homes import do, opened
from tests.web.browser import Browser, Element, Sheet, filled
from tests.web.desk import Town, build


def build_for_acts(urls: Urls) -> None:
    """A town with a person, a body, three offices, a thread besides, in an empty database."""
    build(urls)
    with opened(urls) as home:
        do(home, "body:comite", "create", name="Comité de l’environnement")
        do(home, "person:luce", "create", name="Luce Roy")
        for key, name in (("eau", "ministre de l’Eau"), ("air", "ministre de l’Air"), ("sol", "ministre du Sol")):
            do(home, f"office:{key}", "create", name=name)
        do(home, "demarche:1", "send", cases=["2023:17"], office=["office:eau"], occurred="2024-05-02")
        home.catch_up()


def form_of(sheet: Sheet) -> Element:
    """The form of the act."""
    return sheet.main.one("form", class_="act-form")


def names_in(form: Element) -> set[str]:
    """The fields of a form."""
    return {field.attributes["name"] for field in form.all("input", "textarea", "select") if "name" in field.attributes}


def send(browser: Browser, sheet: Sheet, **typed: Any) -> httpx.Response:
    """Fills in the form of a page with what its own fields take, and sends it."""
    form = form_of(sheet)
    assert set(typed) <= names_in(form), set(typed) - names_in(form)
    for field in form.all("input"):
        name = field.attributes.get("name", "")
        if field.attributes.get("type") in ("radio", "checkbox") and isinstance(typed.get(name), str):
            assert typed[name] in [other.attributes["value"] for other in form.all("input", name=name)]
    return browser.post(form.attributes["action"], **{**filled(form), **typed})


def act(browser: Browser, path: str, **typed: Any) -> httpx.Response:
    """Opens the form of an act, fills it in and sends it."""
    return send(browser, browser.read(path), **typed)


def notice(browser: Browser, answer: httpx.Response) -> Element:
    """The notice of an act that was done, on whatever page comes next."""
    assert answer.status_code == 303, Sheet(answer).main.text
    done = answer.headers["location"].partition("fait=")[2]
    return browser.read("/aide", fait=done).root.one("div", class_="toast")


def recorded(place: Town, ref: str) -> list[str]:
    """What people recorded, in sentences, the last at the end."""
    place.home.catch_up()
    return [str(entry["text"]) for entry in history(place.home, ref, When(), "fr") if not entry["machine"]]
