"""What is given with `--set NAME=VALUE`: a repeated NAME is a list, NAME.KEY=VALUE a mapping."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cli.usage import Usage

PATH = "suivi act"


class NoValue(Usage):
    """“--set {given}” cannot be read. Write --set NAME=VALUE, for instance --set reason="…"."""


class TwoShapes(Usage):
    """“{name}” is given both as one value and key by key: choose one."""


def read_given(given: Iterable[str], path: str = PATH) -> dict[str, Any]:
    """The facts: a text, a list of texts, or a mapping of these. `path`: the command that was being written."""
    facts: dict[str, Any] = {}
    for each in given:
        name, equals, value = each.partition("=")
        keys = name.split(".")
        if not equals or not all(key.strip() for key in keys):
            raise NoValue(path, given=each)
        _put(facts, [key.strip() for key in keys], value, path)
    return facts


def _put(facts: dict[str, Any], keys: list[str], value: str, path: str) -> None:
    *outer, last = keys
    within = facts
    for depth, key in enumerate(outer, start=1):
        within = within.setdefault(key, {})
        if not isinstance(within, dict):
            raise TwoShapes(path, name=".".join(outer[:depth]))
    if isinstance(within.get(last), dict):
        raise TwoShapes(path, name=".".join(keys))
    if last not in within:
        within[last] = value
    else:
        before = within[last]
        within[last] = [*(before if isinstance(before, list) else [before]), value]
