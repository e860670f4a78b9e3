"""The inbox in the application: one's own only, whatever way it went; marked as read by a form of ours alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services import accounts, tokens
from services.schema import Urls
from tests.services.mailing import PostOffice, post_office
from tests.web.browser import Sheet
from tests.web.desk import Client, serving
from tests.web.test_markup import check_fields, check_frame, check_headings, check_ids, check_links, check_pictures
from web.entering import COOKIE

HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def house(database: Urls) -> Iterator[tuple[PostOffice, Client]]:
    with post_office(database) as office, serving(database) as client:
        office.due()
        office.due(18, title="Une rivière")
        office.do("person:marie", "set-address")
        office.ring()
        yield office, client


def session(office: PostOffice, client: Client, login: str) -> Client:
    """A browser in which someone has entered."""
    actor, _ = accounts.enter(office.store, login)
    secret = tokens.redeem(office.store, tokens.one_time_link(office.store, actor.person)) or ""
    return Client(client.app, client.portal, client.inner, {"Cookie": f"{COOKIE}={secret}"})


def holding(office: PostOffice, client: Client, login: str) -> Client:
    actor, _ = accounts.enter(office.store, login)
    return client.holding(tokens.add(office.store, actor, f"de {login}")[1])


def unread(office: PostOffice) -> int:
    return sum(row["read_at"] is None for row in office.rows())


def test_who_has_no_address_reads_it_here(house: tuple[PostOffice, Client]) -> None:
    office, client = house
    marie = session(office, client, "marie")
    sheet = Sheet(marie.request("GET", "/boite"))
    assert "Pas encore lu" in sheet.text and sheet.text.count("échéance dépassée") == 2
    assert "Ce dossier était à régler le 17 septembre 2024. 1 jour ouvrable de retard." in sheet.text
    assert "On ne vous a encore rien dit." in Sheet(session(office, client, "ana").request("GET", "/boite")).text


def test_one_marks_it_as_read_by_a_form_of_ours(house: tuple[PostOffice, Client]) -> None:
    office, client = house
    marie = session(office, client, "marie")
    form = Sheet(marie.request("GET", "/boite")).main.all("form")[0]
    for headers in ({}, {"Origin": "null"}, {"Origin": "https://ailleurs.example"}, {"Sec-Fetch-Site": "cross-site"},
                    {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1"}):  # fmt: skip
        assert marie.request("POST", form.attributes["action"], headers).status_code == 401, headers
    assert unread(office) == 2
    answer = marie.request("POST", form.attributes["action"], HERE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/boite")
    assert unread(office) == 1 and "Lu" in Sheet(marie.request("GET", "/boite")).text
    assert marie.request("POST", "/boite/lu", {"Origin": "http://127.0.0.1"}).status_code == 303
    assert unread(office) == 0


def test_nobody_reads_or_marks_what_is_told_to_another(house: tuple[PostOffice, Client]) -> None:
    office, client = house
    id = office.rows()[0]["id"]
    ana = session(office, client, "ana")
    assert ana.request("POST", f"/boite/{id}/lu", HERE).status_code == 404
    api = holding(office, client, "ana")
    assert api.items("/inbox") == [] and api.post(f"/inbox/{id}/read").status_code == 404
    assert unread(office) == 2


def test_programs_read_and_mark_it(house: tuple[PostOffice, Client]) -> None:
    office, client = house
    marie = holding(office, client, "marie")
    rows = marie.items("/inbox", params={"limit": "1"})
    assert [row["ref"] for row in rows] in (["2023:17", "2023:18"], ["2023:18", "2023:17"])
    for _ in range(2):
        read = marie.post(f"/inbox/{rows[0]['id'][:8]}/read")
        assert read.status_code == 200 and read.json()["read_at"] == "2024-09-18T14:00:00Z"
    assert [row["id"] for row in marie.items("/inbox", params={"unread": "true"})] == [rows[1]["id"]]
    assert [row["read_at"] is None for row in marie.items("/inbox")] == [True, False]
    assert marie.post("/inbox/zzz/read").status_code == 422


def test_what_is_hidden_by_then_is_told_no_more(house: tuple[PostOffice, Client]) -> None:
    office, client = house
    office.do("2023:18", "restrict", visibility="named", people=["ana"])
    marie = holding(office, client, "marie")
    assert [row["ref"] for row in marie.items("/inbox")] == ["2023:17"]


def test_what_was_mailed_is_here_too_and_digests_are_told_by_what_they_gather(database: Urls) -> None:
    with post_office(database) as office, serving(database) as client:
        office.do("person:marie", "set-notices", rhythm="daily")
        office.due()
        office.due(18, owner="ana")
        office.ring()
        assert [row["kind"] for row in holding(office, client, "marie").items("/inbox")] == ["reminder"]
        assert len(holding(office, client, "ana").items("/inbox")) == 1


def test_the_page_is_fit_for_everyone_in_both_languages(house: tuple[PostOffice, Client]) -> None:
    office, client = house
    marie = session(office, client, "marie")
    pages = [marie.request("GET", f"/boite?lang={lang}") for lang in ("fr", "en")]
    marie.request("POST", "/boite/lu", HERE)
    pages += [marie.request("GET", f"/boite?lang={lang}") for lang in ("fr", "en")]
    for answer in pages:
        root = Sheet(answer).root
        for check in (check_frame, check_headings, check_ids, check_fields, check_links, check_pictures):
            assert not list(check(root)), (check.__name__, list(check(root)))
    assert "Mark all as read" in pages[1].text and pages[0].headers["referrer-policy"] == "same-origin"
