"""The calendar at a secret address: what it holds, for whom, and what ends it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest

from services import accounts, calendars, feeds
from services.schema import Urls
from services.signing_in.secrets import hashed
from tests.homes import SECRETARY, do, secretary
from tests.web.desk import Town, town

CANARIES = ("Canari", "canari@example.org", "Tremblay-Canari", "Salle du Canari", "Objet-canari", "Raison-canari")


@pytest.fixture
def place(own_town: Urls) -> Iterator[Town]:
    with town(own_town) as found:
        yield found


def soon(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()


def fill(place: Town) -> None:
    """Dates of each kind, with names everywhere that a name can be."""
    home = place.home
    do(home, "person:canari", "create", name="Zoé Tremblay-Canari", mail="canari@example.org")
    do(home, "body:ca", "create", name="Conseil Canari")
    do(home, "body:ca", "announce-meeting", date=soon(30), place="Salle du Canari")
    do(home, "body:ca", "announce-meeting", date=soon(60), place="Salle du Canari", confirmed="no")
    do(home, "body:ca", "cancel-meeting", meeting=soon(60), reason="Raison-canari")
    do(home, "2023:17", "assign", owner="person:canari")
    do(home, "2023:17", "set-due", due=soon(20))
    do(home, "2023:17", "add-task", text="Objet-canari", due=soon(25), owner="person:canari")
    do(home, "2023:17", "note", text="Canari")
    home.catch_up()


def secret_of(place: Town, login: str, feed: Any = "all") -> str:
    person = accounts.find(place.home.store, login)
    assert person
    return feeds.make(place.home.store, person.person, feed, "fr")


def events(answer: Any) -> list[Any]:
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def test_it_holds_dates_and_meetings_by_reference_and_no_name(place: Town) -> None:
    fill(place)
    answer = place.nobody.get(f"/calendar/{secret_of(place, SECRETARY)}.ics")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "no-referrer")
    text = answer.content.decode().replace("\r\n ", "")
    assert not [name for name in CANARIES if name.lower() in text.lower()]
    said = {str(each["summary"]): each for each in events(answer)}
    assert {"2023:17 – échéance", "2023:17 – tâche 1", "body:ca – rencontre"} <= said.keys()
    due = said["2023:17 – échéance"]
    assert due["dtstart"].dt == date.today() + timedelta(days=20) and due["dtstart"].params["VALUE"] == "DATE"
    assert due["dtend"].dt - due["dtstart"].dt == timedelta(days=1)
    statuses = sorted(str(each["status"]) for each in events(answer) if "body:ca" in each["summary"])
    assert statuses == ["CANCELLED", "CONFIRMED"]
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_a_date_that_moves_keeps_its_id_and_rises_in_sequence(place: Town) -> None:
    fill(place)
    secret = secret_of(place, SECRETARY)

    def of(step: str) -> Any:
        return next(each for each in events(place.nobody.get(f"/calendar/{secret}.ics")) if step in each["summary"])

    before = of("échéance")
    do(place.home, "2023:17", "set-due", due=soon(40))
    place.home.catch_up()
    after = of("échéance")
    assert before["uid"] == after["uid"] and after["sequence"] > before["sequence"]
    assert after["dtstart"].dt == date.today() + timedelta(days=40)


def test_a_month_is_a_band_and_a_year_its_last_day(place: Town) -> None:
    year = date.today().year + 1
    do(place.home, "2023:17", "set-due", due=f"{year}-02")
    do(place.home, "2023:17", "add-task", text="x", due=f"{year}")
    place.home.catch_up()
    said = {str(each["summary"]): each for each in events(place.nobody.get(f"/calendar/{secret_of(place, SECRETARY)}.ics"))}
    month, whole = said["2023:17 – échéance"], said["2023:17 – tâche 1"]
    assert (month["dtstart"].dt, month["dtend"].dt) == (date(year, 2, 1), date(year, 3, 1))
    assert (whole["dtstart"].dt, whole["dtend"].dt) == (date(year, 12, 31), date(year + 1, 1, 1))
    assert "février" in month["description"]


def test_a_revoked_a_renewed_and_an_unknown_address_are_not_there(place: Town) -> None:
    first = secret_of(place, SECRETARY)
    assert place.nobody.get(f"/calendar/{first}.ics").status_code == 200
    second = secret_of(place, SECRETARY)
    assert [place.nobody.get(f"/calendar/{each}.ics").status_code for each in (first, second)] == [404, 200]
    person = accounts.find(place.home.store, SECRETARY)
    assert person and feeds.revoke(place.home.store, person.person, "all")
    answers = [place.nobody.get(f"/calendar/{each}.ics") for each in (second, "x", "x" * 5000, "é", "../health")]
    assert {each.status_code for each in answers[:4]} == {404}
    assert second not in "".join(each.text for each in answers)


def test_an_address_dies_with_its_account_and_does_not_come_back(place: Town) -> None:
    home = place.home
    accounts.add(home.store, secretary(home), "zoe", ["officer"])
    secret = secret_of(place, "zoe")
    assert place.nobody.get(f"/calendar/{secret}.ics").status_code == 200
    accounts.disable(home.store, secretary(home), "zoe")
    assert place.nobody.get(f"/calendar/{secret}.ics").status_code == 404
    home.store.connection.execute("UPDATE suivi.accounts SET disabled = false WHERE login = 'zoe'")
    assert place.nobody.get(f"/calendar/{secret}.ics").status_code == 404


def test_each_address_shows_what_its_own_person_may_see(place: Town) -> None:
    home = place.home
    accounts.add(home.store, secretary(home), "membre", ["member"])
    do(home, "2023:17", "set-due", due=soon(20))
    do(home, "2023:17", "restrict", visibility="officers")
    home.catch_up()
    hers, theirs = secret_of(place, SECRETARY), secret_of(place, "membre")
    shown = [[str(each["summary"]) for each in events(place.nobody.get(f"/calendar/{each}.ics"))] for each in (hers, theirs)]
    assert "2023:17 – échéance" in shown[0] and not [each for each in shown[1] if "2023:17" in each]
    accounts.add(home.store, secretary(home), "membre", ["officer"])
    again = events(place.nobody.get(f"/calendar/{theirs}.ics"))
    assert "2023:17 – échéance" in [str(each["summary"]) for each in again]


def test_what_one_sees_to_is_told_apart(place: Town) -> None:
    fill(place)
    mine = [str(each["summary"]) for each in events(place.nobody.get(f"/calendar/{secret_of(place, SECRETARY, 'mine')}.ics"))]
    assert "2023:17 – échéance" not in mine and "body:ca – rencontre" in mine


def test_only_the_hash_is_kept_and_nothing_of_it_is_logged(place: Town, capfd: pytest.CaptureFixture[str]) -> None:
    secret = secret_of(place, SECRETARY)
    (kept,) = place.home.store.connection.execute("SELECT hash FROM suivi.feeds WHERE revoked_at IS NULL").fetchone() or ("",)
    assert bytes(kept) == hashed(secret) and secret.encode() not in bytes(kept)
    place.nobody.get(f"/calendar/{secret}.ics")
    log = place.home.settings.home / "failures.log"
    told = "".join(capfd.readouterr()) + (log.read_text() if log.exists() else "")
    assert secret not in told
    rows = place.home.store.connection.execute("SELECT what, about FROM suivi.access").fetchall()
    assert secret not in repr(rows)


def test_guessing_is_counted_by_place_and_reading_by_address(place: Town) -> None:
    codes = [place.nobody.get(f"/calendar/devine{n}.ics").status_code for n in range(70)]
    assert codes[0] == 404 and codes[-1] == 429
    secret = secret_of(place, SECRETARY)
    codes = [place.nobody.get(f"/calendar/{secret}.ics").status_code for _ in range(feeds.MOST + 1)]
    assert codes[0] == 200 and codes[-1] == 429


def test_an_error_within_refuses_instead_of_showing(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = secret_of(place, SECRETARY)

    def broken(*given: Any) -> Any:
        raise RuntimeError("no")

    monkeypatch.setattr(calendars, "entries", broken)
    answer = place.nobody.get(f"/calendar/{secret}.ics")
    assert answer.status_code == 500 and secret not in answer.text
