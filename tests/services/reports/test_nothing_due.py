"""A follow-up report that has nothing to tell says so, and what would."""

from __future__ import annotations

from services.home import Home
from tests.services.reports.test_follow_up import home, text

__all__ = ["home"]


def test_what_an_assembly_decided_itself_is_not_told_to_it(home: Home) -> None:
    whole = text(home, to="2023")
    assert "Titre 1" not in whole
    assert "rien à rapporter à cette assemblée" in whole
    assert "Titre 1" in text(home)
    assert "rien à rapporter" not in text(home)
