"""The OpenAPI description: what FastAPI knows of the addresses, with the bodies and answers as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from web.api import shapes, verbs
from web.api.acting import COMMUTING
from web.api.file_description import of_files, takes_files
from web.api.import_shapes import ImportResult
from web.entering import COOKIE
from web.policies import PREFIX

PROBLEMS = {
    "400": "What was sent cannot be read", "401": "No token, or none that serves", "403": "Not allowed to you",
    "404": "Unknown, or not for you to see", "409": "Refused as things stand", "412": "It changed since you read it",
    "422": "Not as expected", "428": "If-Match is missing", "503": "Not available now",
}  # fmt: skip
SECURITY = {
    "token": {"type": "http", "scheme": "bearer", "description": "suivi token add NAME"},
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE,
                "description": "Of a browser that has signed in; acts from pages of this server only."},
}  # fmt: skip
READING: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
WRITING: list[dict[str, list[str]]] = [{"token": []}]
ABOUT = """Every answer is in the language of `Accept-Language` (French by default), and every error is a problem
(RFC 9457). Make a token with `suivi token add NAME --scope write`."""
Schema = dict[str, Any]


def describe(app: FastAPI) -> Schema:
    """The whole description, OpenAPI 3.1."""
    found = get_openapi(title=app.title, version=app.version, description=ABOUT, routes=app.routes)
    found["paths"] = dict(_paths(found["paths"]))
    kinds = [*shapes.LISTS.values(), *shapes.THINGS.values(), shapes.Recorded, shapes.Problem]
    kinds += [ImportResult, *(kind for _, kind in shapes.TAKEN.values())]
    _, schemas = msgspec.json.schema_components(dict.fromkeys(kinds), ref_template="#/components/schemas/{name}")
    found["components"] = {"schemas": schemas, "responses": _responses(), "securitySchemes": SECURITY}
    return found


def _whose(method: str) -> list[dict[str, list[str]]]:
    return WRITING if method == "post" else READING


def _responses() -> Schema:
    content = {"application/problem+json": {"schema": _ref(shapes.Problem)}}
    return {code: {"description": said, "content": content} for code, said in PROBLEMS.items()}


def _paths(paths: Schema) -> Iterator[tuple[str, Schema]]:
    """Each address with its operations; those that take any verb become one for each verb."""
    for path, operations in paths.items():
        short = path.removeprefix(PREFIX)
        if takes_files(short):
            yield path, {method: of_files(short, method, one, _whose(method)) for method, one in operations.items()}
        elif short.endswith("/{verb}"):
            yield from _by_verb(path, operations["post"])
        else:
            yield path, {method: _told(short, method, one) for method, one in operations.items()}


def _told(path: str, method: str, operation: Schema) -> Schema:
    shelf = path.strip("/").partition("/")[0]
    if path in shapes.TAKEN:
        return _taking(operation, *shapes.TAKEN[path])
    if path in shapes.MARKS:
        done = {"200": _json("Done", _ref(shapes.MARKS[path]))} | _problems("401", "403", "404", "422", "503")
        return operation | {"responses": done, "security": READING}
    if method == "post":
        body = verbs.beginning(shelf)
        return _posting(operation, body, shelf, "201")
    if path in shapes.LISTS:
        item = _ref(shapes.LISTS[path])
        answer: Schema = {"type": "object", "properties": {"items": {"type": "array", "items": item}}, "required": ["items"]}
    elif path in shapes.FILES:
        answer = {"type": "string", "format": "binary"}
    else:
        answer = _ref(shapes.THINGS[path])
    calendar = path == shapes.CALENDAR  # whose address is its secret
    public = calendar or path in ("/health", "/ready")
    codes: tuple[str, ...] = ("503",) if public else ("401", "403", "404", "422", "503")
    codes += ("404", "422") if calendar else ("409",) if path in shapes.FILES else ()
    told = {"200": _said("Done", answer, shapes.FILES.get(path, "application/json"))} | _problems(*codes)
    if path == "/health":
        told["503"] = _json("Something is down", answer)
    elif path in shapes.THINGS and not public:
        told["304"] = {"description": "As If-None-Match says that you have it"}
    return operation | {"responses": told} | ({} if public else {"security": READING})


def _by_verb(path: str, operation: Schema) -> Iterator[tuple[str, Schema]]:
    shelf = path.removeprefix(f"{PREFIX}/").partition("/")[0]
    own = [one for one in operation["parameters"] if one["name"] not in ("verb", "If-Match")]
    match = [one | {"required": True} for one in operation["parameters"] if one["name"] == "If-Match"]
    for verb, summary, body in verbs.of_shelf(shelf):
        told = operation | {"summary": summary, "operationId": f"{shelf}-{verb}",
                            "parameters": own if verb in COMMUTING else own + match}  # fmt: skip
        yield path.replace("{verb}", verb), {"post": _posting(told, body, shelf, "200")}


def _posting(operation: Schema, body: Schema, shelf: str, code: str) -> Schema:
    thing = next(kind for path, kind in shapes.THINGS.items() if path.startswith(f"/{shelf}/"))
    answer = {"anyOf": [_ref(thing), _ref(shapes.Recorded)]}
    told = {
        code: _json("Recorded; what it concerns as it now stands", answer),
        "202": _json("Recorded; the lists are late in showing it", _ref(shapes.Recorded)),
    }
    return operation | {
        "requestBody": {"required": "required" in body, "content": {"application/json": {"schema": body}}},
        "responses": told | _problems(*PROBLEMS),
        "security": WRITING,
    }


def _taking(operation: Schema, media: str, kind: type[Any]) -> Schema:
    """What takes a content that is no JSON."""
    codes = [code for code in PROBLEMS if code not in ("412", "428")]
    return operation | {
        "requestBody": {"required": True, "content": {media: {"schema": {"type": "string", "format": "binary"}}}},
        "responses": {"200": _json("Recorded", _ref(kind))} | _problems(*codes),
        "security": WRITING,
    }


def _problems(*codes: str) -> Schema:
    return {code: {"$ref": f"#/components/responses/{code}"} for code in codes}


def _json(said: str, schema: Schema) -> Schema:
    return _said(said, schema, "application/json")


def _said(said: str, schema: Schema, media_type: str) -> Schema:
    return {"description": said, "content": {media_type: {"schema": schema}}}


def _ref(kind: type[Any]) -> Schema:
    return {"$ref": f"#/components/schemas/{kind.__name__}"}
