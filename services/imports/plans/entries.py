"""The entries of a cell: its bullets, each whole, with what is underlined in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from domain.time.vocabulary import fold
from services.imports.documents.document import Line
from services.imports.plans.outcomes import OF_ITSELF

_RAISED = re.compile(r"\s?\^\{\s*([^{}]{1,8}?)\s*\}")
_ENDS = re.compile(r"[.!?…:;»)\]]$")
_STOPS = re.compile(r"[.!?…»)\]]\s*$")
_HOLLOW = frozenset("o○◦▫")
_LETTER = re.compile(r"[a-zA-Z][.)]")
_LETTERED = re.compile(r"(?P<mark>[a-z][.)]|A[.)](?=.*\sB[.)]\s))\s+(?=\S)")


@dataclass(frozen=True)
class Entry:
    """One bullet, or one paragraph outside a list: `level` from 1 in a list, 0 outside."""

    text: str
    line: int
    mark: str = ""
    level: int = 0
    underlined: tuple[str, ...] = ()

    @property
    def listed(self) -> bool:
        """Whether it is an item of a list."""
        return bool(self.mark) or self.level > 0

    @property
    def letter(self) -> str | None:
        """« a » of « a. » or « a) »."""
        return self.mark[0].lower() if _LETTER.fullmatch(self.mark) else None

    @property
    def verdict(self) -> str | None:
        """What is underlined, if it is a phrase."""
        return " ".join(self.underlined) or None


def entries(lines: Iterable[Line]) -> list[Entry]:
    """Each bullet or paragraph of a cell, wrapped lines joined; empty ones left out."""
    found: list[Entry] = []
    wrapped = False
    for line in lines:
        mark, said = _marked(line)
        if not said:
            continue
        if found and not mark and _goes_on(found[-1], line, said, wrapped):
            found[-1] = _joined(found[-1], said, line)
        else:
            level = line.level if line.level or not mark else 1
            found.append(Entry(said, line.place.line, mark, level, tuple(map(written, line.underlined))))
        wrapped = line.wrapped
    return [_deepened(piece, found) for entry in found for piece in _next_letters(entry)]


def _marked(line: Line) -> tuple[str, str]:
    """Its mark and its words: a letter alone in its cell is one as well (« d) Hiver »)."""
    said = written(line.text)
    if not line.mark and (letter := _LETTERED.match(said)):
        return letter["mark"], said[letter.end() :]
    return line.mark, said


def written(text: str) -> str:
    """As written, on one line, what an extractor made of a raised ending undone (« 1^{er} »)."""
    return " ".join(unicodedata.normalize("NFC", _RAISED.sub(r"\1", text)).split())


def _goes_on(entry: Entry, line: Line, said: str, wrapped: bool) -> bool:
    """Whether a line without mark belongs to the entry before it."""
    if wrapped:
        return True
    if line.style or line.bold or (line.level and line.level != entry.level):
        return False
    if not entry.mark or line.level:
        return False
    if line.place.page is not None:  # where a page is drawn, a line without mark wraps the one that has one
        return not said.endswith(":") and not line.underlined and (not _STOPS.search(entry.text) or said[0].islower())
    return not _ENDS.search(entry.text) and not said[0].isupper()


def _joined(entry: Entry, said: str, line: Line) -> Entry:
    glue = "" if entry.text.endswith("-") and said[:1].islower() else " "
    under = (*entry.underlined, *map(written, line.underlined))
    return replace(entry, text=f"{entry.text}{glue}{said}", underlined=under)


def _next_letters(entry: Entry) -> list[Entry]:
    """« A. … B. … » on one line: an item for each letter that follows the one before, with the same sign."""
    pieces: list[Entry] = [entry]
    while (last := pieces[-1]).letter:
        mark = chr(ord(last.mark[0]) + 1) + last.mark[1]
        cut = re.search(rf"(?<=\s){re.escape(mark)}\s+(?=\S)", last.text)
        if cut is None:
            break
        pieces[-1:] = [
            replace(last, text=last.text[: cut.start()].strip()),
            replace(last, text=last.text[cut.end() :], mark=mark),
        ]
    return pieces


def _deepened(entry: Entry, found: list[Entry]) -> Entry:
    """A hollow mark below a full one is a second level, even where the format did not say so."""
    if entry.level == 1 and entry.mark in _HOLLOW and any(e.mark and e.mark not in _HOLLOW for e in found):
        return replace(entry, level=2)
    return entry


def verdicts_apart(found: Iterable[Entry]) -> Iterator[Entry]:
    """Each entry, the underlined sentences at its end as one of their own: « … ressources. <u>Action non réalisée.</u> »"""
    for entry in found:
        verdict = entry.verdict
        head = entry.text[: -len(verdict)].rstrip() if verdict and entry.text.endswith(verdict) else ""
        if head and verdict and (_STOPS.search(head) or (verdict[0].isupper() and OF_ITSELF.search(fold(verdict)))):
            yield replace(entry, text=head, underlined=())
            yield replace(entry, text=verdict, mark="")
        else:
            yield entry


def unpunctuated(text: str) -> str:
    """An item without the sign that parts it from the next one of its list."""
    return re.sub(r"\s*;\s*(?:et|and)?$", "", text)
