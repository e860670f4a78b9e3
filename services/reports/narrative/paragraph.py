"""A paragraph of a report as an officer types it, and as it is printed: blank lines part it, « - » and « 1. » begin the
items of a list, a line of its own that ends with a colon leads what follows it, but a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from services.reports.printed import Block, Heading, Item, Items, Text
from services.reports.words import plain as plain_words
from services.reports.words import runs

_ITEM = re.compile(r"[ \t]*(?:(?P<dash>[-–—•])|(?P<number>[0-9]{1,3})[.)])[ \t]+(?P<text>\S.*)")
_LEAD = 60  # letters of a line that only leads
_STARS = re.compile(r"\*{2,3}|\*( \*){1,2}")


class _Typed(NamedTuple):
    """An item as typed: its number (null of a dash), its sign, its words."""

    number: int | None
    sign: str
    text: str

    @classmethod
    def of(cls, found: re.Match[str]) -> _Typed:
        return cls(_number(found), found[0][: found.start("text") - found.start()].strip(), found["text"])

    def plus(self, more: str) -> _Typed:
        return self._replace(text=f"{self.text} {more}")


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
    blocks = [block for part in _parts(text.replace("\r\n", "\n")) for block in _blocks(part)]
    return tuple(_plain_before(block, after) for block, after in zip_longest(blocks, blocks[1:]))


def _parts(text: str) -> list[str]:
    """What blank lines part; but « 2. » goes on with the list of « 1. »."""
    parts: list[str] = []
    for part in re.split(r"\n(?:[ \t]*\n)+", text):
        first = _ITEM.match(part)
        last = next(filter(None, map(_ITEM.match, reversed(parts[-1].split("\n")))), None) if parts else None
        if first and last and _number(first) is not None and _goes_on(_number(first), _number(last)):
            parts[-1] += f"\n{part}"
        else:
            parts.append(part)
    return parts


def _number(item: re.Match[str]) -> int | None:
    """Of an item; null of a dash."""
    return int(item["number"]) if item["number"] else None


def _goes_on(number: int | None, before: int | None) -> bool:
    return number is None if before is None else number == before + 1


def _plain_before(block: Block, after: Block | None) -> Block:
    """What leads to a list is a sentence of its paragraph, and looks so."""
    leads = isinstance(block, Text) and block.look == "lead" and isinstance(after, Items)
    return replace(block, look="text") if leads and isinstance(block, Text) else block


def _blocks(part: str) -> Iterator[Block]:
    """A part between blank lines: words, then perhaps a list, then words again."""
    said: list[str] = []
    items: list[_Typed] = []
    for line in filter(str.strip, part.split("\n")):
        found = _ITEM.fullmatch(line.rstrip())
        if found is None and items:
            items.append(items.pop().plus(line.strip()))
        elif found is None:
            said.append(line.strip())
        else:
            number = _number(found)
            if items and not _goes_on(number, items[-1].number):
                yield from _list(items)
                items = []
            yield from _words(said)
            said = []
            items.append(_Typed.of(found))
    yield from _words(said)
    yield from _list(items)


def _words(said: Sequence[str]) -> Iterator[Block]:
    if said:
        text = " ".join(said)
        if found := _ITEM.fullmatch(text):  # its mark stood on a line alone
            yield from _list([_Typed.of(found)])
            return
        alone = len(text) <= _LEAD and text.endswith(":")
        yield Text(runs(text), "remark" if _STARS.fullmatch(text) else "lead" if alone else "text")


def _list(items: Sequence[_Typed]) -> Iterator[Block]:
    """A list; numbers that do not count from 1 stay words."""
    first = items[0].number if items else None
    if first not in (None, 1):
        yield from (Text(runs(f"{one.sign} {one.text}")) for one in items)
    elif items:
        yield Items(tuple(Item(runs(one.text)) for one in items), "1." if first else "-")
