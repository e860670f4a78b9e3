"""What pages are dressed in: one style sheet, our script, htmx, and the icon.

Each is made once, as the process starts, under an address that changes with its content: a browser asks for it once.
htmx comes from its wheel, whose folder is found without importing it (`docs/adr/0021-pages.md`)."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
PREFIX = "/static"


@dataclass(frozen=True)
class Asset:
    """A file as it is sent, plain and compressed."""

    name: str
    kind: str
    content: bytes
    packed: bytes

    @property
    def address(self) -> str:
        """Where a page finds it."""
        return f"{PREFIX}/{self.name}?{sha256(self.content).hexdigest()[:12]}"


def asset(name: str, kind: str, content: bytes) -> Asset:
    """One asset; a compressed copy that says the same whenever it is made."""
    return Asset(name, kind, content, gzip.compress(content, 9, mtime=0))


def joined(folder: str, ending: str) -> bytes:
    """The files of a folder, by name, as one."""
    return b"\n".join(path.read_bytes() for path in sorted((HERE / folder).glob(f"*.{ending}")))


def htmx() -> bytes:
    """The library that replaces parts of pages, as its wheel brings it."""
    found = find_spec("django_htmx")
    assert found and found.origin, "django-htmx is not installed"
    return (Path(found.origin).parent / "static" / "django_htmx" / "htmx-2.min.js").read_bytes()


STYLE = asset("suivi.css", "text/css; charset=utf-8", joined("styles", "css"))
SCRIPT = asset("suivi.js", "text/javascript; charset=utf-8", joined("scripts", "js"))
HTMX = asset("htmx.js", "text/javascript; charset=utf-8", htmx())
ICON = asset("suivi.svg", "image/svg+xml", (HERE / "static" / "suivi.svg").read_bytes())
ASSETS = {each.name: each for each in (STYLE, SCRIPT, HTMX, ICON)}
