"""A YAML file as plain values, with the place of each: what refuses a definition says its line and column."""

from __future__ import annotations

import errno
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from workflows.errors import (
    AliasUsed,
    DefinitionError,
    DefinitionTooDeep,
    DefinitionTooLarge,
    FileAbsent,
    FileUnreachable,
    NoFile,
    OutOfLine,
    RepeatedKey,
    TabUsed,
    Unclosed,
    Unreadable,
    UnseenCharacter,
    WrongCharset,
)

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LARGEST, DEEPEST = 256_000, 20  # bytes of a file, and levels of what stands in it

# What the reader of YAML says, in its own words (libyaml's, and those of the reader in Python).
_SAID: dict[type[DefinitionError], tuple[str, ...]] = {
    AliasUsed: ("undefined alias",),
    Unclosed: ("expected ',' or", "end of stream", "unexpected end"),
    OutOfLine: ("mapping values are not allowed", "expected ':'", "expected key", "<block end>", "'-' indicator",
                "block sequence entries"),
}

Trail = tuple[str | int, ...]
"""The way to a value: keys and indexes from the top of the file."""


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column, from 1."""

    line: int
    column: int


TOP = Place(1, 1)


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
    text = _text(source)
    try:
        _fathom(source, text)
        tree = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        _refuse(source, error, text)
    if tree is not None:
        source.data = _value(source, tree, (), set())
    return source


def _text(source: Source) -> str:
    """What the file says. Never waits, as it would for a pipe."""
    try:
        found = source.file.stat()
        if not stat.S_ISREG(found.st_mode):
            raise source.problem(NoFile, TOP)
        if found.st_size > LARGEST:
            raise source.problem(DefinitionTooLarge, TOP, size=found.st_size // 1000, most=LARGEST // 1000)
        content = source.file.read_bytes()
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP):
            raise source.problem(FileAbsent, TOP) from error
        raise source.problem(FileUnreachable, TOP, reason=error.strerror) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig")
        raise source.problem(WrongCharset, _end(before)) from error


def _fathom(source: Source, text: str) -> None:
    """Looks how deep it goes, one step after the other: what reads the values goes down with them."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise source.problem(DefinitionTooDeep, _at(event.start_mark))


def _refuse(source: Source, error: yaml.YAMLError, text: str) -> NoReturn:
    if isinstance(error, yaml.reader.ReaderError):
        seen = text.find(chr(error.character)) if isinstance(error.character, int) else -1
        raise source.problem(UnseenCharacter, _end(text[: max(seen, 0)]), code=f"U+{ord(text[seen]):04X}") from error
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    place = _at(mark) if mark else TOP
    problem = str(error.problem if isinstance(error, yaml.MarkedYAMLError) else error)
    kind = next((kind for kind, said in _SAID.items() if any(words in problem for words in said)), Unreadable)
    if mark and any(line[mark.column :].startswith("\t") for line in text.splitlines()[mark.line : mark.line + 1]):
        kind = TabUsed
    raise source.problem(kind, place, **({"problem": problem} if kind is Unreadable else {})) from error


def _end(text: str) -> Place:
    """Where what comes after a text stands."""
    return Place(text.count("\n") + 1, len(text) - text.rfind("\n"))


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
    return _at(node.start_mark)


def _at(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)
