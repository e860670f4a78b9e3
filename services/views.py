"""The lists that people keep: what a list is asked, under a name; for oneself, or for everyone here."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg.types.json import Jsonb

from domain.errors import Invalid, NotFound, Refused
from services.store import Store

LONGEST = 80  # letters of a name
MOST = 100  # views of one person


class NameNeeded(Invalid):
    """Give this view a name, of 80 letters at most."""


class ViewNamed(Refused):
    """You have a view called “{name}” already. Choose another name."""


class TooManyViews(Refused):
    """You keep {most} views already. Delete one first."""


class ViewUnknown(NotFound):
    """There is no such view, or it is someone else’s."""


@dataclass(frozen=True)
class View:
    """A list that someone keeps. `asked`: its question, as the address has it; `mine`: whether the reader may change it;
    `home`: whether it opens first for the reader."""

    id: UUID
    name: str
    shared: bool
    asked: Mapping[str, Any]
    mine: bool
    home: bool


def views_of(connection: psycopg.Connection, person: UUID) -> list[View]:
    """Those of a person, and those that are shared, by name."""
    rows = connection.execute(
        "SELECT v.id, v.name, v.shared, v.asked, v.owner = %(person)s, h.person IS NOT NULL"
        " FROM suivi.views v LEFT JOIN suivi.home_views h ON h.view = v.id AND h.person = %(person)s"
        " WHERE v.owner = %(person)s OR v.shared ORDER BY lower(v.name), v.id", {"person": person},
    )  # fmt: skip
    return [View(*row) for row in rows]


def keep(store: Store, person: UUID, name: str, asked: Mapping[str, Any], shared: bool = False) -> UUID:
    """A new view of a person; returns its id."""
    name, id = _name(name), uuid4()
    with store.connection.transaction():
        row = store.connection.execute("SELECT count(*) FROM suivi.views WHERE owner = %s", (person,)).fetchone()
        if row and row[0] >= MOST:
            raise TooManyViews(most=MOST)
        _once(store, name, "INSERT INTO suivi.views (id, owner, name, shared, asked) VALUES (%s, %s, %s, %s, %s)",
              (id, person, name, shared, Jsonb(dict(asked))))  # fmt: skip
    return id


def keep_import(store: Store, person: UUID, name: str, refs: Sequence[str]) -> UUID:
    """The cases of an import, as a view that its author alone has. A name that is taken is given a number."""
    known = {view.name for view in views_of(store.connection, person)}
    name = _name(name[: LONGEST - 5])
    free = next(each for n in range(1, MOST + 2) if (each := name if n == 1 else f"{name} ({n})") not in known)
    return keep(store, person, free, {"refs": list(refs)})


def change(store: Store, person: UUID, id: UUID, name: str, shared: bool) -> None:
    """Another name, for oneself or for everyone."""
    name = _name(name)
    changed = _once(store, name, "UPDATE suivi.views SET name = %s, shared = %s WHERE id = %s AND owner = %s",
                    (name, shared, id, person))  # fmt: skip
    if not changed:
        raise ViewUnknown()


def ask_anew(store: Store, person: UUID, id: UUID, asked: Mapping[str, Any]) -> None:
    """The same name for another question; the cases of an import stay those."""
    done = store.connection.execute(
        "UPDATE suivi.views SET asked = %s || jsonb_strip_nulls(jsonb_build_object('refs', asked->'refs'))"
        " WHERE id = %s AND owner = %s", (Jsonb(dict(asked)), id, person),
    )  # fmt: skip
    if not done.rowcount:
        raise ViewUnknown()


def remove(store: Store, person: UUID, id: UUID) -> None:
    """The view goes; the cases stay."""
    if not store.connection.execute("DELETE FROM suivi.views WHERE id = %s AND owner = %s", (id, person)).rowcount:
        raise ViewUnknown()


def open_first(store: Store, person: UUID, id: UUID | None) -> None:
    """The list that opens first for a person; null: that of all cases."""
    if id is None:
        store.connection.execute("DELETE FROM suivi.home_views WHERE person = %s", (person,))
        return
    if id not in {view.id for view in views_of(store.connection, person)}:
        raise ViewUnknown()
    store.connection.execute(
        "INSERT INTO suivi.home_views (person, view) VALUES (%s, %s) ON CONFLICT (person) DO UPDATE SET view = EXCLUDED.view",
        (person, id),
    )


def _once(store: Store, name: str, query: Any, facts: tuple[Any, ...]) -> int:
    """Writes a view; nobody has two of one name."""
    try:
        with store.connection.transaction():
            return store.connection.execute(query, facts).rowcount
    except psycopg.errors.UniqueViolation as error:
        raise ViewNamed(name=name) from error


def _name(text: str) -> str:
    name = " ".join(
        "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs") or c.isspace()).split()
    )
    if not name or len(name) > LONGEST:
        raise NameNeeded()
    return name
