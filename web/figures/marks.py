"""The marks of the templates, for those who draw: there is one drawing of each."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from web.rendering import drawn


def state_mark(state: str, completion: str | None = None) -> Markup:
    """The mark of a state."""
    return drawn("marks.html", "mark", state, completion)


def outcome_mark(key: str) -> Markup:
    """The square of what came of a thread, by the key that `outcome_model` gives."""
    return drawn("waiting.html", "square", key)


def tally_mark(tally: dict[str, Any]) -> Markup:
    """A stroke for each letter, as `tally_model` counts them."""
    return drawn("waiting.html", "tally", tally)
