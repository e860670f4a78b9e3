"""Plain texts, with all that extraction leaves in them: rows between tabs, fragments of HTML, Markdown, raised letters."""

from __future__ import annotations

import random
import time

import pytest

from domain.errors import Invalid
from services.imports.documents.document import Line, Table
from services.imports.documents.layout import MOST_LINES
from services.imports.documents.reading import read_document
from tests.services.imports.documents.reads import line, read, table, tables
from tests.services.imports.test_real_report import document

UL = '<ul style="list-style-type: none">'


def test_paragraphs_and_the_signs_of_lists() -> None:
    text = "Plan 2030\n\nUne phrase qui\ncontinue ici.\n- Que la bonne foi règne;\n• Que rien\n- a) développer ;\n3. Trois\n"
    blocks = read(text).blocks
    assert [line(block) for block in blocks if isinstance(block, Line)] == [
        "Plan 2030", "Une phrase qui", "continue ici.", ("-", 1, "Que la bonne foi règne;"), ("•", 1, "Que rien"),
        ("a)", 1, "développer ;"), "3. Trois",
    ]  # fmt: skip
    assert [block.place.line for block in blocks] == [1, 3, 4, 5, 6, 7, 8]
    assert [block.wrapped for block in blocks if isinstance(block, Line)] == [
        False,
        True,
        True,
        True,
        True,
        True,
        False,
    ]


def test_lists_that_are_never_closed() -> None:
    cell = f"{UL} - Un point : photos {UL} o AG de mars : Ève, Dufort - relève o AG de mai - Suite (avril)- Fin. "
    (one,) = tables(read(f"QUOI\tSUIVI\n1.1 Agir\t{cell}\n"))
    assert one[1] == [
        ["1.1 Agir"],
        [("-", 1, "Un point : photos"), ("o", 2, "AG de mars : Ève, Dufort - relève"), ("o", 2, "AG de mai"),
         ("-", 1, "Suite (avril)"), ("-", 1, "Fin.")],
    ]  # fmt: skip


def test_lists_that_are_closed() -> None:
    cell = "<ul><li>Un<ul><li>Dedans</li></ul></li><li>Deux - trois</li></ul><p>Après</p>"
    assert tables(read(f"a\t{cell}\nb\t\n")) == [
        [[["a"], [("", 1, "Un"), ("", 2, "Dedans"), ("", 1, "Deux - trois"), "Après"]], [["b"], []]]
    ]


def test_groups_between_lists_that_are_never_closed() -> None:
    cell = f"<p>Jeunes :</p> {UL} Explorer une voie <p>Femmes :</p> {UL} Tenir un concours "
    assert tables(read(f"a\t{cell}\n\tb\n")) == [
        [[["a"], ["Jeunes :", ("", 1, "Explorer une voie"), "Femmes :", ("", 1, "Tenir un concours")]], [[], ["b"]]]
    ]


def test_letters_in_order_are_items_and_others_are_not() -> None:
    (one,) = tables(read("a. Réviser; b. Publier dans l’Écho a. c. Former.\ta. Sept. b. Au besoin\nà a. vu\tb. seul\n"))
    assert one[0] == [
        [("a.", 1, "Réviser;"), ("b.", 1, "Publier dans l’Écho a."), ("c.", 1, "Former.")],
        [("a.", 1, "Sept."), ("b.", 1, "Au besoin")],
    ]
    assert one[1] == [["à a. vu"], ["b. seul"]]


def test_underlined_verdicts_keep_their_place_after_raised_letters() -> None:
    cell = f"{UL} - Rencontre du 1^{{er}} juin. <u>Non réalisé le 1 ^{{er}} mai.</u> - <u>Reporté</u> <u>plus tard</u>"
    (one,) = tables(read(f"x\t{cell}\ny\tz\n"))
    assert one[0][1] == [
        ("-", 1, "Rencontre du 1er juin. Non réalisé le 1er mai.", "Non réalisé le 1er mai."),
        ("-", 1, "Reporté plus tard", "Reporté plus tard"),
    ]


def test_a_sign_that_is_no_tag_is_a_sign() -> None:
    (one,) = tables(read("a < b > c <bien>\t&eacute;t&eacute; &amp; cie\n1\t2\n"))
    assert one[0] == [["a < b > c <bien>"], ["été & cie"]]


