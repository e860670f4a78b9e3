"""How the lines of a page lie: which are furniture, how wide and how far apart they are, whether sentences go on in the next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from services.imports.documents.document import Block, Document, Line, Table

TERMINAL = re.compile(r"[.!?…:;][»”\")\]\s]*$")
"""The end of a line that ends a sentence or an item."""
OPEN = re.compile(r"(?:[-,’']|\b(?:d[eu]s?|la|les?|l|et|à|aux?|en|pour|of|the|and|to|in))$")
"""The end of a line that goes on."""
_PAGE_NUMBER = re.compile(r"(?:page |p\. ?)?[-–]? ?\d{1,3} ?[-–]?(?: ?(?:/|de|sur|of) ?\d{1,3})?", re.IGNORECASE)
_CUT, _FEW_CUT = 0.2, 5  # of the lines, and how many at the least: where so many sentences are cut, lines are wrapped


def is_wrapped(document: Document, lines: Sequence[Line]) -> bool:
    """Whether lines are wrapped in the document, or each is a paragraph: by its format, unless sentences go on from one
    paragraph to the next, as in a page that was copied line by line."""
    if document.format in ("text", "pdf"):
        return True
    cut = sum(goes_on(above, below) for above, below in pairwise(lines))
    return cut > max(_FEW_CUT, len(lines) * _CUT)


def begins_lower(line: Line) -> bool:
    return line.text[:1].islower() or line.text[:1] in ",;:)»"


def goes_on(above: Line, below: Line) -> bool:
    """Whether a sentence that a line leaves open goes on in the next."""
    return begins_lower(below) and not TERMINAL.search(above.text) and not below.mark


def _furniture(line: Line) -> bool:
    """Page numbers and empty lines."""
    return not line.text.strip() or bool(_PAGE_NUMBER.fullmatch(line.text.strip()))


def without_furniture(blocks: Iterable[Block]) -> Iterator[Block]:
    """Without furniture; a number after a cut word belongs to it."""
    above = ""
    for block in blocks:
        if isinstance(block, Table) or not _furniture(block) or (block.text.strip() and above.endswith("-")):
            yield block
            above = block.text if isinstance(block, Line) else ""


def usual_gap(lines: Sequence[Line]) -> int:
    """How many blank lines stand between two lines of one sentence, for the most part."""
    gaps = Counter(below.place.line - above.place.line - 1 for above, below in pairwise(lines) if goes_on(above, below))
    return min(gaps.most_common(1)[0][0], 2) if gaps else 0


def usual_width(lines: Sequence[Line]) -> int:
    """How long a full line is."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int(len(lengths) * 0.9)] if lengths else 80
