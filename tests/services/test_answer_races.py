"""No office is chased after its answer was noted, whichever came first at the instant; and a planted bug, seen.

SUIVI_ANSWERS=5000 for the full race."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from uuid import UUID

import pytest

from services import sweeping
from services.recipients import Recipients
from services.schema import Urls
from services.store import Store
from services.sweeping import Swept
from tests.services.answer_racing import ANSWERS, AnswerRace, answer_race
from tests.services.clock_racing import NOTHING, PATIENCE, take_what_was_read, until

SEED = int(os.environ.get("SUIVI_SEED", random.randrange(2**32)))
ROUNDS = int(os.environ.get("SUIVI_ANSWERS", 3 * 9))
BATCHES = -(-ROUNDS // (len(ANSWERS) - 1))


@pytest.fixture
def race(database: Urls) -> Iterator[AnswerRace]:
    with answer_race(database, SEED) as race:
        yield race


@pytest.mark.timeout(2 * PATIENCE + ROUNDS)
def test_nobody_is_chased_after_an_answer(race: AnswerRace) -> None:
    race.run(BATCHES)
    print(dict(race.counts))
    assert {race.counts[verb] for verb in ANSWERS if verb != NOTHING} == {BATCHES}


@pytest.mark.timeout(2 * PATIENCE)
@pytest.mark.parametrize("verb", ["answer", "acknowledge", "redirect"])
def test_twin_a_sweep_that_decides_from_what_it_read(
    race: AnswerRace, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is noted once a sweep has read the thread, and the sweep records once that is acknowledged."""
    read: set[UUID] = set()

    def take(store: Store, _swept: Swept, _who: Recipients, clock: UUID, stream: UUID, step: UUID) -> None:
        def meanwhile() -> None:
            if any(entry.clock == clock and entry.verb == verb for entry in race.entries):
                read.add(clock)
                until(lambda: clock in race.ended, f"{verb}, acknowledged")

        take_what_was_read(store, stream, clock, step, str(step), meanwhile=meanwhile)

    monkeypatch.setattr(sweeping, "_take", take)
    race.before = lambda entry: entry.verb != verb or until(lambda: entry.clock in read, "a sweep that has read it")
    with pytest.raises(AssertionError, match="after the act that ended it"):
        race.run(1)
