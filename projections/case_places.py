"""The indexes by which lists of cases are read in their orders, whatever the number of cases."""

from __future__ import annotations

_BY_PLACE = ("place", "assembly, place", "state, place", "owner, place", "turn, place", "final, place")

INDEXES = (
    "CREATE INDEX ON {cases} (assembly, ref)",
    *(f"CREATE INDEX ON {{cases}} ({columns})" for columns in _BY_PLACE),
    "CREATE INDEX ON {cases} (place) WHERE owner IS NULL AND NOT final",
    "CREATE INDEX ON {cases} (place) WHERE proposed > 0",
    "CREATE INDEX ON {cases} (coalesce(due_day, 'infinity'), place)",
    "CREATE INDEX ON {cases} (coalesce(since, 'infinity'), place)",
    "CREATE INDEX ON {cases} (late_on) WHERE late_on IS NOT NULL",
    "CREATE INDEX ON {cases} (owner, late_on) WHERE late_on IS NOT NULL",
    "CREATE INDEX ON {cases} (assembly, late_on) WHERE late_on IS NOT NULL",
    "CREATE INDEX ON {cases} (received)",
    "CREATE INDEX ON {cases} (heard) WHERE NOT final",
    "CREATE INDEX ON {cases} (owner, heard) WHERE NOT final",
    "CREATE INDEX ON {cases} (state, heard) WHERE NOT final",
    "CREATE INDEX ON {cases} USING gin (bodies)",
    "CREATE INDEX ON {cases} USING gist (days) WHERE NOT isempty(days)",
    "CREATE INDEX ON {cases} USING gin (people) WHERE visibility <> 'open'",
)
