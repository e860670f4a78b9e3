"""The lists and headings of a DOCX: which mark or number its program would print before a paragraph."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|titre)\s?([1-9])", re.IGNORECASE)
_PLACE = re.compile(r"%([1-9])")
_ROUND = {"\uf0b7": "•", "·": "•", "\uf0a7": "▪", "\uf0d8": "‣", "": "•"}
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST = 10_000


class Said(NamedTuple):
    """What goes before a paragraph: its level in lists (0 outside), a mark, or a number, and its level as a heading."""

    level: int
    mark: str
    number: str
    style: int


class _Level(NamedTuple):
    format: str
    text: str
    start: int


def value_of(element: Any) -> str:
    return str(element.get(f"{W}val", "")) if element is not None else ""


def number_of(element: Any, default: int) -> int:
    said = value_of(element)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else default


class Numbering:
    """The lists of a document, counted as its paragraphs come."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self.levels: dict[str, dict[int, _Level]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.styles: dict[str, tuple[int, str, int]] = {}
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def _read_lists(self, root: Any) -> None:
        abstract = {}
        for each in root.findall(f"{W}abstractNum"):
            levels = {}
            for level in each.findall(f"{W}lvl"):
                at = level.get(f"{W}ilvl", "0")
                levels[int(at) if at.isdigit() and len(at) < 2 else 0] = _Level(
                    value_of(level.find(f"{W}numFmt")), value_of(level.find(f"{W}lvlText")),
                    number_of(level.find(f"{W}start"), 1),
                )  # fmt: skip
            abstract[each.get(f"{W}abstractNumId")] = levels
        for each in root.findall(f"{W}num"):
            self.levels[each.get(f"{W}numId")] = abstract.get(value_of(each.find(f"{W}abstractNumId")), {})

    def _read_styles(self, root: Any) -> None:
        for each in root.findall(f"{W}style"):
            name = _HEADING.fullmatch(value_of(each.find(f"{W}name")))
            title = value_of(each.find(f"{W}name")).lower() in ("title", "titre")
            listed = each.find(f"{W}pPr/{W}numPr")
            num = value_of(listed.find(f"{W}numId")) if listed is not None else ""
            level = number_of(listed.find(f"{W}ilvl"), 0) if listed is not None else 0
            self.styles[each.get(f"{W}styleId")] = (int(name[1]) if name else 1 if title else 0, num, level)

    def of(self, paragraph: Any) -> Said:
        """What goes before a paragraph, which is counted."""
        properties = paragraph.find(f"{W}pPr")
        style, num, level = self.styles.get(
            value_of(properties.find(f"{W}pStyle")) if properties is not None else "", (0, "", 0)
        )
        listed = properties.find(f"{W}numPr") if properties is not None else None
        if listed is not None:
            num = value_of(listed.find(f"{W}numId")) or num
            level = number_of(listed.find(f"{W}ilvl"), level)
        told = self.levels.get(num, {}).get(level)
        if told is None or num == "0":
            return Said(0, "", "", style)
        if told.format == "bullet":
            return Said(level + 1, _ROUND.get(told.text, told.text[:1]), "", style)
        if told.format in ("none", ""):
            return Said(level + 1, "", "", style)
        number = self._count(num, level, told)
        if told.format == "lowerLetter" and re.fullmatch(r"[a-z][.)]", number):
            return Said(level + 1, number, "", style)
        return Said(0, "", number, style)

    def _count(self, num: str, level: int, told: _Level) -> str:
        counts, levels = self.counts.setdefault(num, {}), self.levels[num]
        counts[level] = min(counts.get(level, told.start - 1) + 1, _MOST)
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]

        def printed(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            of = levels.get(at, told)
            return _written(counts.get(at, of.start), of.format)

        return _PLACE.sub(printed, told.text)


def _written(count: int, format: str) -> str:
    if format in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if format == "upperLetter" else letter
    if format in ("lowerRoman", "upperRoman"):
        roman, rest = "", count
        for value, sign in _ROMAN:
            roman, rest = roman + sign * (rest // value), rest % value
        return roman.upper() if format == "upperRoman" else roman
    return str(count)
