"""The bodies of `POST`, from the commands themselves: for each verb its facts, as a person or a program gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from domain.base import Command
from domain.case.commands import COMMANDS, MoveCase
from domain.demarche.commands import COMMANDS as DEMARCHE_VERBS
from domain.directory import Assembly, Body, Office, Person
from domain.plan.plan import Plan
from domain.record.commands import COMMANDS as RECORD_VERBS
from services.act import VERBS
from services.facts import Field, fields_of
from workflows.library import library
from workflows.vocabulary import FACTS
from workflows.vocabulary import VERBS as NAMES

Schema = dict[str, Any]
DATE = "A date: EDTF, or words such as “26 juin 2024”."
OCCURRED: Schema = {"type": "string", "description": f"When it happened, if it was not now. {DATE}"}
ENTRIES: dict[str, Mapping[str, type[Command]]] = {
    "assemblies": Assembly.commands, "bodies": Body.commands, "people": Person.commands,
    "offices": Office.commands, "plans": Plan.commands,
}  # fmt: skip


def of_cases() -> Iterator[tuple[str, str, Schema]]:
    """Each verb of a case but the one that creates and the one that takes a file, with its summary and the schema of
    its body. Moves of the organisation's own are among them."""
    for verb, kind in VERBS.items():
        if verb not in ("adopt", "attach"):
            yield verb, NAMES.get(verb, verb), body_of(kind)
    for workflow in library():
        for verb in workflow.verbs:
            if verb not in NAMES:
                label = next(move.label for move in workflow.moves(verb) if move.label)
                yield verb, label.en, body_of(MoveCase, without=("name",))


def of_shelf(shelf: str) -> Iterator[tuple[str, str, Schema]]:
    """The verbs that an address with a verb takes: of cases, of threads, or of a kind of entries."""
    others = {"cases": of_cases, "demarches": of_threads, "records": of_records}
    return others[shelf]() if shelf in others else of_entries(shelf)


def of_threads() -> Iterator[tuple[str, str, Schema]]:
    """Each verb of a thread but the one that creates and the one that takes a file."""
    for verb, kind in DEMARCHE_VERBS.items():
        if verb not in ("send", "attach"):
            yield verb, NAMES.get(verb, verb), body_of(kind)


def of_records() -> Iterator[tuple[str, str, Schema]]:
    """Each verb of a record but the one that creates."""
    for verb, kind in RECORD_VERBS.items():
        if verb != "create":
            yield verb, NAMES.get(verb, verb), body_of(kind)


def of_entries(shelf: str) -> Iterator[tuple[str, str, Schema]]:
    """The same, of a kind of entries of the directory."""
    for verb, kind in ENTRIES[shelf].items():
        if verb != "create":
            yield verb, NAMES.get(verb, verb.replace("-", " ")), body_of(kind)


def beginning(shelf: str) -> Schema:
    """The body that makes something new."""
    others = {"cases": adoption, "demarches": sending, "records": recording}
    return others[shelf]() if shelf in others else creation(shelf)


def sending() -> Schema:
    """The body that makes a thread, or one for each office."""
    schema = body_of(DEMARCHE_VERBS["send"])
    schema["properties"]["ref"] = {"type": "string", "description": "The REF that is to be; the next number by default."}
    return schema


def recording() -> Schema:
    """The body that makes a record."""
    schema = body_of(RECORD_VERBS["create"])
    schema["properties"]["ref"] = {"type": "string", "description": "The REF that is to be; the next number by default."}
    return schema


def adoption() -> Schema:
    """The body that makes a case: its REF says assembly and number, and one title is enough."""
    schema = body_of(COMMANDS["adopt"], without=("part",), required=())
    schema["properties"] |= {
        "ref": {"type": "string", "description": "The REF that is to be, such as `2023:17`; else assembly and numbers."},
        "title": {"type": "string", "description": "The title, where there is one number; else titles."},
    }
    return schema


def creation(shelf: str) -> Schema:
    """The body that makes an entry."""
    schema = body_of(ENTRIES[shelf]["create"])
    schema["properties"]["key"] = {"type": "string", "description": "Its key; by default one made of its name."}
    return schema


def body_of(kind: type[Command], without: tuple[str, ...] = (), required: tuple[str, ...] | None = None) -> Schema:
    """The facts of a command as a JSON Schema. `required`: in place of those that the command cannot do without."""
    fields = {name: field for name, field in fields_of(kind).items() if name not in without}
    properties = {name: fact(field) for name, field in fields.items()} | {"occurred": OCCURRED}
    needed = sorted(name for name, field in fields.items() if field.required) if required is None else list(required)
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return schema | ({"required": needed} if needed else {})


def fact(field: Field) -> Schema:
    """How one fact is given."""
    schema = _one(field)
    if field.limbs:
        schema = {"type": "object", "additionalProperties": _several({"type": "string"})}
    elif field.many:
        schema = _several(schema)
    elif field.mapping:
        schema = {"type": "object", "additionalProperties": schema}
    said = [FACTS[field.name]] if field.name in FACTS else []
    if field.ref:
        said.append(_reference(field))
    if field.date:
        said.append(DATE)
    return schema | ({"description": " · ".join(said)} if said else {})


def _one(field: Field) -> Schema:
    if field.structure and not field.ref:
        return {"type": "object"}
    if field.choices:
        return {"type": "string", "examples": list(field.choices)}  # either language's words will do as well
    if field.number:
        return {"type": "integer"}
    if field.decimal:
        return {"type": ["number", "string"]}
    if field.name == "event":
        return {"type": ["integer", "string"]}
    if field.ref or field.date or field.single or field.many or field.limbs:
        return {"type": "string"}
    return {}


def _several(item: Schema) -> Schema:
    """A list, or its only item."""
    return {"anyOf": [{"type": "array", "items": item}, item]}


def _reference(field: Field) -> str:
    assert field.ref
    kinds = " or ".join(field.ref.kinds)
    return f"A REF or the exact name of a {kinds}" + (", or plain words" if field.ref.words else "")
