"""What an assembly declared, as the text of a report tells it: no number to follow, a subject and a date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.time.vocabulary import fold
from services.imports.annual.dates import dates_in
from services.imports.annual.letters import shortened
from services.imports.annual.page import Section
from services.imports.annual.reading import Entry
from services.imports.sentences import sentences

_BODY = re.compile(
    r"\b(?:assemblee generale|aga|congres|conseil (?:general|federal)|annual (?:general )?(?:meeting|assembly)|agm|convention)\b"
)
_ACT = re.compile(
    r"\b(?:adopt\w+|vote[es]?|passed|carried)\b[^.]{0,60}?\b(?:resolution|declaration|motion|statement)s?\b"
    r"|\b(?:resolution|declaration|motion|statement)s?\b[^.]{0,60}?\b(?:adopt\w+|vote[es]?|passed|carried)\b"
)
_SECTIONS_LEFT = frozenset({"acronyms", "thanks", "board", "team", "publications"})


def read_resolutions(sections: tuple[Section, ...], reference: str | None) -> Iterator[Entry]:
    """Each sentence that says that an assembly adopted a resolution or a declaration, and when."""
    for section in sections:
        if section.role in _SECTIONS_LEFT:
            continue
        for passage in section.passages:
            for sentence in sentences(passage.text):
                flat = fold(sentence)
                body, dates = _BODY.search(flat), dates_in(sentence, reference)
                if body is None or not dates or not _ACT.search(flat):
                    continue
                date = min(dates, key=lambda one: abs(one.start - body.start()))
                yield Entry(
                    "resolution", shortened(sentence.rstrip(" .;")), sentence, passage.first_line, passage.last_line, date.edtf,
                    date.words, where=section.heading.text, confidence="medium",
                )  # fmt: skip
