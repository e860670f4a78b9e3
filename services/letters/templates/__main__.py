"""Builds the template of the reminder: a letter aligned on the left, of one page where it can be."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from services.letters.templates import shipped
from services.templates.files import packed, speak

FONT = "Times New Roman"
HANGING = 1.8  # centimetres that the subject stands in from its label
STYLES = frozenset({"Normal", "Default Paragraph Font", "Normal Table", "No List", "Header", "Footer"})


def build() -> bytes:
    """The template as a file."""
    document = docx.Document()
    _strip(document)
    _page(document)
    _heading(document)
    _body(document)
    _end(document)
    _properties(document)
    return packed(document)


def _strip(document: Document) -> None:
    """Takes away what a letter has no use for: the styles of tables and lists, and their second copy."""
    for style in [*document.styles]:
        if style.name not in STYLES:
            style.delete()
    links = document.part.rels
    for id in [id for id, link in links.items() if link.reltype.endswith(("/stylesWithEffects", "/customXml", "/numbering"))]:
        del links[id]


def _page(document: Document) -> None:
    """Letter paper, as in Canada; one typeface, no hyphenation."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.59), Cm(27.94)
    section.left_margin = section.right_margin = Cm(2.8)
    section.top_margin = section.bottom_margin = Cm(2.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11.5)
    normal.element.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), 1.1
    normal.paragraph_format.widow_control = True
    speak(document, "fr")


def _heading(document: Document) -> None:
    _add(document, "{{ organisation }}", bold=True, size=13, after=22)
    _add(document, "{{ date }}", after=22)
    _each(document, "line", "address")
    _add(document, "", after=8)
    _add(document, "{{ reference }}", after=14)
    subject = _add(document, "{{ subject_label }}\t{{ subject }}", bold=True, after=2, keep=True)
    subject.paragraph_format.left_indent, subject.paragraph_format.first_line_indent = Cm(HANGING), Cm(-HANGING)
    _each(document, "resolution", "resolutions", indent=HANGING, keep=True, after=2)
    _add(document, "", after=2)
    _add(document, "{{ salutation }}", after=10, keep=True)


def _body(document: Document) -> None:
    _each(document, "paragraph", "opening", after=8)
    _each(document, "line", "demand", indent=1, after=8)
    _each(document, "paragraph", "rest", after=8)


def _end(document: Document) -> None:
    """Kept on one page with the formula, so that no signature stands alone."""
    _add(document, "{{ closing }}", after=26, before=2, keep=True)
    _add(document, "{{ organisation }}", keep=True, after=40)
    _add(document, "_" * 36, keep=True)
    _add(document, "{{ signatory }}", keep=True)
    _add(document, "{{ function }}")


def _each(document: Document, one: str, many: str, **layout: Any) -> None:
    """A paragraph for each of a list; those that hold a tag alone are gone in the letter."""
    _add(document, f"{{%p for {one} in {many} %}}")
    _add(document, f"{{{{ {one} }}}}", **layout)
    _add(document, "{%p endfor %}")


def _add(
    document: Document, text: str, *, bold: bool = False, size: float = 0, before: float = 0, after: float = 0,
    indent: float = 0, keep: bool = False,
) -> Paragraph:  # fmt: skip
    """A paragraph; spaces in points, the indent in centimetres."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after, layout.left_indent = Pt(before), Pt(after), Cm(indent)
    layout.keep_with_next = keep or None
    return paragraph


def _properties(document: Document) -> None:
    about = document.core_properties
    about.author = about.last_modified_by = "Suivi"
    about.title, about.comments, about.language = "Relance", "", "fr-CA"
    about.created = about.modified = datetime(2026, 1, 1)


if __name__ == "__main__":
    shipped("reminder").write_bytes(build())
