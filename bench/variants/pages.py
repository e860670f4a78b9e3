"""Variants of pages: where lines end, what stands between them."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from random import Random

from bench.variants.draft import Draft, Grid

_MARK = re.compile(r"\s*(?:[-•–*▪·]\s|\d+[.)]\s|\*\*)")
_HEAVY = re.compile(r"[^a-zà-ÿ]*")


def paragraphs(draft: Draft) -> Draft:
    """The lines of one paragraph on one line."""
    made: list[str | Grid] = []
    before, full = "", _full(draft)
    for block in draft.blocks:
        if isinstance(block, str) and made and isinstance(made[-1], str) and _goes_on(before, block, full):
            made[-1] = f"{made[-1].rstrip()} {block.strip()}"
        else:
            made.append(block)
        before = block if isinstance(block, str) else ""
    return replace(draft, blocks=tuple(made))


def _full(draft: Draft) -> int:
    """From how many letters on a line of this page is full, and may go on in the next."""
    lengths = sorted(len(block.strip()) for block in draft.blocks if isinstance(block, str) and len(block.strip()) > 20)
    return int(lengths[len(lengths) * 8 // 10] * 0.78) if lengths else 0


def _goes_on(last: str, line: str, full: int) -> bool:
    bare = line.strip()
    ends = tail = last.rstrip()
    return (
        bool(bare)
        and len(tail) >= full
        and not _MARK.match(line)
        and not ends.endswith((".", ":", ";", "!", "?"))
        and not _HEAVY.fullmatch(bare)
        and not _HEAVY.fullmatch(tail)
    )


def wrapped(draft: Draft, random: Random) -> Draft:
    """The lines end elsewhere."""
    return wrap(draft, random.choice((45, 60, 72, 100, 130)))


def wrap(draft: Draft, width: int) -> Draft:
    """Paragraphs on lines of `width` letters."""
    made: list[str | Grid] = []
    for block in paragraphs(draft).blocks:
        made += (textwrap.wrap(block, width) or [""]) if isinstance(block, str) and len(block) > width else [block]
    return replace(draft, blocks=tuple(made))


def blanks_lost(draft: Draft, _random: Random) -> Draft:
    """No blank line left."""
    return replace(draft, blocks=tuple(block for block in draft.blocks if not isinstance(block, str) or block.strip()))


def blanks_doubled(draft: Draft, random: Random) -> Draft:
    """A blank line after each line, or two where there was one."""
    every = random.random() < 0.5
    made: list[str | Grid] = []
    for block in draft.blocks:
        made.append(block)
        if isinstance(block, str) and (every or not block.strip()):
            made.append("")
    return replace(draft, blocks=tuple(made))


def split_words(draft: Draft, random: Random) -> Draft:
    """Words cut at the ends of lines, one line in five."""
    made: list[str | Grid] = []
    full = _full(draft)
    for block in draft.blocks:
        last = made[-1] if made else None
        if isinstance(block, str) and isinstance(last, str) and _goes_on(last, block, full) and random.random() < 0.2:
            first, _, rest = block.strip().partition(" ")
            if first.isalpha() and len(first) > 6:
                middle = len(first) // 2
                made[-1] = f"{last.rstrip()} {first[:middle]}-"
                block = f"{first[middle:]} {rest}".rstrip()
        made.append(block)
    return replace(draft, blocks=tuple(made))


def running_heads(draft: Draft, random: Random) -> Draft:
    """Page numbers and a running head between the lines, every forty lines, or between tables."""
    form = random.choice(("{}", "- {} -", "Page {} de 12", "{} | {title}", "p. {}", "{title}    {}"))
    title = next((block.strip() for block in draft.blocks if isinstance(block, str) and block.strip()), "")[:60]
    made: list[str | Grid] = []
    page, lines = 1, 0
    for block in draft.blocks:
        lines += 1 if isinstance(block, str) else 40
        made.append(block)
        if lines >= 40:
            page, lines = page + 1, 0
            made += [form.format(page, title=title), *([""] if random.random() < 0.5 else [])]
    return replace(draft, blocks=tuple(made))
