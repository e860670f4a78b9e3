"""The Word document: its styles, lists and tables are Word's own; an organisation lays its own out."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from domain.errors import SuiviError
from projections.phrases.catalogue import say
from services.reports.as_docx import BlocksMisplaced
from services.reports.printed import Columns, Heading, Row, Table, Text
from services.reports.templates import shipped, template_of
from services.reports.templates.__main__ import build
from services.templates.faults import FieldUnknown, TagOpen, TemplateWrong
from tests.services.reports.printing import HOSTILE, cell, file_of, hostile, items, plan, printed, prose, spaced, words


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def text_of(document: Document) -> list[str]:
    """The paragraphs outside tables that say something."""
    return [spaced(each.text) for each in document.paragraphs if each.text.strip()]


def own(folder: Path, *lines: str, name: str = "report") -> Path:
    """A template of the organisation's own, of those paragraphs."""
    path = folder / "templates" / f"{name}.docx"
    path.parent.mkdir(exist_ok=True)
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def test_it_says_everything_in_order_with_the_styles_of_word() -> None:
    document = opened(file_of(prose(2), "docx"))
    assert text_of(document)[:5] == [
        "Fédération des essais", "Suivi des résolutions de l’assemblée annuelle 2023", "État des suites au 1er septembre 2024.",
        "RÉSOLUTION 1 Un jardin collectif no 1", "Nous avons écrit au ministre le 1er juin.",
    ]  # fmt: skip
    styles = [each.style.name for each in document.paragraphs if each.style and each.style.name != "Normal"]
    assert styles == ["Suivi – organisation", "Heading 1", "Subtitle", "Heading 3", "Heading 3"]
    raised = [run.text for each in document.paragraphs for run in each.runs if run.font.superscript]
    assert raised == ["er"] * 3
    outlines = [each._p.pPr.find(qn("w:outlineLvl")) for each in document.paragraphs if each.style.name == "Heading 3"]
    assert [each.get(qn("w:val")) for each in outlines] == ["1", "1"]  # right below the title


def numbering_of(document: Document) -> dict[str, tuple[str, bool]]:
    """List -> its form at the first level, and whether it begins anew."""
    root = document.part.numbering_part.element
    forms = {each.get(qn("w:abstractNumId")): each.find(f".//{qn('w:numFmt')}").get(qn("w:val"))
             for each in root.findall(qn("w:abstractNum"))}  # fmt: skip
    return {
        each.get(qn("w:numId")): (forms[each.find(qn("w:abstractNumId")).get(qn("w:val"))],
                                  each.find(f".//{qn('w:startOverride')}") is not None)
        for each in root.findall(qn("w:num"))
    }  # fmt: skip


def test_lists_are_lists_and_those_that_count_begin_anew() -> None:
    document = opened(file_of(prose(2), "docx"))
    lists = numbering_of(document)
    used = [(each._p.pPr.numPr.numId.val, each._p.pPr.numPr.ilvl.val) for each in document.paragraphs
            if each._p.pPr is not None and each._p.pPr.numPr is not None]  # fmt: skip
    assert [level for _, level in used] == [0, 0, 1, 1, 0, 0] * 2
    kinds = [lists[str(number)] for number, _ in used]
    one_case = [("bullet", False)] * 2 + [("lowerLetter", True)] * 2 + [("decimal", True)] * 2
    assert kinds == one_case * 2
    counting = [number for (number, _), (form, _) in zip(used, kinds, strict=True) if form != "bullet"]
    assert len(set(counting)) == 4


def test_a_short_row_stays_on_one_page_and_a_long_one_may_go_on() -> None:
    rows = [Row((cell("court"), cell(text))) for text in ("aussi", "long " * 100)]
    table = Table("Essai", (Row((cell("Un"), cell("Deux"))),), rows, (1, 1))
    (made,) = opened(file_of(printed(table), "docx")).tables
    kept = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None for row in made.rows]
    assert kept == [True, True, False]


def test_lists_side_by_side_stay_within_the_text() -> None:
    columns = Columns((items("un"), items("deux")))
    for wide in (False, True):
        document = opened(file_of(printed(columns, landscape=wide), "docx"))
        section, (table,) = document.sections[0], document.tables
        text = section.page_width - section.left_margin - section.right_margin
        assert abs(sum(column.width for column in table.columns) - text) < 2_000  # of 12,700 a point


