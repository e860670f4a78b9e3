"""The names behind the ids of a small history."""

from __future__ import annotations

from uuid import UUID, uuid5

from domain.values import Party

SPACE = UUID("6f1de6a5-0000-4000-8000-000000000000")
STREAM = uuid5(SPACE, "stream")
ASSEMBLY, COMMITTEE, DISTRICT = (uuid5(SPACE, name) for name in ("assembly", "committee", "district"))
PERSON, CASE, NOBODY = (uuid5(SPACE, name) for name in ("person", "case", "nobody"))
OFFICE, THREAD, OTHER_THREAD = (uuid5(SPACE, name) for name in ("office", "thread", "other thread"))
PLAN = uuid5(SPACE, "plan")
NAMES = {
    ASSEMBLY: "Assemblée annuelle 2023",
    COMMITTEE: "Comité de l’environnement",
    DISTRICT: "FTQ-Côte-Nord",
    PERSON: "Amélie Tremblay",
    CASE: "2025:3",
    OFFICE: "ministre de l’Éducation",
    THREAD: "demarche:4",
    OTHER_THREAD: "demarche:9",
    PLAN: "Plan de travail 2019-2022",
}
COMMITTEE_PARTY = Party("body", COMMITTEE)
