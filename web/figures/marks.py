"""The marks of the templates, for those who draw: there is one drawing of each."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from web.icons import icon

_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
_environment = Environment(
    loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    auto_reload=False,
)  # fmt: skip
_environment.globals["icon"] = icon


@cache
def _template(name: str) -> Template:
    return _environment.get_template(name)


def _drawn(template: str, macro: str, *facts: Any) -> Markup:
    return Markup(getattr(_template(template).module, macro)(*facts)).strip()


def state_mark(state: str, completion: str | None = None) -> Markup:
    """The mark of a state."""
    return _drawn("marks.html", "mark", state, completion)


def outcome_mark(key: str) -> Markup:
    """The square of what came of a thread, by the key that `outcome_model` gives."""
    return _drawn("waiting.html", "square", key)


def tally_mark(tally: dict[str, Any]) -> Markup:
    """A stroke for each letter, as `tally_model` counts them."""
    return _drawn("waiting.html", "tally", tally)
