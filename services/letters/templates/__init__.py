"""The templates of letters. `python -m services.letters.templates` builds those that come with Suivi, always alike."""

from __future__ import annotations

from pathlib import Path

FOLDER = "templates"
"""Under the data folder: an organisation's own, which take the place of those that come with Suivi."""


def template_of(home: Path, kind: str) -> Path:
    """The template of that kind of letter."""
    own = home / FOLDER / f"{kind}.docx"
    return own if own.exists() else shipped(kind)


def shipped(kind: str) -> Path:
    """The one that comes with Suivi."""
    return Path(__file__).with_name(f"{kind}.docx")
