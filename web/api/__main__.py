"""`python -m web.api`: writes docs/openapi.json anew, of the workflows that are shipped."""

from __future__ import annotations

from pathlib import Path

import msgspec

from services.settings import Settings
from web.app import create_app

SNAPSHOT = Path(__file__).parents[2] / "docs" / "openapi.json"


def written() -> str:
    """The description as the repository keeps it."""
    app = create_app(Settings(Path(), "suivi"))
    return msgspec.json.format(msgspec.json.encode(app.openapi(), order="sorted"), indent=2).decode() + "\n"


if __name__ == "__main__":
    SNAPSHOT.write_text(written(), encoding="utf-8")
