"""A printed document as a Word document, in the organisation's own template or in the one that comes with Suivi.

The template is filled in with its fields (docxtpl); where it says `{{ blocks }}`, the document is written straight into the
file, so that what is held at once does not grow with it. A template that goes through its own fields is held whole."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Length
from docx.text.run import Run as Raised

from domain.errors import Refused
from domain.media import MADE_HERE
from projections.phrases.catalogue import say
from services.reports.printed import Block, Printed, Run
from services.reports.templates import shipped, template_of
from services.reports.word_blocks import Writing
from services.reports.word_styles import enlarge, styles_of, texts_of
from services.reports.words import PAGES, Progress, Steps, batches, fit, foot, opening, runs, title
from services.templates.files import entry, packed, sign
from services.templates.filling import filled

TEXT, NUMBERING = "word/document.xml", "word/numbering.xml"
LARGER = 1.6  # times, for who reads aloud
WIDE = Cm(2)  # margins of a document with tables, or lying
BLOCKS = "blocks"

_SIDES = re.compile(r'(w:(?:left|right)=)"\d+"(?=[^<]*w:gutter=)')


class BlocksMisplaced(Refused):
    """The template “{file}” must hold {{{{ blocks }}}} once, alone in its paragraph: that is where the document goes."""


def write(printed: Printed, out: BinaryIO, progress: Progress | None = None, folder: Path | None = None) -> None:
    """Writes the document; `folder` is the data folder, where templates of one's own are."""
    template, mark = template_of(folder, printed.name), uuid4().hex
    front, blocks = opening(printed)
    document = filled(template, lambda named: _words(printed, named, mark, front))
    sign(document, fit(printed.organisation), fit(printed.subject) or title(printed), printed.lang, printed.as_of)
    document.core_properties.keywords = MADE_HERE
    _raise(document)
    if printed.large:
        enlarge(document, LARGER)
    ours, section = template == shipped(), document.sections[-1]
    if printed.landscape and section.orientation == WD_ORIENT.PORTRAIT:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    page, sides = section.page_width or Cm(21.59), (section.left_margin or 0) + (section.right_margin or 0)
    width, prose = (Length(page - each).twips for each in (2 * WIDE if ours else sides, sides))
    writing = Writing(styles_of(document), width, Steps(printed, progress), LARGER if printed.large else 1)
    writing.lists = width if ours and printed.landscape else prose
    head, tail = _parted(document, mark, template)
    if tail is None:
        out.write(packed(document))
    else:
        _stream(document, out, _text(writing, blocks, head, tail, wide=ours and printed.landscape, widen=ours), writing)


def _words(printed: Printed, named: frozenset[str], mark: str, front: bool) -> Mapping[str, Any]:
    """The fields of every template, and those of this report that the template names."""
    words: dict[str, Any] = {
        "organisation": fit(printed.organisation),
        "title": title(printed),
        "title_lines": [fit(each) for each in printed.title],
        "as_of": say("{day}", printed.lang, day=printed.as_of),
        "foot": foot(printed),
        "of": say(PAGES, printed.lang, page="", pages="").strip(),
        "front": front,
        BLOCKS: mark,
    }
    if printed.template and named - words.keys():
        words = dict(printed.template()) | words
    return words


def _parted(document: Document, mark: str, template: Path) -> tuple[str, str | None]:
    """The XML of the text before and after the paragraph that the blocks take the place of; without one, the whole."""
    told = ["".join(text.text or "" for text in each.iter(qn("w:t"))) for each in document.element.body.iter(qn("w:p"))]
    places = [each.strip() for each in told if mark in each]
    if places != [mark] and (places or template == shipped()):
        raise BlocksMisplaced(file=template)
    text = serialize_part_xml(document.element).decode()
    if not places:
        return text, None
    place = text.index(mark)
    begin = max(text.rfind("<w:p>", 0, place), text.rfind("<w:p ", 0, place))
    return text[:begin], text[text.index("</w:p>", place) + len("</w:p>") :]


def _text(writing: Writing, blocks: Iterable[Block], head: str, tail: str, *, wide: bool, widen: bool) -> Iterator[str]:
    """The XML of the whole text. In our template the margins are those of prose, unless there are tables."""
    yield head
    yield from writing.blocks(blocks)
    if wide or (widen and writing.tables):
        tail = _SIDES.sub(rf'\g<1>"{WIDE.twips}"', tail)
    yield tail


def _stream(document: Document, out: BinaryIO, text: Iterable[str], writing: Writing) -> None:
    """Puts the file together: the text as it comes, then what is known once it is written."""
    with (
        zipfile.ZipFile(io.BytesIO(packed(document))) as parts,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in parts.namelist():
            if name not in (TEXT, NUMBERING):
                made.writestr(entry(name), parts.read(name))
        with made.open(entry(TEXT), "w", force_zip64=True) as part:
            for piece in batches(text):
                part.write(piece)
        lists = serialize_part_xml(writing.styles.numbering).decode()
        made.writestr(entry(NUMBERING), _ended(lists, "".join(writing.numbers())).encode())


def _ended(numbering: str, more: str) -> str:
    """The lists with some more at their end, before what may only stand last."""
    place = numbering.find("<w:numIdMacAtCleanup")
    place = place if place >= 0 else numbering.rindex("</w:numbering>")
    return numbering[:place] + more + numbering[place:]


def _raise(document: Document) -> None:
    """Raises the « er » of « 1er » wherever the template has put words."""
    for element in texts_of(document):
        for run in list(element.iter(qn("w:r"))):
            told = "".join(text.text or "" for text in run.findall(qn("w:t")))
            if len(pieces := runs(told)) > 1 and not run.findall(qn("w:tab")):
                _split(run, pieces, document)


def _split(run: Any, pieces: Sequence[Run], document: Document) -> None:
    """The run once for each piece, as it looked."""
    for text in run.findall(qn("w:t"))[1:]:
        run.remove(text)
    for piece in pieces:
        again = Raised(deepcopy(run), document)
        again.text = piece.text
        again.font.superscript = piece.raised or None
        run.addprevious(again._r)
    run.getparent().remove(run)
