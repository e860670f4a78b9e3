"""What guards the doors refuses when it breaks, and bodies that are made to exhaust are refused before they do."""

from __future__ import annotations

import io
import resource
import time
import zipfile
from collections.abc import Callable
from typing import Any

import httpx
import psycopg
import pytest

from services import accounts
from tests.homes import secretary
from tests.web.browser import Browser, entered
from tests.web.desk import API, Town
from tests.web.visitor import visitor
from web.api.forms import MOST_PARTS
from web.entering import COOKIE

MEMORY = 300 * 2**20  # bytes more than before


def broken(*_: object, **__: object) -> Any:
    raise RuntimeError("planted")


def nothing(*_: object, **__: object) -> None:
    """Answers nothing at all, as a check would that was forgotten half written."""


@pytest.mark.parametrize("how", [broken, nothing])
@pytest.mark.parametrize("check", ["web.entering.tokens.entered", "services.tokens.session_of"])
def test_a_look_at_a_session_that_fails_opens_nothing(
    place: Town, monkeypatch: pytest.MonkeyPatch, check: str, how: Callable[..., Any]
) -> None:
    who = entered(place)
    assert who.ask("/dossiers/17").status_code == 200
    monkeypatch.setattr(check, how)
    for path in ("/", "/dossiers/17", "/compte", "/administration/comptes", f"{API}/cases/17"):
        answer = who.ask(path)
        assert answer.status_code in (401, 500) and "vélos" not in answer.text, path
    sent = who.post("/dossiers/17/agir/note", text="Vu.")
    assert sent.status_code in (401, 500)
    monkeypatch.undo()
    assert "Vu." not in who.ask("/dossiers/17").text


def test_a_check_of_the_origin_that_fails_lets_no_form_in(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    who = entered(place)
    monkeypatch.setattr("web.origin.from_here", broken)
    assert who.post("/boite/lu").status_code == 500
    monkeypatch.setattr("web.origin.from_here", nothing)
    assert who.post("/boite/lu").status_code == 401


def test_a_tampered_token_of_a_form_is_none(place: Town) -> None:
    mine = {"Cookie": f"{COOKIE}={entered(place).cookie}"}
    for token in ("", "x", "é" * 86, "=" * 86, "A" * 86, "A" * 10_000, "\0" * 20, "%00"):
        assert place.nobody.request("POST", "/boite/lu", mine, data={"jeton": token}).status_code == 401


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "null", "", "//", "http://127.0.0.1@evil.example", "\xbd://x",
                                    "http://127.0.0.1.evil.example", "http://evil.example#127.0.0.1"])  # fmt: skip
def test_an_origin_that_is_none_is_refused_and_no_fault(place: Town, origin: str) -> None:
    who = entered(place)
    headers = {"Cookie": f"{COOKIE}={who.cookie}", "Origin": origin.encode("latin-1").decode("latin-1")}
    answer = place.nobody.portal.call(lambda: place.nobody.inner.post(
        "/boite/lu", headers=[(name.encode(), value.encode("latin-1")) for name, value in headers.items()]))  # fmt: skip
    assert answer.status_code == 401


def test_what_an_auditor_reads_and_cannot_be_written_down_is_refused(place: Town) -> None:
    place.someone("vera", "auditor")
    place.someone("nora", "officer")
    place.do("17", "restrict", visibility="named", people=["nora"])
    vera = entered(place, "vera")
    assert "vélos" in vera.ask("/dossiers/17").text
    with psycopg.connect(place.home.urls.owner, autocommit=True) as owner:
        owner.execute("REVOKE INSERT ON suivi.access FROM suivi_writer")
        for path in ("/dossiers/17", "/dossiers", "/historique", "/dossiers/17/rejouer", "/recherche?q=vélos", f"{API}/cases/17"):
            answer = vera.ask(path)
            assert "vélos" not in answer.text.replace("q=vélos", "").replace('value="vélos"', ""), path
        owner.execute("GRANT INSERT ON suivi.access TO suivi_writer")
    assert "vélos" in vera.ask("/dossiers/17").text


