"""What a request asks of the database before a page says its first word."""

from __future__ import annotations

from datetime import timedelta

from services.schema import Urls
from services.simulation import advance, simulated_at
from tests.homes import opened


def test_a_simulated_time_is_asked_for_once_a_request_and_again_in_the_next(own_demonstration: Urls) -> None:
    with opened(own_demonstration, "marie") as home, opened(own_demonstration, "marie") as other:
        present, begun = home.store.present, simulated_at(home.store)
        assert begun
        with present.held():
            assert present.now == begun
            advance(other.store, begun + timedelta(days=1))
            assert present.now == begun
        assert present.now == begun + timedelta(days=1)
        with present.held():
            advance(other.store, begun + timedelta(days=2))
            assert present.now == begun + timedelta(days=2), "a request begins with a look"
