"""Steps that are due are recorded once each, whoever is killed on the way.

SUIVI_KILLS=100 for more; see also `python -m tests.faults.sweep_campaign`."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.servers import discard
from tests.faults.campaign import PATIENCE
from tests.faults.sweep_campaign import SWEEPER, SweepCampaign

KILLS = int(os.environ.get("SUIVI_KILLS", 6))
SEED = int(os.environ.get("SUIVI_SEED", random.randrange(2**32)))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    print(f"SUIVI_SEED={SEED}")
    yield tmp_path / "home"
    discard(tmp_path / "home")


@pytest.mark.slow
@pytest.mark.timeout(2 * PATIENCE + 60 * KILLS)
def test_each_step_is_recorded_once_whoever_is_killed(home: Path) -> None:
    campaign = SweepCampaign(home, SEED, cases=100)
    campaign.run(KILLS)
    assert campaign.kills.total() == KILLS


@pytest.mark.slow
@pytest.mark.timeout(3 * PATIENCE)
def test_twin_due_rows_written_apart_are_lost_in_a_kill(home: Path) -> None:
    campaign = SweepCampaign(home, SEED, cases=20, victims=[SWEEPER], bug="rows apart", patience=3)
    with pytest.raises(AssertionError, match="a due row lags behind"):
        campaign.run(1)
    assert campaign.kills == {SWEEPER: 1}