def test_a_session_ends_with_what_it_was_opened_for(place: Town) -> None:
    """Stolen before, it opens nothing after its account signed out, was given other roles, or was closed."""
    for login, end in (
        ("a", lambda one: one.post("/sortir")),
        ("b", lambda one: accounts.add(place.home.store, secretary(place.home), "b", ["member"])),
        ("c", lambda one: accounts.disable(place.home.store, secretary(place.home), "c")),
    ):
        place.someone(login, "officer")
        one = entered(place, login)
        thief = Browser(place.nobody, one.cookie)
        assert thief.ask("/dossiers").status_code == 200
        end(one)
        assert thief.ask("/dossiers").status_code == 401, login
        assert thief.post("/dossiers/17/agir/note", text="Volé").status_code == 401


def bomb() -> bytes:
    """A document of Word that is two gigabytes once unpacked."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr("[Content_Types].xml", b"<Types/>")
        for n in range(8):
            with packed.open(f"word/document{n or ''}.xml", "w") as part:
                for _ in range(256):
                    part.write(b" " * 2**20)
    return held.getvalue()


def entities() -> bytes:
    """A document whose text would name itself a billion times."""
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("[Content_Types].xml", b"<Types/>")
        packed.writestr("word/document.xml", f'<!DOCTYPE x [<!ENTITY a0 "a">{lines}]><x>&a9;</x>'.encode())
    return held.getvalue()


@pytest.mark.parametrize("make", [bomb, entities])
def test_a_document_that_would_burst_is_refused(place: Town, make: Callable[[], bytes]) -> None:
    who, content, before = entered(place), make(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    for name in ("suivi.docx", "suivi.xlsx", "suivi.txt"):
        answer = sent(who, "/importer", name, content)
        assert answer.status_code in (303, 413, 422), (name, answer.status_code)
        if answer.status_code == 303:
            assert who.ask(answer.headers["location"]).status_code in (200, 422), name
    files = {"file": ("suivi.docx", content)}
    answer = place.ana.request("POST", f"{API}/cases/17/attach", files=files, data={"kind": "letter"})  # kept as it is
    assert answer.status_code == 200 and place.ana.get("/cases/17/attachments").json()["items"][0]["size"] == len(content)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before < MEMORY


def sent(who: Browser, path: str, name: str, content: bytes, **fields: str) -> httpx.Response:
    headers = {"Sec-Fetch-Site": "same-origin", "Cookie": f"{COOKIE}={who.cookie}"}
    return who.client.request("POST", path, headers, files={"file": (name, content)}, data=fields)


@pytest.mark.parametrize("path", ["/importer", f"{API}/imports", "/dossiers/17/agir/attach", f"{API}/cases/17/attach"])
def test_a_form_of_many_parts_is_refused(place: Town, path: str) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Authorization": place.ana.headers["Authorization"]}
    for many in (MOST_PARTS + 1, 10_000):
        begun = time.monotonic()
        answer = place.nobody.request("POST", path, headers, content=part * many + b"--x--\r\n")
        assert answer.status_code in (400, 422), answer.status_code
        assert time.monotonic() - begun < 60


@pytest.mark.parametrize("path", ["/importer", "/dossiers/17/agir/attach", "/dossiers/17/agir/note", "/entrer", "/geste",
                                  "/compte/jetons"])  # fmt: skip
def test_no_body_is_larger_than_it_may_be(place: Town, path: str) -> None:
    """Refused by what it says of itself, before a byte of it comes; a page says so."""
    answer = place.nobody.request("POST", path, {"Content-Length": "999999999"}, content=b"x")
    assert answer.status_code == 413 and "html" in answer.headers["content-type"]


def test_thousands_of_fields_are_no_work_for_the_doors(place: Town) -> None:
    who, body = visitor(place), b"&".join(b"f%d=1" % n for n in range(10_000))
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    for path in ("/entrer", "/entrer/code", "/entrer/oubli", "/entrer/cle", "/invitation", "/geste"):
        answer = who.ask("POST", path, headers=kind, content=body)
        assert 200 <= answer.status_code < 500, path
