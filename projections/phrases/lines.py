"""Sentences about a line of a document, beside the number of which they stand."""

from __future__ import annotations

import re

from projections.phrases.catalogue import N_, say


def after_its_line(said: str, line: int, lang: str) -> str:
    """The sentence without « Ligne 5 : », which is said already."""
    head = re.match(re.escape(say(N_("Line {line}"), lang, line=line)) + r"\s?:\s", said)
    return said[head.end() :][:1].upper() + said[head.end() + 1 :] if head else said
