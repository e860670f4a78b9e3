"""The kinds of variants by name, and what each makes of a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from bench.variants import columns, pages, words
from bench.variants.draft import Draft
from bench.variants.files import FORMATS, as_print, as_text

Change = Callable[[Draft, Random], Draft]


@dataclass(frozen=True)
class Variant:
    """A file made of a draft: its name, its bytes, and the kinds that made it."""

    name: str
    content: bytes
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """What changes; `on`: the documents it is made of (those with tables, running text, or both)."""

    name: str
    change: Change
    on: str = "both"

    def fits(self, draft: Draft) -> bool:
        return self.on == "both" or (self.on == "tables") == draft.tabular


KINDS = (
    Kind("dashes and bullets", words.dashes),
    Kind("capitals of headings", words.cases),
    Kind("accents lost", words.accents),
    Kind("apostrophes", words.apostrophes),
    Kind("accents apart (NFD)", words.decomposed),
    Kind("no-break and thin spaces", words.spaces),
    Kind("numbers otherwise", words.numbers),
    Kind("dates otherwise", words.dates),
    Kind("slips of scanners", words.scanner),
    Kind("lines of other widths", pages.wrapped, "text"),
    Kind("words cut at line ends", pages.split_words, "text"),
    Kind("blank lines lost", pages.blanks_lost, "text"),
    Kind("blank lines doubled", pages.blanks_doubled, "text"),
    Kind("running heads, page numbers", pages.running_heads),
    Kind("columns in another order", columns.reordered, "tables"),
    Kind("columns by other names", columns.renamed, "tables"),
    Kind("rows cut by pages", columns.cut, "tables"),
    Kind("cells shifted", columns.shifted, "tables"),
    Kind("English headings", columns.in_english),
)
AS_IT_IS, BARE, SEVERAL = "as it is", "pdf without rules", "two or three at once"
REWRITING = {"dates otherwise", "slips of scanners", SEVERAL}
"""Kinds that rewrite the words of dates: those words are then not compared, what they say is."""


def names() -> list[str]:
    return [AS_IT_IS, *(kind.name for kind in KINDS), *FORMATS, BARE, SEVERAL]


def make(draft: Draft, name: str, random: Random) -> Variant | None:
    """A variant of that kind; None if the kind does not fit the document."""
    if name == AS_IT_IS:
        return Variant(f"{draft.name}.txt", as_text(draft), (name,))
    if name == BARE:
        return Variant(f"{draft.name}.pdf", as_print(draft, rules=False), (name,)) if draft.tabular else None
    if name in FORMATS:
        extension, write = FORMATS[name]
        return Variant(f"{draft.name}.{extension}", write(draft), (name,))
    fitting = [
        kind
        for kind in KINDS
        if kind.fits(draft) and not (draft.language == "en" and kind.change is columns.in_english)
    ]
    if name == SEVERAL:
        chosen = random.sample(fitting, random.choice((2, 3)))
        chosen.sort(key=lambda kind: KINDS.index(kind))
    else:
        chosen = [kind for kind in fitting if kind.name == name]
    if not chosen:
        return None
    for kind in chosen:
        draft = kind.change(draft, random)
    extension, write = (
        FORMATS[random.choice(list(FORMATS))] if name == SEVERAL and random.random() < 0.4 else ("txt", as_text)
    )
    return Variant(f"{draft.name}.{extension}", write(draft), tuple(kind.name for kind in chosen))
