"""Every link of the pages of cases, threads, offices, bodies and people leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.schema import Urls
from tests.homes import do, opened
from tests.threads import year
from tests.web.browser import Browser, entered
from tests.web.desk import Town, serving

PAGES = (
    "/dossiers/2023:17", "/dossiers/2023:13", "/correspondance", "/correspondance/1", "/correspondance/2", "/correspondance/5",
    "/charges", "/charges/immigration", "/instances", "/instances/velo", "/personnes", "/personnes/ana",
)  # fmt: skip


@pytest.fixture(scope="module")
def place(database_of_module: Urls) -> Iterator[Town]:
    with opened(database_of_module) as home, serving(database_of_module) as client:
        year(home)
        do(home, "body:velo", "create", name="Comité du vélo")
        do(home, "body:velo", "appoint", person="person:ana", charge="chair", occurred="2023-06-01")
        do(home, "2023:17", "refer", body="body:velo", due="2027-03")
        do(home, "2023:13", "complete", completion="full")
        do(home, "2023:17", "add-task", text="Écrire", owner="person:ana", due="2027-01")
        home.catch_up()
        found = Town(home, client)
        found.someone("vera", "auditor")
        found.someone("max", "member")
        yield found


def links(browser: Browser, path: str) -> set[str]:
    """Where the links of a page lead, here."""
    found = (link.attributes["href"] for link in browser.read(path).main.all("a"))
    return {href for href in found if href.startswith("/")}


@pytest.mark.parametrize("path", PAGES)
def test_every_link_leads_somewhere(place: Town, path: str) -> None:
    ana = entered(place)
    found = links(ana, path)
    assert found
    assert not {href: answer.status_code for href in found if (answer := ana.ask(href)).status_code >= 400}


@pytest.mark.parametrize("path", PAGES)
def test_and_nobody_is_led_where_they_may_not_go(place: Town, path: str) -> None:
    vera = entered(place, "vera")
    assert not {href: answer.status_code for href in links(vera, path) if (answer := vera.ask(href)).status_code >= 400}


def test_nor_is_a_member(place: Town) -> None:
    member = entered(place, "max")
    assert not {href for href in links(member, "/dossiers/2023:17") if member.ask(href).status_code >= 400}