def test_rows_of_several_lines() -> None:
    text = "QUOI\tCOMMENT\tQUI\n1.1 Créer\nune unité\t- Un\n- Deux\tDenis\n1.2 Offrir\t- Trois\tÈve\n- et Paul\nFin.\n"
    document_ = read(text)
    first, last = document_.blocks
    assert isinstance(first, Table) and isinstance(last, Line)
    assert table(first)[1:] == [
        [["1.1 Créer", "une unité"], [("-", 1, "Un"), ("-", 1, "Deux")], ["Denis"]],
        [["1.2 Offrir"], [("-", 1, "Trois")], ["Ève", ("-", 1, "et Paul")]],
    ]
    assert last.text == "Fin."


def test_a_table_that_goes_on_after_a_blank_line_is_another() -> None:
    first, second = read("A\tB\n1\t2\n\n\t3\n").tables
    assert (first.place.line, second.place.line) == (1, 4)
    assert table(second) == [[[], ["3"]]]


def test_markdown_tables_with_and_without_headings() -> None:
    text = "| Nom | Titre |\n|---|:-:|\n| Ève | a \\| b |\n\n- | | |\n|--|--|\n| - Santé | - (Comité) |\n"
    first, second = read(text).tables
    assert [row.header for row in first.rows] == [True, False]
    assert table(first)[1] == [["Ève"], ["a | b"]]
    assert table(second) == [[[("-", 1, "Santé")], [("-", 1, "(Comité)")]]]


def test_rules_between_tabs_are_no_rows() -> None:
    (one,) = read("A\tB\n--\t---\n1\t2\n--\t---\n").tables
    assert [row.header for row in one.rows] == [True, False]
    assert not any(row.header for row in next(iter(read("1\t2\n--\t---\n").tables)).rows)


def test_what_is_indented_or_marked_with_a_tab_is_no_table() -> None:
    assert not list(read("\tUn paragraphe.\n\tUn autre.\n-\tUn point\na)\tUn autre\n").tables)


def test_bold_paragraphs_and_the_mark_between_two_ages() -> None:
    blocks = [
        block for block in read("**Syndicat des\nemployées**\n\n**\n\n## Titre\n").blocks if isinstance(block, Line)
    ]
    assert [(each.text, each.bold, each.style) for each in blocks] == [
        ("Syndicat des", True, 0), ("employées", True, 0), ("**", False, 0), ("Titre", False, 2),
    ]  # fmt: skip


def test_pages() -> None:
    document_ = read("Un\n\fDeux\ttrois\nQuatre\tcinq\n\f\f\nSix\n")
    assert document_.pages == 4
    assert [(block.place.page, block.place.line) for block in document_.blocks] == [(1, 1), (2, 2), (4, 5)]
    (one,) = document_.tables
    assert [row.opens_page for row in one.rows] == [True, False]
    assert read("Un\n").pages is None


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(Invalid, match="more than"):
        read("a\n" * (MOST_LINES + 1))


def test_long_nonsense_is_read_in_a_time_that_grows_with_its_length() -> None:
    chance, pieces = (
        random.Random(7),
        ("- ", "a. ", "\t", "<ul>", "\n", "| ", "o ", "1^{er} ", "<u>", "**", ") -", "• "),
    )

    def seconds(size: int) -> float:
        text = "".join(chance.choice(pieces) for _ in range(size))
        began = time.process_time()
        read_document("x.txt", b"mot " + text.encode())
        return time.process_time() - began

    assert seconds(80_000) < 12 * max(seconds(20_000), 0.05)


@pytest.mark.parametrize(("number", "rows", "widths"), [("001", 36, {4}), ("002", 28, {4}), ("003", 41, {3, 4})])
def test_real_documents_keep_every_row(number: str, rows: int, widths: set[int]) -> None:
    path = document(number)
    found = list(read_document(path.name, path.read_bytes()).tables)
    assert {each.width for each in found} == widths
    assert all(len(row.cells) == each.width for each in found for row in each.rows)
    assert sum(len(each.rows) for each in found) == rows


@pytest.mark.parametrize("number", ["000", "004"])
def test_real_documents_without_tables_have_none(number: str) -> None:
    path = document(number)
    assert not list(read_document(path.name, path.read_bytes()).tables)


def test_letters_go_on_from_line_to_line_and_a_label_stands_alone() -> None:
    (one,) = tables(read("x\t<p>a. Un</p><p>b. Deux a. c. Trois</p><p>e. Non</p>\ny\tz\n"))
    assert one[0][1] == [("a.", 1, "Un"), ("b.", 1, "Deux a."), ("c.", 1, "Trois"), "e. Non"]
