"""Documents of other formats than text, brought in by the pages."""

from __future__ import annotations

from docx import Document as NewDocument

from tests.services.imports.documents.making import as_xlsx, saved
from tests.web.browser import entered
from tests.web.desk import Town
from tests.web.test_import_pages import checked, created, send


def test_a_register_whose_columns_are_said_here(place: Town) -> None:
    browser = entered(place)
    headings = ["No", "Objet visé", "Statut", "Retour"]
    rows = [["Registre de l’assemblée annuelle 2031"], [], headings, [1, "Eau", "En cours", "Oui."]]
    unsaid = send(browser, "registre.xlsx", as_xlsx(rows)).headers["location"]
    browser.read(unsaid, 422)  # two of its headings are not enough to say that it is a register
    answer = send(browser, "registre.xlsx", as_xlsx(rows), genre="table", date="automne 2031")
    sheet = browser.read(answer.headers["location"])
    assert "Ce que contient la colonne « Objet visé » n’est pas certain" in sheet.main.text.replace("\u00a0", " ")
    assert [one.attributes["value"] for one in sheet.main.one("select", id="colonne-2").all("option", selected="")] == [
        "title"
    ]
    path = answer.headers["location"].partition("?")[0]
    answer = browser.submit(sheet, path, **{"colonne-2": "title", "colonne-4": "response"})
    sheet = browser.read(answer.headers["location"])
    assert "1 dossier reconnu" in sheet.main.text and "Ce que contient la colonne" not in sheet.main.text
    done = created(browser, sheet)
    assert "registre des résolutions" in done.main.text
    rows[3] = [2, "Air", "En cours", "Non."]
    again = send(browser, "suite.xlsx", as_xlsx(rows), genre="table", date="automne 2031")
    assert "1 dossier reconnu" in browser.read(again.headers["location"]).main.text, "the columns are known again"


def test_a_word_document_is_read_and_its_text_can_be_corrected(place: Town) -> None:
    browser = entered(place)
    made = NewDocument()
    for text in ("Suivi des résolutions de l’assemblée annuelle 2031", "RÉSOLUTION 1", "Eau", "Le comité a écrit."):
        made.add_paragraph(text)
    answer = send(browser, "suivi.docx", saved(made), date="automne 2031")
    sheet = browser.read(answer.headers["location"])
    assert "1 dossier reconnu" in sheet.main.text and "Le comité a écrit." in sheet.main.text
    draft = answer.headers["location"].rpartition("/")[2].partition("?")[0]
    assert "RÉSOLUTION 1" in browser.read(f"/importer?texte={draft}").main.one("textarea").text


def test_evidence_says_on_which_page_it_stands(place: Town) -> None:
    text = "Suivi des résolutions de l’assemblée annuelle 2031\n\nRÉSOLUTION 1\n\nEau\n\n\fLe comité a terminé ses travaux.\n"
    assert "page 2, ligne 7" in checked(entered(place), text.encode()).main.text
