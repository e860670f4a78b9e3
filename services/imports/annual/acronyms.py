"""The list of acronyms, in two columns that an extraction may have cut: an acronym over two lines, a first letter lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from domain.words import plain
from services.imports.annual.page import Section
from services.imports.annual.reading import Acronym

_ACRONYM = r"[A-ZÀ-Þ][A-ZÀ-Þ0-9&’'.]*[A-ZÀ-Þ0-9](?:[-/][A-Za-zÀ-ÿ0-9]+)*-?"
_ENTRY = re.compile(rf"^(?P<acronym>{_ACRONYM})(?P<sign>\s*[:=–—]\s*|\s+-\s+|\s+)(?P<expansion>[A-ZÀ-ÞŒ«].*)$")
_ALONE = re.compile(rf"^{_ACRONYM}$")
_TOKEN = re.compile(rf"(?<![\w-]){_ACRONYM}(?![\w-])")


def read_acronyms(sections: tuple[Section, ...]) -> tuple[Acronym, ...]:
    """The entries of the list, each with what it should read where the document writes it otherwise."""
    found = list(_entries(_lines(sections)))
    body = " ".join(p.text for s in sections if s.role != "acronyms" for p in s.passages)
    used = set(_TOKEN.findall(body))
    for passage in (p for s in sections if s.role != "acronyms" for p in s.passages):
        used |= {token for line in passage.lines for token in _TOKEN.findall(line.text)}
    used = {token for token in used if not token.endswith("-")}
    index = _index(used)
    return tuple(
        Acronym(printed, corrected(printed, expansion, index), expansion, line)
        for line, printed, expansion in found
        if expansion
    )


def _lines(sections: tuple[Section, ...]) -> Iterator[tuple[int, str]]:
    for passage in (p for section in sections if section.role == "acronyms" for p in section.passages):
        if passage.cells:
            yield passage.first_line, " ".join(cell for cell in passage.cells if cell)
        for line in passage.lines:
            yield line.place.line, line.text


def _entries(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    """(line, acronym, expansion), what was wrapped put back."""
    begun, acronym, expansion = 0, "", ""
    for number, text in lines:
        match = _ENTRY.match(text)
        if acronym.endswith("-") and not expansion and " " not in text:
            acronym += text
        elif expansion.endswith("-"):
            expansion += text
        elif match and not (expansion and _little(expansion)):
            if acronym:
                yield begun, acronym, expansion
            begun, acronym, expansion = number, match["acronym"], match["expansion"]
        elif _ALONE.match(text) and acronym and not expansion:
            acronym = f"{acronym} {text}"
        elif _ALONE.match(text):
            if acronym:
                yield begun, acronym, expansion
            begun, acronym, expansion = number, text, ""
        elif acronym:
            expansion = f"{expansion} {text}".strip()
    if acronym:
        yield begun, acronym, expansion


def _little(expansion: str) -> bool:
    """Whether an expansion stops at a word that cannot end it: the next line goes on with it, whatever it begins with."""
    return expansion.rpartition(" ")[2].lower().rstrip(",") in {
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "et",
        "of",
        "the",
        "and",
        "pour",
    }


Index = Mapping[str, frozenset[str]]
"""What a token may look like in the list -> the tokens it may be: itself, or itself without a letter at one end."""


def _index(used: Iterable[str]) -> Index:
    found: dict[str, set[str]] = {}
    for token in used:
        for seen in {token, token[1:], token[:-1]}:
            found.setdefault(seen, set()).add(token)
    return {seen: frozenset(tokens) for seen, tokens in found.items()}


def corrected(printed: str, expansion: str, used: Index) -> str:
    """The acronym as the rest of the document writes it, where the list has it with a blank or a letter less at one end;
    where nothing else shows it, with the first letter of what it stands for, if that is what it lacks."""
    whole = printed.replace(" ", "")
    if printed in used.get(printed, ()):
        return printed
    near = sorted(used.get(whole, ()))
    if len(near) == 1:
        return near[0]
    first = plain(expansion.strip(" «"))[:1].upper()
    if whole and plain(whole)[:1].upper() != first and not near and spells(first + whole, expansion):
        return first + whole
    return whole if " " in printed else printed


def spells(acronym: str, expansion: str) -> bool:
    """Whether the letters stand in the expansion in that order."""
    rest = iter(plain(expansion).upper())
    return all(letter in rest for letter in plain(acronym.partition("-")[0]).upper())
