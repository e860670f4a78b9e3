"""The same plan in every format gives the same lines and tables; and what each format has of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from docx import Document as NewDocument
from openpyxl import Workbook

from domain.errors import SuiviError
from projections.phrases.catalogue import say
from services.imports.documents.document import Document, Line
from services.imports.documents.reading import read_document
from tests.services.imports.documents import making
from tests.services.imports.documents.reads import table, tables
from tests.services.imports.test_reading import archive

FORMATS = {
    "text": making.as_text, "html": making.as_html, "docx": making.as_docx, "pdf": making.as_pdf,
    "pdf without rules": making.as_bare_pdf,
}  # fmt: skip
TITLE = "Plan de travail 2030-2033"


def full(rows: list[list[Any]], width: int = 4) -> list[list[Any]]:
    """Rows with the places that a cell covers left empty, as a text leaves them."""
    return [row + [[]] * (width - len(row)) for row in rows]


def said(document: Document) -> list[str]:
    return [one.text for one in document.lines]


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_plan_in_every_format(format: str) -> None:
    document = read_document("plan", FORMATS[format](TITLE))
    assert document.format == format.split()[0]
    assert [full(each) for each in tables(document)] == [making.expected()]
    assert said(document) == [TITLE, "Premier paragraphe.", "Fin du plan."]
    assert not document.problems


@pytest.mark.parametrize("format", FORMATS)
def test_every_place_is_a_line_of_the_text(format: str) -> None:
    document = read_document("plan", FORMATS[format](TITLE))
    lines = document.text.split("\n")
    for block in document.blocks:
        held = [block] if isinstance(block, Line) else [x for row in block.rows for c in row.cells for x in c.lines]
        assert held and all(one.text[:12].strip() in lines[one.place.line - 1] for one in held)


def test_a_cell_over_several_rows_and_columns() -> None:
    made = NewDocument()
    grid = made.add_table(rows=3, cols=3)
    for row in range(3):
        for column in range(3):
            grid.cell(row, column).text = f"{row}{column}"
    for row, column in ((1, 0), (0, 2)):
        grid.cell(row, column).text = ""
    grid.cell(0, 0).merge(grid.cell(1, 0))
    grid.cell(0, 1).merge(grid.cell(0, 2))
    (found,) = read_document("x", making.saved(made)).tables
    assert table(found) == [[["00"], ["01"]], [["11"], ["12"]], [["20"], ["21"], ["22"]]]
    assert [(cell.across, cell.down) for cell in found.rows[0].cells] == [(1, 2), (2, 1)]
    page = "<table><tr><th rowspan=2>00<th colspan=2>01<tr><td>11<td>12<tr><td>20<td>21<td>22</table>"
    (same,) = read_document("x", f"<html>{page}".encode()).tables
    assert table(same) == table(found) and same.rows[0].header
    assert [(cell.across, cell.down) for cell in same.rows[0].cells] == [(1, 2), (2, 1)]


def test_word_lists_headings_pages_and_what_is_left_aside() -> None:
    made = NewDocument()
    made.add_heading("Suivi", 2)
    made.add_paragraph("Que le conseil agisse;", style="List Bullet")
    made.add_paragraph("Et encore.", style="List Bullet 2")
    made.add_paragraph("Premier", style="List Number")
    made.add_paragraph("Second", style="List Number")
    broken = made.add_paragraph("Avant")
    broken.add_run().add_break(making_page())
    hidden = made.add_paragraph("Après").add_run(" caché")
    hidden.font.hidden = True
    made.sections[0].header.paragraphs[0].text = "Conseil central"
    document = read_document("x", making.saved(made))
    assert [(one.mark, one.level, one.text, one.style) for one in document.lines] == [
        ("", 0, "Suivi", 2), ("•", 1, "Que le conseil agisse;", 0), ("•", 1, "Et encore.", 0), ("", 0, "1. Premier", 0),
        ("", 0, "2. Second", 0), ("", 0, "Avant", 0), ("", 0, "Après", 0),
    ]  # fmt: skip
    assert [one.opens_page for one in document.lines][-2:] == [False, True]
    assert sorted(type(one.notice).__name__ for one in document.problems) == ["HeadsLeft", "HiddenLeft"]
    assert "Conseil central" in " ".join(say(one.notice, "fr") for one in document.problems)


def making_page() -> Any:
    from docx.enum.text import WD_BREAK

    return WD_BREAK.PAGE


def test_spreadsheets() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "2031"
    for row in (
        ["Registre des résolutions"],
        [],
        ["No", "Titre", "Date", "Suivi"],
        [1.0, "Eau\nde la ville", date(2031, 5, 4), "fait"],
        [3.1, "Taxi", datetime(2031, 5, 4, 9, 30), "=1+1"],
    ):
        sheet.append(row)  # fmt: skip
    sheet["A7"] = "Reporté"
    sheet.merge_cells("A7:D7")
    book.create_sheet("Notes").append(["a", "b"])
    book["Notes"].append([True, None])
    book.create_sheet("Cachée").sheet_state = "hidden"
    document = read_document("x", making.saved(book))
    assert said(document) == ["2031", "Registre des résolutions", "Notes"]
    first, second = document.tables
    assert table(first) == [
        [["No"], ["Titre"], ["Date"], ["Suivi"]], [["1"], ["Eau", "de la ville"], ["2031-05-04"], ["fait"]],
        [["3.1"], ["Taxi"], ["2031-05-04 09:30"], []], [["Reporté"]],
    ]  # fmt: skip
    assert table(second) == [[["a"], ["b"]], [["vrai"], []]]
    place = first.rows[1].cells[1].lines[0].place
    assert (place.sheet, place.cell) == ("2031", "B4") and "Eau" in document.text.split("\n")[place.line - 1]
    assert [say(one.notice, "en") for one in document.problems] == [
        "Cell D5 of the sheet “2031” has a formula whose result was never computed: it was read as empty. Open the file in"
        " the spreadsheet, and save it again.",
        "The hidden sheet “Cachée” was left aside.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ","])
def test_tables_that_a_spreadsheet_saved(separator: str, encoding: str) -> None:
    rows = ["No;Titre;Décision", '1;"Eau ; été\nà la ville";adoptée', "", "'=2;Taxi;battue"]
    text = "\n".join(rows).replace(";", separator).encode(encoding)
    (found,) = read_document("registre.txt", text).tables
    assert [row.place.line for row in found.rows] == [1, 2, 5]
    assert table(found)[1] == [["1"], [f"Eau {separator} été", "à la ville"], ["adoptée"]]
    assert table(found)[2][0] == [["=2"], ["Taxi"], ["battue"]][0]


def test_a_text_with_commas_is_no_table() -> None:
    text = "Bonjour, Madame,\nMerci, Monsieur,\nÀ demain, donc, peut-être,\n"
    assert read_document("x.csv", text.encode()).format == "text"


def test_a_table_that_is_torn_says_where() -> None:
    document = read_document("x.csv", b'No;Titre\n1;Eau\n2;"Taxi\n')
    assert [(one.line, one.severity) for one in document.problems] == [(3, "error")]


def test_pdf_columns_of_prose_are_read_one_after_the_other() -> None:
    words = "Le conseil a tenu une rencontre avec les personnes déléguées de chaque établissement. "
    left, right = "GAUCHE. " + words * 8, "DROITE. " + words * 8
    page = making.typeset(f'Titre en travers de la page entière, sur toute sa largeur et encore un peu.\n\n#columns(2)['
                          f'#"{left}" #colbreak() #"{right}"]', 'paper: "us-letter"')  # fmt: skip
    document = read_document("x", page)
    text = " ".join(said(document))
    assert not list(document.tables)
    assert text.count("DROITE.") == 1 and text.index("DROITE.") > text.index("GAUCHE.") + len(left) * 0.9
    assert " ".join(words.split()) in " ".join(text.split())


def test_pdf_tables_without_rules_are_rows() -> None:
    rows = [("- Immigration", "- Réseau d’entraide", "- Fondation"), ("- International", "- Bâtisse", "- Jeunes"),
            ("- Mobilisation", "- Formation", "- Éducation"), ("- Syndicalisation", "- Environnement", "- Santé")]  # fmt: skip
    cells = ", ".join(f'[#"{cell}"]' for row in rows for cell in row)
    page = making.typeset(f"= Dossiers statutaires\n\n#table(columns: 3, stroke: none, column-gutter: 2em, {cells})")
    (found,) = read_document("x", page).tables
    assert table(found) == [[[("-", 1, cell[2:])] for cell in row] for row in rows]


BARE = """#set text(size: 10pt)
#let bare(..cells) = table(columns: (1fr, 2fr, 1fr, 1fr), stroke: none, ..cells)
"""
LONG = "Une phrase qui prend bien toute la largeur de sa cellule et se poursuit sur la ligne suivante."


def test_pdf_headings_over_several_columns_and_titles_of_parts_across_them() -> None:
    page = making.typeset(f"""{BARE}
