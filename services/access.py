"""The access log: who entered and left, what a role alone let someone read, what was changed that no history tells.

It is written before the answer is given: a reading that cannot be written down is refused. It holds ids and REFs, no
names, no addresses of machines; an auditor and an administrator read it (`web/pages/access.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from domain.errors import Invalid
from projections.phrases.catalogue import N_
from services.home import Home, Viewer
from services.store import Store

WHAT: dict[str, str] = {
    "signed-in": N_("signed in"),
    "sign-in-refused": N_("was refused at sign-in"),
    "signed-out": N_("signed out"),
    "session-ended": N_("ended a session"),
    "password-changed": N_("changed a password"),
    "factor-added": N_("added a second factor or a passkey"),
    "factor-removed": N_("removed a second factor or a passkey"),
    "invited": N_("invited someone"),
    "account-changed": N_("changed an account"),
    "account-disabled": N_("closed an account"),
    "token-made": N_("made a token"),
    "token-revoked": N_("revoked a token"),
    "feed-made": N_("made the address of a calendar"),
    "feed-revoked": N_("revoked the address of a calendar"),
    "named-read": N_("read, as auditor, a case shown to named people only"),
    "exported": N_("exported a list"),
    "taken": N_("took away all that they may read"),
    "taken-whole": N_("took everything away, cases shown to named people only among it"),
    "published": N_("opened the public page of an assembly"),
    "unpublished": N_("closed the public page of an assembly"),
    "settings-changed": N_("changed the settings of the organisation"),
}
LONGEST = 200  # characters of what it is about
NEWEST = 2**62  # beyond every id


class WhatUnknown(Invalid):
    """“{what}” is not something that the access log knows. It knows: {known}."""


@dataclass(frozen=True)
class Access:
    """One line of it, newest first by `id`."""

    id: int
    at: datetime
    person: UUID | None
    what: str
    about: str
    role: str


_ADD = "INSERT INTO suivi.access (person, what, about, role) SELECT %s, %s, unnest(%s::text[]), %s"
_READ = """SELECT id, at, person, what, about, role FROM suivi.access
            WHERE id < %(before)s AND (%(person)s::uuid IS NULL OR person = %(person)s)
              AND (%(what)s::text IS NULL OR what = %(what)s) AND (%(about)s::text IS NULL OR about = %(about)s)
            ORDER BY id DESC LIMIT %(limit)s"""


def record(store: Store, what: str, person: UUID | None = None, about: str | Iterable[str] = "", role: str = "") -> None:
    """Writes a line for each thing that it is about. `person`: who did it, where they are known."""
    if what not in WHAT:
        raise WhatUnknown(what=what, known=sorted(WHAT))
    things = [about] if isinstance(about, str) else list(about)
    store.connection.execute(_ADD, (person, what, [each[:LONGEST] for each in things], role))


def read(
    connection: psycopg.Connection, *, before: int = NEWEST, limit: int = 100, person: UUID | None = None,
    what: str | None = None, about: str | None = None,
) -> list[Access]:  # fmt: skip
    """A page of it, newest first, before an id."""
    asked = {"before": before, "limit": limit, "person": person, "what": what, "about": about}
    return [Access(*row) for row in connection.execute(_READ, asked)]


def note_named(home: Home, rows: Sequence[dict[str, Any]]) -> None:
    """Writes down the cases among these rows that the viewer sees as an auditor only: each shown to named people, and
    neither theirs nor a secretary's to see."""
    viewer = home.viewer()
    if as_auditor_only(viewer) and (refs := [row["ref"] for row in rows if row["visibility"] == "named"]):
        theirs = _theirs(home, refs, viewer)
        note(home, viewer, [ref for ref in refs if ref not in theirs])


def note(home: Home, viewer: Viewer, refs: Sequence[str]) -> None:
    """Writes down that an auditor read these cases."""
    if refs:
        record(home.store, "named-read", viewer.person, refs, "auditor")


def as_auditor_only(viewer: Viewer) -> bool:
    """Whether it is as an auditor that the viewer sees what is shown to named people."""
    return "auditor" in viewer.roles and "secretary" not in viewer.roles


def _theirs(home: Home, refs: Sequence[str], viewer: Viewer) -> set[str]:
    rows = home.reader.execute(
        "SELECT ref FROM read.cases WHERE ref = ANY (%s) AND %s = ANY (people)", (list(refs), viewer.person)
    )
    return {ref for (ref,) in rows}
