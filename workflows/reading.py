"""From a file to a definition, or to everything that is wrong with it, each with its place and its reason."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from workflows import errors
from workflows.checks import check
from workflows.definition import Definition, Label, Move, Shape, State
from workflows.errors import DefinitionError, nearest
from workflows.source import Source, Trail, read_source
from workflows.vocabulary import SOURCES, TARGETS

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_SHAPES: dict[str, type[DefinitionError]] = {
    "missing": errors.MissingKey,
    "string_type": errors.TextExpected,
    "string_too_short": errors.TextExpected,
    "int_type": errors.NumberExpected,
    "greater_than_equal": errors.NumberExpected,
    "bool_type": errors.TrueOrFalseExpected,
    "tuple_type": errors.ListExpected,
    "too_short": errors.ListExpected,
    "dict_type": errors.MappingExpected,
    "model_type": errors.MappingExpected,
    "literal_error": errors.NeedExpected,
}

_CHOICES: dict[Trail, tuple[type[DefinitionError], dict[str, str]]] = {
    ("from",): (errors.SourceExpected, SOURCES),
    ("to",): (errors.TargetExpected, TARGETS),
}
"""Where a move may be written in several ways, any shape that fits none is refused with all of them."""


def read(file: Path) -> Definition:
    """Raises the first `DefinitionError`."""
    definition, problems = _read(file)
    if definition is None or problems:
        raise problems[0]
    return definition


def problems(file: Path) -> list[DefinitionError]:
    """Everything that is wrong with a file, in the order of its lines."""
    try:
        return _read(file)[1]
    except DefinitionError as problem:
        return [problem]


def _read(file: Path) -> tuple[Definition | None, list[DefinitionError]]:
    source = read_source(file)
    try:
        definition = Definition.model_validate(source.data)
    except ValidationError as error:
        return None, _in_order([_shape(source, detail) for detail in error.errors(include_url=False)])
    return definition, _in_order(check(definition, source))


def _in_order(found: Iterable[DefinitionError]) -> list[DefinitionError]:
    """One problem for each place and reason (a union of shapes is refused once for each of its members)."""
    told = {(problem.facts["line"], problem.facts["column"], str(problem)): problem for problem in found}
    return [told[key] for key in sorted(told)]


def _shape(source: Source, detail: ErrorDetails) -> DefinitionError:
    trail: Trail = detail["loc"]
    place = source.place(trail)
    if trail[2:3] in _CHOICES and (len(trail) > 3 or detail["type"] != "missing"):
        kind, words = _CHOICES[trail[2:3]]
        return source.problem(kind, source.place(trail[:3]), known=", ".join(words))
    name = str(next((step for step in reversed(trail) if isinstance(step, str)), source.file.name))
    if detail["type"] == "extra_forbidden":
        known = nearest(name, _accepted(trail))
        return source.problem(errors.UnknownKey, source.place(trail, key=True), word=name, known=known)
    return source.problem(_SHAPES.get(detail["type"], errors.WrongShape), place, word=name)


def _accepted(trail: Trail) -> list[str]:
    """The keys that the mapping at the end of a trail may have."""
    within: dict[str, type[Shape]] = {"moves": Move, "states": State, "label": Label}
    shape = next((within[str(step)] for step in reversed(trail[:-1]) if step in within), Definition)
    return [field.alias or name for name, field in shape.model_fields.items()]
