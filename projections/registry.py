"""Every projection, in the order in which they follow."""

from __future__ import annotations

from projections.cases import Cases
from projections.demarches import Demarches
from projections.directory import Directory
from projections.follower import Projection

PROJECTIONS: tuple[Projection, ...] = (Directory(), Cases(), Demarches())
