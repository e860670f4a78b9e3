"""Every field of every form that the pages show to whoever may do everything, with what attackers, accidents and odd
keyboards type: never a fault, never markup, and what is refused keeps what was typed.

An ordinary run types a few things into each field; `SUIVI_EVERY=1` types everything into all of them."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest

from services.schema import Urls
from tests.web.attacks import CHIEF, MARK, TYPED, Field, attacked, fields, marked, send, walk
from tests.web.browser import Browser, Sheet, entered
from tests.web.desk import Town, town
from web.entering import COOKIE

EVERY = bool(os.environ.get("SUIVI_EVERY"))
SENT = 300  # of an ordinary run
LAST = ("/sortir", "/fermer", "/appareils")  # what ends the session with which the next is sent
READABLE = ("tags", "attributes", "templates", "emoji", "an address", "a path")
WRITTEN = ("text", "textarea", "search", "email")


@pytest.fixture
def place(own_town: Urls) -> Iterator[Town]:
    with town(own_town) as found:
        yield found


def chosen(every: list[Field]) -> list[tuple[Field, str]]:
    """What is typed into which field, in an order of chance that is always the same."""
    all_of_it = [(one, kind) for one in every for kind in TYPED if not any(word in one.action for word in LAST)]
    random.Random(5).shuffle(all_of_it)
    return all_of_it if EVERY else all_of_it[:SENT]


def lost(one: Field, kind: str, sheet: Sheet) -> bool:
    """Whether a page that refused has forgotten what was typed into a field of its own."""
    form = [each for each in sheet.root.all("input", "textarea") if each.attributes.get("name") == one.name]
    shown = [each.raw.strip() if each.tag == "textarea" else each.attributes.get("value", "") for each in form]
    return bool(form) and kind in READABLE and one.kind in WRITTEN and TYPED[kind].decode() not in shown


def test_whatever_is_typed_is_text(place: Town) -> None:
    who = attacked(place)
    every, wrong = fields(list(walk(who, place))), []
    assert len(every) > 500 and len({one.action for one in every}) > 100
    for one, kind in chosen(every):
        answer = send(who, place, one, TYPED[kind])
        if answer.status_code == 401:
            who = entered(place, CHIEF)
        refused = answer.status_code in (403, 409, 422) and "html" in answer.headers["content-type"]
        if answer.status_code >= 500 or marked(answer) or (refused and lost(one, kind, Sheet(answer))):
            wrong.append((one.action, one.name, kind, answer.status_code))
    assert not wrong
    assert nothing_came_through(place, who)


def nothing_came_through(place: Town, who: Browser) -> bool:
    """Whether all that was stored is only text, in every page, message and file."""
    wrong = [(str(sheet.answer.url), sheet.answer.status_code) for sheet in walk(who, place)
             if marked(sheet.answer) or sheet.answer.status_code >= 500]  # fmt: skip
    bodies = place.home.store.connection.execute("SELECT body::text FROM suivi.outbox WHERE body IS NOT NULL").fetchall()
    wrong += [("outbox", 0) for (body,) in bodies if f"<{MARK}" in body.partition('"html"')[2]]
    feed = who.client.request("GET", "/public/2023/atom.xml")
    assert not wrong and f"<{MARK}" not in feed.text
    health = place.ana.get("/health").json()["components"]
    return (health["projections"]["failed"], health["log"]["status"]) == (0, "ok")


FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=limite"
ODD = {
    "many": (b"a=1&" * 10_000, FORM), "not a form": (b"\xff\xfe{", "text/plain"),
    "half a pair": (b'{"a": "\\ud800"}', "application/json"),
    "without an end": (b'--limite\r\nContent-Disposition: form-data; name="a"\r\n\r\nx', PARTS),
}  # fmt: skip


def odd_bodies(one: Field) -> Iterator[tuple[bytes, str]]:
    """A form with a field that comes thrice, or never; with thousands of fields; and bodies that are none."""
    yield from (one.body(b"x", 3), one.body(b"x", 0), *ODD.values())


def test_odd_bodies_are_refused_in_a_sentence(place: Town) -> None:
    who, wrong, many = attacked(place), [], 0
    forms = {one.action: one for one in fields(list(walk(who, place))) if one.action.startswith("post ")}
    actions = sorted(each for each in forms if not any(word in each for word in LAST))
    for action in actions if EVERY else actions[:: max(1, len(actions) // 40)]:
        for body, kind in odd_bodies(forms[action]):
            headers = {"Sec-Fetch-Site": "same-origin", "Cookie": f"{COOKIE}={who.cookie}", "Content-Type": kind}
            answer = who.client.request("POST", action.removeprefix("post "), headers, content=body)
            who.cookie = answer.cookies.get(COOKIE) or who.cookie
            many += 1
            if answer.status_code in (401, *range(500, 600)) or marked(answer):
                wrong.append((action, kind, answer.status_code))
    assert not wrong and many > 200
