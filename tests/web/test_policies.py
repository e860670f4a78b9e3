"""For whom each route is: generated over all of them, whoever comes, with whatever they show."""

from __future__ import annotations

import re

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts

from services import accounts, tokens
from services.schema import Urls
from tests.homes import secretary
from tests.web.desk import Client, Town, town
from web.entering import COOKIE, PUBLIC, Reader, Writer
from web.policies import OFFLINE, PolicyMissing, declared

FILLED = {
    "ref": "2023:17", "key": "2023", "entry": "2023", "verb": "note", "sha256": "0" * 64,
    "id": "5f0c7a52-6d0b-4a2e-9c55-0d8f2b7f3f11",
}  # fmt: skip
FILES = {OFFLINE: f"{OFFLINE}/swagger-ui.css", "/static": "/static/suivi.css"}
KEPT_OUT = {"/problemes/token-needed", "/problemes/scope-missing"}


def filled(path: str) -> str:
    return FILES.get(path) or re.sub(r"\{(\w+)[^}]*\}", lambda name: FILLED[name[1]], path)


def shown(place: Town) -> dict[str, tuple[Client, set[str]]]:
    """Who comes, and the policies that let them in."""
    home, store = place.home, place.home.store
    closed = place.someone("eve", "officer")
    accounts.disable(store, secretary(home), "eve")
    over, revoked = place.token(name="over"), place.token(name="revoked")
    tokens.revoke(store, secretary(home), "revoked")
    store.connection.execute("UPDATE suivi.tokens SET expires_at = clock_timestamp() WHERE name = 'over'")
    session = tokens.redeem(store, tokens.one_time_link(store, secretary(home).person)) or ""
    nobody = place.nobody
    cookie = Client(nobody.app, nobody.portal, nobody.inner, {"Cookie": f"{COOKIE}={session}"})
    basic = Client(nobody.app, nobody.portal, nobody.inner, {"Authorization": "Basic YTpi"})
    everyone = {"public"}
    return {
        "nobody": (nobody, everyone),
        "a made up token": (nobody.holding("x" * 43), everyone),
        "another scheme": (basic, everyone),
        "an empty token": (nobody.holding(""), everyone),
        "a token that is over": (nobody.holding(over), everyone),
        "a revoked token": (nobody.holding(revoked), everyone),
        "a closed account": (closed, everyone),
        "a session shown as a token": (nobody.holding(session), everyone),
        "a link shown as a token": (nobody.holding(tokens.one_time_link(store, secretary(home).person)), everyone),
        "a session": (cookie, {"public", "read"}),
        "who may read": (nobody.holding(place.token("read", name="reads")), {"public", "read", "own"}),
        "who may write": (nobody.holding(place.token("write", name="writes")), {"public", "read", "write", "own"}),
    }


def kept_out(answer: httpx.Response) -> bool:
    """Whether the door was closed, whatever the route would have said."""
    if "problem" in answer.headers.get("content-type", ""):
        return answer.json()["type"] in KEPT_OUT
    return answer.status_code == 401


def test_every_route_lets_in_whom_it_says_and_nobody_else(database: Urls) -> None:
    with town(database) as place:
        routes = declared(place.nobody.app)
        assert len(routes) > 30
        wrong = [
            (method, path, who, answer.status_code)
            for who, (client, allowed) in shown(place).items()
            for (method, path), policy in routes.items()
            for answer in [client.request(method, filled(path), **({} if method == "GET" else {"json": {}}))]
            if kept_out(answer) != (policy not in allowed) or answer.status_code >= 500
            if path != "/api/v1/health"
        ]
        assert not wrong


def test_a_closed_door_says_what_is_needed(place: Town) -> None:
    closed = place.nobody.get("/cases")
    assert (closed.status_code, closed.headers["www-authenticate"]) == (401, "Bearer")
    reader = place.nobody.holding(place.token("read", name="reads"))
    refused = reader.post("/cases/17/start", If_Match='"1"')
    assert (refused.status_code, refused.json()["detail"]) == (403, "Ce jeton ne le permet pas. Il permet\u00a0: read.")


def test_a_closed_account_is_kept_out_at_once(place: Town) -> None:
    jean = place.someone("jean", "officer")
    assert jean.get("/cases").status_code == 200
    accounts.disable(place.home.store, secretary(place.home), "jean")
    assert jean.get("/cases").status_code == 401


def test_a_cookie_changes_nothing_even_beside_a_token_of_elsewhere(place: Town) -> None:
    session = tokens.redeem(place.home.store, tokens.one_time_link(place.home.store, secretary(place.home).person))
    headers = {"Cookie": f"{COOKIE}={session}", "Origin": "https://ailleurs.example"}
    sent = place.nobody.request("POST", "/api/v1/cases/17/note", headers, json={"text": "Bonjour"})
    assert sent.status_code == 401
    assert place.ana.get("/cases/17").json()["notes"] == []


def nobody_in_particular() -> None:
    """A handler that forgot."""


def both(reader: Reader, writer: Writer) -> None:
    """A handler that says two things."""


@pytest.mark.parametrize("handler", [nobody_in_particular, both])
def test_a_route_without_its_one_policy_keeps_the_application_from_starting(handler: object) -> None:
    inner, app = APIRouter(), FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    inner.add_api_route("/open", nobody_in_particular, dependencies=[PUBLIC])
    app.include_router(inner, prefix="/deep")
    assert declared(app) == {("GET", "/deep/open"): "public"}
    inner.add_api_route("/forgotten", handler)  # type: ignore[arg-type]  # any handler
    with pytest.raises(PolicyMissing, match="/deep/forgotten"):
        declared(app)


def test_no_route_escapes_the_list(place: Town) -> None:
    assert {str(route.path) for route in iter_route_contexts(place.nobody.app.routes)} == {
        path for _, path in declared(place.nobody.app)
    }
