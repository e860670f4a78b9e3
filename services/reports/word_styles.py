"""The styles and the lists that a printed document asks of a Word template. Those that a template of one's own has, it
keeps as it has them; the others are added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

if TYPE_CHECKING:
    from docx.document import Document

TITLE, SECTION, CASE = "Heading 1", "Heading 2", "Heading 3"
SUBTITLE, LEAD, REMARK, CELL, LABEL, GRID = (
    "Subtitle", "Suivi – intertitre", "Suivi – remarque", "Suivi – cellule", "Suivi – numéro", "Suivi – tableau",
)  # fmt: skip
ORGANISATION = "Suivi – organisation"
FONT = "Palatino Linotype"
LISTS = {"-": ("bullet", "–"), "•": ("bullet", "•"), "1.": ("decimal", "%{}."), "a.": ("lowerLetter", "%{}.")}
LEVELS = 9  # of lists within lists, as Word has


@dataclass(frozen=True)
class Styles:
    """The identifiers of the styles in one template, by name, and of its lists by what stands before their items."""

    ids: dict[str, str]
    lists: dict[str, int]
    numbering: Any
    first: int  # the number that the first list of its own may bear


def _font(style: Any, size: float, *, bold: bool = False, before: float = 0, after: float = 0) -> Any:
    """Sizes and spaces in points."""
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.italic, style.font.underline = False, False
    properties = style.element.get_or_add_rPr()
    for old in [*properties.findall(qn("w:color")), *properties.findall(qn("w:spacing"))]:
        properties.remove(old)
    fonts = properties.rFonts
    for name in [name for name in fonts.attrib if "Theme" in name or "theme" in name]:
        del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), FONT)
    if style.type == WD_STYLE_TYPE.PARAGRAPH:
        layout = style.paragraph_format
        layout.space_before, layout.space_after = Pt(before), Pt(after)
    return style


def _normal(style: Any) -> None:
    _font(style, 10.8, after=6)
    style.paragraph_format.line_spacing, style.paragraph_format.widow_control = 1.2, True


def _title(style: Any) -> None:
    _font(style, 20, after=14)
    style.paragraph_format.keep_with_next = True
    line = f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="8" w:color="000000"/></w:pBdr>'
    style.element.pPr.find(qn("w:spacing")).addprevious(parse_xml(line))


def _section(style: Any) -> None:
    _font(style, 12.5, bold=True, before=20, after=6).paragraph_format.keep_with_next = True


def _case(style: Any) -> None:
    _font(style, 10.8, bold=True, before=20, after=5).paragraph_format.keep_with_next = True


def _lead(style: Any) -> None:
    _font(style, 10.8, bold=True, before=6, after=4).paragraph_format.keep_with_next = True


def _remark(style: Any) -> None:
    _font(style, 9.5, after=5)


def _organisation(style: Any) -> None:
    _font(style, 10.8, bold=True, after=18)


def _cell(style: Any) -> None:
    _font(style, 9.5, after=2).paragraph_format.line_spacing = 1.05


def _label(style: Any) -> None:
    _font(style, 10.8)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), "12")
    style.element.rPr.find(qn("w:sz")).addprevious(spacing)


def _grid(style: Any) -> None:
    sides = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
                    for side in ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip
    style.element.append(parse_xml(
        f'<w:tblPr {nsdecls("w")}><w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>'
        '<w:top w:w="50" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
        '<w:bottom w:w="50" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    ))  # fmt: skip


PARAGRAPH, CHARACTER, TABLE = WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER, WD_STYLE_TYPE.TABLE
MAKING: dict[str, tuple[WD_STYLE_TYPE, Callable[[Any], None]]] = {
    "Normal": (PARAGRAPH, _normal), TITLE: (PARAGRAPH, _title), SECTION: (PARAGRAPH, _section), CASE: (PARAGRAPH, _case),
    SUBTITLE: (PARAGRAPH, _remark), LEAD: (PARAGRAPH, _lead), REMARK: (PARAGRAPH, _remark), CELL: (PARAGRAPH, _cell),
    ORGANISATION: (PARAGRAPH, _organisation), LABEL: (CHARACTER, _label), GRID: (TABLE, _grid),
}  # fmt: skip


def lay_down(document: Document) -> None:
    """Gives a new template every style as Suivi has it."""
    for name, (kind, make) in MAKING.items():
        make(_style(document, name, kind))


def styles_of(document: Document) -> Styles:
    """The styles of a template, those that it lacks added; its lists, ours added."""
    for name, (kind, make) in MAKING.items():
        if name not in _names(document):
            make(_style(document, name, kind))
    ids = {name: document.styles[name].style_id for name in MAKING}
    numbering = _numbering(document)
    return Styles(ids, *_lists(numbering))


def enlarge(document: Document, times: float) -> None:
    """All letters of a template larger."""
    for element in (document.styles.element, *texts_of(document)):
        for size in [*element.iter(qn("w:sz")), *element.iter(qn("w:szCs"))]:
            size.set(qn("w:val"), str(round(int(size.get(qn("w:val"))) * times)))


def texts_of(document: Document) -> list[Any]:
    """The text of a filled template and what stands at the head and foot of its pages, as elements."""
    edges = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
    links = document.part.rels.values()
    return [document.element, *(link.target_part.element for link in links if link.reltype in edges)]


def _names(document: Document) -> set[str]:
    return {style.name for style in document.styles if style.name}


def _style(document: Document, name: str, kind: WD_STYLE_TYPE) -> Any:
    if name in _names(document):
        return document.styles[name]
    made: Any = document.styles.add_style(name, kind, builtin=name in (TITLE, SECTION, CASE, SUBTITLE))
    made.element.styleId = (
        f"Suivi{list(MAKING).index(name)}" if name not in (TITLE, SECTION, CASE, SUBTITLE) else made.style_id
    )
    if kind == WD_STYLE_TYPE.PARAGRAPH:
        made.base_style, made.quick_style = document.styles["Normal"], True
    return made


def _numbering(document: Document) -> Any:
    """The lists that a template defines; none, at first, where it has none."""
    for link in document.part.rels.values():
        if link.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return link.target_part.element
    element = parse_xml(f"<w:numbering {nsdecls('w')}/>")
    part = XmlPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, element, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return element


def _lists(numbering: Any) -> tuple[dict[str, int], Any, int]:
    """Our kinds of list, added to those of the template: what stands before their items -> their identifier."""
    kinds = [int(each.get(qn("w:abstractNumId"))) for each in numbering.findall(qn("w:abstractNum"))]
    lists = [int(each.get(qn("w:numId"))) for each in numbering.findall(qn("w:num"))]
    first, found, place = max(kinds, default=-1) + 1, {}, len(kinds)
    for n, (mark, (form, text)) in enumerate(LISTS.items()):
        levels = "".join(_level(level, form, text.format(level + 1)) for level in range(LEVELS))
        numbering.insert(place + n, parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{first + n}"><w:multiLevelType w:val="multilevel"/>'
            f"{levels}</w:abstractNum>"
        ))  # fmt: skip
        found[mark] = first + n
    return found, numbering, max(lists, default=0) + 1


def _level(level: int, form: str, text: str) -> str:
    left = 360 * (level + 1)
    return (f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="300"/></w:pPr></w:lvl>')  # fmt: skip
