"""The templates of letters. `python -m services.letters.templates` builds those that come with Suivi, always alike."""

from __future__ import annotations

from pathlib import Path

from services.templates import own


def template_of(home: Path, kind: str) -> Path:
    """The template of that kind of letter."""
    return own(home, kind) or shipped(kind)


def shipped(kind: str) -> Path:
    """The one that comes with Suivi."""
    return Path(__file__).with_name(f"{kind}.docx")
