"""Looks things up in `read.search`: a number first, then titles, then what was written, never more than a page of each
kind; and only what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from psycopg import sql

from domain.words import plain
from projections.search_words import Sought

ENTRIES = ("assembly", "body", "office", "person", "plan")
OF_MEMBERS = ("case", "assembly", "body", "office", "plan")
"""What those find who do not work here: no thread, and nobody."""

INSIDERS = frozenset({"officer", "secretary", "auditor", "administrator", "system"})
RANKED = 200  # of what matches, the latest so many are put in order
SAID = 40  # texts of one thing in which an excerpt is looked for


@dataclass(frozen=True)
class Viewer:
    """Who looks: a person and their roles."""

    person: UUID | None
    roles: Sequence[str]

    @property
    def inside(self) -> bool:
        """Whether they read what is not for everyone: internal notes, threads, people."""
        return not INSIDERS.isdisjoint(self.roles)


class Found(NamedTuple):
    """A thing that was found. `tier`: 0 by its number, 1 by its title, 2 by what was written; `said`: where, and text."""

    id: UUID
    kind: str
    ref: str
    title: str
    said: list[list[str]]
    tier: int
    rank: float


def condition(query: Sought, viewer: Viewer, row: str = "s", column: str = "words") -> sql.Composed:
    """Whether a row of `read.search` has every word looked for, or the number."""
    here = sql.Identifier(row, column)
    asked = sql.SQL(" && ").join(_word(query, place, viewer) for place in range(len(query.words)))
    words = sql.SQL("{} @@ ({})").format(here, asked) if query.words else sql.SQL("false")
    return sql.SQL("({})").format(words)


def of_number(query: Sought, row: str = "s") -> sql.Composed:
    """Whether its number, or its REF, is the one typed."""
    return sql.SQL("({} && {}::text[])").format(sql.Identifier(row, "numbers"), sql.Literal(list(query.numbers)))


def on_case(query: Sought, viewer: Viewer, column: sql.Composable) -> sql.Composed:
    """For a list of cases: whether the case whose id is in `column` is found."""
    fits = [condition(query, viewer)] + ([of_number(query)] if query.numbers else [])
    return sql.SQL("EXISTS (SELECT FROM read.search s WHERE s.id = {} AND ({}))").format(
        column, sql.SQL(" OR ").join(fits)
    )


def _word(query: Sought, place: int, viewer: Viewer) -> sql.Composed:
    """One word: its letters, its root, its French stem; of members, not in what is internal."""
    weights = "" if viewer.inside else "ABC"
    said = sql.SQL("{}::tsquery").format(sql.Literal(query.query(place, weights)))
    if (stem := query.stem(place)) is None:
        return sql.SQL("({})").format(said)
    return sql.SQL("({} || to_tsquery('french', {}))").format(said, sql.Literal(f"'{stem}':{weights}".rstrip(":")))


_VISIBLE = sql.SQL(
    "(s.kind <> 'case' OR suivi.may_see(s.visibility, s.people, {viewer}, {roles}))"
    " AND (s.kind <> 'demarche' OR EXISTS (SELECT FROM read.cases c WHERE c.case_id = ANY (s.cases)"
    " AND NOT c.withdrawn AND suivi.may_see(c.visibility, c.people, {viewer}, {roles})))"
)
_TIER = sql.SQL(
    "(SELECT s.id, {tier} AS tier FROM read.search s WHERE {kinds} AND {fits} AND {visible}"
    " ORDER BY s.place DESC LIMIT {most})"
)
_BEST = sql.SQL("""
WITH hits AS ({hits}), best AS (SELECT id, min(tier) AS tier FROM hits GROUP BY id),
ranked AS (
    SELECT s.id, s.kind, s.ref, s.place, s.title, best.tier, {rank} AS rank
      FROM best JOIN read.search s USING (id)
), placed AS (
    SELECT *, row_number() OVER (PARTITION BY kind ORDER BY tier, rank DESC, place DESC) AS nth FROM ranked
)
SELECT p.id, p.kind, p.ref, p.title, CASE WHEN p.tier = 2 THEN s.said END, p.tier, p.rank
  FROM placed p JOIN read.search s USING (id) WHERE nth <= {limit} ORDER BY p.kind, nth""")


def find(
    connection: psycopg.Connection, query: Sought, viewer: Viewer, limit: int, kinds: Sequence[str] | None = None
) -> list[Found]:
    """Up to `limit` things of each kind, the best first."""
    seen = [kind for kind in ("case", "demarche", *ENTRIES) if viewer.inside or kind in OF_MEMBERS]
    seen = [kind for kind in seen if kinds is None or kind in kinds]
    if query.nothing or not seen:
        return []
    groups = [[kind] for kind in seen if kind not in ENTRIES] + [[kind for kind in seen if kind in ENTRIES]]
    hits = [tier for group in groups if group for tier in _tiers(query, viewer, group)]
    statement = _BEST.format(
        hits=sql.SQL(" UNION ALL ").join(hits), rank=_rank(query, viewer), limit=sql.Literal(limit)
    )
    rows = connection.execute(statement).fetchall()
    return [Found(row[0], row[1], row[2], row[3], row[4] or [], row[5], row[6]) for row in rows]


def _tiers(query: Sought, viewer: Viewer, kinds: list[str]) -> list[sql.Composed]:
    """The three ways in which a thing of these kinds is found."""
    ways = [(0, of_number(query))] if query.numbers else []
    ways += [(1, condition(query, viewer, column="title_words")), (2, condition(query, viewer))] if query.words else []
    visible = _VISIBLE.format(viewer=sql.Literal(viewer.person), roles=sql.Literal(list(viewer.roles)))
    of_kinds = sql.SQL("s.kind = ANY ({})").format(sql.Literal(kinds)) if len(kinds) > 1 else sql.SQL("s.kind = {}").format(
        sql.Literal(kinds[0]))  # fmt: skip
    return [
        _TIER.format(tier=sql.Literal(tier), kinds=of_kinds, fits=fits, visible=visible, most=sql.Literal(RANKED))
        for tier, fits in ways
    ]


def _rank(query: Sought, viewer: Viewer) -> sql.Composed:
    if not query.words:
        return sql.SQL("{}::real").format(sql.Literal(0))
    asked = sql.SQL(" && ").join(_word(query, place, viewer) for place in range(len(query.words)))
    return sql.SQL("ts_rank('{{0.2, 0.4, 0.7, 1.0}}', s.words, {}, 1)").format(asked)


def stemmed(connection: psycopg.Connection, query: Sought, words: Sequence[str]) -> frozenset[str]:
    """Of some words, those that have the French stem of one that is looked for."""
    stems = [stem for place in range(len(query.words)) if (stem := query.stem(place))]
    if not stems or not words:
        return frozenset()
    rows: Any = connection.execute(
        "SELECT w FROM unnest(%s::text[], %s::text[]) AS each(w, p) WHERE ts_lexize('french_stem', w)"
        " || ts_lexize('french_stem', p) && ARRAY("
        " SELECT unnest(ts_lexize('french_stem', q)) FROM unnest(%s::text[]) AS q)",
        (list(words), list(map(plain, words)), stems),
    )  # fmt: skip
    return frozenset(word for (word,) in rows)
