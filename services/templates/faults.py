"""What is wrong with a template, and where: the paragraph that a person finds in their word processor, and its tag."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path
from traceback import extract_tb
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError

from domain.errors import Refused, SuiviError

FAULTS = (TemplateError, ValueError, TypeError, ArithmeticError, AttributeError, LookupError, SyntaxError)
TAG = re.compile(r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|\{#.*?(?:#\}|$)", re.DOTALL)
LONGEST = 200  # letters of what is quoted

_WORD = re.compile(r"\{%-?\s*(?:(?:p|tr|tc|r)\s+)?(\w+)")
_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
_TEXT = _PARAGRAPH[:-1] + "t"
Tag = tuple[str, Refused]  # its text, and where it stands
_PAIRS = {"endfor": "for", "endif": "if"}


class FieldUnknown(Refused):
    """The template “{file}” names a field that there is not: {tag}, {place}. The fields: {fields}."""


class TemplateWrong(Refused):
    """The template “{file}” cannot be filled in: {tag}, {place} ({reason}). Correct it, or remove it for the one that comes with Suivi."""  # noqa: E501 - one sentence


class TagOpen(TemplateWrong):
    """The template “{file}” cannot be filled in: nothing closes {tag}, {place}. Correct it, or remove it for the one that comes with Suivi."""  # noqa: E501 - one sentence


class InParagraph(Refused):
    """in paragraph {n} of the text"""


class InMargin(Refused):
    """in the head or the foot of the page"""


def faulty(template: Path, made: Any, error: Exception, fields: Sequence[str]) -> SuiviError:
    """The sentence about the template that its reader's error amounts to."""
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:LONGEST]
    tags = list(_tags(made.docx))
    if not isinstance(error, UndefinedError) and (left := _unclosed(tags)):
        return TagOpen(file=template, tag=left[0][:LONGEST], place=left[1])
    tag, place = _located(tags, _beside(made, error), reason)
    if isinstance(error, UndefinedError):
        return FieldUnknown(file=template, tag=tag, place=place, fields=list(fields))
    return TemplateWrong(file=template, tag=tag, place=place, reason=reason)


def _tags(document: Any) -> Iterator[Tag]:
    """Every tag as a person sees it, with its place; those of the text first."""
    for n, paragraph in enumerate(document.element.body.iter(_PARAGRAPH), 1):
        yield from ((tag, InParagraph(n=n)) for tag in TAG.findall(_text(paragraph)))
    for section in document.sections:
        for margin in (section.header, section.footer):
            for paragraph in margin.part.element.iter(_PARAGRAPH):
                yield from ((tag, InMargin()) for tag in TAG.findall(_text(paragraph)))


def _text(paragraph: Any) -> str:
    return "".join(each.text or "" for each in paragraph.iter(_TEXT))


def _unclosed(tags: Sequence[Tag]) -> Tag | None:
    """A tag that is cut, or that opens what nothing closes."""
    opened: list[tuple[str, Tag]] = []
    for tag in tags:
        if not tag[0].endswith("}"):
            return tag
        word = _WORD.match(tag[0])
        if word and word[1] in _PAIRS.values():
            opened.append((word[1], tag))
        elif word and opened and _PAIRS.get(word[1]) == opened[-1][0]:
            opened.pop()
    return opened[-1][1] if opened else None


def _located(tags: Sequence[Tag], beside: Sequence[str], reason: str) -> Tag:
    """The tag that the error is about: among those beside it, if they are known, one that the reason names."""
    near = [tag for tag in tags if _bare(tag[0]) in beside] or list(tags) or [("{{ }}", InParagraph(n=1))]
    names = re.findall(r"'(\w+)'", reason)
    return next((tag for tag in near if any(re.search(rf"\b{name}\b", tag[0]) for name in names)), near[-1])


def _beside(made: Any, error: Exception) -> list[str]:
    """The tags of the line that the error tells: a line is a paragraph, as the filler parts them."""
    line, part = _line(error), made.current_rendering_part
    if line is None or part is None:
        return []
    source = made.get_xml() if part is made.docx.part else made.get_part_xml(part)
    told = re.sub(r"<w:p([ >])", r"\n<w:p\1", made.patch_xml(source)).split("\n")[line - 1 : line]
    return [_bare(tag) for tag in TAG.findall(re.sub("<[^>]+>", "", "".join(told)))]


def _line(error: Exception) -> int | None:
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    lines = [each.lineno for each in extract_tb(error.__traceback__) if each.filename == "<template>"]
    return lines[-1] if lines else None


def _bare(tag: str) -> str:
    """A tag without what says which part of the page it repeats, nor its spaces."""
    return re.sub(r"\s+|(?<=\{[{%])(?:p|tr|tc|r)\s", "", unescape(tag))
