"""Lines put back into paragraphs, as their author wrote them.

- Wrapped lines are joined by a space; after a cut hyphen (“Jean-⏎François”) or an apostrophe, by nothing. A
  hyphen goes only if the document writes the word without it elsewhere.
- An item of a list (dash, bullet, “1.”, “a)”) is a paragraph of its own, its mark kept.
- The mark “**” between an older and a newer part is a paragraph of its own.
- A page break, or a stray blank line, inside a sentence does not end its paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain.time.vocabulary import ENGLISH_MONTHS, FRENCH_MONTHS, either, fold
from services.imports.documents.marks import BULLETS, DASHES
from services.imports.lines import Line, is_terminal, starts_lower
from services.imports.report import Limb, Paragraph
from services.imports.spelling import lenient

_MARK = re.compile(rf"(?:[{DASHES}{BULLETS}]|\(?\d{{1,2}}[.)]|[a-z]\))\s+(?=\S)")
_SEPARATOR = re.compile(r"\*(?:\s?\*)*")
_CUT = re.compile(r"(\w+)[-‐‑]$")
_LEAD = re.compile(
    rf"(?P<label>(?:{lenient('Aux?|À|En|Dans|Pour|Chez|Du côté|Auprès|Volet|Palier|Sur|In|At')})\b[^.:;!?\d]{{2,60}}?)"
    r"\s?:(?:\s|$)"
)
_PLACE = re.compile(
    r"\s[\w’']*[A-ZÀ-Ý]\w"
    rf"|\b(?:{lenient('fédéral|provincial|municipal|national|international|régional|local')})e?s?\b"
)
_DATE_CUT = re.compile(rf"\b(?:{either(FRENCH_MONTHS)}|(?:{either(ENGLISH_MONTHS)})(?: \d{{1,2}},)?)$")
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_WORDS = re.compile(r"\w+(?:[-‐‑]\w+)*")


def vocabulary(lines: Iterable[Line]) -> frozenset[str]:
    """The words that stand whole in these lines, in lower case."""
    return frozenset(word for line in lines for word in _WORDS.findall(line.text.casefold()))


def join(texts: Iterable[str], words: frozenset[str] = frozenset()) -> str:
    """Wrapped lines as one text. `words` decides whether a hyphen at the end of a line belongs to the
    word."""
    pieces: list[str] = []
    for text in texts:
        if pieces:
            pieces[-1] = _before(pieces[-1], text, words)
        pieces.append(text)
    return "".join(pieces)


def _before(text: str, following: str, words: frozenset[str]) -> str:
    """The end of a line as it is to be followed: with a space, or cut word and apostrophe without one."""
    if text.endswith("\u00ad"):
        return text[:-1]
    if text.endswith(("’", "'")):
        return text
    cut = _CUT.search(text)
    if cut is None or not following[:1].isalpha():
        return text + " "
    rest = _WORDS.match(following)
    whole = (cut[1] + (rest[0] if rest else "")).casefold()
    return text[:-1] if starts_lower(following) and whole in words else text


def reflow(lines: Sequence[Line], words: frozenset[str] = frozenset()) -> tuple[Paragraph, ...]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _begins(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(
        Paragraph(join((line.text for line in group), words), group[0].number, group[-1].number) for group in groups
    )


def is_item(text: str) -> bool:
    return _MARK.match(text) is not None


def _begins(group: Sequence[Line], line: Line) -> bool:
    """Whether a paragraph begins at `line`, after the lines of `group`."""
    last = group[-1].text
    in_list, ended, lower = is_item(group[0].text), is_terminal(last), starts_lower(line.text)
    if _SEPARATOR.fullmatch(line.text) or _SEPARATOR.fullmatch(last):
        return True
    if is_item(line.text) and (line.opens or ended or in_list or last.endswith(",")):
        return True
    if lead(line.text) and (line.opens or ended):
        return True
    if line.page and not lower:
        return ended or in_list
    return line.gap and (ended or not (lower or (_DATE_CUT.search(fold(last)) and _YEAR.match(line.text))))


def lead(text: str) -> str | None:
    """The label of a run-in lead that names a place or a level of government: “Au Québec” of “Au Québec :
    …”."""
    match = _LEAD.match(text)
    return match["label"].strip() if match and _PLACE.search(match["label"]) else None


def limbs(paragraphs: Sequence[Paragraph]) -> tuple[Limb, ...]:
    """The parts of a text with two or more run-in leads; each goes on until the next lead. Twice the same:
    none."""
    leads = [(index, label) for index, item in enumerate(paragraphs) if (label := lead(item.text))]
    if len(leads) < 2 or len({label.casefold() for _, label in leads}) < len(leads):
        return ()
    ends = [index for index, _ in leads[1:]] + [len(paragraphs)]
    return tuple(Limb(label, tuple(range(start, end))) for (start, label), end in zip(leads, ends, strict=True))
