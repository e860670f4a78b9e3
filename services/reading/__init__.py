"""What a door shows: cases, histories and the directory, now or at the two times of the contract."""

from services.reading.cases import actions, case, cases
from services.reading.directory import assemblies, assembly_names, bodies, entry, home_names, offices, people
from services.reading.histories import history
from services.reading.when import When

__all__ = [
    "When",
    "actions",
    "assemblies",
    "assembly_names",
    "bodies",
    "case",
    "cases",
    "entry",
    "history",
    "home_names",
    "offices",
    "people",
]
