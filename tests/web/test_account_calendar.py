"""The address of one's calendar on the page of one's account: made, copied, renewed, revoked, without a script."""

from __future__ import annotations

from services import accounts, feeds
from tests.homes import secretary
from tests.web.browser import Sheet
from tests.web.desk import API, BASE, Town
from tests.web.test_entry_account import inside, someone
from tests.web.visitor import GOOD, long_ago, noted

PATH = "/compte/calendrier"


def made(place: Town, answer: object) -> str:
    """The address that the page shows, without the name of the machine."""
    shown = Sheet(answer).root.one("input", id="adresse").attributes["value"]  # type: ignore[arg-type]
    assert (shown and shown.startswith(BASE)) or "/api/v1/calendar/" in (shown or "")
    return str(shown)[str(shown).index("/calendar/") :]


def test_it_is_made_shown_once_renewed_and_revoked(place: Town) -> None:
    who = inside(place)
    assert "Vous n’en avez aucune" in who.get("/compte").text
    answer = who.send(who.get(PATH), PATH, calendrier="mine")
    assert answer.headers["cache-control"] == "no-store"
    first = made(place, answer)
    assert place.nobody.get(first).status_code == 200
    sheet = who.get("/compte")
    assert "Ce dont je m’occupe" in sheet.text and first not in sheet.answer.text
    second = made(place, who.send(sheet, PATH, calendrier="mine"))
    assert [place.nobody.get(each).status_code for each in (first, second)] == [404, 200]
    assert who.send(who.get("/compte"), f"{PATH}/revoquer", calendrier="mine").status_code == 303
    assert place.nobody.get(second).status_code == 404
    assert [each for each in noted(place) if "feed" in each[0]] == [
        ("feed-made", "mine"), ("feed-made", "mine"), ("feed-revoked", "mine")]  # fmt: skip


def test_it_asks_for_a_proof_and_comes_back_to_it(place: Town) -> None:
    who = inside(place)
    long_ago(place)
    assert who.post(PATH, calendrier="all").headers["location"] == f"/compte/preuve?suite={PATH}"
    assert feeds.addresses(place.home.store, secretary(place.home).person) == []
    sheet = who.get(PATH)
    assert who.send(sheet, "/compte/preuve", mot_de_passe=GOOD).headers["location"] == PATH


def test_nobody_makes_or_ends_the_address_of_another(place: Town) -> None:
    someone(place, "bob")
    bob = accounts.find(place.home.store, "bob")
    assert bob
    secret = feeds.make(place.home.store, bob.person, "all", "fr")
    who = inside(place)
    who.post(f"{PATH}/revoquer", calendrier="all")
    who.post(PATH, calendrier="all")
    assert place.nobody.get(f"/calendar/{secret}.ics").status_code == 200
    reader = place.nobody.holding(place.token("read", name="lit"))
    for path in (PATH, f"{PATH}/revoquer"):
        answer = reader.request("POST", path, data={"calendrier": "all"})
        assert answer.status_code in (303, 403), path
    assert len(feeds.addresses(place.home.store, bob.person)) == 1
    assert place.nobody.request("GET", f"{API}/calendar/{secret}.ics", headers={"Authorization": "Bearer x"}).status_code == 200


def test_english_pages_make_english_calendars(place: Town) -> None:
    who = inside(place)
    who.send(who.get("/compte"), "/compte/langue", langue="en")
    page = who.get("/compte")
    assert "Calendar elsewhere" in page.text
    made(place, who.send(who.get(PATH), PATH, calendrier="all"))
    assert [each.lang for each in feeds.addresses(place.home.store, secretary(place.home).person)] == ["en"]
