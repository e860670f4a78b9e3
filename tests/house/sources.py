"""The files that the rules of the house speak of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("workflows", "domain", "projections", "services", "web", "cli", "workers")
TEXTS = {".py", ".toml", ".txt", ".md", ".yaml", ".yml", ".po", ".sql", ".css", ".html", ".js", ""}


def python_files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def text_files() -> Iterator[Path]:
    """Everything that a reader of the checkout sees."""
    for top in sorted(ROOT.iterdir()):
        if top.name in {*ROOMS, "tests", "docs", "bench", ".ci"}:
            yield from (path for path in sorted(top.rglob("*")) if path.is_file() and path.suffix in TEXTS)
        elif top.is_file() and top.suffix in TEXTS and not top.name.startswith(".git"):
            yield top


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))
