"""Builds the template of reports: letter paper, the styles of every block, the page's number and day at its foot."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt

from services.reports.templates import shipped
from services.reports.word_styles import ORGANISATION, TITLE, lay_down
from services.templates.files import packed, speak

STYLES = frozenset({"Normal", "Default Paragraph Font", "Normal Table", "No List", "Header", "Footer",
                    "Heading 1", "Heading 2", "Heading 3", "Subtitle"})  # fmt: skip
LEFT = Cm(4.6)


def build() -> bytes:
    """The template as a file."""
    document = docx.Document()
    _strip(document)
    lay_down(document)
    _page(document)
    _text(document)
    _foot(document)
    about = document.core_properties
    about.author = about.last_modified_by = "Suivi"
    about.title, about.comments, about.language = "Rapport", "", "fr-CA"
    about.created = about.modified = datetime(2026, 1, 1)
    return packed(document)


def _strip(document: Document) -> None:
    """Takes away the styles that no report has a use for, and the lists that nobody asks for."""
    for style in [*document.styles]:
        if style.name not in STYLES:
            style.delete()
    links = document.part.rels
    for id in [
        id for id, link in links.items() if link.reltype.endswith(("/stylesWithEffects", "/customXml", "/numbering"))
    ]:
        del links[id]


def _page(document: Document) -> None:
    """Letter paper, as in Canada; the wide left margin of a minutes book."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.59), Cm(27.94)
    section.left_margin, section.right_margin = LEFT, Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    section.footer_distance = Cm(1.3)
    speak(document, "fr")


def _text(document: Document) -> None:
    """The title, unless the report opens by itself; then all that it says."""
    document.add_paragraph("{%p if front and organisation %}")
    document.add_paragraph("{{ organisation }}", style=ORGANISATION)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if front %}")
    title = document.add_paragraph(style=TITLE)
    title.add_run("{% for line in title_lines %}{{ line }}{% if not loop.last %}")
    title.add_run().add_break()
    title.add_run("{% endif %}{% endfor %}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{{ blocks }}")


def _foot(document: Document) -> None:
    """What and of which day, on the left; the page, on the right."""
    footer = document.sections[0].footer
    (empty,) = footer.paragraphs
    table: Any = footer.add_table(1, 2, Cm(14.5))
    table._tbl.replace(table._tbl.tblPr, parse_xml(
        f'<w:tblPr {nsdecls("w")}><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    ))  # fmt: skip
    left, right = table.rows[0].cells
    for cell, column, width in zip((left, right), table._tbl.tblGrid.gridCol_lst, (Cm(12), Cm(2.5)), strict=True):
        cell.width = column.w = width
    _small(left.paragraphs[0].add_run("{{ foot }}"))
    page = right.paragraphs[0]
    page.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _field(page, "PAGE")
    _small(page.add_run(" {{ of }} "))
    _field(page, "NUMPAGES")
    empty._p.getparent().remove(empty._p)
    last = footer.add_paragraph()  # a cell may not end a foot
    last.paragraph_format.space_after, last.paragraph_format.line_spacing = Pt(0), Pt(1)
    for each in (left.paragraphs[0], page):
        each.paragraph_format.space_after = Pt(0)


def _field(paragraph: Any, name: str) -> None:
    """What the word processor counts by itself."""
    for part in (f'<w:fldChar {nsdecls("w")} w:fldCharType="begin"/>',
                 f'<w:instrText {nsdecls("w")} xml:space="preserve"> {name} </w:instrText>',
                 f'<w:fldChar {nsdecls("w")} w:fldCharType="separate"/>',
                 f'<w:t {nsdecls("w")}>1</w:t>', f'<w:fldChar {nsdecls("w")} w:fldCharType="end"/>'):  # fmt: skip
        run = paragraph.add_run()
        _small(run)
        run._r.append(parse_xml(part))


def _small(run: Any) -> None:
    run.font.size = Pt(8.5)


if __name__ == "__main__":
    shipped().write_bytes(build())
