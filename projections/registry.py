"""Every projection, in the order in which they follow."""

from __future__ import annotations

from projections.cases import Cases
from projections.demarches import Demarches
from projections.directory import Directory
from projections.entries import Entries
from projections.follower import Projection
from projections.records import Records
from projections.search import Search

PROJECTIONS: tuple[Projection, ...] = (Directory(), Cases(), Demarches(), Entries(), Search(), Records())
