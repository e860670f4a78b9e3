"""What was acknowledged outlives any kill, and what is asked again has one effect.

SUIVI_KILLS=200 for the full campaign; see also `python -m tests.faults.campaign`."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.servers import discard
from tests.faults.campaign import PATIENCE, SERVER, Campaign, check, report

TRIES = 20  # of what is lost nearly each time
KILLS = int(os.environ.get("SUIVI_KILLS", 10))
SEED = int(os.environ.get("SUIVI_SEED", random.randrange(2**32)))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    print(f"SUIVI_SEED={SEED}")
    yield tmp_path / "home"
    discard(tmp_path / "home")


@pytest.mark.slow
@pytest.mark.timeout(2 * PATIENCE + 60 * KILLS)
def test_what_is_acknowledged_survives_any_kill_and_has_one_effect(home: Path) -> None:
    campaign = Campaign(home, SEED)
    check(campaign, campaign.run(KILLS))
    print(report(campaign))
    assert campaign.kills.total() == KILLS
    assert len(list(campaign.told())) > 10 * KILLS


@pytest.mark.slow
@pytest.mark.timeout(TRIES * PATIENCE)
def test_twin_an_answer_before_the_disk_has_it_is_lost(home: Path) -> None:
    """A server that answers before it writes, for up to ten seconds, and is killed until that was once too late."""
    hasty = {"synchronous_commit": "off", "wal_writer_delay": "10s"}
    for n in range(TRIES):
        campaign = Campaign(home, SEED + n, options=hasty, victims=[SERVER])
        store = campaign.run(1)
        discard(home)
        try:
            check(campaign, store)
        except AssertionError as lost:
            assert "acknowledged, and lost" in str(lost)
            return
        shutil.rmtree(home)
    pytest.fail("nothing was ever lost")
