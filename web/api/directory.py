"""`/assemblies`, `/bodies`, `/people`, `/offices`: the directory, at a date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.words import slug, sort_key
from services import reading
from services.home import Home
from services.reading import When
from services.reading.histories import by_version
from services.reading.pages import Row, page_of
from web.api.acting import Body, Key, Match, record, version_of
from web.api.answers import listed, one
from web.api.parameters import NO_QUERY, AtPagedTimes, AtTimes, Verb
from web.api.parameters import Key as EntryKey
from web.entering import Desk, Insider, Writer
from web.policies import PREFIX


def by_name(row: Row) -> list[str]:
    """The order of bodies, people and offices."""
    return [sort_key(row["name"]), row["name"], row["key"]]


def by_date(row: Row) -> list[str]:
    """The order of assemblies."""
    return [row["date"] or "", row["key"]]


@dataclass(frozen=True)
class Shelf:
    """One kind of entries: the word of its addresses, the prefix of its REFs, its list and the order of it."""

    word: str
    kind: str
    read: Callable[[Home, When], list[Row]]
    order: Callable[[Row], list[str]]

    def ref(self, key: str) -> str:
        """The REF of a key, or of itself."""
        return f"{self.kind}:{key.removeprefix(f'{self.kind}:')}"

    def entry(self, desk: Desk, key: str, when: When) -> dict[str, Any]:
        """One entry. Raises `EntryUnknown`."""
        return reading.entry(desk.home, self.ref(key), when)


SHELVES = (
    Shelf("assemblies", "assembly", reading.assemblies, by_date),
    Shelf("bodies", "body", reading.bodies, by_name),
    Shelf("people", "person", reading.people, by_name),
    Shelf("offices", "office", reading.offices, by_name),
)


def shelved(shelf: Shelf) -> APIRouter:
    """The routes of one kind of entries."""
    router = APIRouter(prefix=f"/{shelf.word}", tags=[shelf.word])

    @router.get("", name=f"list {shelf.word}")
    def entries(desk: Insider, request: Request, asked: AtPagedTimes) -> Response:
        """All of them, in order."""
        page = page_of(shelf.read(desk.home, asked.when), shelf.order, asked.after, asked.limit)
        return listed(desk, request, page, asked.when)

    @router.get("/{key}", name=f"one of {shelf.word}")
    def entry(desk: Insider, request: Request, key: EntryKey, asked: AtTimes) -> Response:
        """One, with its version as ETag."""
        return one(desk, request, shelf.entry(desk, key, asked.when), asked.when)

    @router.get("/{key}/history", name=f"history of {shelf.word}")
    def history(desk: Insider, request: Request, key: EntryKey, asked: AtPagedTimes) -> Response:
        """Everything that happened to it, in sentences."""
        entries = reading.history(desk.home, shelf.ref(key), asked.when, desk.lang)
        return listed(desk, request, page_of(entries, by_version, asked.after, asked.limit), asked.when)

    @router.post("", name=f"new in {shelf.word}", dependencies=[NO_QUERY], status_code=201)
    def create(desk: Writer, said: Body, key: Key = None) -> Response:
        """A new one, under its `key`; without one, under a key made of its name."""
        given = said.facts.pop("key", None)
        new = given if isinstance(given, str) else slug(str(said.facts.get("name", "")))
        ask = said.ask(shelf.ref(new), "create", None)
        return record(desk, ask, key, partial(shelf.entry, desk, new, When()), f"{PREFIX}/{shelf.word}/{quote(new)}")

    @router.post("/{entry}/{verb}", name=f"act on {shelf.word}", dependencies=[NO_QUERY])
    def change(desk: Writer, entry: EntryKey, verb: Verb, said: Body, key: Key = None, match: Match = None) -> Response:
        """Records something of it."""
        ask = said.ask(shelf.ref(entry), verb, version_of(match, verb))
        return record(desk, ask, key, partial(shelf.entry, desk, entry, When()))

    return router


router = APIRouter()
for each in SHELVES:
    router.include_router(shelved(each))
