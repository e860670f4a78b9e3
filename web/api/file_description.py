"""The description of what takes or gives files."""

from __future__ import annotations

from typing import Any

from workflows.vocabulary import FACTS

Schema = dict[str, Any]
ATTACHMENT = {"$ref": "#/components/schemas/Attachment"}
IMPORT = {"$ref": "#/components/schemas/ImportResult"}
HOW = {
    "kind": "auto, follow-up, table or directory; auto unless said.",
    "assembly": "The key of the assembly that it reports to; what its title says unless said.",
    "reference_date": "The date of the document, in EDTF or in words.",
}
COLUMNS = (
    "Of a table, what its columns hold: the heading, or the place from 1, with number, title, text, sponsor, decision,"
    " response, status or skip"
)
_TEXT: Schema = {"type": "string"}
_BYTES: Schema = {"type": "string", "format": "binary"}
_PROBLEMS = ("401", "403", "404", "422", "503")
_LARGE = {"description": "The file is larger than 25 MB"}


def takes_files(path: str) -> bool:
    """Whether an address takes or gives files."""
    return path.endswith(("/attach", "/proposal")) or "/attachments" in path or path.startswith("/imports")


def of_files(path: str, method: str, operation: Schema, security: list[dict[str, list[str]]]) -> Schema:
    """The operation with its body and its answers."""
    if path.startswith("/imports"):
        return _of_import(path, operation, security)
    if method == "post":
        told = {"200": _json("Recorded; what it concerns as it now stands", {"type": "object"}), "413": _LARGE}
        operation = operation | {"requestBody": {"required": True, "content": _body(path)}}
        codes: tuple[str, ...] = ("400", *_PROBLEMS, "409")
    elif path.endswith("/attachments"):
        items = {"type": "object", "properties": {"items": {"type": "array", "items": ATTACHMENT}}, "required": ["items"]}
        told, codes = {"200": _json("Done", items)}, _PROBLEMS
    else:
        content = {"*/*": {"schema": _BYTES}}
        told = {"200": {"description": "The file, to be saved; its ETag is its SHA-256", "content": content},
                "304": {"description": "As If-None-Match says that you have it"}}  # fmt: skip
        codes = _PROBLEMS
    problems = {code: {"$ref": f"#/components/responses/{code}"} for code in codes}
    return operation | {"responses": told | problems, "security": security}


def _of_import(path: str, operation: Schema, security: list[dict[str, list[str]]]) -> Schema:
    confirms = path.endswith("/confirm")
    told = {"200": _json("Recorded" if confirms else "What would be recorded; nothing is", IMPORT)}
    told |= {"202": _json("Recorded; the lists are late in showing it", IMPORT)} if confirms else {"413": _LARGE}
    problems = {code: {"$ref": f"#/components/responses/{code}"} for code in ("400", *_PROBLEMS, "409")}
    body = {} if confirms else {"requestBody": {"required": True, "content": _document()}}
    return operation | body | {"responses": told | problems, "security": security}


def _document() -> Schema:
    """A document: in a form, or its text as JSON."""
    how = {name: _TEXT | {"description": said} for name, said in HOW.items()}
    form: Schema = {"type": "object", "properties": {"file": _BYTES, **how}, "required": ["file"], "additionalProperties": False}
    form["properties"] |= {"columns": _TEXT | {"description": f"{COLUMNS}, as a JSON object."}}
    told = {"type": "object", "additionalProperties": _TEXT, "description": f"{COLUMNS}."}
    text = {"text": _TEXT | {"minLength": 1}, "name": _TEXT, **how, "columns": told}
    plain = {"type": "object", "properties": text, "required": ["text"], "additionalProperties": False}
    return {"multipart/form-data": {"schema": form}, "application/json": {"schema": plain}}


def _body(path: str) -> Schema:
    form: Schema = {"type": "object", "properties": {"file": _BYTES}, "required": ["file"]}
    if path.endswith("/attach"):
        form["properties"] |= {name: _TEXT | {"description": FACTS[name]} for name in ("kind", "note", "occurred")}
        form["required"] = ["file", "kind"]
    return {"multipart/form-data": {"schema": form}, "*/*": {"schema": _BYTES}}


def _json(said: str, schema: Schema) -> Schema:
    return {"description": said, "content": {"application/json": {"schema": schema}}}
