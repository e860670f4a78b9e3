"""An annual report at the door of all documents: shown beside what it becomes, recorded, listed, taken back."""

from __future__ import annotations

from tests.services.imports.annual.samples import FRENCH
from tests.web.browser import entered
from tests.web.desk import Town
from tests.web.test_import_pages import checked, created


def records(place: Town) -> int:
    place.home.catch_up()
    row = place.home.reader.execute("SELECT count(*) FROM read.records WHERE NOT withdrawn").fetchone()
    assert row
    return int(row[0])


def test_an_annual_report_comes_in_and_is_taken_back(place: Town) -> None:
    browser = entered(place)
    sheet = checked(browser, FRENCH.encode())
    assert "21 fiches reconnues" in sheet.main.text.replace("\u00a0", " ")
    assert "32 octobre 2023" in sheet.main.text, "what is wrong stands beside its source"
    assert records(place) == 0, "nothing is recorded by looking"
    done = created(browser, sheet)
    assert records(place) == 21 and "rapport annuel" in done.main.text.lower()
    answer = browser.submit(done, "/importer/fait/annual-report-1/annuler")
    assert answer.status_code == 303 and records(place) == 0
    assert "rapport annuel" in browser.read("/importer").main.text.lower()
