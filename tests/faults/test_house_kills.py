"""A whole house attacked: no command that was acknowledged is lost, no step missed or doubled, no mail sent twice under
two names.

SUIVI_KILLS=200 for the full campaign; see also `python -m tests.faults.house_campaign`."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.servers import discard
from tests.faults.house import PATIENCE
from tests.faults.house_campaign import MAILER, REACTION, HouseCampaign, report
from tests.faults.house_checks import check

KILLS = int(os.environ.get("SUIVI_KILLS", 6))
SEED = int(os.environ.get("SUIVI_SEED", random.randrange(2**32)))
QUICK = (0.1, 0.6)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    print(f"SUIVI_SEED={SEED}")
    yield tmp_path / "home"
    discard(tmp_path / "home")


@pytest.mark.slow
@pytest.mark.timeout(4 * PATIENCE + 60 * KILLS)
def test_a_house_that_is_attacked_loses_nothing_and_repeats_nothing(home: Path) -> None:
    campaign = HouseCampaign(home, SEED)
    met = check(campaign.run(KILLS, QUICK))
    print(report(campaign, met))
    assert campaign.kills.total() == KILLS
    assert met["commands acknowledged"] > 6 * KILLS


@pytest.mark.slow
@pytest.mark.timeout(4 * PATIENCE)
def test_twin_a_mailer_that_marks_before_it_sends(home: Path) -> None:
    campaign = HouseCampaign(home, SEED, [MAILER], bug="mark-first", early=1.0, ambush=PATIENCE)
    record = campaign.run(1, QUICK)
    assert campaign.kills == {MAILER: 1}
    with pytest.raises(AssertionError, match="counts as sent, and the mail server never took it"):
        check(record)


@pytest.mark.slow
@pytest.mark.timeout(4 * PATIENCE)
def test_twin_a_reaction_whose_position_moves_by_itself(home: Path) -> None:
    campaign = HouseCampaign(home, SEED, [REACTION], bug="move-first", ambush=PATIENCE)
    record = campaign.run(1, QUICK)
    assert campaign.kills == {REACTION: 1}
    with pytest.raises(AssertionError, match="told and not to be sent"):
        check(record)
