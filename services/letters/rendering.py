"""A letter's words laid out by a template: a DOCX with `{{ fields }}`, which the office edits in its word processor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from services.templates.files import packed, sign
from services.templates.filling import cleaned, filled


def fill(template: Path, words: Mapping[str, Any], lang: str, day: date) -> bytes:
    """The DOCX. Raises a sentence about the template that says what is wrong with it."""
    document, said = filled(template, words), cleaned(words)
    sign(document, said["organisation"], said["subject"], lang, day)
    return packed(document)
