"""Publications as a report lists them: who wrote, where it came out, « the title », the date; in any order but the title's."""

from __future__ import annotations

import re

from domain.record.events import Form
from domain.time import Found
from domain.time.vocabulary import fold
from services.imports.annual.dates import dates_in
from services.imports.annual.names import NAME, split_names, unaccented_too, without_article
from services.imports.annual.page import Passage
from services.imports.annual.reading import Entry
from services.imports.report import Confidence

_TITLE = re.compile(r"«\s*([^«»]{2,400}?)\s*»|(?<!\w)“([^“”]{2,400})”|(?<![\w\"])\"([^\"]{2,400})\"")
_FORMS: tuple[tuple[Form, str], ...] = (
    ("press_release", r"communique|press release"), ("brief", r"memoire|brief"), ("interview", r"entrevue|interview"),
    ("resolution", r"resolution"), ("declaration", r"declaration|statement"), ("letter", r"lettre|letter"),
    ("petition", r"petition"), ("article", r"article|chronique|billet|op-ed|column"),
)  # fmt: skip
_OF_FORM = unaccented_too(
    r"(?:communiqué(?: de presse)?|mémoire|entrevue|résolution(?: d['’]urgence)?|déclaration|lettre(?: ouverte| collective)?"
    r"|pétition|article|press release|brief|interview|statement|(?:open )?letter|op-ed)"
)
_BY = re.compile(
    rf"^{_OF_FORM}(?! de presse) (?:de la |de l['’]|du |des |de |d['’]|par (?:le |la |les |l['’])?|by (?:the )?|of (?:the )?)"
    rf"(?P<who>.+)$",
    re.IGNORECASE,
)
_AND = re.compile(r",? (?:et|and) (?:de la |du |des |de l['’]|the |(?=[A-ZÀ-Þ]))")
_IN = re.compile(rf"^(?P<who>{NAME}) (?:dans|in) (?P<where>.+)$")
_AFTER = re.compile(r"(?:\b[Dd]ans|\bsur|\b[Ii]n|\bon)(?: (?:la|le|les|the)(?= )| l['’])? ?(?P<where>[^,;(«»]{2,80})")

_AGAIN = re.compile(
    rf"\((?:aussi|[ée]galement|also) (?:(?:diffus|publi)[ée]e?|parue?|reprise?|carried|published|reprinted)s?"
    rf" (?:par|dans|sur|by|in|on) (?:la |le |les |l['’]|the )?(?P<where>{NAME})\)"
)
"""Where it came out besides: « (aussi diffusée par la CSN) », wherever it stands."""


def is_publication(passage: Passage) -> bool:
    """Whether an item is one: a title between quotation marks, or some words, and a date outside of it."""
    return bool(passage.mark or passage.cells) and len(passage.text) < 900 and _date(passage.text, None) is not None


def read_publication(passage: Passage, where: str, reference: str | None) -> Entry | None:
    """The publication that an item tells of; null where it has no date outside its title."""
    text = passage.text.rstrip(" ;.")
    date = _date(text, reference)
    if date is None:
        return None
    quoted = _TITLE.search(text)
    title = next(each for each in quoted.groups() if each) if quoted else _without(text, date)
    before = text[: quoted.start()] if quoted else ""
    if quoted is None and (split := _IN.match(title)):
        title = split["who"]
    after = text[quoted.end() : date.start] if quoted and date.start > quoted.end() else ""
    who, outlets = _around(before if date.start >= len(before) else _without(before, date), after)
    outlets += tuple(again["where"] for again in _AGAIN.finditer(text) if again["where"] not in outlets)
    confidence: Confidence = "high" if quoted else "medium"
    return Entry(
        "publication", title.strip(), text, passage.first_line, passage.last_line, date.edtf, date.words,
        form=form_of(f"{before} {title}" if not quoted or not before.strip(" ,") else before) or _form_of_title(title),
        parties=who, published=", ".join(outlets) or None, where=where, confidence=confidence,
    )  # fmt: skip


def form_of(words: str) -> Form | None:
    """What the words before the title say it is."""
    flat = fold(words)
    return next((form for form, pattern in _FORMS if re.search(rf"\b(?:{pattern})", flat)), None)


def _form_of_title(title: str) -> Form | None:
    """By how the title begins: « Déclaration du … »."""
    return form_of(" ".join(title.split()[:2]))


def _date(text: str, reference: str | None) -> Found | None:
    """The last date outside a title: those between quotation marks belong to the words."""
    inside = [match.span() for match in _TITLE.finditer(text)]
    found = [one for one in dates_in(text, reference) if not any(a <= one.start < b for a, b in inside)]
    return found[-1] if found else None


def _without(text: str, date: Found) -> str:
    """The words without their date."""
    return f"{text[: date.start]} {text[date.end :]}".strip(" ,;:()–—-.")


def _around(before: str, after: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who wrote it, and where it came out, from what stands before and after the title."""
    said = re.sub(r"\s[-–—] ?(?=\w)", "-", before).strip(" ,;:–—-")
    who: tuple[str, ...] = ()
    outlets: list[str] = []
    if written := _BY.match(said):
        who, said = tuple(without_article(name) for name in _AND.split(written["who"])), ""
    elif placed := _IN.match(said):
        who, said = (placed["who"],), placed["where"]
    pieces = [piece for piece in split_names(said) if not re.match(_OF_FORM, piece, re.IGNORECASE)]
    outlets += [re.sub(r"^(?:le|la|les) (?=[A-Z])", "", piece) for piece in pieces]
    if not outlets and (place := _AFTER.search(after)):
        outlets.append(place["where"].strip())
    elif not outlets and (place := re.match(rf"^[\s,;:(–—-]*({NAME})", after)):
        outlets.append(place[1].strip())
    return who, tuple(dict.fromkeys(outlets))
