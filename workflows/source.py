"""A YAML file as plain values, with the place of each: what refuses a definition says its line and column."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from workflows.errors import AliasUsed, DefinitionError, RepeatedKey, Unreadable

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Trail = tuple[str | int, ...]
"""The way to a value: keys and indexes from the top of the file."""


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column, from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Source:
    """The values of one file, and where each value and each key stands."""

    file: Path
    data: Any = None
    values: dict[Trail, Place] = field(default_factory=dict)
    keys: dict[Trail, Place] = field(default_factory=dict)

    def place(self, trail: Trail, *, key: bool = False) -> Place:
        """The place of a value (or of its key), else of the nearest thing around it."""
        places = self.keys if key else self.values
        while trail and trail not in places:
            trail, places = trail[:-1], self.values
        return places.get(trail, Place(1, 1))

    def problem(self, kind: type[DefinitionError], place: Place, **facts: Any) -> DefinitionError:
        return kind(file=self.file.name, line=place.line, column=place.column, **facts)


def read_source(file: Path) -> Source:
    """Raises `DefinitionError` when the file is not YAML, repeats a key or uses an alias."""
    source = Source(file)
    try:
        tree = yaml.compose(file.read_text(encoding="utf-8"), Loader=_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        _refuse(source, error)
    if tree is not None:
        source.data = _value(source, tree, (), set())
    return source


def _refuse(source: Source, error: Exception) -> NoReturn:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
    problem = error.problem if isinstance(error, yaml.MarkedYAMLError) else error
    raise source.problem(Unreadable, place, problem=str(problem)) from error


def _value(source: Source, node: yaml.Node, trail: Trail, seen: set[int]) -> Any:
    place = source.values[trail] = _place(node)
    if id(node) in seen:
        raise source.problem(AliasUsed, place)
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(source, node, trail, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_value(source, item, (*trail, index), seen) for index, item in enumerate(node.value)]
    return _scalar(node)


def _mapping(source: Source, node: yaml.MappingNode, trail: Trail, seen: set[int]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, item in node.value:
        word, place = str(key.value), _place(key)
        if word in values:
            raise source.problem(RepeatedKey, place, word=word)
        source.keys[(*trail, word)] = place
        values[word] = _value(source, item, (*trail, word), seen)
    return values


def _scalar(node: yaml.Node) -> str | int | bool | None:
    """YAML 1.2 reads true and false alone as booleans: the fact `on` is a word here, as in YAML 1.2."""
    text = str(node.value)
    if node.tag.endswith(":bool") and text in ("true", "false"):
        return text == "true"
    if node.tag.endswith(":int") and text.isdecimal():
        return int(text)
    return None if node.tag.endswith(":null") else text


def _place(node: yaml.Node) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)
