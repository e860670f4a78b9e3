"""The pages of cases: views, filters, columns, calendar, timeline, kept views, files."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import psycopg
import pytest

from services import accounts
from services.views import keep
from tests.homes import secretary
from tests.web.browser import Browser, Element, Sheet, entered
from tests.web.desk import Town
from web.pages import board

SHAPES = ("liste", "colonnes", "calendrier", "frise")
HOSTILE = "<script>alert(1)</script>\"'&\u202e= +cmd"


@pytest.fixture
def ana(place: Town) -> Browser:
    return entered(place)


def titles(sheet: Sheet) -> list[str]:
    return [cell.text for cell in sheet.main.all("td", class_="title")]


def tabs(sheet: Sheet) -> dict[str, str]:
    """View -> how many, as they stand on the page."""
    links = sheet.root.one("nav", class_="views").all("a")
    return {link.text.rpartition(" ")[0]: link.text.rpartition(" ")[2] for link in links}


def waits(place: Town) -> None:
    """17 waits for a minister since spring, 5 has been done."""
    place.do("2023:17", "wait", on="la ministre", since="2024-05-01")
    place.do("2023:5", "complete", completion="full")


def test_the_views_lead_to_the_cases_that_they_count(place: Town, ana: Browser) -> None:
    waits(place)
    sheet = ana.read("/dossiers")
    counted = tabs(sheet)
    assert (
        counted["Tous"] == "2"
        and counted["En attente d’autrui"] == counted["Clos"] == "1"
        and counted["À nous d’agir"] == "0"
    )
    for link in sheet.root.one("nav", class_="views").all("a"):
        listed = titles(ana.read(link.attributes["href"]))
        assert str(len(listed)) == link.text.rpartition(" ")[2], link.text


def test_a_row_says_whose_turn_it_is_and_for_how_long(place: Town, ana: Browser) -> None:
    waits(place)
    row = ana.read("/dossiers", turn="them").main.one("table", class_="cases").all("tr")[1]
    assert row.one("td", class_="c-turn").text == "la ministre"
    assert "très en retard" in row.one("td", class_="c-wait").text
    assert row.one("span", class_="flag").attributes["class"] == "flag tres"
    closed = ana.read("/dossiers", closed="1").main.one("table", class_="cases").all("tr")[1]
    assert closed.one("td", class_="c-turn").text == closed.one("td", class_="c-wait").text == ""


def test_filters_stand_together_and_each_can_be_taken_off(place: Town, ana: Browser) -> None:
    place.do("2023:17", "assign", owner="person:ana")
    sheet = ana.read("/dossiers", assembly="2023", owner="person:ana", order="wait")
    assert titles(sheet) == ["Des vélos pour les quartiers"]
    off = [parse_qs(urlsplit(chip.attributes["href"]).query) for chip in sheet.main.all("a", class_="on")]
    assert off == [{"owner": ["person:ana"], "order": ["wait"]}, {"assembly": ["2023"], "order": ["wait"]}]


def test_the_numbers_that_are_absent_are_told_of_one_assembly(ana: Browser) -> None:
    foot = ana.read("/dossiers", assembly="2023").text
    assert "2 dossiers, 3 numéros." in foot and "Numéros absents" not in foot  # most are: it would be a list of nothing


def test_gaps_between_numbers(place: Town, ana: Browser) -> None:
    for n in ("7", "8", "10", "11", "12"):
        place.do(f"2023:{n}", "adopt", title=f"Titre {n}")
    text = ana.read("/dossiers", assembly="2023").text
    assert "Numéros absents du suivi : 1, 2, 3, 4, 9, 13, 14, 15 et 16." not in text
    for n in ("1", "2", "3", "4", "13"):
        place.do(f"2023:{n}", "adopt", title=f"Titre {n}")
    assert "Numéros absents du suivi : 9, 14, 15 et 16." in ana.read("/dossiers", assembly="2023").text
    assert "Numéros absents" not in ana.read("/dossiers", assembly="2023", turn="us").text


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_has_the_same_filters(place: Town, ana: Browser, shape: str) -> None:
    place.do("2023:17", "set-due", due="2026-11")
    sheet = ana.read("/dossiers", vue=shape, query="velos", mois="2026-11")
    assert "vélos" in sheet.main.text and "eau propre" not in sheet.main.text
    current = sheet.main.one("nav", class_="shapes").one("a", aria_current="page")
    assert (
        current.text == {"liste": "Liste", "colonnes": "Colonnes", "calendrier": "Calendrier", "frise": "Frise"}[shape]
    )
    past = ana.read("/dossiers", vue=shape, as_of="2025-01-01", mois="2026-11")
    assert past.answer.status_code == 200 and not past.main.all("form", method="post")


@pytest.mark.parametrize("shape", SHAPES)
def test_what_people_write_stays_text(place: Town, ana: Browser, shape: str) -> None:
    place.do("2023:9", "adopt", title=HOSTILE)
    place.do("2023:9", "set-due", due="2026-11-30")
    place.do("body:zoe", "create", name="<b>Zoé</b>")
    place.do("2023:9", "assign", owner="body:zoe")
    keep(place.home.store, secretary(place.home).person, "<i>vue</i>", {"state": "adopted"})
    sheet = ana.read("/dossiers", vue=shape, query="script", mois="2026-11")
    assert HOSTILE in sheet.main.raw and "<script>alert" not in sheet.answer.text and "<i>vue" not in sheet.answer.text
    for query in ("state", "owner", "body"):
        assert ana.ask("/dossiers", vue=shape, **{query: HOSTILE}).status_code in (404, 422)
    assert "<script>alert" not in ana.ask("/dossiers", vue=shape, assembly=HOSTILE, order=HOSTILE, mois=HOSTILE).text


# ------------------------------------------------------------------------------------------------ columns


def columns(sheet: Sheet) -> dict[str, Element]:
    return {one.attributes["data-state"]: one for one in sheet.main.all("section", class_="column")}


def test_columns_hold_the_cases_of_each_state(place: Town, ana: Browser) -> None:
    place.do("2023:5", "start")
    sheet = ana.read("/dossiers", vue="colonnes")
    found = {state: len(one.all("li", class_="fiche")) for state, one in columns(sheet).items()}
    assert found == {"adopted": 1, "in_progress": 1}
    assert "Aucun dossier dans ces états : Confiée, Remise, Bloquée et Close." in sheet.text


def test_a_case_moves_by_a_form_or_at_once(place: Town, ana: Browser) -> None:
    fiche = columns(ana.read("/dossiers", vue="colonnes"))["adopted"].one("li", data_ref="2023:17")
    targets = {one.attributes["data-to"]: one for one in fiche.all("li") if "data-to" in one.attributes}
    assert list(targets) == ["referred", "in_progress", "postponed", "blocked", "done", "not_done"]
    assert targets["postponed"].one("a").attributes["href"] == "/dossiers/2023:17/agir/postpone"
    assert targets["in_progress"].one("form").attributes["action"] == "/dossiers/2023:17/agir/start"
    for one in targets.values():
        for link in one.all("a"):
            assert ana.ask(link.attributes["href"]).status_code == 200


def test_what_cannot_go_there_says_why_and_the_way_out(place: Town, ana: Browser) -> None:
    place.do("office:eau", "create", name="ministre de l’Environnement", kind="minister")
    place.do("demarche:1", "send", office="office:eau", kind="letter", cases=["2023:17"], occurred="2026-05-01")
    fiche = columns(ana.read("/dossiers", vue="colonnes"))["adopted"].one("li", data_ref="2023:17")
    closing = next(one for one in fiche.all("li") if one.attributes.get("data-to") == "done")
    assert "17 ne peut pas être clos ici. Un fil attend une réponse (ministre de l’Environnement)." in closing.text
    ways = [link.attributes["href"] for link in closing.all("a")]
    assert ways == ["/correspondance/1", "/dossiers/2023:17/agir/close-undone"]


def test_a_long_column_leads_to_the_rest(place: Town, ana: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "MOST", 1)
    column = columns(ana.read("/dossiers", vue="colonnes"))["adopted"]
    assert len(column.all("li", class_="fiche")) == 1 and column.one("p", class_="others").text == "voir 1 autre"
    assert len(titles(ana.read(column.one("p", class_="others").one("a").attributes["href"]))) == 2


def test_who_only_reads_moves_nothing(place: Town) -> None:
    place.someone("vera", "auditor")
    sheet = entered(place, "vera").read("/dossiers", vue="colonnes")
    assert (
        columns(sheet)
        and not sheet.main.all("details", class_="moves-to")
        and 'draggable="true"' not in sheet.answer.text
    )
    assert not entered(place, "vera").read("/dossiers").main.all("input", name="ref")


# ------------------------------------------------------------------------------------------------ calendar, timeline


def test_a_day_stands_in_the_grid_and_a_month_across_it(place: Town, ana: Browser) -> None:
    place.do("2023:17", "set-due", due="2026-12-08")
    place.do("2023:5", "set-due", due="2026-12")
    sheet = ana.read("/dossiers", vue="calendrier", mois="2026-12")
    cells = {
        cell.one("time").attributes["datetime"]: cell.text for cell in sheet.main.one("table", class_="month").all("td")
    }
    assert "17" in cells["2026-12-08"] and not any("5 – 6" in text for text in cells.values())
    assert "5 – 6 décembre 2026" in sheet.main.one("ul", class_="fuzzy").text
    assert len(cells) % 7 == 0 and sheet.main.one("h2", id="mois").text == "décembre 2026"
    assert "Aucune date ne tombe dans ce mois." in ana.read("/dossiers", vue="calendrier", mois="2027-02").text
    for odd in ("2026-13", "x", "0000-01", "9999-12", "2026-1", "-1"):
        assert ana.ask("/dossiers", vue="calendrier", mois=odd).status_code == 200, odd


def test_a_life_is_a_band_and_a_line_of_a_table(place: Town, ana: Browser) -> None:
    place.do("2023:17", "start", occurred="2024-02-01")
    place.do("2023:17", "block", on="la ministre", reason="on attend", occurred="2024-06-01")
    sheet = ana.read("/dossiers", vue="frise", query="velos")
    shown = [one.attributes["class"] for one in sheet.main.one("svg", class_="lifeline").all("rect")]
    assert shown == ["seg adopted", "seg in_progress", "seg blocked"]
    told = (
        "Adoptée, à partir du 13 mai 2023; En cours, à partir du 1er février 2024; Bloquée, à partir du 1er juin 2024"
    )
    assert told in sheet.main.one("details", class_="as-table").text


# ------------------------------------------------------------------------------------------------ files, cost


def test_a_file_has_the_cases_of_the_filters_and_no_formula(
    place: Town, ana: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.pages.listing_files.PAGE", 1)
    place.do("2023:9", "adopt", title="=cmd|calc")
    answer = ana.ask("/dossiers", format="csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 4 and "attachment" in answer.headers["content-disposition"]
    assert "'=cmd|calc" in lines[2] and ";=cmd" not in answer.text
    assert len(ana.ask("/dossiers", format="csv", query="velos").text.splitlines()) == 2
    book = ana.ask("/dossiers", format="xlsx")
    assert "xl/workbook.xml" in ZipFile(BytesIO(book.content)).namelist()


@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_asks_the_database_more_than_twelve_times(
    place: Town, ana: Browser, monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    waits(place)
    place.do("assembly:2024", "create", name="Annuelle 2024", date="2024-05-11")
    place.do("2024:1", "adopt", title="Des bancs publics")
    keep(place.home.store, secretary(place.home).person, "Une vue", {"state": "adopted"})
    ana.read("/dossiers", vue=shape)
    asked: list[str] = []
    right = psycopg.Cursor.execute

    def counting(cursor: psycopg.Cursor, query: object, *more: object, **how: object) -> object:
        asked.append(str(query))
        return right(cursor, query, *more, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(psycopg.Cursor, "execute", counting)
    ana.read("/dossiers", vue=shape, assembly="2023" if shape == "liste" else "")
    told = [query for query in asked if not query.startswith(("BEGIN", "COMMIT", "SELECT 1"))]
    assert len(told) <= 12, "\n".join(query[:90] for query in told)


def test_long_lists_say_how_many_without_counting_all(
    place: Town, ana: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("projections.case_totals", "web.pages.listing_frame"):
        monkeypatch.setattr(f"{module}.MOST", 1)
    assert tabs(ana.read("/dossiers", query="e"))["Tous plus de"] == "1"


def test_an_administrator_counts_what_they_see(place: Town) -> None:
    place.do("2023:17", "restrict", visibility="named", people=["person:ana"])
    accounts.add(place.home.store, secretary(place.home), "dora", ["administrator"])
    place.home.catch_up()
    assert (
        tabs(entered(place, "dora").read("/dossiers"))["Tous"] == "1"
        and tabs(entered(place).read("/dossiers"))["Tous"] == "2"
    )
