"""Every route says for whom it is, or the application does not start. `python -m web.policies` writes the table of all
of them, `docs/policies.md`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from services.accounts import GRANTED
from web.entering import POLICIES, Policy, policies

OFFLINE = "/api/static"  # the scripts of the documentation
PREFIX = "/api/v1"
OPENAPI = f"{PREFIX}/openapi.json"
PUBLIC_FILES = frozenset({OFFLINE, OPENAPI})


class PolicyMissing(RuntimeError):
    """A route was written without saying for whom it is."""


def declared(app: FastAPI) -> dict[tuple[str, str], str]:
    """(method, path) -> the name of its policy, for every route. Raises `PolicyMissing`."""
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
        if (policy := POLICIES.get(inner.call)) is not None:
            yield policy
        yield from _policies(inner)


PAGE = Path(__file__).resolve().parents[1] / "docs" / "policies.md"
HEADING = """# For whom each route is

Generated from the application by `python -m web.policies`; a test keeps it current and tries each line with each role.
The policy is the outer door: what a workflow lets each role do, and which cases each may see, is asked further in
(`suivi.may_see`); what someone may not see answers as what does not exist.

| policy | roles |
|---|---|
"""


def roles_of(policy: Policy) -> list[str]:
    """The roles that a policy lets in, in the order of the vocabulary."""
    return [role for role in GRANTED if policy.roles is None or role in policy.roles]


def table(routes: dict[tuple[str, str], str]) -> str:
    """The page: each policy with its roles, then each route with its policy."""
    lines = [f"| {policy.name} | {', '.join(roles_of(policy))} |" for policy in policies()]
    lines += ["| public | everyone, without an account |", ""]
    by_path = sorted((path, method, policy) for (method, path), policy in routes.items())
    lines += ["| route | methods and policies |", "|---|---|"]
    for path, each in groupby(by_path, lambda one: one[0]):
        lines.append(f"| `{path}` | {', '.join(f'{method} {policy}' for _, method, policy in each)} |")
    return HEADING + "\n".join(lines) + "\n"


def main() -> None:
    """Writes the page."""
    from services.settings import Settings
    from web.app import create_app

    PAGE.write_text(table(declared(create_app(Settings.from_environment()))))


if __name__ == "__main__":
    main()
