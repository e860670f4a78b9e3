"""The pages of reports: what can be printed, the paragraphs of a follow-up, its tabling; without a script."""

from __future__ import annotations

import hashlib
import io
import time
from typing import Any

import docx
import httpx
import pytest
from openpyxl import load_workbook

from services.home import Home
from services.reading import When, case
from services.reports import registry
from tests.homes import do
from tests.web.browser import Browser, Sheet, entered
from tests.web.desk import Town, serving
from web.pages import reports_made

NEXT = "2024"


@pytest.fixture
def ana(place: Town) -> Browser:
    do(place.home, f"assembly:{NEXT}", "create", name="Annuelle 2024", date="2024-05-11")
    place.do("2023:17", "note", text="Le comité a rencontré la ville.", audience="assembly", occurred="2024-02-01")
    return entered(place)


def document(browser: Browser, answer: httpx.Response) -> httpx.Response:
    """The file that a form led to, however long it took."""
    assert answer.status_code == 303, answer.text
    for _ in range(60):
        if answer.headers["location"].partition("?")[0].endswith("/document"):
            return browser.ask(answer.headers["location"])
        waiting = browser.read(answer.headers["location"])
        if links := [a for a in waiting.main.all("a") if "/document" in a.attributes["href"]]:
            return browser.ask(links[0].attributes["href"])
        time.sleep(0.1)
    raise AssertionError("it never came")


def test_what_can_be_printed_says_for_whom(place: Town, ana: Browser) -> None:
    sheet = ana.read("/rapports")
    names = [h.text for h in sheet.main.all("h2")]
    assert names[:2] == ["Suivi des résolutions", "Registre des résolutions"]
    assert "Pour les archives" in sheet.main.text
    place.someone("mia", "member")
    mine = entered(place, "mia").read("/rapports")
    assert [h.text for h in mine.main.all("h2")] == ["Registre des résolutions", "Tableau d’une assemblée"]


@pytest.mark.parametrize(
    ("format", "begins"), [("docx", b"PK"), ("pdf", b"%PDF-"), ("xlsx", b"PK"), ("html", b"<!DOCTYPE")]
)
def test_a_report_is_prepared_in_each_format(ana: Browser, format: str, begins: bytes) -> None:
    answer = ana.submit(ana.read("/rapports"), "/rapports/register/preparer", format=format, pour="2023")
    file = document(ana, answer)
    assert file.content.startswith(begins) and "attachment" in file.headers["content-disposition"]


def test_the_follow_up_is_had_for_a_spreadsheet_too(ana: Browser) -> None:
    page = ana.read("/rapports")
    offered = [[option.text for option in form.all("option")] for form in page.main.all("select", name="format")]
    assert offered and all("Excel" in each for each in offered), offered
    file = document(ana, ana.submit(page, "/rapports/follow-up/preparer", format="xlsx"))
    cells = [str(cell) for sheet in load_workbook(io.BytesIO(file.content)) for row in sheet.values for cell in row]
    assert any("Le comité a rencontré la ville." in cell for cell in cells), cells


def test_a_report_is_looked_at_on_the_screen(ana: Browser) -> None:
    file = document(ana, ana.submit(ana.read("/rapports"), "/rapports/follow-up/preparer", ecran="1"))
    assert file.headers["content-disposition"] == "inline" and "sandbox" in file.headers["content-security-policy"]
    assert "Le comité a rencontré la ville." in file.text and "<script" not in file.text


def test_the_numbers_without_a_word_are_asked_for_by_a_box(ana: Browser) -> None:
    for box, said in ((None, False), ("1", True)):
        sent = {"en-plus": box} if box else {}
        file = document(ana, ana.submit(ana.read("/rapports"), "/rapports/follow-up/preparer", ecran="1", **sent))
        assert ("ne dit rien" in file.text) is said


def test_a_plan_where_there_is_none_is_said(ana: Browser) -> None:
    answer = ana.post("/rapports/plan/preparer", format="html")
    assert answer.status_code == 404 and "pas encore de plan" in Sheet(answer).main.one("div", class_="problems").text


def test_what_cannot_be_made_is_said_with_what_was_typed(ana: Browser) -> None:
    answer = ana.submit(ana.read("/rapports"), "/rapports/register/preparer", au="jadis", pour="2023")
    sheet = Sheet(answer)
    assert answer.status_code == 422 and "jadis" in sheet.main.one("div", class_="problems").text
    assert sheet.main.one("input", id="au-register").attributes["value"] == "jadis"


