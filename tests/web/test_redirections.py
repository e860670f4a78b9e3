"""No address leads elsewhere: every parameter of every page that reads, and every form that is followed by another page,
with each of the addresses by which browsers are led astray."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from services.schema import Urls
from tests.web.attacks import TYPED, addresses, attacked, marked
from tests.web.browser import Browser, Sheet, filled
from tests.web.desk import BASE, Town, town
from tests.web.test_entry import BAD_NEXT
from tests.web.visitor import GOOD, Visitor, visitor
from web.entering import COOKIE

EVERY = bool(os.environ.get("SUIVI_EVERY"))  # each parameter of each page, which takes minutes
PAGES = Path(__file__).resolve().parents[2] / "web"
ASTRAY = tuple(dict.fromkeys((
    *BAD_NEXT, "//[", "//[::1]", "/\uff0f/evil.example", "\uff0f\uff0fevil.example", "/\u2215evil.example", "https:evil.example",
    "/%0d%0aLocation:%20//evil.example", "/\x0b/evil.example", "/\x00/evil.example", "////", "/\\\\evil.example",
    "/.//evil.example", "/dossiers/..//evil.example", "/x:@evil.example", "http://127.0.0.1@evil.example/", "http://127.0.0.1.evil.example/",
    "//127.0.0.1:80@evil.example", "ftp://evil.example", "blob:x", "file:///etc/passwd", "/dossiers?vers=//evil.example",
)))  # fmt: skip
DAYS = ("0001-01-01", "9999-12-31", "9999", "-0001", "0001-01/9999-12", "9" * 18, "9" * 400, "-1", "\ufffd", "1e9")


def leads_elsewhere(address: str) -> bool:
    """Whether a browser would take it for another place, or for a program (the URL standard: it strips, and turns \\ to /)."""
    plain = re.sub(r"[\t\r\n]", "", address.strip("".join(map(chr, range(33))))).replace("\\", "/")
    if re.match(r"[a-z][a-z0-9+.-]*:", plain, re.IGNORECASE) and not plain.lower().startswith(("mailto:", "tel:", "http")):
        return True
    try:
        there = urlsplit(urljoin(BASE + "/x/y", plain))
    except ValueError:
        return True
    return there.scheme in ("http", "https") and there.netloc != urlsplit(BASE).netloc


@pytest.mark.parametrize("address", ["//evil.example", "/\\evil.example", "/\t/evil.example", "\\\\evil.example",
                                     "javascript:x", " https://evil.example", "https:evil.example",
                                     "http://127.0.0.1@evil.example/"])  # fmt: skip
def test_what_leads_elsewhere_is_seen(address: str) -> None:
    assert leads_elsewhere(address) and not leads_elsewhere("/dossiers?x=//evil.example")


@pytest.fixture
def place(own_town: Urls) -> Iterator[Town]:
    with town(own_town) as found:
        yield found


def parameters() -> list[str]:
    """Every name that a page looks for in its address: those of the handlers, and those that are asked for by name."""
    found = {"lang", "as_of", "known_at", "retour", "fait"}
    for file in PAGES.rglob("*.py"):
        found |= set(re.findall(r'(\w+): str(?: \| None)? = (?:""|None|DATE|"savait")', file.read_text(encoding="utf-8")))
        found |= set(re.findall(r'(?:asked|query_params)(?:\.get\(|\.getlist\(|\[)"(\w+)"', file.read_text(encoding="utf-8")))
    return sorted(found)


def astray(answer: httpx.Response) -> list[str]:
    """Where an answer leads that is not here."""
    there = [answer.headers[name] for name in ("location", "refresh", "hx-redirect", "hx-location") if name in answer.headers]
    if "html" in answer.headers.get("content-type", ""):
        there += [each.attributes[name] for each in Sheet(answer).root.all() for name in ("href", "src", "action", "formaction")
                  if name in each.attributes]  # fmt: skip
    return [each for each in there if leads_elsewhere(each)]


def test_no_parameter_of_a_page_leads_elsewhere_nor_breaks_it(place: Town) -> None:
    who, wrong = attacked(place), []
    names = parameters()
    attacks = [*ASTRAY, *DAYS, *(content.decode("utf-8", "replace") for name, content in TYPED.items() if "long" not in name)]
    pages = addresses(place, ("note",))
    assert len(names) > 25 and len(ASTRAY) > 80 and len(pages) > 60, names
    for at, path in enumerate(pages):
        asked = [dict.fromkeys(names, attacks[(at * 7 + n) % len(attacks)]) for n in range(2)]
        asked += [{name: attacks[(at * 13 + n) % len(attacks)]} for n, name in enumerate(names) if EVERY or (n + at) % 6 == 0]
        for query in asked:
            answer = who.ask(path, **query)
            if answer.status_code >= 500 or astray(answer) or marked(answer):
                wrong.append((path, [*query.items()][:1], answer.status_code, astray(answer)))
    assert not wrong


def followed(place: Town, who: Browser) -> Iterator[tuple[str, dict[str, str], str]]:
    """The forms after which one is led to where a field says."""
    sheet = who.read("/dossiers/17/agir/note")
    (form,) = (each for each in sheet.root.all("form") if each.attributes["action"].endswith("/agir/note"))
    yield "/dossiers/17/agir/note", filled(form) | {"text": "Vu."}, "retour"
    yield "/annuler", {}, "vers"
    yield "/ensemble", {"verb": "note", "refs": "17", "text": "Vu.", "faire": "1", "lus": "2023:17@1"}, "retour"
    yield "/dossiers/vues", {"name": "Une vue"}, "asked"


def test_no_form_leads_elsewhere(place: Town) -> None:
    who, wrong, led = attacked(place), [], 0
    for path, fields, name in followed(place, who):
        for address in ASTRAY:
            answer = who.post(path, **(fields | {name: address}))
            led += answer.status_code == 303
            if answer.status_code >= 500 or astray(answer):
                wrong.append((path, address, answer.status_code, astray(answer)))
    assert not wrong and led > len(ASTRAY)


def test_no_way_in_leads_elsewhere(place: Town) -> None:
    wrong = []
    who: Visitor = visitor(place)
    who.enter()
    mine, here = {"Cookie": f"{COOKIE}={who.cookies[COOKIE]}"}, {"Sec-Fetch-Site": "same-origin"}
    for address in ASTRAY:
        for path in ("/entrer", "/entrer/code", "/compte/preuve", "/oidc/entrer", "/invitation"):
            answer = place.nobody.request("GET", path, mine, params={"suite": address, "next": address})
            sent = place.nobody.request("POST", path, here, data={"suite": address, "code": "000000"})
            wrong += [(path, address, one.status_code) for one in (answer, sent) if astray(one) or one.status_code >= 500]
    for address in ASTRAY[:: len(ASTRAY) // 8]:
        place.home.store.connection.execute("DELETE FROM suivi.guesses")
        answer = visitor(place).post("/entrer", identifiant="ana", mot_de_passe=GOOD, suite=address)
        assert (answer.status_code, answer.headers["location"]) == (303, "/"), address
    assert not wrong
