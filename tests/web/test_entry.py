"""Entering by password, by code, by link; and out."""

from __future__ import annotations

import re
import string
from dataclasses import replace
from itertools import product

import psycopg
import pyotp
import pytest

from services import accounts
from services.accounts import keep_address
from services.signing_in import codes, limits, passwords, sessions
from services.signing_in.invitations import invite
from tests.homes import secretary
from tests.web.browser import Sheet
from tests.web.desk import Town
from tests.web.visitor import GOOD, noted, visitor
from web.doorstep import next_of
from web.entering import COOKIE

WRONG = "Cet identifiant et ce mot de passe ne vont pas ensemble"


def with_codes(place: Town) -> str:
    """The key of Ana's application, as if her last code were old."""
    key = codes.new_key()
    codes.enrol(place.home.store, secretary(place.home).person, key, pyotp.TOTP(key).now())
    place.home.store.connection.execute("UPDATE suivi.one_time_codes SET step = step - 10")
    return key


def test_a_password_opens_the_page_that_was_asked_for(place: Town) -> None:
    who = visitor(place)
    door = who.get("/dossiers/17", 401, as_of="2024-01")
    assert door.root.one("h1").text == "Entrer dans Suivi" and "vélos" not in who.answer.text
    answer = who.send(door, "/entrer", identifiant="ana", mot_de_passe=GOOD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/dossiers/17?as_of=2024-01")
    assert who.inside and noted(place) == [("signed-in", "password")]
    assert [each.device for each in sessions.devices(place.home.store, secretary(place.home).person)] == ["Firefox, Linux"]


def test_the_cookie_is_for_our_server_alone(place: Town) -> None:
    who = visitor(place)
    who.enter()
    (cookie,) = (line for line in who.answer.headers.get_list("set-cookie") if line.startswith(COOKIE))
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie and "Domain" not in cookie
    assert who.answer.headers["cache-control"] == "no-store"


def test_whatever_is_wrong_has_one_answer_and_keeps_the_login(place: Town) -> None:
    who, said = visitor(place), set()
    place.someone("eve", "officer")
    accounts.disable(place.home.store, secretary(place.home), "eve")
    for login, password in (("ana", "autre chose"), ("personne", GOOD), ("eve", GOOD), ("", ""), ("ana", "")):
        sheet = Sheet(who.enter(login, password))
        assert who.answer.status_code == 403 and sheet.root.one("input", name="identifiant").attributes["value"] == login
        assert "value" not in sheet.root.one("input", name="mot_de_passe").attributes
        said.add(sheet.root.one("p", role="alert").text)
    assert len(said) == 1 and WRONG in said.pop()
    assert not who.cookies and not who.inside
    assert noted(place) == [("sign-in-refused", "password")] * 5


def test_a_session_that_someone_planted_is_not_taken_over(place: Town) -> None:
    who = visitor(place)
    who.cookies[COOKIE] = "x" * 43
    who.enter()
    assert who.cookies[COOKIE] != "x" * 43 and who.inside
    before = who.cookies[COOKIE]
    who.enter()
    assert who.cookies[COOKIE] != before


def test_a_form_of_elsewhere_lets_nobody_in(place: Town) -> None:
    who = visitor(place)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://ailleurs.example"}):
        answer = who.ask("POST", "/entrer", headers=headers, data={"identifiant": "ana", "mot_de_passe": GOOD})
        assert answer.status_code == 403 and not who.cookies


def test_the_code_is_asked_after_the_password(place: Town) -> None:
    who, key = visitor(place), with_codes(place)
    assert who.enter(suite="/etat").headers["location"] == "/entrer/code?suite=%2Fetat"
    assert COOKIE not in who.cookies and not who.inside
    sheet = who.get("/entrer/code", suite="/etat")
    answer = who.send(sheet, "/entrer/code", code="000 000")
    assert answer.status_code == 403 and "Ce code ne convient pas" in Sheet(answer).text
    answer = who.send(Sheet(answer), "/entrer/code", code=pyotp.TOTP(key).now())
    assert answer.headers["location"] == "/etat" and who.inside


def test_a_printed_code_replaces_the_telephone(place: Town) -> None:
    who, _ = visitor(place), with_codes(place)
    printed = codes.print_codes(place.home.store, secretary(place.home).person)
    who.enter()
    assert who.send(who.get("/entrer/code"), "/entrer/code", code=printed[0]).status_code == 303 and who.inside
    other = visitor(place)
    other.enter()
    assert other.send(other.get("/entrer/code"), "/entrer/code", code=printed[0]).status_code == 403


def test_a_code_without_its_password_opens_nothing(place: Town) -> None:
    who, key = visitor(place), with_codes(place)
    answer = who.post("/entrer/code", code=pyotp.TOTP(key).now())
    assert answer.status_code == 403 and "Recommencez" in Sheet(answer).text and not who.inside


def test_guesses_end_in_a_sentence(place: Town) -> None:
    who = visitor(place)
    for _ in range(limits.MOST):
        assert who.enter(password="non, non et non").status_code == 403
    answer = who.enter()
    assert answer.status_code == 429 and 0 < int(answer.headers["retry-after"]) <= 900
    assert "Trop d’essais ont été faits. Réessayez dans 15 min." in Sheet(answer).text
    place.someone("bob", "officer")
    passwords.choose(place.home.store, accounts.find(place.home.store, "bob").person, GOOD)  # type: ignore[union-attr]
    assert visitor(place).enter("bob").status_code == 303  # whoever guesses at Ana shuts nobody else out


def test_where_tries_cannot_be_counted_nobody_enters(place: Town) -> None:
    with psycopg.connect(place.home.urls.owner, autocommit=True) as owner:
        owner.execute("REVOKE INSERT, UPDATE ON suivi.guesses FROM suivi_writer")
        who = visitor(place)
        assert who.enter().status_code == 500 and not who.inside
        owner.execute("GRANT INSERT, UPDATE ON suivi.guesses TO suivi_writer")
    assert who.enter().status_code == 303


@pytest.mark.parametrize(("part", "how"), [
    ("by_password", "raises"), ("by_password", "nothing"), ("open_session", "raises"), ("open_session", "nothing"),
    ("begin_second", "raises"), ("noted", "raises"),
])  # fmt: skip
def test_a_part_that_fails_lets_nobody_in(place: Town, monkeypatch: pytest.MonkeyPatch, part: str, how: str) -> None:
    """Only what is no check may answer nothing: no second step where none was asked for, no answer of the log."""
    who, _ = visitor(place), with_codes(place) if part == "begin_second" else ""

    def broken(*given: object, **more: object) -> None:
        if how == "raises":
            raise RuntimeError("planted")

    where = "web.pages.letting_in" if part in ("open_session", "noted") else "web.pages.entry"
    monkeypatch.setattr(f"{where}.{part}", broken)
    assert who.enter().status_code in (401, 500) and COOKIE not in who.cookies
    monkeypatch.undo()
    assert not who.inside


def test_out_is_out(place: Town) -> None:
    who = visitor(place)
    who.enter()
    kept = dict(who.cookies)
    answer = who.post("/sortir")
    assert (answer.status_code, answer.headers["location"]) == (303, "/entrer") and COOKIE not in who.cookies
    who.cookies = kept
    assert not who.inside and ("signed-out", "") in noted(place)
    assert who.ask("GET", "/sortir").status_code == 405


def test_nobody_is_signed_out_by_a_page_of_elsewhere(place: Town) -> None:
    who = visitor(place)
    who.enter()
    who.ask("POST", "/sortir", headers={"Sec-Fetch-Site": "cross-site"})
    assert who.inside


def test_a_link_is_sent_to_the_address_of_an_account_and_the_answer_is_the_same(place: Town) -> None:
    who = visitor(place)
    keep_address(place.home.store, secretary(place.home).person, "ana@exemple.org")
    said = set()
    for word in ("ana", "ana@exemple.org", "personne", "personne@exemple.org"):
        answer = who.send(who.get("/entrer/oubli"), "/entrer/oubli", identifiant=word)
        assert answer.status_code == 200
        said.add(Sheet(answer).main.text)
    assert len(said) == 1
    rows = place.home.store.connection.execute("SELECT kind, body FROM suivi.outbox").fetchall()
    assert [kind for kind, _ in rows] == ["access", "access"] and all("?lien=…" in str(body) for _, body in rows)


def test_links_are_not_sent_by_the_dozen(place: Town) -> None:
    who = visitor(place)
    keep_address(place.home.store, secretary(place.home).person, "ana@exemple.org")
    told = [who.post("/entrer/oubli", identifiant="ana").status_code for _ in range(7)]
    assert told == [200] * 5 + [429] * 2


GOOD_NEXT = ("/", "/dossiers", "/dossiers/2023:17", "/dossiers/17?as_of=2024-01", "/correspondance/12", "/charges/mrn", "/compte",
             "/dossiers?query=v%C3%A9los&state=done", "/historique/comparer?de=2024-01-01")  # fmt: skip
BAD_NEXT = (
    "", " ", "//", "///", "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\/evil.example",
    "\\\\evil.example", "/\\/evil.example", "https://evil.example", "HTTPS://evil.example", "http:evil.example",
    "https:/evil.example", "https:///evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x",
    "vbscript:x", "/%2f/evil.example", "/%2fevil.example", "/%5cevil.example", "/%5Cevil.example", "/%09/evil.example",
    "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "\n//evil.example", "/\r/evil.example",
    "/dossiers\r\nLocation: x", "/dossiers%0d%0aLocation:x", "/dossiers\0", "\0/dossiers", "/dossiers/..",
    "/dossiers/../..//evil.example", "/../evil",
    "/./evil", "/dossiers//evil.example", "/dossiers/\\evil", "/dossiers/https://evil.example", "/dossiersevil", "/evil",
    "/sortir", "/entrer", "/entrer?lien=x", "/oidc/entrer", "/invitation?lien=x", "/api/v1/cases", "/static/x", "dossiers",
    "evil.example/dossiers", "@evil.example", "/@evil.example", "/dossiers@evil.example", "//dossiers", "/dossiers#//evil",
    "/dossiers?x=//evil.example", "/dossiers?x=https://evil.example", "/dossiers\u2028/x", "/\u2044/evil.example",
    "/。evil.example", "/dossiers/\u202eevil", "/ダ", "/dossiers?" + "a" * 600, "/dossiers/%2e%2e/evil", "http://127.0.0.1/dossiers",
    "?lien=x", "#x", "/dossiers?q=<script>", "/dossiers?q=\"'", "/dossiers/a b", "/dossiers/;evil",
)  # fmt: skip


def test_one_is_led_to_pages_of_ours_only(place: Town) -> None:
    assert len(BAD_NEXT) >= 60 and all(next_of(path) == path for path in GOOD_NEXT)
    assert {path: next_of(path) for path in BAD_NEXT} == dict.fromkeys(BAD_NEXT, "/")
    letters = string.punctuation + "\t\r\n\0 ./a"
    for many in product(letters, repeat=3):
        found = next_of("/" + "".join(many))
        assert found == "/" or re.fullmatch(r"/\?[^/\\#]*", found)
    who = visitor(place)
    for path in BAD_NEXT[:12]:
        assert who.post("/entrer", identifiant="ana", mot_de_passe=GOOD, suite=path).headers["location"] == "/"


def test_secrets_and_names_stay_out_of_the_logs(place: Town, caplog: pytest.LogCaptureFixture) -> None:
    who = visitor(place)
    caplog.set_level(0)
    for _ in range(12):
        who.post("/entrer", identifiant="canari-identifiant", mot_de_passe="canari mot de passe")
    who.post("/entrer/oubli", identifiant="canari@exemple.org")
    who.get("/invitation", 403, lien="canari-lien")
    who.ask("GET", "/oidc/retour", params={"code": "canari-code"})
    log = place.home.settings.home / "failures.log"
    ours = [record for record in caplog.records if record.name != "httpx"]  # those of who asks
    written = str([record.getMessage() for record in ours]) + (log.read_text() if log.exists() else "") + str(noted(place))
    assert "canari" not in written


def test_behind_tls_the_cookies_are_for_this_very_name(place: Town) -> None:
    state = place.nobody.app.state
    state.settings = replace(state.settings, url="https://suivi.example.org")
    who = visitor(place)
    with_codes(place)
    who.enter()
    told = who.answer.headers.get_list("set-cookie")
    who.cookies |= {COOKIE: "x" * 43}  # what another application of this machine may have set
    place.home.store.connection.execute("DELETE FROM suivi.one_time_codes")
    who.enter()
    told += who.answer.headers.get_list("set-cookie")
    assert {line.partition("=")[0] for line in told} == {"__Host-suivi-essai", "__Host-suivi"}
    assert all("Secure" in line and "Path=/" in line and "HttpOnly" in line and "Domain" not in line for line in told)
    assert who.inside


def test_a_message_with_a_link_is_seen_without_its_secret(place: Town) -> None:
    home, who = place.home, visitor(place)
    sent = invite(home.store, home.settings, secretary(home), "Marie", ["officer"], "marie@exemple.org")
    who.enter()
    sheet = who.get("/envois")
    assert "vous avez une invitation" in sheet.text
    href = next(link.attributes["href"] for link in sheet.main.all("a") if "/envois/" in link.attributes["href"])
    letter = who.get(href)
    assert "lien=…" in letter.text and sent.address.partition("lien=")[2] not in letter.answer.text
    assert who.get("/boite") and who.get("/etat")


def test_who_sends_a_form_after_the_end_of_their_session_comes_back_to_it(place: Town) -> None:
    who, form = visitor(place), "/dossiers/2023:17/agir/note"
    answer = who.post(form, text="Une note")
    assert answer.status_code == 401
    sheet = Sheet(answer)
    assert "Votre séance avait pris fin : rien n’a été consigné." in sheet.main.text
    assert sheet.main.one("input", name="suite").attributes["value"] == form
    assert who.post("/entrer", identifiant="ana", mot_de_passe=GOOD, suite=form).headers["location"] == form
    plain = Sheet(visitor(place).post("/annuler", fait="x"))
    assert not plain.main.all("input", name="suite") and "séance" not in plain.main.text
