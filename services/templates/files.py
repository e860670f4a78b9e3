"""Word documents as files: read safely, signed, written with neither the instant nor the place of their making."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from domain.errors import Refused, Unavailable

if TYPE_CHECKING:
    from docx.document import Document

LARGEST = 10_000_000  # bytes of a template, and five times as many once unpacked
LOCALES = {"fr": "fr-CA", "en": "en-CA"}

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first instant that an entry of a zip can bear
_KEPT = ("/officeDocument", "/core-properties")  # of what a file holds beside its text: no preview, no names of people


class TemplateUnreadable(Refused):
    """The template “{file}” cannot be read as a Word document (.docx). Correct it, or remove it for the one that comes with Suivi."""  # noqa: E501 - one sentence


class TemplateTooLarge(TemplateUnreadable):
    """The template “{file}” is too large: at most {most} MB. Correct it, or remove it for the one that comes with Suivi."""


class TemplateClosed(Unavailable):
    """The template “{file}” cannot be opened ({reason})."""


def read(template: Path) -> bytes:
    """The file, if it is one that can be unpacked safely."""
    try:
        with template.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise TemplateTooLarge(file=template, most=LARGEST // 1_000_000)
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except OSError as error:
        raise TemplateClosed(file=template, reason=error.strerror or type(error).__name__) from error
    except (zipfile.BadZipFile, ValueError) as error:
        raise TemplateUnreadable(file=template) from error
    if unpacked > 5 * LARGEST:
        raise TemplateTooLarge(file=template, most=5 * LARGEST // 1_000_000)
    return content


def packed(document: Document) -> bytes:
    """The document as a file that bears neither the instant nor the place of its making."""
    beside = document.part.package.rels
    for id in [id for id, link in beside.items() if not link.reltype.endswith(_KEPT)]:
        del beside[id]
    made, out = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in parts.namelist():
            fixed.writestr(entry(name), parts.read(name))
    return out.getvalue()


def entry(name: str) -> zipfile.ZipInfo:
    """An entry of a file that is the same whenever and wherever it is made."""
    made = zipfile.ZipInfo(name, _EPOCH)
    made.compress_type, made.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    return made


def sign(document: Document, organisation: str, title: str, lang: str, day: date) -> None:
    """Its properties: what it is about and whose it is; nothing of who made the template, nor of this machine."""
    about, instant = document.core_properties, datetime(day.year, day.month, day.day)
    about.author = about.last_modified_by = organisation[:255]
    about.title, about.language = title[:255], LOCALES[lang]
    about.subject = about.comments = about.keywords = about.category = ""
    about.created = about.modified = about.last_printed = instant
    about.revision = 1
    speak(document, lang)


def speak(document: Document, lang: str) -> None:
    """Sets the language that the word processor checks the spelling in."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for old in [*document.element.iter(qn("w:lang")), *document.styles.element.iter(qn("w:lang"))]:
        old.getparent().remove(old)
    said = OxmlElement("w:lang")
    said.set(qn("w:val"), LOCALES[lang])
    if (usual := document.styles.default(WD_STYLE_TYPE.PARAGRAPH)) is not None:
        usual.element.get_or_add_rPr().append(said)
