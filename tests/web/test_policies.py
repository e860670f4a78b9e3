"""For whom each route is: generated over all of them, whoever comes, with whatever they show."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts

from services import accounts, tokens
from services.accounts import GRANTED
from services.schema import Urls
from tests.homes import SECRETARY, secretary
from tests.web.desk import Client, Town, town
from web.entering import COOKIE, PUBLIC, Reader, Writer, policies
from web.origin import token_of
from web.policies import OFFLINE, PAGE, PolicyMissing, declared, roles_of, table

LEAVING = {("POST", "/sortir"), ("POST", "/compte/appareils/fermer")}  # end the session with which the next is asked

FILLED = {
    "ref": "2023:17", "key": "2023", "entry": "2023", "verb": "note", "sha256": "0" * 64, "n": "1", "number": "1",
    "name": "suivi.css", "token": "none", "id": "5f0c7a52-6d0b-4a2e-9c55-0d8f2b7f3f11",
}  # fmt: skip
FILES = {OFFLINE: f"{OFFLINE}/swagger-ui.css"}
KEPT_OUT = {"token-needed", "scope-missing", "for-another-role", "cannot-write"}
CLOSED = ("Ce jeton ne le permet pas", "Cela demande un autre rôle", "Vous pouvez tout lire, mais pas consigner")
WRITING = {"write", "keep", "administer"}
HERE = {"Sec-Fetch-Site": "same-origin"}


def filled(path: str) -> str:
    return FILES.get(path) or re.sub(r"\{(\w+)[^}]*\}", lambda name: FILLED.get(name[1], "x"), path)


def shown(place: Town) -> dict[str, tuple[Client, set[str]]]:
    """Who comes with what, and the policies that let them in: tokens of each kind, and each role with a session."""
    home, store = place.home, place.home.store
    closed = place.someone("eve", "officer")
    accounts.disable(store, secretary(home), "eve")
    over, revoked = place.token(name="over"), place.token(name="revoked")
    tokens.revoke(store, secretary(home), "revoked")
    store.connection.execute("UPDATE suivi.tokens SET expires_at = clock_timestamp() WHERE name = 'over'")
    nobody, everyone = place.nobody, {"public"}
    link = tokens.one_time_link(store, secretary(home).person)
    mine = session(place, SECRETARY)
    inside = {policy.name for policy in policies() if policy.roles is None or policy.roles & {"secretary", "administrator"}}
    comers = {
        "nobody": (nobody, everyone),
        "a made up token": (nobody.holding("x" * 43), everyone),
        "another scheme": (holding(nobody, {"Authorization": "Basic YTpi"}), everyone),
        "an empty token": (nobody.holding(""), everyone),
        "a token that is over": (nobody.holding(over), everyone),
        "a revoked token": (nobody.holding(revoked), everyone),
        "a closed account": (closed, everyone),
        "a session shown as a token": (nobody.holding(mine), everyone),
        "a link shown as a token": (nobody.holding(link), everyone),
        "a link shown as a session": (holding(nobody, cookie(link) | HERE), everyone),
        "a token that reads": (nobody.holding(place.token("read", name="reads")), inside - WRITING | everyone),
        "a token that writes": (nobody.holding(place.token("write", name="writes")), inside | everyone),
    }
    for role in GRANTED:
        place.someone(f"as-{role}", role)
        allowed = {policy.name for policy in policies() if role in roles_of(policy)} | everyone
        comers[role] = holding(nobody, cookie(session(place, f"as-{role}")) | HERE), allowed
    return comers


def session(place: Town, login: str) -> str:
    """The secret of a session of theirs, which a link opened."""
    actor, _ = accounts.enter(place.home.store, login)
    return tokens.redeem(place.home.store, tokens.one_time_link(place.home.store, actor.person)) or ""


def cookie(secret: str) -> dict[str, str]:
    return {"Cookie": f"{COOKIE}={secret}"}


def holding(nobody: Client, headers: dict[str, str]) -> Client:
    return Client(nobody.app, nobody.portal, nobody.inner, headers)


def kept_out(answer: httpx.Response) -> bool:
    """Whether the door was closed, whatever the route would have said."""
    if "problem" in answer.headers.get("content-type", ""):
        return answer.json()["type"].rpartition("/")[2] in KEPT_OUT
    said = answer.text.replace("\u00a0", " ")
    return answer.status_code == 401 or (answer.status_code == 403 and any(sentence in said for sentence in CLOSED))


def misjudged(client: Client, allowed: set[str], routes: dict[tuple[str, str], str]) -> Iterator[tuple[str, str, int]]:
    """The routes that let someone in, or keep them out, against their policy; or break."""
    for (method, path), policy in routes.items():
        if (method, path) in LEAVING:
            continue
        answer = client.request(method, filled(path), **({} if method == "GET" else {"json": {}}))
        if path != "/api/v1/health" and (kept_out(answer) != (policy not in allowed) or answer.status_code >= 500):
            yield method, path, answer.status_code
        if fresh := answer.cookies.get(COOKIE):  # a session whose rights have changed goes on under another secret
            client = holding(client, client.headers | cookie(fresh))


def test_every_route_lets_in_whom_it_says_and_nobody_else(own_town: Urls) -> None:
    with town(own_town) as place:
        routes = declared(place.nobody.app)
        assert len(routes) > 80 and set(routes.values()) == {policy.name for policy in policies()} | {"public"}
        wrong = [(*found, who) for who, (client, allowed) in shown(place).items()
                 for found in misjudged(client, allowed, routes)]  # fmt: skip
        assert not wrong, wrong


def test_the_page_of_policies_is_current(place: Town) -> None:
    assert PAGE.read_text() == table(declared(place.nobody.app)), "python -m web.policies"


@pytest.mark.parametrize("headers", [
    {}, {"Origin": "null"}, {"Origin": "https://ailleurs.example"}, {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1"}, {"Sec-Fetch-Site": "none"},
])  # fmt: skip
def test_no_form_of_elsewhere_is_heard(place: Town, headers: dict[str, str]) -> None:
    """Every route that acts, with a session and no token of a page of ours."""
    mine = holding(place.nobody, cookie(session(place, SECRETARY)) | headers)
    acting = [(method, path) for (method, path), policy in declared(place.nobody.app).items()
              if method != "GET" and policy != "public"]  # fmt: skip
    assert len(acting) > 20
    heard = [(path, answer.status_code) for method, path in acting
             for answer in [mine.request(method, filled(path), data={"text": "Bonjour", "jeton": "x" * 86})]
             if answer.status_code != 401]  # fmt: skip
    assert not heard


def test_a_browser_that_says_nothing_is_heard_with_the_token_of_its_session(place: Town) -> None:
    one, other = session(place, SECRETARY), session(place, SECRETARY)
    for secret, status in ((one, 303), (other, 401)):
        mine = holding(place.nobody, cookie(one))
        answer = mine.request("POST", "/boite/lu", data={"jeton": token_of(secret)})
        assert answer.status_code == status
    assert token_of(one) != token_of(one)
    elsewhere = holding(place.nobody, cookie(one) | {"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.request("POST", "/boite/lu", data={"jeton": token_of(one)}).status_code == 401


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
