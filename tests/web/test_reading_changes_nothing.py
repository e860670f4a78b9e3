"""Whoever reads changes nothing, is told nothing else than they asked for, and gets what protects them: every address that
answers GET, with each role and with none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
from psycopg import sql

from services import tokens
from services.accounts import GRANTED
from services.schema import Urls
from tests.homes import secretary
from tests.web.attacks import addresses
from tests.web.browser import Browser, Sheet, entered
from tests.web.desk import API, Town, town
from tests.web.test_description import furnish
from web import guard
from web.policies import declared

KEPT = {"access", "sessions", "guesses", "attempts"}  # who came, what they tried, what they have begun
"""Of these tables a line may come from a page that is read: the access log and the doors."""
ALSO = {"Referrer-Policy": ("same-origin",)}  # of a page whose forms older browsers send
DOCUMENTATION = "/api/docs"  # Swagger’s own page
SHELVES = {"cases": "17", "demarches": "1", "offices": "eau", "bodies": "comite-du-velo", "people": "jean", "assemblies": "2023"}


@pytest.fixture
def place(own_town: Urls) -> Iterator[Town]:
    with town(own_town) as found:
        furnish(found)
        for role in GRANTED:
            found.someone(f"as-{role}", role)
        yield found


def held(place: Town) -> dict[str, tuple[int, str]]:
    """Each table: how many rows, and a digest of them all."""
    with psycopg.connect(place.home.urls.owner) as owner:
        names = owner.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('suivi', 'read') ORDER BY 1, 2"
        ).fetchall()
        ask = sql.SQL("SELECT count(*), coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {} t")
        rows = {f"{schema}.{table}": owner.execute(ask.format(sql.Identifier(schema, table))).fetchone()
                for schema, table in names if table not in KEPT}  # fmt: skip
    return {name: (row[0], row[1]) for name, row in rows.items() if row}


def asked(place: Town) -> list[str]:
    """The pages, and the addresses of the API."""
    found = addresses(place, ("note",))
    for method, path in declared(place.nobody.app):
        if method == "GET" and path.startswith(API):
            key = SHELVES.get(path.removeprefix(API).split("/")[1], "1")
            found.append(re.sub(r"\{\w+\}", key, path))
    return [*found, DOCUMENTATION, "/nulle-part", "/oidc/entrer", "/oidc/retour", "/geste?lien=x", "/sortir"]


def comers(place: Town) -> dict[str, Browser]:
    return {"nobody": Browser(place.nobody)} | {role: entered(place, f"as-{role}") for role in GRANTED}


def unprotected(answer: httpx.Response) -> Iterator[str]:
    """What an answer lacks."""
    headers, type = answer.headers, answer.headers.get("content-type", "")
    yield from (name for name, value in guard.HEADERS.items() if headers.get(name) not in (value, *ALSO.get(name, ())))
    if answer.status_code >= 500 and not answer.url.path.endswith("/health"):
        yield str(answer.status_code)
    if "html" not in type or answer.url.path == DOCUMENTATION:
        return
    policy = headers.get("content-security-policy", "")
    if "unsafe" in policy or "default-src 'none'" not in policy or "frame-ancestors 'none'" not in policy:
        yield f"policy {policy}"
    if headers.get("cache-control") != "no-store" and "/public/" not in answer.url.path:
        yield f"cache {headers.get('cache-control')}"
    yield from inline(answer, policy)


def inline(answer: httpx.Response, policy: str) -> Iterator[str]:
    """What the policy forbids and the page holds all the same."""
    for each in Sheet(answer).root.all():
        if each.tag in ("style", "iframe", "object", "embed", "base") or any(
            name == "style" or name.startswith("on") for name in each.attributes
        ):
            yield f"<{each.tag}>"
        if each.tag == "script" and (f"'nonce-{each.attributes.get('nonce')}'" not in policy or each.raw.strip()):
            yield "script"
        for name in ("href", "src", "action"):
            there = urlsplit(each.attributes.get(name, ""))
            if there.scheme not in ("", "mailto", "tel") or there.netloc:
                yield f"{name} {there.geturl()}"


def test_reading_changes_nothing_and_is_protected(place: Town) -> None:
    people, before, wrong, many = comers(place), held(place), dict[str, str](), 0
    for path in asked(place):
        for role, who in people.items():
            answer = who.ask(path)
            many += 1
            wrong |= {f"{path} {why}": role for why in unprotected(answer)}
    place.home.catch_up()
    after = held(place)
    assert not wrong
    assert {name for name in before if before[name] != after[name]} == set()
    assert many > 500 and len(before) > 20


def test_a_nonce_serves_one_page(place: Town) -> None:
    who = entered(place, "as-officer")
    found = {re.search(r"nonce-([\w-]+)", who.ask("/dossiers").headers["content-security-policy"])[1] for _ in range(20)}  # type: ignore[index]
    assert len(found) == 20 and all(len(each) >= 22 for each in found)


def test_looking_at_a_link_from_elsewhere_spends_nothing_by_head(place: Town) -> None:
    """Mail programs look at what a link leads to before anyone opens it."""
    link = tokens.one_time_link(place.home.store, secretary(place.home).person)
    before = held(place)
    for _ in range(3):
        assert place.nobody.request("HEAD", f"/entrer?lien={link}").status_code == 200
    assert held(place) == before
