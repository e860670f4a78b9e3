"""Words laid out by a template: a DOCX with `{{ fields }}`, which the office edits in its word processor.

Templates are the organisation's own, and still cannot reach anything but the words: a sandbox, no loader. The same words
and the same template give the same bytes. What is wrong with one is told with the paragraph and the tag."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from services.templates.faults import FAULTS, faulty
from services.templates.files import TemplateUnreadable, read

if TYPE_CHECKING:
    from docx.document import Document

Words = Mapping[str, Any] | Callable[[frozenset[str]], Mapping[str, Any]]

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def filled(template: Path, words: Words) -> Document:
    """The document. `words`: the fields by name, or what gives those that the template names. Raises a sentence about the
    template that says what is wrong with it, and where."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    made = DocxTemplate(io.BytesIO(read(template)))
    try:
        made.init_docx()
    except Exception as error:  # whatever the reader of a foreign format stumbles over
        raise TemplateUnreadable(file=template) from error
    sandbox = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    known: Mapping[str, Any] = {}
    try:
        known = words if isinstance(words, Mapping) else words(_named(made, sandbox))
        made.render(cleaned(known), sandbox, autoescape=True)
    except FAULTS as error:
        raise faulty(template, made, error, sorted(known)) from error
    document: Document = made.docx  # as it was filled in: get_docx() would read the template anew
    return document


def cleaned(value: Any) -> Any:
    """The words, each on one line, without what XML cannot hold or what would turn the text around."""
    if isinstance(value, Mapping):
        return {name: cleaned(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(each) for each in value]
    if not isinstance(value, str):
        return value
    return _UNFIT.sub("\ufffd", " ".join(re.split("[\t\r\n\v\f\x85\u2028\u2029]+", value)))


def _named(made: Any, sandbox: Any) -> frozenset[str]:
    """The fields that a template names; none where it cannot be read, which is told when it is filled in."""
    from jinja2 import TemplateError

    try:
        return frozenset(made.get_undeclared_template_variables(sandbox))
    except TemplateError:
        return frozenset()