#bare([Orientations], table.cell(colspan: 3)[#"Notre plan d’action, tel qu’il fut adopté au congrès de mai, puis revu"],
[Buts], [Objectifs], [Actions], [Quand], table.cell(colspan: 4)[#"Première partie : la vie de nos syndicats, des gens"],
[A], [{LONG}], [Un guide], [En mai], [], [Un autre], [Une tournée], [En juin],
table.cell(colspan: 4)[#"Seconde partie : la place de nos syndicats dans la ville"],
[B], [{LONG}], [], [En août])""")  # fmt: skip
    (found,) = [each for each in read_document("x", page).tables if each.width == 4]
    first = "Première partie : la vie de nos syndicats, des gens"
    second = "Seconde partie : la place de nos syndicats dans la ville"
    rows = [["Buts"], ["Objectifs"], ["Actions"], ["Quand"]], [[first]], [["A"], [LONG], ["Un guide"], ["En mai"]]
    assert table(found)[-len(rows) - 3 :] == [
        *rows, [[], ["Un autre"], ["Une tournée"], ["En juin"]], [[second]], [["B"], [LONG], [], ["En août"]],
    ]  # fmt: skip


def test_pdf_rows_without_rules_go_on_on_the_next_page() -> None:
    """Where only a column but the first is left of a row, it is still a row; a date on the right is none."""
    told = " ".join(a + b + c for a in "bcdfglm" for b in "aeiou" for c in "lmnprstx")
    names = ("Bancs", "Quais", "Ponts", "Parcs", "Rues", "Puits", "Serres", "Ports", "Lacs")
    cells = ", ".join(f"[{n}], [{name}], [Ève], [{told if n == 4 else 'Rien'}]" for n, name in enumerate(names, 1))
    document = read_document("x", making.typeset(f"{BARE}\n#align(right)[Le 3 mai 2031]\n#bare({cells})"))
    assert said(document) == ["Le 3 mai 2031"] and document.pages and document.pages > 1
    rows = [row for each in document.tables for row in each.rows]
    assert [row.cells[0].text for row in rows if row.cells[0].lines] == list("123456789")
    assert " ".join(row.cells[3].text for row in rows if row.cells[3].text != "Rien") == told


def test_pdf_a_rule_of_dashes_is_no_word() -> None:
    assert said(read_document("x", making.typeset('Avant.\n\n#("-" * 40)\n\nAprès.'))) == ["Avant.", "Après."]


def test_pdf_page_numbers_and_running_heads_are_in_the_text_alone() -> None:
    body = "\n#pagebreak()\n".join(
        f"Page {'ABC'[n]} du rapport, avec sa phrase entière.\n\nEt une autre." for n in range(3)
    )
    page = making.typeset(body, 'paper: "us-letter", header: [Rapport du conseil], numbering: "1 / 1"')
    document = read_document("x", page)
    assert said(document)[1:] == [
        text for n in "ABC" for text in (f"Page {n} du rapport, avec sa phrase entière.", "Et une autre.")
    ]
    assert said(document)[0] == "Rapport du conseil" and document.text.count("Rapport du conseil") == 3
    assert document.pages == 3 and document.text.count("\f") == 2
    assert [one.place.page for one in document.lines][-1] == 3 and [one.opens_page for one in document.lines][-2]


def test_pdf_words_cut_at_the_line_are_whole_again_in_cells() -> None:
    page = making.typeset(
        '#set text(hyphenate: true)\n#table(columns: (4.2cm, 4cm), [La syndicalisation. Une représentation équitable de la'
        ' main-d’œuvre au Saguenay, et la représentation de la syndicalisation équitable], [b])', 'paper: "us-letter"'
    )  # fmt: skip
    ((((one,), _),),) = (table(each) for each in read_document("x", page).tables)
    assert "syndicalisation. Une" in one and "main-d’œuvre" in one


NOT_READ: dict[str, tuple[Callable[[], bytes], str]] = {
    "open document": (lambda: archive("mimetype", "content.xml"), "qui n’est pas lu ici"),
    "a scan": (lambda: making.typeset("#rect(width: 5cm, height: 5cm, fill: red)"), "numérisé"),
    "an empty word": (lambda: making.saved(NewDocument()), "aucun texte"),
    "an empty page": (lambda: b"<html><body><script>x</script></body></html>", "aucun texte"),
    "an empty spreadsheet": (lambda: making.as_xlsx([]), "aucun texte"),
}


@pytest.mark.parametrize("what", NOT_READ)
def test_what_holds_no_words_is_refused_with_a_sentence(what: str) -> None:
    make, sentence = NOT_READ[what]
    with pytest.raises(SuiviError) as refused:
        read_document("fichier.x", make())
    assert sentence in say(refused.value, "fr") and "fichier.x" in say(refused.value, "fr")


def test_the_signs_that_a_page_shows_before_its_items() -> None:
    page = (
        "<p>Au choix :</p><ol type=a><li>lire<li><p>écrire</p></ol><ul><li>marcher<ol start=3><li>vite<li>loin</ol>"
        "<li>• dormir</li></ul><ol><li value=7>sept<li>1. un</ol><footer>Le plan · page 1</footer>"
    )
    document = read_document("page", f"<html><body>{page}</body></html>".encode())
    assert [f"{one.mark} {one.text}".strip() for one in document.lines] == [
        "Au choix :", "a. lire", "b. écrire", "- marcher", "3. vite", "4. loin", "• dormir", "7. sept", "1. un",
    ]  # fmt: skip
    (left,) = document.problems
    assert "Le plan · page 1" in str(left.notice) and "page 1" not in document.text
