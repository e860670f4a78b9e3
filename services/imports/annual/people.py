"""People as a report lists them: « Name, organisation, role (since when) » on the board, in the team, in committees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.time.vocabulary import fold
from services.imports.annual.dates import dates_in
from services.imports.annual.page import Passage, Section
from services.imports.annual.reading import Committee, Member

_ROLE = re.compile(
    r"\b(?:(?:vice-?|co-?)?president\w*|tresori\w*|secretaire\w*|administrat\w*|conseill\w*|coordonnat\w*|coordination|porte-parole"
    r"|direct\w*|chargee?s?|responsable\w*|adjoint\w*|appui|comptab\w*|technicien\w*|agente?s?|stagiaires?|chair\w*|treasurer"
    r"|secretary|coordinator|director|officer|manager|assistant|accountant|member at large|representante?s?"
    r"|archivist\w*|bookkeeper)\b"
)
_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_PERSON = re.compile(
    rf"^(?:(?:M\.|Mme|Ms\.?|Mr\.?|Dre?\.?) )?{_CAPITAL}[\w’'-]*\.?"
    rf"(?:[ -](?:{_CAPITAL}[\w’'.-]*|de|du|des|la|le|van|von|el|al|da|dos|d['’]{_CAPITAL}\w+)){{1,5}}$"
)
_JOINED = re.compile(rf"^(?P<role>[a-zà-ÿ][\w’'-]*(?: [a-zà-ÿ][\w’'-]*){{0,4}}) (?P<person>{_PERSON.pattern[1:]})")
_PARTS = re.compile(r"\s*,\s*|\s+[–—|-]\s+|\s*:\s*")
_MET = re.compile(
    r"\bne (?:s'est|se sont) pas (?:reuni|rencontre)\w*|\bn'a pas (?:siege|tenu)|\bdid not meet|\bhas not met"
)
_DID = re.compile(r"\b(?:s'est reuni|se sont reuni|a tenu|s'est rencontre|met|has met)\w*")


def read_board(sections: tuple[Section, ...]) -> Iterator[Member]:
    """Who sits on the board, the executive first where the page says who that is."""
    for section in sections:
        if section.role not in ("board", "executive"):
            continue
        executive = section.role == "executive"
        for line, text in _items(section):
            if member := read_member(
                text, line, executive or bool(_ROLE.search(fold(text.partition(",")[2]))), team=False
            ):
                yield member


def read_team(sections: tuple[Section, ...]) -> Iterator[Member]:
    """Who works there."""
    for section in sections:
        if section.role == "team":
            for line, text in _items(section):
                if member := read_member(text, line, executive=False, team=True):
                    yield member


def read_committees(sections: tuple[Section, ...]) -> Iterator[Committee]:
    """The committees that have a heading of their own, with their members."""
    for section in sections:
        if section.role != "committees" or section.top in ("alliances", "board"):
            continue
        members = tuple(
            m for line, text in _items(section) if (m := read_member(text, line, executive=False, team=False))
        )
        prose = " ".join(p.text for p in section.passages if not p.mark and not p.cells)
        flat = fold(prose)
        met = False if _MET.search(flat) else True if _DID.search(flat) else None
        if members or prose:
            yield Committee(section.heading.text, section.heading.line, members, met, prose)


def _items(section: Section) -> Iterator[tuple[int, str]]:
    """The lines that may name someone: an item, a row, or one line of several that follow one another."""
    for passage in section.passages:
        if passage.cells:
            yield passage.first_line, ", ".join(cell for cell in passage.cells if cell)
        elif passage.mark:
            yield passage.first_line, passage.text
        else:
            yield from _unwrapped(passage)


def _unwrapped(passage: Passage) -> Iterator[tuple[int, str]]:
    """The lines of a passage, each with what it wraps into: what begins with a small letter or inside parentheses."""
    gathered: list[tuple[int, str]] = []
    for line in passage.lines:
        above = gathered[-1][1] if gathered else ""
        goes_on = above and (
            line.text[:1].islower() or above.endswith((",", "-")) or above.count("(") > above.count(")")
        )
        if goes_on:
            gathered[-1] = (gathered[-1][0], f"{above}{'' if above.endswith('-') else ' '}{line.text}")
        else:
            gathered.append((line.place.line, line.text))
    for number, text in gathered:
        yield from ((number, one) for one in _each(text))


def _each(text: str) -> Iterator[str]:
    """Those whom one line names: after the role of one, the name of the next may follow without a sign."""
    parts = text.split(", ")
    start = 0
    for at in range(1, len(parts) - 1):
        if (joined := _JOINED.match(parts[at])) and _ROLE.search(fold(joined["role"])):
            yield ", ".join([*parts[start:at], joined["role"]])
            start, parts[at] = at, joined["person"]
    yield ", ".join(parts[start:])


def read_member(text: str, line: int, executive: bool, team: bool) -> Member | None:
    """Someone, from « Name, organisation, role (term) » or « Role: Name (organisation) »; null for a sentence."""
    bare, tenure, words = _tenure(text.rstrip(" ;."))
    parts = [part.strip() for part in _PARTS.split(bare) if part.strip()]
    if not parts or len(parts) > 5 or len(bare) > 160:
        return None
    if not _PERSON.match(parts[0]) and len(parts) > 1 and _ROLE.search(fold(parts[0])) and _PERSON.match(parts[1]):
        parts = [parts[1], *parts[2:], parts[0]]
    inside = re.match(r"^(.+?) \(([^()]+)\)$", parts[0])
    if inside and _PERSON.match(inside[1]):
        parts = [inside[1], inside[2], *parts[1:]]
    if not _PERSON.match(parts[0]) or (len(parts) == 1 and not tenure):
        return None
    rest = parts[1:]
    roles = rest if team else [part for part in rest if _ROLE.search(fold(part))]
    others = [part for part in rest if part not in roles]
    role = ", ".join(roles) or None
    return Member(parts[0], line, ", ".join(others) or None, role, executive and bool(role), tenure, words)


def _tenure(text: str) -> tuple[str, str | None, str | None]:
    """The text without the parenthesis that holds its dates, and those."""
    match = re.search(r"\s*\(([^()]*)\)\s*$", text)
    dates = dates_in(match[1]) if match else []
    if match is None or not dates:
        return text, None, None
    if len(dates) == 2 and all("/" not in date.edtf for date in dates):
        return text[: match.start()], f"{dates[0].edtf}/{dates[1].edtf}", match[1]
    return text[: match.start()], dates[0].edtf, match[1]
