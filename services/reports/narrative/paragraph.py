"""A paragraph of a report as an officer types it, and as it is printed: blank lines part it, « - » and « 1. » begin the
items of a list, a line of its own that ends with a colon leads what follows it, but a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from services.reports.printed import Block, Heading, Item, Items, Text
from services.reports.words import plain as plain_words
from services.reports.words import runs

_ITEM = re.compile(r"[ \t]*(?:(?P<dash>[-–—•])|(?P<number>[0-9]{1,3})[.)])[ \t]+(?P<text>\S.*)")
_LEAD = 60  # letters of a line that only leads
_STARS = re.compile(r"\*{2,3}|\*( \*){1,2}")


def plain(blocks: Iterable[Block]) -> str:
    """The blocks as text, to be edited."""
    told = []
    for block in blocks:
        if isinstance(block, Text | Heading):
            told.append(plain_words(block.words))
        elif isinstance(block, Items):
            told.append("\n".join(_lines(block)))
    return "\n\n".join(told)


def _lines(items: Items) -> Iterator[str]:
    for number, item in enumerate(items.items, 1):
        yield f"{f'{number}.' if items.mark == '1.' else '-'} {plain_words(item.words)}"


def read_paragraph(text: str) -> tuple[Block, ...]:
    """The text as blocks. Its words are kept as they are; a line that was only wrapped is joined to the one before."""
    parts = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n"))
    blocks = [block for part in parts for block in _blocks(part)]
    return tuple(_plain_before(block, after) for block, after in zip_longest(blocks, blocks[1:]))


def _plain_before(block: Block, after: Block | None) -> Block:
    """What leads to a list is a sentence of its paragraph, and looks so."""
    leads = isinstance(block, Text) and block.look == "lead" and isinstance(after, Items)
    return replace(block, look="text") if leads and isinstance(block, Text) else block


def _blocks(part: str) -> Iterator[Block]:
    """A part between blank lines: words, then perhaps a list, then words again."""
    said: list[str] = []
    items: list[str] = []
    mark = ""
    for line in filter(str.strip, part.split("\n")):
        found = _ITEM.fullmatch(line.rstrip())
        if found is None:
            if items:
                items[-1] += f" {line.strip()}"
            else:
                said.append(line.strip())
            continue
        this = "-" if found["dash"] else "1."
        if items and this != mark:
            yield from _list(items, mark)
            items = []
        yield from _words(said)
        said, mark = [], this
        items.append(found["text"])
    yield from _words(said)
    yield from _list(items, mark)


def _words(said: Sequence[str]) -> Iterator[Block]:
    if said:
        text = " ".join(said)
        if found := _ITEM.fullmatch(text):  # its mark stood on a line alone
            yield from _list([found["text"]], "-" if found["dash"] else "1.")
            return
        alone = len(text) <= _LEAD and text.endswith(":")
        yield Text(runs(text), "remark" if _STARS.fullmatch(text) else "lead" if alone else "text")


def _list(items: Sequence[str], mark: str) -> Iterator[Items]:
    if items:
        yield Items(tuple(Item(runs(text)) for text in items), "1." if mark == "1." else "-")