def test_a_long_one_tells_how_far_it_is(ana: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page asks again by itself, without a script; nobody else sees it."""
    began = []

    def slow(home: Home, name: str, asked: object, format: str, out: object, progress: object) -> object:
        began.append(name)
        progress(3, 8)  # type: ignore[operator]
        time.sleep(1.0)
        return write(home, name, asked, format, out, progress)  # type: ignore[arg-type]

    write = registry.write
    monkeypatch.setattr(registry, "write", slow)
    monkeypatch.setattr(reports_made, "PATIENCE", 0.3)
    answer = ana.submit(ana.read("/rapports"), "/rapports/register/preparer", format="html")
    place_of = answer.headers["location"]
    page = ana.read(place_of)
    assert page.answer.headers["refresh"] == "2" and "3 sur 8 sont écrits." in page.main.text
    assert page.main.one("progress").attributes["value"] == "3" and began == ["register"]
    assert document(ana, answer).content.startswith(b"<!DOCTYPE")
    assert "refresh" not in ana.ask(place_of).headers


def test_a_document_is_of_whoever_asked_for_it(place: Town, ana: Browser) -> None:
    answer = ana.submit(ana.read("/rapports"), "/rapports/register/preparer", format="html")
    place.someone("olga", "officer")
    assert entered(place, "olga").ask(answer.headers["location"]).status_code == 404
    assert ana.ask("/rapports/prets/none").status_code == 404


def test_another_server_of_the_house_gives_it(place: Town, ana: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports_made, "PATIENCE", 0.0)
    answer = ana.submit(ana.read("/rapports"), "/rapports/register/preparer", format="html")
    with serving(place.home.urls) as other:
        assert document(Browser(other, ana.cookie), answer).content.startswith(b"<!DOCTYPE")


def test_the_office_s_reports_are_not_for_members(place: Town, ana: Browser) -> None:
    place.someone("mia", "member")
    mia = entered(place, "mia")
    assert mia.post("/rapports/follow-up/preparer", format="html").status_code == 403
    assert mia.ask(f"/rapports/suivi/{NEXT}").status_code == 403


def bench(browser: Browser, ref: str = "2023:17", **query: Any) -> Sheet:
    return browser.read(f"/rapports/suivi/{NEXT}/dossiers/{ref}", **query)


def test_a_paragraph_is_drafted_changed_and_approved(place: Town, ana: Browser) -> None:
    sheet = ana.read(f"/rapports/suivi/{NEXT}")
    assert "0 de 2 approuvé" in sheet.main.text and "d’après les notes pour l’assemblée" in sheet.main.text
    one = bench(ana)
    assert one.main.one("textarea").raw.strip() == ""
    drafted = Sheet(ana.submit(one, f"/rapports/suivi/{NEXT}/dossiers/2023:17")).main.one("textarea").raw
    assert "Le comité a rencontré la ville." in drafted
    sent = ana.submit(one, "/dossiers/2023:17/agir/approve-report", text="La ville aura ses vélos.")
    assert sent.status_code == 303 and "/dossiers/2023:5" in sent.headers["location"], sent.text
    after = ana.read(sent.headers["location"])
    assert "Annuler" in after.text
    place.home.catch_up()
    done = ana.read(f"/rapports/suivi/{NEXT}")
    assert "1 de 2 approuvé" in done.main.text and "La ville aura ses vélos." in done.main.text
    place.do("2023:17", "note", text="Un vélo est arrivé.", occurred="2024-03-01")
    later = bench(ana)
    assert "1 fait a été consigné depuis." in later.main.text and "Un vélo est arrivé." in later.main.text
    assert "a rencontré" not in later.main.one("ol", class_="timeline").text


def test_the_form_of_a_case_begins_with_the_draft_then_with_what_was_approved(place: Town, ana: Browser) -> None:
    sheet = ana.read("/dossiers/2023:17/agir/approve-report")
    drafted = sheet.main.one("textarea").raw.strip()
    assert "Le comité a rencontré la ville." in drafted and "un brouillon" in sheet.main.text
    assert ana.submit(sheet, "/dossiers/2023:17/agir/approve-report").status_code == 303
    assert case(place.home, "2023:17", When())["paragraphs"][0]["text"].splitlines() == drafted.splitlines()
    place.do("2023:17", "approve-report", text="La ville aura ses vélos.")
    assert ana.read("/dossiers/2023:17/agir/approve-report").main.one("textarea").raw.strip() == "La ville aura ses vélos."


def test_who_wrote_meanwhile_is_shown_and_no_text_is_lost(place: Town, ana: Browser) -> None:
    one = bench(ana)
    place.do("2023:17", "note", text="Un fait nouveau.")
    answer = ana.submit(one, "/dossiers/2023:17/agir/approve-report", text="Mon texte.")
    sheet = Sheet(answer)
    assert answer.status_code == 409 and "Un fait nouveau" in sheet.main.one("div", class_="conflict").text, sheet.main.text
    assert sheet.main.one("textarea").raw.strip() == "Mon texte."
    again = ana.submit(sheet, "/dossiers/2023:17/agir/approve-report")
    assert again.status_code == 303 and f"/rapports/suivi/{NEXT}/dossiers/" in again.headers["location"]


def test_what_the_report_does_not_tell_of(ana: Browser) -> None:
    assert ana.ask(f"/rapports/suivi/{NEXT}/dossiers/2023:99").status_code == 404
    assert ana.ask("/rapports/suivi/1999").status_code in (404, 422)
    assert "pas encore de suites" in ana.read("/rapports/suivi/2023").main.text


def test_the_report_is_tabled_and_had_again(place: Town, ana: Browser) -> None:
    form = ana.read(f"/rapports/suivi/{NEXT}/deposer")
    assert "2 dossiers n’ont pas de paragraphe approuvé" in form.main.text
    bad = ana.submit(form, f"/rapports/suivi/{NEXT}/deposer", remis="jadis")
    assert bad.status_code == 422 and "jadis" in Sheet(bad).main.text
    answer = ana.submit(Sheet(bad), f"/rapports/suivi/{NEXT}/deposer", remis="11 mai 2024", format="pdf")
    assert answer.status_code == 303, answer.text
    place.home.catch_up()
    for path in (f"/rapports/suivi/{NEXT}", "/rapports"):
        shelf = ana.read(path).main.one("ul", class_="tabled")
        assert "11 mai 2024" in shelf.text and "2 dossiers" in shelf.text
        file = ana.ask(shelf.one("a").attributes["href"])
        assert file.content.startswith(b"%PDF-") and hashlib.sha256(file.content).hexdigest() in shelf.text


def test_it_is_tabled_with_the_numbers_of_which_it_says_nothing(place: Town, ana: Browser) -> None:
    form = ana.read(f"/rapports/suivi/{NEXT}/deposer")
    bad = Sheet(ana.submit(form, f"/rapports/suivi/{NEXT}/deposer", remis="jadis", **{"en-plus": "1"}))
    assert "checked" in bad.main.one("input", name="en-plus").attributes
    assert ana.submit(bad, f"/rapports/suivi/{NEXT}/deposer", remis="", **{"en-plus": "1"}).status_code == 303
    place.home.catch_up()
    file = ana.ask(ana.read("/rapports").main.one("ul", class_="tabled").one("a").attributes["href"])
    assert "ne dit rien" in " ".join(each.text for each in docx.Document(io.BytesIO(file.content)).paragraphs)


def test_a_form_tables_once(place: Town, ana: Browser) -> None:
    form = ana.read(f"/rapports/suivi/{NEXT}/deposer")
    for _ in range(2):
        assert ana.submit(form, f"/rapports/suivi/{NEXT}/deposer", remis="11 mai 2024").status_code == 303
    place.home.catch_up()
    assert len(ana.read("/rapports").main.one("ul", class_="tabled").all("li")) == 1


def test_the_settings_say_what_they_make_of_a_sentence(ana: Browser) -> None:
    path = "/administration/organisation"
    sheet = ana.read(path)
    assert ana.submit(sheet, path, inclusive="middle_dots", spaced_signs="yes", year_begins="7").status_code == 303
    told = ana.read(path).answer.text
    assert "délégué·e·s" in told and "accord\u202f?" in told and "va du 1<sup>er</sup> juillet" in told
    assert ana.submit(ana.read(path), path, inclusive="none", spaced_signs="no").status_code == 303
    assert "Les délégués ont rencontré les travailleurs; " in ana.read(path).main.text
