"""Errors as problems: in French and in English, of stable types, without a word of anyone's."""

from __future__ import annotations

import ast
import logging
import re
from collections import Counter
from pathlib import Path

import pytest

from domain.errors import NotFound, SuiviError
from services.failures import LOG
from services.settings import Settings
from tests.house.sources import ROOMS, python_files
from tests.web.desk import API, Town
from web.app import create_app
from web.problems import TITLES, status_of, type_of

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("asked", "lang", "title"),
    [
        ("", "fr-CA", "Introuvable"), ("en", "en-CA", "Not found"), ("en-US,fr;q=0.8", "en-CA", "Not found"),
        ("de, en;q=0.2, fr;q=0.9", "fr-CA", "Introuvable"), ("de", "fr-CA", "Introuvable"), ("*", "fr-CA", "Introuvable"),
        ("en;q=rien", "en-CA", "Not found"), ("x" * 5000, "fr-CA", "Introuvable"),
        ("en;q=0", "fr-CA", "Introuvable"), ("en;q=nan, fr", "en-CA", "Not found"),
    ],
)  # fmt: skip
def test_the_language_of_an_answer(place: Town, asked: str, lang: str, title: str) -> None:
    answer = place.ana.get("/cases/99", headers={"Accept-Language": asked})
    assert (answer.status_code, answer.headers["content-type"]) == (404, PROBLEM)
    assert (answer.headers["content-language"], answer.json()["title"]) == (lang, title)
    assert answer.json().keys() == {"type", "title", "status", "detail"}


def test_the_sentences(place: Town) -> None:
    french = place.ana.post("/cases/17/reopen", {"reason": "Pour voir"}, If_Match='"1"').json()
    english = place.ana.post("/cases/17/reopen", {"reason": "Pour voir"}, If_Match='"1"', Accept_Language="en").json()
    assert french["detail"].startswith("2023:17 est à l’état «\u00a0Adoptée\u00a0»")
    assert english["detail"].startswith("2023:17 is “Adopted”: “reopen” is not possible from there. Possible now: ")
    assert french["type"] == english["type"] == "/problemes/not-from-here"


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/api/rien", 404, "address-unknown"), ("GET", f"{API}/", 404, "address-unknown"),
        ("GET", f"{API}/cases/", 404, "address-unknown"), ("DELETE", f"{API}/cases/17", 405, "method-unfit"),
        ("PUT", f"{API}/health", 405, "method-unfit"), ("GET", f"{API}/cases/{'1' * 300}", 422, "not-as-expected"),
        ("GET", f"{API}/cases/%00", 404, "address-unknown"), ("GET", f"{API}/cases?query=%00", 404, "address-unknown"),
    ],
)  # fmt: skip
def test_what_the_frame_refuses(place: Town, method: str, path: str, status: int, kind: str) -> None:
    answer = place.ana.request(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    assert answer.json()["type"] == f"/problemes/{kind}"


def test_parameters_that_are_not_as_expected_are_named(place: Town) -> None:
    answer = place.ana.get("/cases", params={"limit": "x", "etat": "1", "overdue": "peut-être"}).json()
    assert {error["parameter"]: error["detail"] for error in answer["errors"]} == {
        "limit": "Il faut un nombre entier.", "overdue": "C’est true ou false.", "etat": "Ce paramètre n’existe pas ici.",
    }  # fmt: skip


def test_a_fact_that_is_not_as_expected_is_pointed_at(place: Town) -> None:
    answer = place.ana.post("/cases/17/complete", {"completion": "trop"}, If_Match='"1"').json()
    assert [error["pointer"] for error in answer["errors"]] == ["/completion"]
    assert place.ana.post("/cases/17/start", {"vite": 1}, If_Match='"1"').json()["errors"][0]["pointer"] == "/vite"


def test_what_was_not_foreseen_has_a_number_and_tells_nothing(
    place: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("Marie Tremblay, marie@example.org")

    monkeypatch.setattr("web.api.cases.cases_page", fail)
    with caplog.at_level(logging.WARNING):
        answer = place.ana.get("/cases", params={"query": "Marie"})
    told = answer.json()
    assert (answer.status_code, told["type"]) == (500, "/problemes/unforeseen")
    assert re.fullmatch("[0-9a-f]{12}", told["incident"]) and told["incident"] in told["detail"]
    written = (place.home.settings.home / LOG).read_text()
    for log in (caplog.text, written):
        assert told["incident"] in log and "ValueError" in log
    for kept in ("Marie", "Traceback"):
        assert kept not in answer.text + caplog.text + written


@pytest.mark.parametrize("where", ["services.tokens.entered", "web.entering._shown", "web.entering.language"])
def test_a_door_that_fails_stays_closed(place: Town, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(where, fail)
    for answer in (place.ana.get("/cases/17"), place.ana.post("/cases/17/note", {"text": "x"})):
        assert answer.status_code == 500 and "vélos" not in answer.text
    monkeypatch.undo()
    assert place.ana.get("/cases/17").json()["notes"] == []


def test_a_door_that_knows_nobody_stays_closed(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.tokens.entered", lambda *_: None)
    assert place.ana.get("/cases/17").status_code == 401


def kinds(base: type[SuiviError]) -> set[type[SuiviError]]:
    return {base, *(kind for below in base.__subclasses__() for kind in kinds(below))}


def test_every_error_has_a_status_with_a_title(tmp_path: Path) -> None:
    create_app(Settings(tmp_path, "ana"))
    for kind in kinds(SuiviError):
        error = kind.__new__(kind)
        assert status_of(error) in TITLES, kind
        assert re.fullmatch(r"/problemes/[a-z0-9]+(-[a-z0-9]+)*", type_of(error)), kind


def test_a_name_means_one_kind_of_problem() -> None:
    """The types are made of the names of errors: two errors of one name would be one problem."""
    known, size, found = {"SuiviError"}, 0, list[tuple[str, str]]()
    kinds = [(path.stem, node) for path in python_files(*(room for room in ROOMS if room != "cli"))
             for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ClassDef)]  # fmt: skip
    while size != len(known):
        size = len(known)
        found = [(node.name, stem) for stem, node in kinds if known & {getattr(base, "id", "") for base in node.bases}]
        known |= {name for name, _ in found}
    assert not [name for name, times in Counter(name for name, _ in found).items() if times > 1]


def test_types_are_those_that_programs_know() -> None:
    from services.refs import CaseUnknown
    from web.problems import MethodUnfit, TokenNeeded

    assert [type_of(kind.__new__(kind)) for kind in (NotFound, CaseUnknown, MethodUnfit, TokenNeeded)] == [
        "/problemes/not-found", "/problemes/case-unknown", "/problemes/method-unfit", "/problemes/token-needed",
    ]  # fmt: skip


def test_an_auditor_is_told_who_may(place: Town) -> None:
    eve = place.someone("eve", "auditor")
    refused = eve.post("/cases/17/start", If_Match='"1"')
    assert (refused.status_code, refused.json()["type"]) == (403, "/problemes/cannot-write")
