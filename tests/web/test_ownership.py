"""Which cases each may see, at every route that reads: what is hidden answers as what does not exist, and no list, search,
figure, file or feed tells a word of it. Generated over all routes, roles and degrees of confidentiality."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from services import accounts
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.web.browser import Browser, entered
from tests.web.desk import Town, serving
from web.policies import declared

NUMBERS = {"1": "open", "2": "officers", "3": "named"}  # cases 2023:1 to 2023:3, each with the thread of its number
CANARY = {"open": "pastèque", "officers": "quetsche", "named": "reineclaude"}  # in the title and in what was noted
WORDS = ("Titre", "Noté", "Tâche", "Dit")  # of each of them
ROLES = {"ana": "secretary", "olivier": "officer", "nora": "officer", "vera": "auditor", "adele": "administrator",
         "mara": "member"}  # fmt: skip
SEES = {"open": set(ROLES), "officers": set(ROLES) - {"mara"}, "named": {"ana", "vera", "nora"}}
ABSENT = "99"
ELSEWHERE = ("/oidc", "/entrer", "/api/static", "/api/v1/health", "/api/v1/ready", "/api/v1/calendar", "/invitation")
BESIDE = {"name": "resolution", "lang": "fr", "sha256": "0" * 64, "id": "5f0c7a52-6d0b-4a2e-9c55-0d8f2b7f3f11", "login": "nora",
          "entry": "nora"}  # fmt: skip
KEYS = {"charges": "eau", "offices": "eau", "instances": "comite", "bodies": "comite", "personnes": "nora", "people": "nora",
        "assemblees": "2023", "assemblies": "2023", "public": "2023"}  # fmt: skip
ASKED = {
    "/recherche": ("q", WORDS), "/recherche/palette": ("q", WORDS),
    "/dossiers": ("vue", ("liste", "colonnes", "calendrier", "frise")), "/api/v1/cases": ("query", WORDS),
    "/historique/comparer": ("de", ("2020-01-01",)), "/ensemble": ("ref", [f"2023:{number}" for number in NUMBERS]),
}  # fmt: skip


@pytest.fixture
def place(database: Urls) -> Iterator[Town]:
    """A case of each degree with its thread, its note and its task; everyone who may come."""
    with opened(database) as home, serving(database) as client:
        for login, role in list(ROLES.items())[1:]:
            accounts.add(home.store, secretary(home), login, [role], login.title())
        do(home, "assembly:2023", "create", name="Annuelle 2023", date="2023-05-13")
        do(home, "office:eau", "create", name="ministre de l’Eau")
        for number, degree in NUMBERS.items():
            ref, word = f"2023:{number}", CANARY[degree]
            do(home, ref, "adopt", title=f"Titre {word}", text=f"Que {word} soit.")
            do(home, f"demarche:{number}", "send", cases=[ref], office="office:eau", occurred="2024-05-02")
            do(home, f"demarche:{number}", "note", text=f"Dit par {word}")
            do(home, ref, "note", text=f"Noté : {word}", audience="assembly")
            do(home, ref, "refer", body="Comité", due="2024-09")
            do(home, ref, "assign", owner="person:nora")
            do(home, ref, "set-due", due="2024-06-26")
            do(home, ref, "add-task", text=f"Tâche {word}", due="2024-07-01")
            if degree != "open":
                do(home, ref, "restrict", visibility=degree, people=["Nora"] if degree == "named" else [])
        home.catch_up()
        yield Town(home, client)


def reading(place: Town) -> list[str]:
    """Every route that answers GET, but those that begin or end a session."""
    return [path for method, path in declared(place.nobody.app) if method == "GET" and not path.startswith(ELSEWHERE)]


def of_case(path: str) -> bool:
    return path.startswith(("/dossiers/{", "/correspondance/{", "/api/v1/cases/{", "/api/v1/demarches/{"))


def filled(path: str, number: str) -> str:
    thread = "correspondance" in path or "demarches" in path
    ref = number if path.startswith("/correspondance") else f"demarche:{number}" if thread else f"2023:{number}"
    shelf = path.removeprefix("/api/v1").split("/")[1]
    given = {"ref": ref, "number": number, "n": number, "verb": "note", "key": KEYS.get(shelf, ref)}
    return re.sub(r"\{(\w+)[^}]*\}", lambda found: (BESIDE | given)[found[1]], path)


def same(hidden: httpx.Response, absent: httpx.Response, number: str) -> bool:
    """Whether two answers say the same, but for the number asked about and what is new in each answer."""

    def plain(answer: httpx.Response, number: str) -> str:
        text = re.sub(rf"(2023(?::|%3A)|demarche(?::|%3A)|/correspondance/|/demarches/){number}\b", r"\1N", answer.text)
        return re.sub(r'nonce="[^"]+"|name="jeton" value="[^"]+"|name="id" value="[^"]+"', "", text)

    return hidden.status_code == absent.status_code and plain(hidden, number) == plain(absent, ABSENT)


def test_what_is_hidden_answers_as_what_is_not_there(place: Town) -> None:
    wrong, asked = [], 0
    for who in ROLES:
        browser = entered(place, who)
        for path in filter(of_case, reading(place)):
            absent = browser.ask(filled(path, ABSENT))
            for number, degree in NUMBERS.items():
                answer, asked = browser.ask(filled(path, number)), asked + 1
                if who not in SEES[degree] and (not same(answer, absent, number) or CANARY[degree] in answer.text):
                    wrong.append((who, path, degree, answer.status_code, absent.status_code))
                if answer.status_code >= 500:
                    wrong.append((who, path, degree, answer.status_code, 0))
    assert not wrong, wrong
    assert asked > 200


def test_what_may_be_seen_is_there(place: Town) -> None:
    """Else everything would be hidden well."""
    for who in ROLES:
        browser = entered(place, who)
        for number, degree in NUMBERS.items():
            answer = browser.ask(f"/dossiers/2023:{number}")
            assert (answer.status_code == 200 and CANARY[degree] in answer.text) is (who in SEES[degree]), (who, degree)


def test_nothing_else_tells_of_it(place: Town) -> None:
    told = [(who, path, degree) for who in ROLES for path, text in everything(place, entered(place, who))
            for degree, word in CANARY.items() if who not in SEES[degree] and word in text]  # fmt: skip
    assert not told, told


def everything(place: Town, browser: Browser) -> Iterator[tuple[str, str]]:
    """Each page and answer that is no single case's, as asked."""
    for path in reading(place):
        if of_case(path):
            continue
        address = filled(path, "1")
        name, values = ASKED.get(path, ("", [""]))
        for value in values:
            for day in ("", "2099-01-01"):
                asked = {key: said for key, said in ((name, value), ("as_of", day)) if key and said}
                answer = browser.ask(address, **asked)
                assert answer.status_code < 500, (path, value, answer.status_code)
                yield f"{address}?{asked}", answer.text
