"""The words of a cell or of a paragraph written with a few HTML tags, as extractors leave them: lists that are never
closed, items without `<li>`, underlined verdicts. Any other « < » is a sign like another."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from services.imports.documents.document import Line, Place
from services.imports.documents.flow import Flow

_TAG = re.compile(
    r"<(?P<closes>/?)(?P<name>ul|ol|li|p|u|ins|b|strong|i|em|br|div|span|sup|sub|font|small|h[1-6])(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_TYPED = re.compile(r"\s*(?:[^\w\s«“\"(\[]|\d{1,3}[.)]|[a-zA-Z][.)]|o)(?:\s|$)")  # an item that says its sign itself


@dataclass
class Tags:
    """Where the tags that were met leave the words that follow. `counted`: the lists that are open in a page that is well
    formed, each with its sign and the number of its last item; `sign`: what a page shows before the item that begins."""

    flow: Flow = field(default_factory=Flow)
    lists: int = 0
    item: bool = False
    underlined: int = 0
    bold: int = 0
    style: int = 0
    counted: list[tuple[str, int]] = field(default_factory=list)
    sign: str = ""

    def open(self) -> None:
        self.flow.open(self.lists, item=self.item, style=self.style)

    def say(self, words: str) -> None:
        if self.sign and words.strip():
            if self.flow.apart or not _TYPED.match(words):
                self.flow.mark(self.sign)
            self.sign = ""
        self.flow.say(words, self.underlined > 0, self.bold > 0)

    def count(self, name: str, closes: bool, attributes: Mapping[str, str | None]) -> None:
        """The sign of the item that a tag opens: « - », « a. » or « 1. »."""
        if name == "li":
            self.sign = ""
            if not closes and self.counted:
                sign, before = self.counted.pop()
                number = _number(attributes.get("value"), before + 1)
                self.counted.append((sign, number))
                self.sign = sign if sign == "-" else f"{_letter(number) if sign == 'a' else number}."
        elif closes:
            del self.counted[-1:]
        else:
            sign = "-" if name == "ul" else "a" if attributes.get("type") == "a" else "1"
            self.counted.append((sign, _number(attributes.get("start"), 1) - 1))

    def turn(self, name: str, closes: bool) -> None:
        """What a tag changes."""
        if name in ("u", "ins"):
            self.underlined = max(0, self.underlined + (-1 if closes else 1))
        elif name in ("b", "strong"):
            self.bold = max(0, self.bold + (-1 if closes else 1))
        elif name in ("ul", "ol"):
            self.lists = max(0, self.lists + (-1 if closes else 1))
            self.item = False
            self.open()
        elif name == "li":
            self.item = not closes
            self.open()
        elif name in ("p", "div", "br") or (name[0] == "h" and name[1:].isdigit()):
            # a paragraph outside any item ends the lists that were never closed
            self.lists = 0 if name == "p" and not closes and not self.item else self.lists
            if name != "br":
                self.style = int(name[1]) if name[0] == "h" and not closes else 0
            self.open()


def _number(said: str | None, default: int) -> int:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 6 else default


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26)


def read_fragment(text: str, place: Place) -> tuple[Line, ...]:
    """The lines of a cell or of a paragraph, in order; none if it is empty."""
    tags, at = Tags(), 0
    for tag in _TAG.finditer(text):
        _say(tags, text[at : tag.start()])
        tags.turn(tag["name"].lower(), bool(tag["closes"]))
        at = tag.end()
    _say(tags, text[at:])
    return tags.flow.lines(place)


def _say(tags: Tags, words: str) -> None:
    for index, line in enumerate(words.replace("\r\n", "\n").split("\n")):
        if index:
            tags.open()
        tags.say(html.unescape(line))
