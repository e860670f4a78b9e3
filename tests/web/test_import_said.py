"""What a person says of an import before it is recorded: of its states, one by one; the list of what is to be looked at."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.web.browser import Sheet, entered
from tests.web.desk import Town
from tests.web.test_import_pages import TWICE, cases, checked, created
from web.bodies import MANY
from web.pages.importing_checked import MOST


def decide(sheet: Sheet, text: str, name: str) -> dict[str, str]:
    """The field of a proposal, of the case with that title: what it says if it is ticked, or chosen first."""
    (case,) = (li for li in sheet.main.all("li", class_="import-case") if li.one("h3").text == text)
    if name == "juste":
        (box,) = case.all("input", type="checkbox")
        return {box.attributes["name"]: box.attributes["value"]}
    select = case.one("select")
    (value,) = (o.attributes["value"] for o in select.all("option") if o.text == name)
    return {select.attributes["name"]: value}


def test_what_is_said_of_a_proposal_is_established_with_the_case(place: Town) -> None:
    browser = entered(place)
    sheet = checked(browser, assemblee="+", nouvelle="2030", date="2024-09")
    titles = [li.one("h3").text for li in sheet.main.all("li", class_="import-case")]
    right = decide(sheet, titles[0], "juste")
    other = decide(sheet, titles[1], "juste") | decide(sheet, titles[1], "Close, réalisée en partie")
    done = created(browser, sheet, **right, **other)
    rows = {row["title"]: row for (row,) in place.home.reader.execute("SELECT row FROM read.cases WHERE ref LIKE '2030:%'")}
    number, state, *_ = next(iter(right.values())).split("|")
    first, second, third = (rows[title] for title in titles[:3])
    assert (first["ref"], first["state"], first["proposals"]) == (f"2030:{number}", state, [])
    assert (second["state"], second["completion"], second["proposals"]) == ("done", "partial", [])
    assert third["state"] == "adopted" and third["proposals"], "what nobody spoke of stays proposed"
    answer = browser.submit(done, "/importer/fait/2030-1/annuler")
    assert answer.status_code == 303, "said with the import, it goes with it"
    assert not [ref for (ref,) in cases(place) if ref.startswith("2030:")]


@pytest.mark.parametrize("value", ["1|parfait||", "1|done||", "1|done|full|nulle part", "|||"])
def test_a_forged_state_makes_no_case(place: Town, value: str) -> None:
    browser = entered(place)
    sheet = checked(browser, assemblee="+", nouvelle="2030")
    answer = browser.post(f"{sheet.answer.request.url.path}/creer", **{"juste-1": value})
    made = [ref for (ref,) in cases(place) if ref.startswith("2030:")]
    assert answer.status_code in (303, 409, 422)
    assert len(made) == (25 if answer.status_code == 303 else 0)
    assert (answer.status_code == 303) == (value == "|||"), value


def test_what_is_read_is_shown_although_something_is_to_be_settled(place: Town) -> None:
    text = TWICE.replace("C’est fait", "La trousse a été publiée").replace("Oui", "Le comité y travaille")
    sheet = checked(entered(place), text.encode(), date="2024-09")
    assert "Créer 2 dossiers" in sheet.main.one("button", class_="locked").text
    first, second = sheet.main.all("li", class_="import-case")
    assert ("trousse" in first.text, "trousse" in second.text) == (True, False)
    assert ("comité" in first.text, "comité" in second.text) == (False, True)
    assert not sheet.main.all("input", type="checkbox"), "nothing is said of what cannot be created yet"


def test_what_is_to_be_checked_as_a_list_without_formulas(place: Town) -> None:
    browser = entered(place)
    sheet = checked(browser, ("=cmd|'/c calc'!A1\n\n" + TWICE).encode(), assemblee="2023")
    answer = browser.ask(f"{sheet.answer.request.url.path}/liste.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Ligne", "Signe", "À regarder", "Texte de la ligne"]
    assert ["11", "à régler"] in [row[:2] for row in rows]
    assert rows[1][3].startswith("'=cmd"), "the line that is quoted does not run"
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    place.someone("max", "officer")
    assert entered(place, "max").ask(answer.request.url.path).status_code == 404


def test_a_document_of_hundreds_of_cases_still_fits_a_form(place: Town) -> None:
    each = "RÉSOLUTION {0}\n\nLe titre {0}\n\nLe comité y travaille.\n\n"
    text = "Suivi des résolutions de l’assemblée annuelle 2024\n\n" + "".join(map(each.format, range(1, MOST + 2)))
    sheet = checked(entered(place), text.encode(), date="2024-09")
    assert f"Créer {MOST + 1} dossiers" in sheet.main.text
    assert not sheet.main.all("input", type="checkbox") and 3 * MOST < MANY


REAL = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"


def test_the_real_follow_up_from_end_to_end(place: Town) -> None:
    (text,) = found if (found := list(REAL.glob("000_*.txt"))) else [None]
    if text is None:
        pytest.skip("THE REAL FOLLOW-UP WAS NOT TRIED: its text does not lie beside this checkout")
    browser, before = entered(place), cases(place)
    sheet = checked(browser, text.read_bytes(), assemblee="+", nouvelle="2030", date="septembre 2024")
    assert "25 dossiers reconnus, 29 numéros." in sheet.main.text
    assert "Numéros absents : 2, 4, 9, 15, 26, 34 et 35." in sheet.main.text.replace("\u00a0", " ")
    assert len(sheet.main.all("li", class_="import-case")) == 25
    done = created(browser, sheet)
    assert "25 dossiers créés." in done.main.text
    rows = [row for (row,) in place.home.reader.execute("SELECT row FROM read.cases WHERE ref LIKE '2030:%'")]
    assert sum(len(row["numbers"]) for row in rows) == 29
    assert browser.submit(done, "/importer/fait/2030-1/annuler").status_code == 303
    assert cases(place) == before
