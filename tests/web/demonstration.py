"""The demonstration as its pages show it: loaded once into a database of the test's own, at an instant that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.time import ZONE
from services import accounts
from services.demonstration import STANDS_AT, load
from services.schema import Urls
from services.simulation import advance, begin
from tests.homes import opened, secretary
from tests.web.browser import Browser, entered
from tests.web.desk import Town, serving
from workers.passes import make_delivery, make_sweep

THURSDAY = datetime(2024, 9, 26, 9, tzinfo=ZoneInfo(ZONE))  # after the meeting of the 24th, when two steps more have come


@contextmanager
def demonstrated(urls: Urls) -> Iterator[Town]:
    """On 18 September 2024."""
    with opened(urls) as home, serving(urls) as client:
        begin(home.store, STANDS_AT)
        load(home, secretary(home))
        place = Town(home, client)
        pass_made(place)
        yield place


def pass_made(place: Town) -> None:
    """What the workers do: steps taken, mail written."""
    for make in (make_sweep, make_delivery):
        make(place.home.store, place.home.settings)
        place.home.catch_up()


def on(place: Town, instant: datetime) -> None:
    """The same later."""
    advance(place.home.store, instant)
    pass_made(place)


def as_someone(place: Town, login: str, *roles: str) -> Browser:
    """Another account, entered."""
    accounts.add(place.home.store, secretary(place.home), login, list(roles))
    place.home.catch_up()
    return entered(place, login)
