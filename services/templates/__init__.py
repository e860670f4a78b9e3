"""Word documents that an organisation lays out itself: a template with `{{ fields }}`, in its folder or shipped."""

from __future__ import annotations

from pathlib import Path

FOLDER = "templates"
"""Under the data folder: an organisation's own, which take the place of those that come with Suivi."""


def own(home: Path, name: str) -> Path | None:
    """The organisation's own template of that name, if it has one."""
    path = home / FOLDER / f"{name}.docx"
    return path if path.exists() else None
