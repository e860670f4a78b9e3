"""What is put off more than once: every link is kept."""

from __future__ import annotations

import pytest

from domain.time.schedules import BadSchedule, Context
from domain.time.schedules.chains import Step, read_chain

HERE = Context("2019-11-14")


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        (
            "Prévue le 7 février 2020 (annulée 7 février pour cause de tempête, remise au 27 mars, annulée faute de salle)",
            [
                Step("planned", "2020-02-07"),
                Step("cancelled", "2020-02-07", "tempête"),
                Step("postponed", "2020-03-27"),
                Step("cancelled", "2020-03-27", "salle"),
            ],
        ),
        ("prévue en décembre 2020, reportée à janvier", [Step("planned", "2020-12"), Step("postponed", "2021-01")]),
        ("Rencontre prévue le 3 mai, annulée puis remise", [
            Step("planned", "2020-05-03"), Step("cancelled", "2020-05-03"), Step("postponed", None),
        ]),
        ("planned on May 3, 2020, postponed to June 5, 2020, held on June 5, 2020", [
            Step("planned", "2020-05-03"), Step("postponed", "2020-06-05"), Step("held", "2020-06-05"),
        ]),
    ],
)  # fmt: skip
def test_each_turn_has_its_date(words: str, steps: list[Step]) -> None:
    assert list(read_chain(words, HERE)) == steps


@pytest.mark.parametrize("words", ["le 7 février 2020", "prévue bientôt peut-être", "annulée le 32"])
def test_what_tells_no_turn_or_no_date_is_refused(words: str) -> None:
    with pytest.raises(BadSchedule):
        read_chain(words, HERE)
