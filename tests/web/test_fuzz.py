"""Whatever is sent, the answer is one that was foreseen: never 5xx, always a problem or what was asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.schema import Urls
from tests.web.desk import API, Town, town
from web.api.verbs import ENTRIES, of_cases, of_threads

texts = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["2023:17", "17", "2023:5", "person:ana", "assembly:2023", "body:x", "2023", "..", ":", "2023:", "%",
                     "'; DROP TABLE suivi.events; --", "\0", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
                     "demarche:1", "demarche:new", "office:min",
                     "au moins 3", "2024-02-30", "2024", "../..", "__dict__", "9" * 30, "-1", "1e400", "2023-06~/..", "٣"]),
)  # fmt: skip
# An address that steps back twice leaves the API, and what is outside does not answer in JSON.
segments = texts.filter(lambda text: text not in (".", ".."))
scalars = st.one_of(texts, st.integers(), st.floats(), st.booleans(), st.none())
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=6
)
bodies = st.one_of(
    st.binary(max_size=60), st.text(max_size=40).map(str.encode), values.map(lambda value: json.dumps(value).encode())
)
names = st.sampled_from([
    "text", "body", "due", "until", "reason", "on", "completion", "to", "kind", "event", "set", "owner", "task", "numbers",
    "titles", "title", "parts", "part", "occurred", "state", "residuals", "visibility", "people", "assembly", "ref", "key",
    "name", "mail", "date", "person", "charge", "by", "since", "clock", "lang", "gender", "quorum", "adopted_on", "origin",
    "cases", "office", "channel", "behalf", "cosigners", "subject", "count", "expects_reply", "wait_until", "place",
    "confirmed", "met", "holder", "delegation", "answer", "upon",
])  # fmt: skip
parameters = st.sampled_from(["limit", "after", "state", "overdue", "owner", "body", "query", "as_of", "known_at", "before", "x",
                              "unanswered", "turn", "office", "case"])  # fmt: skip
posts = st.one_of(
    st.sampled_from([f"/cases/17/{verb}" for verb, _, _ in of_cases()]),
    st.sampled_from([f"/{shelf}/{key}/{verb}" for (shelf, key) in (("people", "ana"), ("assemblies", "2023"))
                     for verb in ENTRIES[shelf]]),
    st.sampled_from([f"/demarches/1/{verb}" for verb, _, _ in of_threads()]),
    st.sampled_from(["/cases", "/people", "/bodies", "/assemblies", "/demarches"]),
    st.builds(lambda ref, verb: f"/cases/{quote(ref, safe='')}/{quote(verb, safe='')}", texts, segments),
)  # fmt: skip
gets = st.one_of(
    st.sampled_from(["/cases", "/people", "/bodies", "/assemblies", "/deadlines", "/events", "/workflows", "/cases/17",
                     "/cases/17/history", "/cases/17/actions", "/people/ana", "/people/ana/history", "/assemblies/2023"]),
    st.sampled_from(["/demarches", "/demarches/unanswered", "/demarches/redirections", "/demarches/meetings",
                     "/demarches/met", "/demarches/turns", "/demarches/responsiveness", "/demarches/1",
                     "/demarches/1/history", "/demarches/1/actions"]),
    st.builds(lambda ref, more: f"/demarches/{quote(ref, safe='')}{more}", texts, st.sampled_from(["", "/history", "/actions"])),
    st.builds(lambda ref, more: f"/cases/{quote(ref, safe='')}{more}", texts, st.sampled_from(["", "/history", "/actions"])),
    st.builds(lambda key: f"/people/{quote(key, safe='')}", texts),
)  # fmt: skip


@pytest.fixture
def place(own_town: Urls) -> Iterator[Town]:
    """With an office, and a thread."""
    with town(own_town) as found:
        found.do("office:min", "create", name="ministre de l’Eau")
        found.do("demarche:1", "send", cases=["2023:17"], office=["office:min"])
        yield found


FEW = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@FEW
@given(url=gets, asked=st.lists(st.tuples(parameters, texts), max_size=3), lang=st.sampled_from(["fr", "en", "de;q=x,*"]))
def test_whatever_is_asked(place: Town, url: str, asked: list[tuple[str, str]], lang: str) -> None:
    query = urlencode(asked)
    answer = place.ana.request("GET", f"{API}{url}?{query}", {"Accept-Language": lang})
    assert answer.status_code < 500, (url, query, answer.text)
    assert answer.status_code == 200 or answer.json()["detail"], answer.text


@FEW
@given(url=posts, facts=st.dictionaries(names, values, max_size=4), match=st.sampled_from(['"1"', "*", '"2"', "x"]))
def test_whatever_is_sent(place: Town, url: str, facts: dict[str, Any], match: str) -> None:
    content = json.dumps(facts).encode()
    answer = place.ana.request("POST", API + url, {"If-Match": match}, content=content)
    assert answer.status_code < 500, (url, content, answer.text)
    assert answer.status_code < 300 or answer.json()["detail"], answer.text
    health = place.ana.get("/health").json()["components"]
    assert (health["projections"]["failed"], health["log"]["status"]) == (0, "ok"), (url, content)


@FEW
@given(content=bodies)
def test_whatever_the_body_is(place: Town, content: bytes) -> None:
    answer = place.ana.request("POST", f"{API}/cases/17/note", content=content)
    assert answer.status_code in (200, 400, 404, 422), (content, answer.text)


@FEW
@given(method=st.sampled_from(["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"]), url=gets)
def test_other_methods(place: Town, method: str, url: str) -> None:
    answer = place.ana.request(method, API + url)
    assert answer.status_code in (404, 405), answer.text


@FEW
@given(headers=st.dictionaries(
    st.sampled_from(["Accept-Language", "If-None-Match", "If-Match", "Idempotency-Key", "Cookie", "Accept"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)))  # fmt: skip
def test_whatever_the_headers_are(place: Town, headers: dict[str, str]) -> None:
    assert place.ana.request("GET", f"{API}/cases/17", headers).status_code in (200, 304)
    assert place.ana.request("POST", f"{API}/cases/17/start", headers, json={"x": 1}).status_code in (412, 422, 428)
