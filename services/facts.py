"""From what a person typed to a command: names become ids, words become dates, and what does not fit is said."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from domain.attachments import File
from domain.base import FactNeeded, meet
from domain.counts import read_count
from domain.errors import Invalid, SuiviError, Word
from domain.figures import Figure
from domain.quantities import read_figure
from domain.time import read_date
from domain.time.schedules import Schedule
from domain.values import Count, Limb, Ref
from services.wording import CHOICES, TRUTHS, meant
from workflows.vocabulary import FACTS


class FactUnknown(Invalid):
    """“{verb}” knows no fact “{fact}”. It knows: {known}."""


class FactMissing(Invalid):
    """“{verb}” also needs: {missing}."""


class NotAChoice(Invalid):
    """“{fact}” cannot be “{value}”: it is one of {choices}."""


class FactUnreadable(Invalid):
    """“{fact}” cannot be read: {reason}."""


class OneValue(FactUnreadable):
    """“{fact}” takes one value only."""


class ByKey(FactUnreadable):
    """“{fact}” is given key by key: {fact}.KEY=VALUE."""


class NumberNeeded(FactUnreadable):
    """“{fact}” takes a whole number, such as 2; “{value}” is not one."""


class FigureNeeded(FactUnreadable):
    """“{fact}” takes a number, such as 30 or 2.5; “{value}” is not one."""


class YesOrNo(FactUnreadable):
    """“{fact}” is yes or no; “{value}” is neither."""


class Explained(SuiviError):
    """{word} ({said})"""


@dataclass(frozen=True)
class Field:
    """How one fact is read: as a reference, a date, one of a few words, a list, a mapping, a whole number, how many, a
    figure with its words, yes or no. `single`: a text or a number, not a structure."""

    name: str
    ref: Ref | None = None
    date: bool = False
    many: bool = False
    mapping: bool = False
    limbs: bool = False
    number: bool = False
    count: bool = False
    figure: bool = False
    truth: bool = False
    single: bool = False
    schedule: bool = False
    structure: bool = False
    decimal: bool = False
    choices: tuple[str, ...] = ()
    required: bool = False


Resolve = Callable[[str, Ref], Any]


@cache
def fields_of(kind: type[msgspec.Struct]) -> dict[str, Field]:
    """The facts of a command, or of an event, as they are read."""
    hints = get_type_hints(kind, include_extras=True)
    required = {f.name for f in msgspec.structs.fields(kind) if f.required}
    names = kind.__struct_fields__
    return {name: replace(_field(name, hints[name]), required=name in required) for name in names}


def _field(name: str, hint: Any) -> Field:
    origin = get_origin(hint)
    if origin is Annotated:
        base, *notes = get_args(hint)
        extra = next((n.extra for n in notes if isinstance(n, msgspec.Meta) and n.extra), {})
        inner = _field(name, base)
        ref = extra.get("ref", inner.ref)  # what is named is typed as a name, whatever holds it
        return replace(inner, ref=ref, date=inner.date or "date" in extra, structure=inner.structure and ref is None)
    if origin in (Union, types.UnionType):
        present = [a for a in get_args(hint) if a is not type(None)]
        return _field(name, present[0])
    if hint is Figure:
        return Field(name, figure=True)
    if origin is Literal:
        return Field(name, choices=get_args(hint), single=True)
    if origin is tuple:
        item = get_args(hint)[0]
        return replace(_field(name, item), many=True, limbs=item is Limb)
    if origin is dict:
        return replace(_field(name, get_args(hint)[1]), mapping=True)
    if hint is Schedule:
        return Field(name, schedule=True, single=True)
    if hint is Decimal:
        return Field(name, decimal=True, single=True)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct) and hint not in (Count, File):
        return Field(name, structure=True)
    return Field(name, number=hint is int, count=hint is Count, truth=hint is bool, single=hint in (str, int, Count, bool))


def read_facts(
    kind: type[msgspec.Struct], verb: str, typed: Mapping[str, Any], today: Any, resolve: Resolve
) -> tuple[dict[str, Any], dict[str, str]]:
    """The facts as the command wants them, and the dates as they were written where that is not EDTF already."""
    fields, facts, words = fields_of(kind), dict[str, Any](), dict[str, str]()
    for name, value in typed.items():
        field = fields.get(name)
        if field is None:
            raise FactUnknown(verb=verb, fact=name, known=sorted(fields))
        if field.date and isinstance(value, str):
            facts[name] = read_date(value, today)
            if facts[name] != value:
                words[name] = value
        else:
            facts[name] = _read(field, value, resolve)
    return facts, words


def _read(field: Field, value: Any, resolve: Resolve) -> Any:
    if (field.limbs and isinstance(value, str)) or (field.mapping and not isinstance(value, Mapping)):
        raise ByKey(fact=field.name)
    if field.limbs and isinstance(value, Mapping):
        return [Limb(label, tuple(_several(numbers))) for label, numbers in value.items()]
    if field.mapping:
        return {key: _read(replace(field, mapping=False), item, resolve) for key, item in value.items()}
    if field.many:
        return [_one(field, item, resolve) for item in _several(value)]
    return _one(field, value, resolve)


def _one(field: Field, value: Any, resolve: Resolve) -> Any:
    if (field.single or field.ref) and isinstance(value, Mapping | list | tuple):
        raise OneValue(fact=field.name)
    if field.ref and isinstance(value, str):
        if not value.strip():
            raise FactNeeded(fact=field.name)
        return resolve(value, field.ref)
    if field.choices:
        return _chosen(field, value)
    if field.count:
        return read_count(str(value))
    if field.figure and isinstance(value, str):
        return read_figure(value)
    if field.truth and not isinstance(value, bool):
        return _truth(field, value)
    if field.decimal and isinstance(value, str):
        return _decimal(field, value)
    if field.number and isinstance(value, str):
        if not re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
            raise NumberNeeded(fact=field.name, value=value)
        return int(value)
    return value


def _decimal(field: Field, value: str) -> Decimal:
    """A number with its decimals after a comma or a point: « 40 000 », « 2,5 »."""
    try:
        return Decimal("".join(value.split()).replace(",", "."))
    except InvalidOperation as error:
        raise FigureNeeded(fact=field.name, value=value) from error


def _truth(field: Field, value: Any) -> bool:
    if (word := meant(str(value), TRUTHS)) is None:
        raise YesOrNo(fact=field.name, value=value)
    return word in ("yes", "true")


def _chosen(field: Field, value: Any) -> Any:
    """One of the few words of a fact, as it is stored or in either language."""
    if value in field.choices:
        return value
    if found := meant(str(value), {choice: CHOICES[choice] for choice in field.choices if choice in CHOICES}):
        return found
    raise NotAChoice(fact=field.name, value=value, choices=[_explained(each, CHOICES) for each in field.choices])


def _explained(word: str, words: Mapping[str, str]) -> SuiviError | str:
    """What is typed, with what it says beside it."""
    return Explained(word=word, said=Word(words[word])) if word in words else word


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def to_command(kind: type[Any], verb: str, facts: Mapping[str, Any]) -> Any:
    """The command, or what is missing."""
    fields: dict[str, Field] = fields_of(kind)  # type: ignore[arg-type]  # a class is hashable
    if missing := [f.name for f in fields.values() if f.required and f.name not in facts]:
        raise FactMissing(verb=verb, missing=[_explained(name, FACTS) for name in missing])
    meet(kind)
    try:
        return msgspec.convert(dict(facts), kind, builtin_types=(), from_attributes=True)
    except msgspec.ValidationError as error:
        raise FactUnreadable(fact=verb, reason=str(error)) from error
