"""The demonstration as its pages show it: loaded once into a database and copied, at an instant that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.time import ZONE
from services import accounts
from services.demonstration import STANDS_AT, load
from services.home import Home
from services.schema import Urls
from services.simulation import advance, begin
from tests.homes import opened, secretary
from tests.web.browser import Browser, entered
from tests.web.desk import Town, serving
from workers.passes import make_delivery, make_sweep

THURSDAY = datetime(2024, 9, 26, 9, tzinfo=ZoneInfo(ZONE))  # after the meeting of the 24th, when two steps more have come


def demonstrate(urls: Urls) -> None:
    """Loads it into an empty store, on 18 September 2024."""
    with opened(urls) as home:
        begin(home.store, STANDS_AT)
        load(home, secretary(home))
        pass_made(home)


@contextmanager
def demonstrated(urls: Urls) -> Iterator[Town]:
    """A database where it is loaded, opened."""
    with opened(urls) as home, serving(urls) as client:
        secretary(home)
        yield Town(home, client)


def pass_made(home: Home) -> None:
    """What the workers do: steps taken, mail written."""
    for make in (make_sweep, make_delivery):
        make(home.store, home.settings)
        home.catch_up()


def on(place: Town, instant: datetime) -> None:
    """The same later."""
    advance(place.home.store, instant)
    pass_made(place.home)


def as_someone(place: Town, login: str, *roles: str) -> Browser:
    """Another account, entered."""
    accounts.add(place.home.store, secretary(place.home), login, list(roles))
    place.home.catch_up()
    return entered(place, login)
