"""Search: what a reader may find of what they typed, with the words that were found, by kind."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from psycopg import sql

from projections import search_pages
from projections.search_pages import Found, stemmed
from projections.search_words import Sought, every_form, marked, sought
from services import access
from services.home import Home

KINDS = ("case", "demarche", "plan", "office", "body", "person", "assembly")
"""What can be found, in the order in which it is shown."""

MOST = 25  # of each kind on a page
WIDE = 190  # characters of an excerpt
BEFORE = 50  # of them, before the first word found

Piece = tuple[str, bool]
"""A piece of a text, and whether it is one of the words found."""


@dataclass(frozen=True)
class Hit:
    """A thing that was found: its title and the place where the words stand, in pieces. `where`: text, note or inner;
    null if the title or the number was enough. `more`: what a list shows of a case beside it."""

    id: UUID
    kind: str
    ref: str
    title: list[Piece]
    tier: int
    where: str | None = None
    excerpt: list[Piece] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Results:
    """What was found, by kind in the order of `KINDS`; `full`: the kinds of which there is more than is shown."""

    groups: dict[str, list[Hit]]
    full: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        return sum(map(len, self.groups.values()))


def search(home: Home, text: str, limit: int = MOST, kinds: Sequence[str] | None = None) -> Results:
    """What the reader finds, at most `limit` of each kind."""
    query, viewer = sought(text.replace("\0", " ")), _viewer(home)
    found = search_pages.find(home.reader, query, viewer, limit + 1, kinds)
    by_kind = {kind: [one for one in found if one.kind == kind] for kind in KINDS}
    shown = [one for hits in by_kind.values() for one in hits[:limit]]
    more = _more(home, [one.id for one in shown if one.kind == "case"])
    access.note_named(home, list(more.values()))
    hits = _hits(home, query, shown, viewer.inside, more)
    groups = {kind: [hit for hit in hits if hit.kind == kind] for kind in KINDS}
    full = frozenset(kind for kind, all_of in by_kind.items() if len(all_of) > limit)
    return Results({kind: each for kind, each in groups.items() if each}, full)


def matching(home: Home, text: str, column: sql.Composable) -> sql.Composed | None:
    """For a list of cases, the condition that the case whose id is in `column` is found; null if there is nothing to look
    for."""
    query = sought(text.replace("\0", " "))
    return None if query.nothing else search_pages.on_case(query, _viewer(home), column)


def _viewer(home: Home) -> search_pages.Viewer:
    seen = home.viewer()
    return search_pages.Viewer(seen.person, sorted(seen.roles))


def _more(home: Home, cases: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """What a list shows of some cases."""
    if not cases:
        return {}
    rows = home.reader.execute("SELECT case_id, row FROM read.cases WHERE case_id = ANY (%s)", (list(cases),))
    return dict(rows.fetchall())


def _hits(
    home: Home, query: Sought, found: Sequence[Found], inside: bool, more: dict[UUID, dict[str, Any]]
) -> list[Hit]:
    """Each with its words marked."""
    texts = {one.id: _readable(one, inside) for one in found}
    forms = every_form([*(_composed(one.title) for one in found), *(t for each in texts.values() for _, t in each)])
    also = stemmed(home.reader, query, forms)
    hits = []
    for one in found:
        where, excerpt = _excerpt(texts[one.id], query, also)
        title = _composed(one.title)
        hits.append(Hit(one.id, one.kind, one.ref, pieces(title, marked(title, query, also)), one.tier, where, excerpt,
                        more.get(one.id, {})))  # fmt: skip
    return hits


def _readable(found: Found, inside: bool) -> list[tuple[str, str]]:
    """Where, and what was written: what is internal for those who work here alone; the key of an entry tells nothing."""
    if found.kind not in ("case", "demarche"):
        return []
    said = [(where, _composed(text)) for where, text in found.said if inside or where != "inner"]
    return said[: search_pages.SAID]


def _composed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _excerpt(said: Sequence[tuple[str, str]], query: Sought, also: frozenset[str]) -> tuple[str | None, list[Piece]]:
    """Around the first word found, of the text that has most of them."""
    scored = [(len({text[a:b].lower() for a, b in places}), where, text, places)
              for where, text in said if (places := marked(text, query, also))]  # fmt: skip
    if not scored:
        return None, []
    _, where, text, places = max(scored, key=lambda each: each[0])
    start = _word_before(text, max(0, places[0][0] - BEFORE))
    end = _word_after(text, min(len(text), start + WIDE))
    inside = [(a - start, b - start) for a, b in places if start <= a and b <= end]
    cut = pieces(text[start:end], inside)
    return where, [*([("… ", False)] if start else []), *cut, *([(" …", False)] if end < len(text) else [])]


def _word_before(text: str, place: int) -> int:
    return text.rfind(" ", 0, place) + 1 if place else 0


def _word_after(text: str, place: int) -> int:
    return len(text) if (found := text.find(" ", place)) < 0 else found


def pieces(text: str, places: Sequence[tuple[int, int]]) -> list[Piece]:
    """The text cut where words were found."""
    cut, done = list[Piece](), 0
    for start, end in places:
        cut += [(text[done:start], False), (text[start:end], True)]
        done = end
    return [piece for piece in (*cut, (text[done:], False)) if piece[0]]
