"""What a sentence says of when."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.time.schedules import Context
from domain.time.schedules.finding import find_schedules
from tests.domain.expressions import short

PLAN = Context("2019-11-14", period="2019/2022", previous="2020-12")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mettre le site à jour, au moins deux fois par mois, et l’annoncer.",
            [("au moins deux fois par mois", "recurring FREQ=MONTHLY 2-")],
        ),
        (
            "Tenir au moins deux rencontres d’équipe par année",
            [("au moins deux rencontres d’équipe par année", "recurring FREQ=YEARLY 2-")],
        ),
        ("Dresser périodiquement un bilan", [("périodiquement", "recurring")]),
        ("Les unités annoncent annuellement leurs actions", [("annuellement", "recurring FREQ=YEARLY")]),
        ("Consulter en continu les membres", [("en continu", "continuous 2019/2022")]),
        ("Adapter, au besoin, la stratégie", [("au besoin", "as_needed")]),
        ("Un rappel avant chacune des assemblées", [("avant chacune des assemblées", "per_meeting before: assemblée")]),
        ("Un minimum de 30 personnes à chaque AG", [("à chaque AG", "per_meeting at: AG")]),
        ("La promotion sera faite dans le prochain mandat.", [("le prochain mandat", "once 2022/..")]),
        ("Le comité a remis trois avis en deux ans.", []),
        ("Une personne par table", []),
        ("Elle se réunit tous les\n\n ans.", [("tous les\n\n ans", "recurring FREQ=YEARLY")]),
        ("Une formation sera inscrite au calendrier de l’année", []),
        ("C’est 123 personnes de plus par rapport à l’année d’avant", []),
        ("Réunir le réseau deux fois l’an", [("deux fois l’an", "recurring FREQ=YEARLY 2-2")]),
        ("Un chapitre du mensuel", []),
    ],
)
def test_what_comes_back_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(each.words, short(each.readings[0].schedule)) for each in find_schedules(text, PLAN)] == expected


def test_what_needs_a_mandate_is_left_out_without_one() -> None:
    assert find_schedules("Le reste du mandat servira à cela.", Context()) == []


words = st.sampled_from(
    ["deux", "fois", "par", "mois", "chaque", "année", "CA", ",", ".", "annuellement", "mandat", "complet", "  ", "\n"]
)


@given(st.lists(words, max_size=14).map(" ".join) | st.text(max_size=80))
def test_what_is_found_is_in_the_text_in_order(text: str) -> None:
    found = find_schedules(text, PLAN)
    assert all(text[each.start : each.end] == each.words for each in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
