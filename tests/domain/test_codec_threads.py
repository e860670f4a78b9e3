"""Structures read by several threads of one process from its first moment on."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from msgspec import json

from domain import base, codec


def test_structures_are_met_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at once end the process: a fault within the library, met in a follower that had just begun."""
    making, most, made = 0, 0, 0

    class Slow:
        @staticmethod
        def Decoder(kind: type[Any]) -> Any:
            nonlocal making, most, made
            making, made = making + 1, made + 1
            most = max(most, making)
            time.sleep(0.01)
            making -= 1
            return json.Decoder(kind)

    monkeypatch.setattr(base, "json", Slow)
    monkeypatch.setattr(base, "_met", set())
    codec._decoder.cache_clear()
    topics = [codec.topic_of(event) for event in codec.topics().values() if not event.__subclasses__()][:8]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda topic: codec._decoder(topic)[0], topics * 2))
    assert most == 1 and made >= 8
    assert found[:8] == found[8:]
