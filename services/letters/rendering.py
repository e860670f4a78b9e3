"""A letter's words laid out by a template: a DOCX with `{{ fields }}`, which the office edits in its word processor.

Templates are the organisation's own, and still cannot reach anything but the words: a sandbox, no loader. The same words
and the same template give the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.errors import Refused, Unavailable

if TYPE_CHECKING:
    from docx.document import Document

LARGEST = 10_000_000  # bytes of a template, and five times as many once unpacked
LOCALES = {"fr": "fr-CA", "en": "en-CA"}

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first instant that an entry of a zip can bear
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_KEPT = ("/officeDocument", "/core-properties")  # of what a file holds beside its text: no preview, no names of people


class TemplateUnreadable(Refused):
    """The template “{file}” cannot be read as a Word document (.docx). Correct it, or remove it for the one that comes with Suivi."""  # noqa: E501 - one sentence


class TemplateTooLarge(TemplateUnreadable):
    """The template “{file}” is too large: at most {most} MB. Correct it, or remove it for the one that comes with Suivi."""


class FieldUnknown(Refused):
    """The template “{file}” names a field that there is not ({reason}). The fields: {fields}."""


class TemplateWrong(Refused):
    """The template “{file}” cannot be filled in ({reason}). Correct it, or remove it for the one that comes with Suivi."""


class TemplateClosed(Unavailable):
    """The template “{file}” cannot be opened ({reason})."""


def fill(template: Path, words: Mapping[str, Any], lang: str, day: date) -> bytes:
    """The DOCX. Raises a sentence about the template that says what is wrong with it."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError, UndefinedError
    from jinja2.sandbox import SandboxedEnvironment

    content = _read(template)
    letter = DocxTemplate(io.BytesIO(content))
    try:
        letter.init_docx()
    except Exception as error:  # whatever the reader of a foreign format stumbles over
        raise TemplateUnreadable(file=template) from error
    try:
        sandbox = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
        letter.render(cleaned(words), sandbox, autoescape=True)
    except UndefinedError as error:
        raise FieldUnknown(file=template, reason=error.message, fields=sorted(words)) from error
    except (TemplateError, ValueError, TypeError, ArithmeticError, AttributeError, LookupError, SyntaxError) as error:
        raise TemplateWrong(file=template, reason=_line(error)) from error
    document: Document = letter.docx  # as it was filled in: get_docx() would read the template anew
    _sign(document, words, lang, day)
    return packed(document)


def cleaned(value: Any) -> Any:
    """The words, each on one line, without what XML cannot hold or what would turn the text around."""
    if isinstance(value, Mapping):
        return {name: cleaned(each) for name, each in value.items()}
    if isinstance(value, list):
        return [cleaned(each) for each in value]
    return _UNFIT.sub("\ufffd", " ".join(re.split("[\t\r\n\v\f\x85\u2028\u2029]+", value)))


def packed(document: Document) -> bytes:
    """The document as a file that bears neither the instant nor the place of its making."""
    beside = document.part.package.rels
    for id in [id for id, link in beside.items() if not link.reltype.endswith(_KEPT)]:
        del beside[id]
    made, out = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            fixed.writestr(entry, parts.read(name))
    return out.getvalue()


def _read(template: Path) -> bytes:
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


def _sign(document: Document, words: Mapping[str, Any], lang: str, day: date) -> None:
    """Its properties: what it is about and whose it is; nothing of who made the template, nor of this machine."""
    about = document.core_properties
    organisation, instant = cleaned(words["organisation"])[:255], datetime(day.year, day.month, day.day)
    about.author = about.last_modified_by = organisation
    about.title, about.language = cleaned(words["subject"])[:255], LOCALES[lang]
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


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
