"""Every route says for whom it is, or the application does not start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from web.entering import POLICIES

OFFLINE = "/api/static"  # the scripts of the documentation
PREFIX = "/api/v1"
OPENAPI = f"{PREFIX}/openapi.json"
PUBLIC_FILES = frozenset({OFFLINE, OPENAPI, "/static"})


class PolicyMissing(RuntimeError):
    """A route was written without saying for whom it is."""


def declared(app: FastAPI) -> dict[tuple[str, str], str]:
    """(method, path) -> read, write, own or public, for every route. Raises `PolicyMissing`."""
    found: dict[tuple[str, str], str] = {}
    for route in iter_route_contexts(app.routes):
        path = str(route.path)
        policies = set(_policies(getattr(route, "dependant", None))) or ({"public"} if path in PUBLIC_FILES else set())
        if len(policies) != 1:
            raise PolicyMissing(f"{path}: {sorted(policies) or 'no policy'}")
        found |= dict.fromkeys(((method, path) for method in _methods(route)), policies.pop())
    return found


def _methods(route: Any) -> list[str]:
    return sorted(set(route.methods or {"GET"}) - {"HEAD"})


def _policies(dependant: Dependant | None) -> Iterator[str]:
    for inner in dependant.dependencies if dependant else ():
        if (policy := POLICIES.get(inner.call)) is not None:  # type: ignore[arg-type]  # a null call is no policy
            yield policy
        yield from _policies(inner)
