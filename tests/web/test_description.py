"""The OpenAPI description says what is so: each address, each body, each answer."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import msgspec
import pytest

from domain.case.case import Case
from services import accounts
from services.act import VERBS
from services.mail.letters import Letter
from services.mail.notices import Notice, post
from tests.web.desk import API, Town
from web.api import shapes
from web.api.__main__ import SNAPSHOT, written
from web.api.verbs import ENTRIES, of_cases, of_shelf
from web.policies import declared

STALE = "docs/openapi.json is no longer what the code says. Make it anew with: python -m web.api"


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    found = msgspec.json.decode(written())
    assert isinstance(found, dict)
    return found


def test_the_snapshot_is_of_today() -> None:
    assert SNAPSHOT.read_text(encoding="utf-8") == written(), STALE


def test_it_is_openapi_3_1_without_loose_ends(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1")
    ids = [one["operationId"] for operations in description["paths"].values() for one in operations.values()]
    assert len(ids) == len(set(ids))
    for ref in refs(description):
        target: Any = description
        for step in ref.removeprefix("#/").split("/"):
            target = target[step]
        assert target


def refs(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [ref for inner in value.values() for ref in refs(inner)]
    return [ref for inner in value for ref in refs(inner)] if isinstance(value, list) else []


def test_every_route_of_the_api_is_described(place: Town, description: dict[str, Any]) -> None:
    described = {(method.upper(), path) for path, operations in description["paths"].items() for method in operations}
    for method, path in declared(place.nobody.app):
        if path.startswith(API) and path != f"{API}/openapi.json" and "{verb}" not in path:
            assert (method, path) in described
    for verb in VERBS:
        if verb != "adopt":
            assert ("POST", f"{API}/cases/{{ref}}/{verb}") in described
    assert place.nobody.get("/openapi.json").json() == description


@pytest.mark.parametrize("shelf", ["cases", "demarches", *ENTRIES])
def test_the_facts_that_are_described_are_those_that_are_known(place: Town, description: dict[str, Any], shelf: str) -> None:
    """A fact that is not described is refused; of those that are, none is unknown."""
    one = {"cases": "17", "demarches": "1", "assemblies": "2023", "bodies": "x", "people": "ana", "offices": "x",
           "plans": "p"}[shelf]  # fmt: skip
    place.do("plan:p", "create", name="Plan")
    place.ana.post("/bodies", {"key": "x", "name": "X"})
    place.do("office:x", "create", name="ministre de l’Eau")
    place.do("demarche:1", "send", cases=["17"], office=["office:x"])
    for verb, _, _ in of_shelf(shelf):
        path = next(path for path in description["paths"] if path.startswith(f"{API}/{shelf}/{{") and path.endswith("/" + verb))
        post = description["paths"][path]["post"]
        facts = post["requestBody"]["content"]["application/json"]["schema"]["properties"]
        for name in [*facts, "inconnu"]:
            asked = place.ana.post(f"/{shelf}/{one}/{verb}", {name: []}, If_Match="*")
            unknown = asked.status_code != 200 and asked.json()["type"] == "/problemes/fact-unknown"
            assert unknown == (name == "inconnu"), (verb, name, asked.text)
        needed = any(each["name"] == "If-Match" and each["required"] for each in post["parameters"])
        assert (place.ana.post(f"/{shelf}/{one}/{verb}", {"inconnu": 1}).status_code == 428) == needed, verb


def test_what_is_said_to_be_needed_is_needed(place: Town, description: dict[str, Any]) -> None:
    for verb, _, schema in of_cases():
        if schema.get("required"):
            asked = place.ana.post(f"/cases/17/{verb}", {}, If_Match="*")
            pointed = {error["pointer"] for error in asked.json().get("errors", [])}
            assert asked.status_code == 422 and pointed == {f"/{name}" for name in schema["required"]}, verb


def furnish(place: Town) -> None:
    """Something of everything."""
    place.do("person:jean", "create", name="Jean Roy", mail="jean@example.org", gender="m", lang="en")
    for ref, verb, facts in (
        ("17", "refer", {"body": "Comité du vélo", "due": "2030-01-01", "mandate": "Étudier."}),
        ("17", "assign", {"owner": "person:jean"}), ("17", "set-due", {"due": "2030-02"}),
        ("17", "note", {"text": "Vu."}), ("17", "add-task", {"text": "Écrire.", "owner": "person:ana", "due": "2030"}),
        ("17", "wait", {"on": "La ville", "condition": "le vote"}), ("17", "link", {"to": "2023:5", "kind": "related"}),
        ("5", "block", {"on": "La ville", "reason": "Pas de vote."}),
        ("17", "restrict", {"visibility": "named", "people": ["person:jean"]}),
        ("body:comite-du-velo", "appoint", {"person": "person:jean"}),
        ("office:rives", "create", {"name": "ministre des Rives", "legislature": "QC", "address": ["1, rue du Quai"]}),
        ("office:rives", "appoint", {"person": "person:jean", "charge": "interim"}),
        ("office:rives", "appoint", {"charge": "chief-of-staff"}),
    ):  # fmt: skip
        place.do(ref, verb, **facts)
    correspond(place)
    place.do("record:new", "create", kind="funding", title="Subvention", figures="7500 $", parties="le ministère")
    for key in ("p", "q"):
        place.do(f"plan:{key}", "create", name=f"Plan {key}", body="Comité du vélo")
    place.do("plan:p", "enter-node", kind="item", number="1", text="Rouler", who="Jean Roy")
    place.do("plan:p", "enter-node", kind="step", number="a", text="Partir", under="1", schedule="mai 2030")
    assert place.ana.post("/reports/register/table?to=2023&format=csv").status_code == 200
    store, ana = place.home.store, accounts.enter(place.home.store, "ana")[0].person
    told = Notice(uuid4(), "news", store.find(Case, "case", "2023:5").id, 1, ana, store.present.now)  # type: ignore[union-attr]
    post(store, place.home.settings, told, Letter("fr", "Nouvelle", "Texte", "<p>Texte</p>"))


def correspond(place: Town) -> None:
    """Threads in every state that a question is asked about."""
    for key in ("eau", "lac"):
        place.do(f"office:{key}", "create", name=f"ministre ({key})")
    for _ in range(4):
        place.do("demarche:new", "send", occurred="2024-01-10", cases=["17", "5"], office=["office:eau"])
    place.do("demarche:1", "fix-meeting", date="2031-02-03")
    place.do("demarche:2", "hold-meeting", occurred="2024-05-10", met="staff")
    place.do("demarche:3", "redirect", occurred="2024-05-10", office="office:lac")


def test_answers_have_the_shapes_that_are_described(place: Town) -> None:
    furnish(place)
    keys = {"/assemblies": "2023", "/bodies": "comite-du-velo", "/people": "jean", "/offices": "rives"}
    for path, kind in shapes.LISTS.items():
        shelf = "/" + path.split("/")[1]
        ref = {"/demarches": "1", "/records": "1", "/plans": "p"}.get(shelf, "17")
        asked = {"/search": {"q": "vélos"}, "/plans/{ref}/preview": {"to": "q"}}.get(path)
        rows = place.ana.items(path.replace("{ref}", ref).replace("{key}", keys.get(shelf, "")), params=asked)
        assert rows and msgspec.convert(rows, list[kind]), path  # type: ignore[valid-type]  # made as it runs
    for path, kind in shapes.THINGS.items():
        shelf = "/" + path.split("/")[1]
        for ref in {"/cases": ("17", "5"), "/demarches": ("1", "2"), "/records": ("1",), "/plans": ("p",)}.get(shelf, ("",)):
            answer = place.ana.get(path.replace("{ref}", ref).replace("{key}", keys.get(shelf, "")))
            msgspec.json.decode(answer.content, type=kind)


def test_problems_have_the_shape_that_is_described(place: Town) -> None:
    place.do("17", "start")
    asked = [place.ana.post("/cases/17/start", If_Match='"1"'), place.ana.get("/cases/99"),
             place.ana.get("/cases", params={"limit": "0"}), place.ana.post("/cases/17/complete", If_Match='"2"')]  # fmt: skip
    for answer in asked:
        assert msgspec.json.decode(answer.content, type=shapes.Problem).status == answer.status_code


def test_the_documentation_needs_nothing_of_elsewhere(place: Town) -> None:
    page = place.nobody.request("GET", "/api/docs")
    assert page.status_code == 200
    assert "https://" not in page.text and "//cdn" not in page.text
    for name in ("swagger-ui-bundle.js", "swagger-ui.css", "favicon.png"):
        assert name in page.text
        assert place.nobody.request("GET", f"/api/static/{name}").status_code == 200
