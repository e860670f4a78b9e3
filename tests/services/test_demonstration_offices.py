"""The offices of the demonstration, and who held each on a day."""

from __future__ import annotations

from services.demonstration import load
from services.reading import When, offices
from services.schema import Urls
from tests.homes import opened, secretary


def test_offices_are_held_by_whom_they_were(database: Urls) -> None:
    """Public facts: thirteen offices, two reshuffled in September 2024, and one of which the follow-up names nobody."""
    with opened(database) as home:
        load(home, secretary(home))
        before, after = ({row["key"]: row["holder"] and row["holder"]["name"] for row in offices(home, When(as_of=day))}
                         for day in ("2024-09-03", "2024-09-18"))  # fmt: skip
    assert len(after) == 13 and {key for key, holder in after.items() if holder is None} == {"securite-publique"}
    assert {key: (before[key], after[key]) for key in after if before[key] != after[key]} == {
        "immigration": ("Christine Fréchette", "Jean-François Roberge"),
        "economie": ("Pierre Fitzgibbon", "Christine Fréchette"),
        "developpement-economique-regional": ("Pierre Fitzgibbon", "Christine Fréchette"),
    }
    assert (after["emploi"], after["cote-nord"]) == ("Kateri Champagne-Jourdain", "Kateri Champagne-Jourdain")
