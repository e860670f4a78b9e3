"""What is described is what is answered: every operation of the API, filled in at random, by each role and by nobody.

An ordinary run fills each in twice, each time for another who comes; `SUIVI_EXAMPLES=10` ten times for each of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from services.accounts import GRANTED
from services.schema import Urls
from tests.web.desk import API, BASE, Client, Town, town
from tests.web.test_description import furnish

EXAMPLES = int(os.environ.get("SUIVI_EXAMPLES", "0"))  # of each operation, by each who comes; else two, by two of them
CHECKS = [status_code_conformance, content_type_conformance, response_headers_conformance, response_schema_conformance]
KNOWN = {
    "cases": ("17", "2023:5"), "demarches": ("1", "demarche:2"), "offices": ("eau", "rives"), "bodies": ("comite-du-velo",),
    "people": ("jean",), "assemblies": ("2023",), "imports": ("5f0c7a52-6d0b-4a2e-9c55-0d8f2b7f3f11",), "inbox": ("1",),
}  # fmt: skip


@schemathesis.serializer("message/rfc822", "*/*")
def as_bytes(_: Any, value: Any) -> Any:
    """A file, or a mail: bytes as they are."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


@pytest.fixture
def place(own_town: Urls) -> Iterator[Town]:
    with town(own_town) as found:
        furnish(found)
        yield found


def comers(place: Town) -> dict[str, Client]:
    """Whoever may come: a token of each role, and none."""
    found = {"nobody": place.nobody}
    for role in GRANTED:
        place.someone(f"as-{role}", role)
        found[role] = place.nobody.holding(place.token("read", "write", name=f"of-{role}", login=f"as-{role}"))
    return found


def ask(case: Any, who: Client) -> httpx.Response:
    """Sends it as it was made."""
    made = requests.Request(**case.as_transport_kwargs(base_url=BASE)).prepare()
    headers = {name: str(value) for name, value in made.headers.items() if name.lower() != "authorization"}
    return who.request(str(made.method), str(made.url), headers, content=made.body)


def refuted(operation: Any, turns: Iterator[tuple[str, Client]], examples: int) -> list[str]:
    """What is answered and was not foreseen."""
    found: list[str] = []
    shelf = operation.path.removeprefix(f"{API}/").partition("/")[0]

    @seed(5)
    @settings(max_examples=examples, database=None, phases=[Phase.generate], deadline=None,
              suppress_health_check=[*HealthCheck])
    @given(case=operation.as_strategy(GenerationMode.POSITIVE) | operation.as_strategy(GenerationMode.NEGATIVE),
           key=st.sampled_from((None, *KNOWN.get(shelf, (None,)))))
    def asked(case: Any, key: str | None) -> None:
        role, who = next(turns)
        for name in case.path_parameters if key else ():
            case.path_parameters[name] = key
        answer = ask(case, who)
        sent = f"{answer.url} {answer.request.content!r:.300}"
        told = f"{operation.label} as {role}: {answer.status_code} {sent} {answer.text[:300]}"
        if answer.status_code >= 500 and not operation.path.endswith("/health"):  # whose answer is that something is down
            found.append(told)
        try:
            case.validate_response(answer, checks=CHECKS)
        except* AssertionError as errors:
            found.append(f"{told} {errors.exceptions[0]}")

    asked()
    return found


def test_every_answer_is_one_that_is_described(place: Town) -> None:
    schema = schemathesis.openapi.from_dict(place.nobody.get("/openapi.json").json())
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    people = comers(place)
    turns, examples = cycle(people.items()), EXAMPLES * len(people) or 2
    wrong = {why[:80]: why for operation in operations for why in refuted(operation, turns, examples)}
    assert not wrong, "\n\n".join(wrong.values())
    assert len(operations) > 100 and len(people) == 6
