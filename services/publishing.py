"""The public page of an assembly: closed unless an administrator opens it; it shows what is open to everyone."""

from __future__ import annotations

from dataclasses import replace

import psycopg

from domain.errors import NotFound
from services import access
from services.accounts import administrators_only
from services.execute import Actor
from services.home import Home, Viewer
from services.refs import EntryUnknown, Refs

_SET = """INSERT INTO suivi.public_pages (assembly, open, changed_by) VALUES (%s, %s, %s)
          ON CONFLICT (assembly) DO UPDATE SET open = EXCLUDED.open, changed_by = EXCLUDED.changed_by,
                                               changed_at = clock_timestamp()"""
_OPEN = """SELECT d.key FROM suivi.public_pages p JOIN read.directory d ON d.entry = p.assembly
            WHERE p.open AND d.kind = 'assembly'"""


class NotPublic(NotFound):
    """There is no public page at this address."""


def publish(home: Home, actor: Actor, key: str, open: bool) -> None:
    """An administrator opens the page of an assembly to everyone, or closes it. Raises `EntryUnknown`."""
    administrators_only(home.store, actor)
    assembly = Refs(home.store).key("assembly", key)
    if assembly is None:
        raise EntryUnknown(ref=f"assembly:{key}", kind="assembly")
    with home.store.connection.transaction():
        home.store.connection.execute(_SET, (assembly, open, actor.person))
        access.record(home.store, "published" if open else "unpublished", actor.person, f"assembly:{key}")


def published(connection: psycopg.Connection) -> set[str]:
    """The keys of the assemblies that everyone may read."""
    return {key for (key,) in connection.execute(_OPEN)}


def as_everyone(home: Home, key: str) -> Home:
    """The home as somebody without an account reads it, where that assembly is public. Raises `NotPublic`."""
    if key not in published(home.reader):
        raise NotPublic()
    return replace(home, known_viewer=Viewer(None, frozenset({"member"})))
