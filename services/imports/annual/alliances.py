"""Alliances: a name with a paragraph under it, in a list, or before a colon; and what we are in each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.record.events import Relation
from domain.time.vocabulary import fold
from services.imports.annual.page import Passage, Section, caption
from services.imports.annual.reading import Entry

_RELATIONS: tuple[tuple[Relation, str], ...] = (
    (
        "seat",
        r"sieg(?:e|eons|ent) (?:a (?:son|leur|ce|l'|la)|au|aux|sur|comme)|sieges? au (?:conseil|c\.a\.|ca)"
        r"|sits? on|seat on|board member",
    ),
    ("delegate", r"delegue\w*|represente\w* (?:le|la|notre|l')|delegates?\b|represents us"),
    ("member", r"membres?\b|adher\w+|members?\b|fait partie|belongs? to|part of"),
    (
        "collaboration",
        r"collabor\w+|particip\w+|travaill\w+ avec|partenaires?|works? with|partners? (?:of|with)|takes? part",
    ),
    ("support", r"appuie\w*|appuyons|soutien\w*|soutenons|appui\b|supports?\b|endorses?\b"),
)
_STRONG = ("seat", "delegate", "member")
_LEAD = re.compile(r"^(?P<name>[^:.;]{3,140}?)\s*(?::|\s[–—-])\s+(?P<text>.{3,})$", re.DOTALL)


def read_alliances(sections: tuple[Section, ...]) -> Iterator[Entry]:
    """The alliances of a document, in order."""
    for section in sections:
        if section.top != "alliances":
            continue
        passages = [passage for passage in section.passages if not caption(passage.text)]
        if section.heading.role is None and section.heading.text:
            yield _entry(section.heading.text, section.heading.line, passages)
        else:
            yield from (_listed(passage) for passage in passages if passage.mark or passage.cells)


def _entry(name: str, line: int, passages: list[Passage]) -> Entry:
    text = " ".join(passage.text for passage in passages)
    last = passages[-1].last_line if passages else line
    relation = relation_of(text)
    return Entry(
        "alliance", name, text, line, last, relation=relation, where="alliances", confidence="high" if relation else "medium",
    )  # fmt: skip


def _listed(passage: Passage) -> Entry:
    """An item: « Name : what we do there », « Name (member) », or the name alone."""
    cells = [cell for cell in passage.cells if cell]
    if len(cells) > 1:
        name, text = cells[0], " ".join(cells[1:])
    elif split := _LEAD.match(passage.text):
        name, text = split["name"], split["text"]
    else:
        name, text = passage.text.rstrip(" ;."), ""
    aside = re.search(r"\(([^()]*)\)$", name)
    relation = relation_of(text) or (relation_of(aside[1]) if aside else None)
    if aside and relation_of(aside[1]):
        name = name[: aside.start()].rstrip(" ,")
    return Entry(
        "alliance", name, text or passage.text, passage.first_line, passage.last_line, relation=relation, where="alliances",
        confidence="high" if relation else "medium",
    )  # fmt: skip


def relation_of(text: str) -> Relation | None:
    """The closest tie that a text tells: a seat before a delegate before a member; else the first that is said."""
    flat = fold(text)
    found = [
        (match.start(), relation) for relation, words in _RELATIONS if (match := re.search(rf"\b(?:{words})", flat))
    ]
    strong = [relation for relation in _STRONG if relation in {each for _, each in found}]
    return next(iter(strong), None) or (min(found)[1] if found else None)
