"""The demonstration is looked at, and writes to nobody by being loaded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.demonstration import STANDS_AT, load
from services.mail import news, react_to_moves
from services.schema import Urls
from services.simulation import advance, begin
from tests.homes import opened, secretary


def written(database: Urls) -> int:
    """How many letters there are once the demonstration was loaded and has rested."""
    with opened(database) as home:
        begin(home.store, STANDS_AT)
        load(home, secretary(home))
        advance(home.store, STANDS_AT + timedelta(minutes=11))
        home.catch_up()
        return react_to_moves(home.store)


def test_the_demonstration_is_no_news(database: Urls) -> None:
    assert written(database) == 0


def test_twin_a_past_that_counts_as_news_is_told(database: Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "_is_news", lambda entry, history, zone: isinstance(entry.event, news.Moved))
    assert written(database) > 0
