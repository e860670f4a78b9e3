"""Establishing what imports propose, one case or many at once."""

from __future__ import annotations

from uuid import UUID

from services.act import Ask, act_all
from services.execute import Actor, Outcome
from services.home import Home
from services.reading import When, cases


def proposed(home: Home, confidence: str | None = None) -> list[str]:
    """The cases with a pending proposal, of that confidence if one is said: all the proposals of a case must have it."""
    return [
        row["ref"]
        for row in cases(home, When())
        if row["proposals"] and all(confidence in (None, p["confidence"]) for p in row["proposals"])
    ]


def confirm_all(
    home: Home, actor: Actor, confidence: str | None = None, occurred: str | None = None, id: UUID | None = None
) -> tuple[list[str], Outcome]:
    """Establishes what is proposed for every such case, in one transaction; the cases, and what was stored."""
    refs = proposed(home, confidence)
    asks = [Ask(ref=ref, verb="confirm", occurred=occurred) for ref in refs]
    return refs, act_all(home.store, actor, asks, id) if asks else Outcome({})