def test_tables_have_heads_that_repeat_and_cells_that_are_merged() -> None:
    document = opened(file_of(plan(2), "docx"))
    table, columns = document.tables
    heads = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, True, *[False] * 5]
    assert [cell.text for cell in table.rows[0].cells] == ["QUOI", "COMMENT et QUI", "COMMENT et QUI", "SUIVI"]
    assert table.cell(0, 0)._tc is table.cell(1, 0)._tc and table.cell(3, 0)._tc is table.cell(4, 0)._tc
    assert {cell._tc for cell in table.rows[2].cells} == {table.cell(2, 0)._tc}
    assert [run.text for run in table.cell(3, 3).paragraphs[0].runs if run.underline] == ["Action non réalisée"]
    assert [cell.text for cell in columns.rows[0].cells] == ["un\ndeux", "trois", "quatre"]
    section = document.sections[0]
    assert section.page_width > section.page_height
    assert document.paragraphs[-2].text == "Dossiers statutaires" and document.paragraphs[-2]._p.pPr.pageBreakBefore is not None


def test_each_page_says_which_it_is_and_of_which_day() -> None:
    document = opened(file_of(plan(), "docx"))
    foot = document.sections[0].footer
    (row,) = foot.tables[0].rows
    assert spaced(row.cells[0].text) == "Plan de travail 2019-2022 · au 1er septembre 2024"
    assert [run.text for run in row.cells[0].paragraphs[0].runs if run.font.superscript] == ["er"]
    fields = [each.text.strip() for each in row.cells[1]._tc.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_language_is_set_and_nothing_tells_of_the_machine() -> None:
    document = opened(file_of(prose(), "docx"))
    about = document.core_properties
    assert (about.author, about.language, about.title) == (
        "Fédération des essais", "fr-CA", "Suivi des résolutions de l’assemblée annuelle 2023",
    )  # fmt: skip
    assert {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))} == {"fr-CA"}
    assert file_of(prose(), "docx") == file_of(prose(), "docx")
    with zipfile.ZipFile(io.BytesIO(file_of(prose(), "docx"))) as parts:
        assert [name for name in parts.namelist() if name.startswith("docProps")] == ["docProps/core.xml"]


def test_the_version_for_the_floor_is_larger() -> None:
    small, large = (opened(file_of(prose(large=large), "docx")) for large in (False, True))
    assert large.styles["Normal"].font.size.pt > 1.5 * small.styles["Normal"].font.size.pt
    sizes = [document.sections[0].footer.tables[0].rows[0].cells[0].paragraphs[0].runs[0].font.size.pt
             for document in (small, large)]  # fmt: skip
    assert sizes[1] > 1.5 * sizes[0]


def test_words_stay_what_they_are() -> None:
    document = opened(file_of(hostile(), "docx"))
    told = [each.text for each in document.paragraphs] + [each.text for row in document.tables[0].rows for each in row.cells]
    assert told.count(HOSTILE) == 7  # above, title, heading, text, item, head, cell
    assert "a\ufffdb\ufffdc\ufffdd\ufffd" in told


ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr spacing ind jc outlineLvl",
    "rPr": "rStyle rFonts b bCs i iCs color spacing sz szCs u vertAlign lang",
    "tblPr": "tblStyle tblW tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW gridSpan vMerge",
    "trPr": "cantSplit tblHeader",
}


