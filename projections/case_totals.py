"""How many cases a viewer may see, of each kind: from the counts kept with the cases, else counted up to a most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from psycopg import sql

from projections.case_counts import EVERY, NOBODY
from projections.case_pages import SEEN, Reading, Sought, asked_of

HOMES = 24  # assemblies and plans to choose from: the last ones by name
MOST = 500  # counted one by one: beyond, a list says that there are more


class Total(NamedTuple):
    """So many cases in a state, open or closed, whose turn it is."""

    state: str
    final: bool
    turn: str
    n: int


# What is open to a role is counted already; a case that is shown to named people alone is counted for each of them.
_KEPT = sql.SQL("""
SELECT state, final, turn, sum(n)::int FROM (
    SELECT state, final, turn, n FROM read.case_counts
     WHERE axis = %(axis)s AND entry = %(entry)s AND assembly = %(counted)s AND suivi.may_see(visibility, '{{}}', NULL, %(roles)s)
    UNION ALL
    SELECT state, final, turn, 1 FROM read.cases
     WHERE visibility <> 'open' AND people @> ARRAY[%(viewer)s::uuid] AND {seen} AND {asked} AND {assembly}
       AND NOT suivi.may_see(visibility, '{{}}', NULL, %(roles)s)
) AS each GROUP BY 1, 2, 3""")

_LOADS = sql.SQL("""
SELECT axis, d.kind || ':' || d.key, d.name, sum(n)::int FROM (
    SELECT axis, entry, n FROM read.case_counts
     WHERE axis <> 'all' AND assembly = %(counted)s AND NOT final AND suivi.may_see(visibility, '{{}}', NULL, %(roles)s)
    UNION ALL
    SELECT axes.axis, axes.entry, 1 FROM read.cases CROSS JOIN LATERAL (
        SELECT 'owner' AS axis, owner AS entry UNION ALL SELECT 'body', unnest(bodies)) AS axes
     WHERE visibility <> 'open' AND people @> ARRAY[%(viewer)s::uuid] AND {seen} AND NOT final
       AND NOT suivi.may_see(visibility, '{{}}', NULL, %(roles)s)
) AS each JOIN read.directory d USING (entry) GROUP BY 1, 2, 3
UNION ALL (SELECT kind, key, name, 0 FROM read.directory WHERE kind = 'assembly' ORDER BY sort DESC LIMIT %(most)s)
UNION ALL (SELECT kind, key, name, 0 FROM read.directory WHERE kind = 'plan' ORDER BY sort DESC LIMIT %(most)s)
ORDER BY 1, 3""")

_NAMES = """SELECT k.key, d.name FROM suivi.keys k JOIN read.directory d ON d.entry = k.stream
             WHERE k.scope = 'home' AND k.key = ANY (%s)"""

_OF_AXIS: Mapping[str, sql.SQL] = {
    "all": sql.SQL("true"),
    "owner": sql.SQL("coalesce(owner, '00000000-0000-0000-0000-000000000000') = %(entry)s"),
    "body": sql.SQL("bodies @> ARRAY[%(entry)s::uuid]"),
}
_ASSEMBLY, _ANY = sql.SQL("assembly = %(assembly)s"), sql.SQL("true")


def kept_totals(
    connection: psycopg.Connection,
    reading: Reading,
    axis: str = "all",
    entry: UUID = NOBODY,
    assembly: str | None = None,
) -> list[Total]:
    """The cases in all (`all`), of someone (`owner`; `NOBODY`: of no one), or of a body (`body`)."""
    query = _KEPT.format(seen=SEEN, asked=_OF_AXIS[axis], assembly=_ASSEMBLY if assembly else _ANY)
    asked = {"axis": axis, "entry": entry, "assembly": assembly, "counted": assembly or EVERY, **reading._asdict()}
    return [Total(*row) for row in connection.execute(query, asked, prepare=True)]


class Load(NamedTuple):
    """Someone (`owner`), or a body, with its open cases; or an assembly or a plan, of which they are not counted."""

    axis: str
    ref: str
    name: str
    n: int


def loads(connection: psycopg.Connection, reading: Reading) -> list[Load]:
    """Everyone who follows open cases, every body that some were referred to, the last assemblies and plans: by name."""
    asked = {"counted": EVERY, "most": HOMES, **reading._asdict()}
    return [Load(*row) for row in connection.execute(_LOADS.format(seen=SEEN), asked, prepare=True)]


def names_of_assemblies(connection: psycopg.Connection, keys: Iterable[str]) -> dict[str, str]:
    """Key -> name, of assemblies and of plans."""
    return dict(connection.execute(_NAMES, (list(keys),), prepare=True).fetchall())


def capped_totals(
    connection: psycopg.Connection, reading: Reading, wanted: Mapping[str, Sought], words: sql.Composable | None = None
) -> dict[str, int]:
    """How many cases each asks for, counted to one more than `MOST`: all in one question."""
    if not wanted:
        return {}
    parts, asked = [], dict[str, Any](reading._asdict())
    for name, sought in wanted.items():
        conditions = [SEEN, asked_of(sought, f"{name}_"), *([words] if words else [])]
        parts.append(sql.SQL("(SELECT count(*) FROM (SELECT FROM read.cases WHERE {} LIMIT {}) AS few)").format(
            sql.SQL(" AND ").join(conditions), sql.Literal(MOST + 1)))  # fmt: skip
        asked |= {f"{name}_{key}": value for key, value in sought.asked().items()}
    row = connection.execute(sql.SQL("SELECT {}").format(sql.SQL(", ").join(parts)), asked, prepare=False).fetchone()
    return dict(zip(wanted, row or (), strict=True))
