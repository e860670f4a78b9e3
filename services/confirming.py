"""Establishing what imports propose, one case or many at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.act import Ask, act_all
from services.execute import Actor, Outcome
from services.home import Home
from services.reading import When, cases


def proposed(home: Home, confidence: str | None = None) -> list[str]:
    """The cases with a pending proposal, of that confidence if one is said."""
    return [row["ref"] for row in cases(home, When()) if is_proposed(row, confidence)]


def is_proposed(row: dict[str, Any], confidence: str | None = None) -> bool:
    """Whether a case has a pending proposal: all the proposals of a case must have the confidence that is said."""
    return bool(row["proposals"]) and all(confidence in (None, p["confidence"]) for p in row["proposals"])


def confirm_all(
    home: Home, actor: Actor, confidence: str | None = None, occurred: str | None = None, id: UUID | None = None
) -> tuple[list[str], Outcome]:
    """Establishes what is proposed for every such case, in one transaction; the cases, and what was stored."""
    return confirm_these(home, actor, proposed(home, confidence), occurred, id)


def confirm_these(
    home: Home, actor: Actor, refs: list[str], occurred: str | None = None, id: UUID | None = None
) -> tuple[list[str], Outcome]:
    """The same for some cases."""
    asks = [Ask(ref=ref, verb="confirm", occurred=occurred) for ref in refs]
    return refs, act_all(home.store, actor, asks, id) if asks else Outcome({})
