"""Events read by several threads of one process from its first moment on."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from domain import codec


def test_decoders_are_made_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at once end the process: a fault within the library, met in a follower that had just begun."""
    making, most = 0, 0
    really = codec._made

    def made(topic: str) -> Any:
        nonlocal making, most
        making += 1
        most = max(most, making)
        time.sleep(0.01)
        making -= 1
        return really(topic)

    monkeypatch.setattr(codec, "_made", made)
    monkeypatch.setattr(codec, "_decoders", {})
    topics = [codec.topic_of(event) for event in codec.topics().values() if not event.__subclasses__()][:8]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(codec._decoder, topics * 2))
    assert most == 1
    assert found[:8] == found[8:]
