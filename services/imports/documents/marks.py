"""The signs of lists: before a line, and inside a run of words whose line breaks are lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

DASHES = r"\-‐‑‒–—−"  # to stand inside brackets, as BULLETS
BULLETS = "•●○◦▪■□◾▫∙·‣➢✓*\uf0b7\uf0a7"
_OPENS = r"A-ZÀ-ÖØ-Þ0-9«“\"_"
_LEADING = re.compile(rf"\s*(?P<mark>[-–—{BULLETS}]|[a-zA-Z][.)](?![A-Za-z]\.)|o(?=\s+[{_OPENS}]))\s+(?=\S)")
_BARE_MARK = re.compile(rf"\s*(?P<mark>[-–—{BULLETS}])(?=[{_OPENS}])")
_RAISED = re.compile(r"(?:(?<=[0-9IVXLCM])\s+)?\^\{\s*([^{}]{1,8}?)\s*\}")
_NO = re.compile(r"\b(n)\^?º")
_ROUND = "•●○▪"
_SIGN = re.compile(rf"(?:^|(?<=[\s).;:!?…»]))(?P<mark>[-–—o{BULLETS}])\s+(?=\S)|(?P<round>[{_ROUND}])\s*(?=\S)")
_CAPITAL = re.compile(rf"[{_OPENS}]")
_LETTER = re.compile(r"(?:^|(?<=\s))(?P<mark>(?P<letter>[a-z])[.)])\s+(?=\S)")


class Item(NamedTuple):
    """A mark, empty before the first of them, and where its words begin and end in the run."""

    mark: str
    start: int
    end: int


def unraised(text: str) -> str:
    """« 1^{er} » and « 1 ^{er} » as « 1er »."""
    return _NO.sub(r"\1o", _RAISED.sub(r"\1", text)) if "^" in text or "º" in text else text


def split_mark(text: str) -> tuple[str, str]:
    """The mark before a line, empty if it has none, and its words. Of two (« - a) ») the second; a number is no mark: it
    is what the line is called."""
    mark, rest = "", text.strip()
    for _ in range(2):
        found = _LEADING.match(rest) or (None if mark else _BARE_MARK.match(rest))
        if found is None:
            break
        mark, rest = found["mark"], rest[found.end() :]
    return mark, rest


def items(text: str, known: tuple[str, ...] = ()) -> Iterator[Item]:
    """The items of a run of words, by the marks with which it opens, by bullets, and by letters in order from « a ». A
    dash inside it opens an item only if the run opens with one, and after the end of a sentence or before a capital or a
    number: « Bolduc, CCSNE - réseau d’entraide » is one. `known`: marks that were seen before it in the same list."""
    opening = _LEADING.match(text)
    marks = {*_ROUND, *(mark for mark in (opening["mark"] if opening else "", *known) if len(mark) == 1)}
    signs = [
        each for each in _SIGN.finditer(text) if each["round"] or (each["mark"] in marks and _opens_item(text, each))
    ]
    found = {(each.start(), each.end(), each["mark"] or each["round"]) for each in signs}
    starts = sorted(found | {(each.start(), each.end(), each["mark"]) for each in _letters(text, known)})
    if not starts:
        yield Item("", 0, len(text))
        return
    if text[: starts[0][0]].strip():
        yield Item("", 0, starts[0][0])
    for (_, begins, mark), end in zip(starts, [*(start for start, _, _ in starts[1:]), len(text)], strict=True):
        yield Item(mark, begins, end)


def alone(text: str, known: tuple[str, ...] = ()) -> Item:
    """The only item of a line that holds no other: its mark, or its letter in order, and all that follows it."""
    opening = _LEADING.match(text)
    if opening and (len(opening["mark"]) == 1 or opening["mark"] in {each["mark"] for each in _letters(text, known)[:1]}):
        return Item(opening["mark"], opening.end(), len(text))
    return Item("", 0, len(text))


def _opens_item(text: str, sign: re.Match[str]) -> bool:
    before = text[max(0, sign.start() - 4) : sign.start()].rstrip()
    if not before or sign["mark"] in _ROUND:
        return True
    return bool(_CAPITAL.match(text, sign.end())) or (sign["mark"] != "o" and before[-1] in ".;:!?…")


def _letters(text: str, known: tuple[str, ...]) -> list[re.Match[str]]:
    """« a. … b. … »: letters in order, from the very beginning, which may be the line above."""
    found: list[re.Match[str]] = []
    begins = len(text) - len(text.lstrip())
    first = 1 + max((ord(mark[0]) for mark in known if len(mark) == 2), default=ord("a") - 1)
    for each in _LETTER.finditer(text):
        if ord(each["letter"]) == first + len(found) and (found or each.start() <= begins):
            found.append(each)
    return found
