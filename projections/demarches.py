"""The threads with offices: `read.demarches`, one row each, as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import json

from domain.base import Recorded
from domain.demarche.demarche import Demarche
from domain.demarche.events import DemarcheSent
from projections.demarche_rows import shape
from projections.folded import Folded


class Demarches(Folded):
    """A thread is short."""

    name = "demarches"
    version = 2
    tables: Mapping[str, str] = {
        "demarches": """demarche_id uuid PRIMARY KEY, number integer NOT NULL, office uuid, cases uuid[] NOT NULL,
                        state text NOT NULL, final boolean NOT NULL, unanswered boolean NOT NULL, awaits boolean NOT NULL,
                        turn text NOT NULL, owner uuid, since date, mailing uuid, row json NOT NULL, position bigint NOT NULL"""
    }
    indexes: Sequence[str] = (
        "CREATE INDEX ON {demarches} (number)",
        "CREATE INDEX ON {demarches} (office)",
        "CREATE INDEX ON {demarches} (mailing)",
        "CREATE INDEX ON {demarches} USING gin (cases)",
    )

    begins = DemarcheSent
    key = "demarche_id"
    upsert = """INSERT INTO {} VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
                ON CONFLICT (demarche_id) DO UPDATE SET office = EXCLUDED.office, cases = EXCLUDED.cases,
                state = EXCLUDED.state, final = EXCLUDED.final, unanswered = EXCLUDED.unanswered,
                awaits = EXCLUDED.awaits, turn = EXCLUDED.turn, owner = EXCLUDED.owner, since = EXCLUDED.since,
                row = EXCLUDED.row, position = EXCLUDED.position"""

    @staticmethod
    def row(history: list[Recorded]) -> tuple[Any, ...]:
        demarche = Demarche.fold(history)
        shown = shape(demarche)
        return (
            demarche.id, shown["number"], demarche.office, demarche.cases, demarche.state, demarche.final,
            demarche.unanswered, demarche.awaits, demarche.whose_turn, demarche.owner.id if demarche.owner else None,
            shown["since"], shown["mailing"], json.encode(shown).decode(), history[-1].position,
        )  # fmt: skip
