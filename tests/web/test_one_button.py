"""The page of a signed link: scanners change nothing, one press does it once, pages of elsewhere press nothing."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from services.one_button import way_out
from services.schema import Urls
from services.simulation import advance
from tests.services.mailing import RUNG, PostOffice, post_office
from tests.web.browser import Sheet
from tests.web.desk import Client, serving
from tests.web.test_markup import check_fields, check_frame, check_headings, check_ids, check_links, check_pictures

HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def house(database: Urls) -> Iterator[tuple[PostOffice, Client]]:
    with post_office(database) as office, serving(database) as client:
        office.due(title="Un jardin & des <b>vélos</b>")
        office.ring()
        yield office, client


def links(office: PostOffice) -> list[str]:
    (row,) = office.rows()
    return list(dict.fromkeys(re.findall(r"https://suivi\.example\.org(/geste\?lien=\S+)", row["body"])))


def secret(link: str) -> str:
    return link.partition("=")[2]


def kinds(office: PostOffice) -> list[str]:
    rows = office.store.connection.execute("SELECT topic FROM suivi.events WHERE stream = %s ORDER BY version",
                                           (office.rows()[0]["stream"],))  # fmt: skip
    return [topic for (topic,) in rows]


def press(client: Client, link: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()} or HERE
    return client.request("POST", "/geste", named, data={"lien": secret(link)})


def words(answer: httpx.Response) -> str:
    return Sheet(answer).main.text


def test_whoever_follows_every_link_changes_nothing(house: tuple[PostOffice, Client]) -> None:
    office, client = house
    before = kinds(office)
    for link in links(office) * 3:
        for method in ("GET", "HEAD"):
            assert client.request(method, link).status_code == 200
    assert kinds(office) == before


def test_the_page_says_what_the_button_does_and_as_whom(house: tuple[PostOffice, Client]) -> None:
    office, client = house
    seen, later = (client.request("GET", link) for link in links(office))
    for said in ("Dire que vous avez vu un rappel", "Un jardin & des <b>vélos</b>",
                 "Ce dossier était à régler le 17 septembre 2024.",
                 "Plus personne ne recevra de rappel de cette date.", "J’ai vu ce rappel", "Ce lien est pour Marie"):  # fmt: skip
        assert said in words(seen)
    assert "le prochain vient le 2 octobre 2024" in words(later) and "Me le rappeler dans deux semaines" in words(later)
    (form,) = Sheet(seen).root.all("form")
    assert (form.attributes["method"], len(form.all("button")), len(form.all("input"))) == ("post", 1, 1)


def test_pressing_does_it_once_and_says_so(house: tuple[PostOffice, Client]) -> None:
    office, client = house
    seen, _ = links(office)
    for _ in range(3):
        answer = press(client, seen)
        assert answer.status_code == 200 and "C’est consigné" in words(answer)
        assert not Sheet(answer).root.all("form")
    assert kinds(office).count("StepAcknowledged") == 1
    assert "C’est fait" in words(client.request("GET", seen))
    assert "set-cookie" not in answer.headers


def test_a_page_of_elsewhere_presses_nothing(house: tuple[PostOffice, Client]) -> None:
    office, client = house
    seen, _ = links(office)
    for headers in ({"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"}, {"Sec_Fetch_Site": "none"},
                    {"Origin": "https://ailleurs.example"}, {"Origin": "http://127.0.0.1:81"}):  # fmt: skip
        answer = press(client, seen, **headers)
        assert answer.status_code == 403 and "rien n’a été fait" in words(answer), headers
    assert "StepAcknowledged" not in kinds(office)
    for headers in ({"Origin": "null"}, {"Origin": "http://127.0.0.1"}):  # an older browser, on our own page
        assert press(client, seen, **headers).status_code == 200
    assert kinds(office).count("StepAcknowledged") == 1


def test_a_link_that_is_over_or_made_up_says_so(house: tuple[PostOffice, Client]) -> None:
    office, client = house
    seen, _ = links(office)
    for link in ("/geste?lien=x", "/geste", seen[:-4], "/geste?lien=%E2%98%83", "/geste?lien=" + "A" * 5000):
        for answer in (client.request("GET", link), press(client, link)):
            assert answer.status_code == 403 and "Ce lien n’ouvre rien" in words(answer)
    advance(office.store, RUNG + timedelta(days=46))
    for answer in (client.request("GET", seen), press(client, seen)):
        assert answer.status_code == 403 and "Ce lien a fait son temps" in words(answer)
    assert "StepAcknowledged" not in kinds(office)


def test_what_is_hidden_or_settled_by_then_is_not_told_again(house: tuple[PostOffice, Client]) -> None:
    office, client = house
    seen, _ = links(office)
    office.do("2023:17", "set-due", due="2025-01-10")
    assert "Il ne reste rien à faire" in words(client.request("GET", seen))
    assert press(client, seen).status_code == 409
    office.do("2023:17", "restrict", visibility="named", people=["ana"])
    hidden = client.request("GET", seen)
    assert hidden.status_code == 403 and "jardin" not in hidden.text


def test_it_is_kept_nowhere_and_told_to_nobody(house: tuple[PostOffice, Client], caplog: pytest.LogCaptureFixture) -> None:
    office, client = house
    caplog.set_level(logging.DEBUG)
    seen, _ = links(office)
    for answer in (client.request("GET", seen), press(client, seen)):
        told = answer.headers
        assert (told["referrer-policy"], told["cache-control"]) == ("no-referrer", "no-store")
        assert "noindex" in told["x-robots-tag"] and "form-action 'self'" in told["content-security-policy"]
        assert "frame-ancestors 'none'" in told["content-security-policy"]
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert secret(seen) not in " ".join(record.getMessage() for record in ours)
    for table in ("suivi.events", "suivi.command_log", "suivi.tokens", "suivi.keys"):
        rows = office.store.connection.execute(f"SELECT t::text FROM {table} AS t").fetchall()  # type: ignore[arg-type]
        assert secret(seen) not in str(rows)


def test_the_page_is_fit_for_everyone_in_both_languages(house: tuple[PostOffice, Client]) -> None:
    office, client = house
    seen, later = links(office)
    pages = [client.request("GET", f"{link}&lang={lang}") for link in (seen, later, "/geste?lien=x") for lang in ("fr", "en")]
    pages += [press(client, seen), press(client, "x")]
    for answer in pages:
        root = Sheet(answer).root
        for check in (check_frame, check_headings, check_ids, check_fields, check_links, check_pictures):
            assert not list(check(root)), (answer.request.url, check.__name__, list(check(root)))
    assert "I have seen this reminder" in words(pages[1]) and "This case was to be settled" in words(pages[1])
    office.do("person:marie", "set-language", lang="en")
    assert "It is done" in words(client.request("GET", seen))


def test_one_leaves_by_the_page_and_a_mail_program_by_itself(house: tuple[PostOffice, Client]) -> None:
    office, client = house
    (row,) = office.rows()
    link = f"/geste?lien={way_out(office.store, row['recipient'], row['stream'])}"
    assert "Je ne veux plus de nouvelles de ce dossier" in words(client.request("GET", link))
    by_itself = client.request("POST", link, data={"List-Unsubscribe": "One-Click"})
    assert by_itself.status_code == 200 and "vous n’aurez plus de nouvelles" in words(by_itself)
    assert press(client, link).status_code == 200
    assert len([kind for kind in kinds(office) if "nsubscribe" in kind]) == 1


def test_a_mail_program_does_nothing_else_by_itself(house: tuple[PostOffice, Client]) -> None:
    office, client = house
    for link in links(office):
        client.request("POST", link, data={"List-Unsubscribe": "One-Click"})
    assert not {"StepAcknowledged", "ClockSnoozed"} & set(kinds(office))
