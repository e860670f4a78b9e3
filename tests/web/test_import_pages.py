"""The import pages: a document is shown beside what it becomes, recorded all or nothing, and taken back whole."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest

import services.imports
from tests.web.browser import Browser, Sheet, entered
from tests.web.desk import Town
from web.entering import COOKIE

SAMPLE = Path(services.imports.__file__).parent / "samples" / "suivi_2023.txt"
TWICE = (
    "Suivi des résolutions de l’assemblée annuelle 2024\n\nRÉSOLUTION 1\n\nL’eau\n\nC’est fait.\n\n"
    "RÉSOLUTION 1\n\nL’air\n\nOui.\n"
)
UNDATED = "RÉSOLUTION 1\n\nL’eau\n\nLa trousse a été publiée.\n\nRÉSOLUTION 2\n\nL’air\n\nLe comité y travaille.\n"


def torn_docx() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>" * 200)
    return whole.getvalue()[:60]


def bomb() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 200_000_000)
    return whole.getvalue()


BAD: dict[str, tuple[bytes, str]] = {
    "torn.docx": (torn_docx(), "est endommagé"),
    "bombe.docx": (bomb(), "bien plus de place"),
    "latin.txt": (SAMPLE.read_text().encode("cp1252", "replace"), "UTF-8"),
    "utf16.txt": ("RÉSOLUTION 1\n\nL’eau\n".encode("utf-16"), "UTF-16"),
    "vide.txt": (b"", "Choisissez un fichier"),
    "blanc.txt": (b" \n\n\t ", "ne contient aucun texte"),
    "image.png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "PNG"),
    "nul.txt": (b"R\xc3\x89SOLUTION 1\0", "pas un texte"),
}


def send(browser: Browser, name: str, content: bytes, path: str = "/importer", **fields: str) -> httpx.Response:
    """What a browser sends of a form with a file."""
    headers = {"Accept-Language": "fr-CA", "Sec-Fetch-Site": "same-origin", "Cookie": f"{COOKIE}={browser.cookie}"}
    return browser.client.request("POST", path, headers, data=fields, files={"fichier": (name, content)})


def checked(browser: Browser, content: bytes = b"", **fields: str) -> Sheet:
    """The second step, for a document."""
    answer = send(browser, "suivi.txt", content or SAMPLE.read_bytes(), **fields)
    assert answer.status_code == 303, answer.text
    return browser.read(answer.headers["location"])


def cases(place: Town) -> list[Any]:
    place.home.catch_up()
    return place.home.reader.execute("SELECT ref FROM read.cases WHERE NOT withdrawn ORDER BY ref").fetchall()


def created(browser: Browser, sheet: Sheet, **fields: str) -> Sheet:
    (action,) = {f.attributes["action"] for f in sheet.main.all("form") if f.attributes["action"].endswith("/creer")}
    answer = browser.submit(sheet, action, **fields)
    assert answer.status_code == 303, answer.text
    return browser.read(answer.headers["location"])


def test_a_report_beside_its_source(place: Town) -> None:
    before = cases(place)
    sheet = checked(entered(place), assemblee="+", nouvelle="2030", date="septembre 2024")
    assert "25 dossiers reconnus, 29 numéros." in sheet.main.text
    assert sheet.main.one("h1").text == "Suivi des résolutions de l’assemblée annuelle 2023"
    assert len(sheet.main.all("li", class_="import-case")) == 25
    lines = sheet.main.all("div", class_="ln")
    assert [line.attributes["id"] for line in lines] == [f"l{n}" for n in range(1, len(lines) + 1)]
    assert len(lines) == len(SAMPLE.read_text().split("\n"))
    (head,) = (line for line in lines if line.one("span", class_="as").text == "RÉSOLUTION 1")
    assert "read" in head.attributes["class"]
    assert "Créer 25 dossiers" in [button.text for button in sheet.main.all("button")]
    assert cases(place) == before, "nothing is recorded by looking"


def test_created_established_and_taken_back(place: Town) -> None:
    browser, before = entered(place), cases(place)
    done = created(browser, checked(browser, assemblee="+", nouvelle="2030", date="2024-09"))
    assert "25 dossiers créés." in done.main.text
    assert len(cases(place)) == len(before) + 25
    answer = browser.submit(done, "/importer/fait/2030-1/etablir")
    assert answer.status_code == 303
    rows = place.home.reader.execute("SELECT count(*) FROM read.cases WHERE row->>'proposal' IS NULL").fetchone()
    place.home.catch_up()
    assert rows and rows[0] > len(before)
    answer = browser.submit(browser.read("/importer/fait/2030-1"), "/importer/fait/2030-1/annuler")
    assert answer.status_code == 409, "established since: nothing goes before that is undone"
    assert "2030:" in Sheet(answer).main.text


def test_a_whole_import_is_taken_back(place: Town) -> None:
    browser, before = entered(place), cases(place)
    done = created(browser, checked(browser, assemblee="+", nouvelle="2030"))
    answer = browser.submit(done, "/importer/fait/2030-1/annuler")
    assert answer.status_code == 303
    assert "annulé" in browser.read(answer.headers["location"]).main.text
    assert cases(place) == before
    assert "annulé" in browser.read("/importer").main.text
    again = checked(browser, assemblee="+", nouvelle="2030")
    assert "Créer 25 dossiers" in again.main.text


def test_pressed_twice_it_is_created_once(place: Town) -> None:
    browser = entered(place)
    sheet = checked(browser, assemblee="+", nouvelle="2030")
    first, second = created(browser, sheet), created(browser, sheet)
    assert "25 dossiers créés." in first.main.text
    assert second.main.text == first.main.text
    assert len([ref for (ref,) in cases(place) if ref.startswith("2030:")]) == 25


def test_the_same_document_again_says_so(place: Town) -> None:
    browser = entered(place)
    created(browser, checked(browser, assemblee="+", nouvelle="2030"))
    again = checked(browser, assemblee="2030")
    assert "Ce document est déjà là" in again.main.text
    assert again.main.all("a", href="/importer/fait/2030-1")
    assert not [f for f in again.main.all("form") if f.attributes["action"].endswith("/creer")]


def test_an_error_locks_and_says_where(place: Town) -> None:
    browser = entered(place)
    sheet = checked(browser, TWICE.encode())
    assert "1 point à régler" in sheet.main.text
    assert "Réglez la ligne 9 pour créer." in sheet.main.text
    (button,) = sheet.main.all("button", class_="locked")
    assert button.attributes["aria-disabled"] == "true"
    assert "to-settle" in sheet.main.one("div", id="l9").attributes["class"]
    path = sheet.answer.request.url.path
    answer = browser.post(f"{path}/creer")
    assert answer.headers["location"].startswith(path), "whoever forges the button is shown the same page"
    assert not [ref for (ref,) in cases(place) if ref.startswith("2024:")]
    (link, *_) = [a for a in sheet.main.all("a") if a.text == "Corriger son texte"]
    assert browser.read(link.attributes["href"]).main.one("textarea").raw.lstrip("\n") == TWICE


def test_a_pasted_text_is_read_too(place: Town) -> None:
    browser = entered(place)
    answer = browser.post("/importer", texte=TWICE.replace("RÉSOLUTION 1\n\nL’air", "RÉSOLUTION 2\n\nL’air"))
    assert "2 dossiers reconnus" in browser.read(answer.headers["location"]).main.text


def test_an_assembly_that_nobody_named_is_asked_for(place: Town) -> None:
    browser = entered(place)
    answer = browser.post("/importer", texte=UNDATED)
    sheet = browser.read(answer.headers["location"], 422)
    assert "ne nomme aucune assemblée" in sheet.main.text
    path = sheet.answer.request.url.path
    answer = browser.submit(sheet, path, assemblee="2023")
    assert answer.status_code == 303
    sheet = browser.read(answer.headers["location"])
    assert "2 dossiers reconnus" in sheet.main.text
    assert "--reference-date" not in sheet.main.text


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_and_the_rest_kept(place: Town, name: str) -> None:
    browser, (content, said) = entered(place), BAD[name]
    answer = send(browser, name, content, assemblee="2023", date="hiver 2024", genre="follow-up")
    assert answer.status_code == 422
    sheet = Sheet(answer)
    assert said in sheet.main.text
    assert sheet.main.one("input", id="date").attributes["value"] == "hiver 2024"
    assert [o.attributes["value"] for o in sheet.main.all("option", selected="")] == ["follow-up", "2023"]
    assert not place.home.store.connection.execute("SELECT FROM suivi.import_drafts").fetchall()


def test_twenty_six_megabytes_are_too_many(place: Town) -> None:
    browser = entered(place)
    for size in (21_000_000, 26_500_000):
        answer = send(browser, "gros.txt", b"a" * size)
        assert answer.status_code in (413, 422, 400)
        assert "Mo" in Sheet(answer).main.text


def test_a_date_that_is_none_keeps_the_document(place: Town) -> None:
    browser = entered(place)
    answer = send(browser, "suivi.txt", SAMPLE.read_bytes(), assemblee="2023", date="un jour peut-être")
    sheet = browser.read(answer.headers["location"], 422)
    assert "un jour peut-être" in sheet.main.text
    assert sheet.main.one("input", id="date").attributes["value"] == "un jour peut-être"


def test_a_document_is_its_givers_alone(place: Town) -> None:
    browser = entered(place)
    path = checked(browser).answer.request.url.path
    place.someone("max", "officer")
    entered(place, "max").read(path, 404)
    browser.read("/importer/pas-un-nombre", 404)
    place.home.store.connection.execute("UPDATE suivi.import_drafts SET expires_at = clock_timestamp()")
    browser.read(path, 404)


def test_who_may_not_write_is_told(place: Town) -> None:
    place.someone("audit", "auditor")
    for path in ("/importer", "/importer/fait/2023-1"):
        entered(place, "audit").read(path, 403)


def test_what_a_document_says_is_never_markup(place: Town) -> None:
    text = TWICE.replace("L’air", "<script>alert(1)</script>").replace("L’eau", "<b>L’eau</b>\u202e")
    sheet = checked(entered(place), text.encode())
    assert not sheet.main.all("script")
    assert "<script>alert(1)</script>" in sheet.main.text


def test_a_directory_comes_in_the_same_way(place: Town) -> None:
    browser = entered(place)
    table = "key;title;holder;charge;since\nair;Ministre de l’Air;Zoé Tremblay;holder;2022-10-20\n"
    sheet = checked(browser, table.encode(), genre="directory")
    assert "2 fiches reconnues." in sheet.main.text
    done = created(browser, sheet)
    assert "2 fiches consignées." in done.main.text
    assert done.main.all("a", href="/charges/air")


def test_a_directory_with_faults_tells_their_lines(place: Town) -> None:
    table = "key;title;holder;charge;since\nair;Ministre de l’Air;Zoé;holder;hier ou avant\n"
    sheet = checked(entered(place), table.encode(), genre="directory")
    assert "Réglez la ligne 2 pour créer." in sheet.main.text
    assert "to-settle" in sheet.main.one("div", id="l2").attributes["class"]


def test_a_follow_up_without_a_heading_is_told(place: Town) -> None:
    sheet = checked(entered(place), b"Rien ici.\n", genre="follow-up", assemblee="2023")
    assert "1 point à régler" in sheet.main.text


PLAN = (
    "Plan de travail 2023-2026\n\nAssociation des veilleurs de nuit (AVN)\n\nQUOI\tCOMMENT et QUAND\tQUI\tSUIVI\n"
    "1. Une vie syndicale.\t\t\t\n"
    "1.1 Relancer le journal\t- Publier (mars 2023)\tAnaïs\t<u>Action non réalisée (faute de temps)</u>\n"
)


def test_a_plan_is_shown_beside_what_it_becomes(place: Town) -> None:
    """Its items with the state that each suggests, and where it says so; brought in, and taken back."""
    browser, before = entered(place), cases(place)
    sheet = checked(browser, PLAN.encode())
    (item,) = sheet.main.all("li", class_="import-case")
    assert item.one("h3").text == "Relancer le journal" and "faute de temps" in item.text
    assert "Créer 1 plan et 1 dossier" in [button.text for button in sheet.main.all("button")]
    created(browser, sheet)
    assert len(cases(place)) == len(before) + 1
    assert (
        browser.submit(browser.read("/importer/fait/avn-2023-1"), "/importer/fait/avn-2023-1/annuler").status_code
        == 303
    )
    assert cases(place) == before
    unnamed = send(browser, "plan.txt", PLAN.replace("Association des veilleurs de nuit (AVN)", "").encode())
    assert "ccsne-2019" in browser.read(unnamed.headers["location"], 422).main.text