@pytest.mark.parametrize("kind", ORDERS)
def test_what_elements_hold_is_in_the_order_of_the_norm(kind: str) -> None:
    order = ORDERS[kind].split()
    roots = [opened(file_of(document, "docx")).element for document in (prose(), plan(), plan(large=True))]
    found = [[child.tag.rpartition("}")[2] for child in one] for root in roots for one in root.iter(qn(f"w:{kind}"))]
    assert found
    for names in found:
        places = [order.index(name) for name in names]
        assert places == sorted(places) and len(places) == len(set(places))


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here: nobody opened the document as one")
@pytest.mark.slow
def test_a_word_processor_opens_it(tmp_path: Path) -> None:
    for name, document in (("prose", prose(30)), ("plan", plan(20)), ("hostile", hostile())):
        (tmp_path / f"{name}.docx").write_bytes(file_of(document, "docx"))
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
                   "--outdir", str(tmp_path), str(tmp_path / f"{name}.docx")]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        assert (tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF")


def test_the_template_that_comes_with_suivi_is_what_its_builder_makes() -> None:
    with zipfile.ZipFile(io.BytesIO(build())) as built, zipfile.ZipFile(shipped()) as kept:
        assert built.namelist() == kept.namelist()
        assert [name for name in built.namelist() if built.read(name) != kept.read(name)] == []


def test_an_organisation_s_own_template_comes_first(tmp_path: Path) -> None:
    assert template_of(tmp_path, "essai") == shipped() == template_of(None, "essai")
    for_all = own(tmp_path, "Pour tous", "{{ blocks }}")
    assert template_of(tmp_path, "essai") == for_all
    its_own = own(tmp_path, "{{ organisation }}, {{ title }} ({{ as_of }})", "{{ blocks }}", "Fin.", name="report-essai")
    assert template_of(tmp_path, "essai") == its_own
    told = text_of(opened(file_of(prose(1), "docx", folder=tmp_path)))
    assert told[0] == "Fédération des essais, Suivi des résolutions de l’assemblée annuelle 2023 (1er septembre 2024)"
    assert told[1:3] == ["État des suites au 1er septembre 2024.", "RÉSOLUTION 1 Un jardin collectif no 1"]
    assert told[-1] == "Fin."


def test_a_template_keeps_its_own_styles_and_is_given_those_it_lacks(tmp_path: Path) -> None:
    path = own(tmp_path, "{{ blocks }}")
    document: Any = docx.Document(str(path))
    document.styles["Heading 2"].font.size = docx.shared.Pt(31)
    document.save(str(path))
    blocks = (Heading(words("Section")), Text(words("Remarque"), "remark"), items("un"))
    made = opened(file_of(printed(*blocks), "docx", folder=tmp_path))
    assert made.styles["Heading 2"].font.size.pt == 31
    assert [each.style.name for each in made.paragraphs][:2] == ["Heading 2", "Suivi – remarque"]


def test_a_template_may_go_through_the_fields_of_its_report(tmp_path: Path) -> None:
    own(tmp_path, "{{ organisation }}", "{%p for one in cases %}", "{{ one.number }} : {{ one.title }}", "{%p endfor %}")
    asked: list[int] = []

    def fields() -> dict[str, Any]:
        asked.append(1)
        return {"cases": [{"number": n, "title": HOSTILE} for n in (1, 2)]}

    document = prose(1, template=fields)
    assert text_of(opened(file_of(document, "docx", folder=tmp_path))) == [
        "Fédération des essais", f"1 : {HOSTILE}", f"2 : {HOSTILE}",
    ]  # fmt: skip
    own(tmp_path, "{{ blocks }}")
    file_of(prose(1, template=fields), "docx", folder=tmp_path)
    assert asked == [1]  # what no template names is not looked up


@pytest.mark.parametrize(
    ("lines", "refusal", "said"),
    [
        (["Un", "{{ ministre }}"], FieldUnknown, "{{ ministre }}, au paragraphe 2 du texte. Les champs : as_of, blocks,"),
        (["Un", "Deux", "{{ title"], TagOpen, "rien ne ferme {{ title, au paragraphe 3 du texte."),
        (["{%p for one in title_lines %}", "{{ one }}"], TagOpen, "{%p for one in title_lines %}, au paragraphe 1 du texte."),
        (["{% if %}", "x", "{% endif %}"], TemplateWrong, "{% if %}, au paragraphe 1 du texte ("),
        (["Un", "{{ title }} {{ title | inconnu }}"], TemplateWrong, "{{ title | inconnu }}, au paragraphe 2 du texte ("),
        (["Un", "{{ organisation + 1 }}", "{{ title }}"], TemplateWrong, "{{ organisation + 1 }}, au paragraphe 2 du texte ("),
        (["Ici {{ blocks }} là"], BlocksMisplaced, "doit contenir une fois {{ blocks }}, seul dans son paragraphe"),
        (["{{ blocks }}", "{{ blocks }}"], BlocksMisplaced, "doit contenir une fois {{ blocks }}"),
    ],
)
def test_a_template_that_is_wrong_is_told_with_its_paragraph_and_its_tag(
    tmp_path: Path, lines: list[str], refusal: type[SuiviError], said: str
) -> None:
    path = own(tmp_path, *lines)
    with pytest.raises(refusal) as refused:
        file_of(prose(1), "docx", folder=tmp_path)
    told = spaced(say(refused.value, "fr"))
    assert type(refused.value) is refusal and said in told and f"« {path} »" in told


def test_a_fault_at_the_foot_of_the_page_is_told(tmp_path: Path) -> None:
    path = own(tmp_path, "{{ blocks }}")
    document = docx.Document(str(path))
    document.sections[0].footer.paragraphs[0].text = "{{ pied }}"
    document.save(str(path))
    with pytest.raises(FieldUnknown) as refused:
        file_of(prose(1), "docx", folder=tmp_path)
    assert re.search(r"\{\{ pied \}\}, dans l’en-tête ou le pied de page", say(refused.value, "fr"))
