"""The documents that variants are made of: the real ones, if they are beside this checkout, and invented ones."""

from __future__ import annotations

import sys
from random import Random

from bench.readings.scores import SHARED, Absent, facts
from bench.variants.draft import Draft, draft_of
from bench.variants.invented import annual, axes, follow_up, orientations, register, work

REAL = {
    "000": ("follow-up", False),
    "001": ("axes", True),
    "002": ("orientations", True),
    "003": ("work", True),
    "004": ("annual", False),
}
INVENTED = (
    (follow_up.invent, ("fr", "en")),
    (axes.invent, ("fr", "en")),
    (orientations.invent, ("fr", "en")),
    (work.invent, ("fr", "en")),
    (annual.invent, ("fr",)),
    (register.invent, ("fr", "en")),
)


def real() -> list[Draft]:
    """The real documents; each that is absent is told on standard error."""
    found = []
    for number, (family, tabular) in REAL.items():
        try:
            known = facts(number)
            path = next((SHARED / "seeds").glob(f"{number}*"), None)
            if path is None:
                raise Absent(f"{number}: no such document beside this checkout")
            found.append(draft_of(number, family, known, path.read_text(encoding="utf-8"), tabular))
        except Absent as absent:
            print(f"SKIPPED: {absent}", file=sys.stderr)
    return found


def invented(seed: int) -> list[Draft]:
    """One of each family and language; another seed gives others."""
    return [
        invent(Random(f"{seed}-{invent.__module__}-{language}"), language)
        for invent, languages in INVENTED
        for language in languages
    ]
