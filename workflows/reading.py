"""From a file to a definition, or to everything that is wrong with it, each with its place and its reason."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from workflows import errors
from workflows.checks import check
from workflows.definition import Definition, Label, LadderStep, Move, Repeat, Shape, State
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
    "less_than_equal": errors.NumberTooLarge,
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
    if trail[:1] == ("states",) and trail[2:] == ("[key]",):
        return source.problem(errors.StateUnwritable, source.place(trail[:2], key=True), word=trail[1])
    name = str(next((step for step in reversed(trail) if isinstance(step, str)), source.file.name))
    if detail["type"] == "extra_forbidden":
        known = nearest(name, [field.alias or key for key, field in _within(trail).model_fields.items()])
        return source.problem(errors.UnknownKey, source.place(trail, key=True), word=name, known=known)
    return source.problem(_SHAPES.get(detail["type"], errors.WrongShape), place, word=name, **_bounds(trail))


def _within(trail: Trail) -> type[Shape]:
    """The shape of the mapping at the end of a trail."""
    known: dict[str, type[Shape]] = {
        "moves": Move, "states": State, "label": Label, "ladders": LadderStep, "repeat": Repeat,
    }  # fmt: skip
    return next((known[str(step)] for step in reversed(trail[:-1]) if step in known), Definition)


def _bounds(trail: Trail) -> dict[str, int]:
    """The least and the most that a number at the end of a trail may be, where it is bounded."""
    field = _within(trail).model_fields.get(str(trail[-1]) if trail else "")
    bounds = field.metadata if field else ()
    named = {"least": "ge", "most": "le"}
    return {name: getattr(b, limit) for b in bounds for name, limit in named.items() if hasattr(b, limit)}
