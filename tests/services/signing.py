"""Someone with a password, and what the store holds of it."""

from __future__ import annotations

from typing import Any

from services.home import Home

GOOD = "quatre vaches bleues dansent"


def rows(home: Home, query: str) -> list[tuple[Any, ...]]:
    """What a query finds."""
    return home.store.connection.execute(query).fetchall()  # type: ignore[call-overload,no-any-return]
