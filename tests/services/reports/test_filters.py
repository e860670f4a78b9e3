"""What a report may be asked for beside its day, and which plan is meant where none is said."""

from __future__ import annotations

import pytest

from projections.phrases.catalogue import say
from projections.phrases.typography import NO_BREAK
from services.home import Home
from services.reports import registry
from services.reports.asked import Asked, filters_of
from services.reports.plan import NoPlan, PlanUnsaid
from services.reports.registry import REPORTS, FilterForAnother
from services.schema import Urls
from tests.homes import opened
from tests.services.plans import enter

ALL = filters_of(standing=True, gaps=True, year="2024")


def test_flags_that_were_not_set_are_no_filters() -> None:
    assert filters_of() == {} and filters_of(year="  ") == {}
    assert set(ALL) == {"standing", "gaps", "year"}


@pytest.mark.parametrize("filter", sorted(ALL))
def test_a_filter_is_known_to_its_report_and_refused_by_the_others(filter: str) -> None:
    takers = [name for name in REPORTS if filter in REPORTS[name].filters]
    assert len(takers) == 1
    for name in REPORTS:
        asked = Asked(filters={filter: ALL[filter]})
        if name in takers:
            registry.fitting(name, asked)
            continue
        with pytest.raises(FilterForAnother) as refused:
            registry.fitting(name, asked)
        told = say(refused.value, "fr").replace(NO_BREAK, " ")
        assert told == f"« {filter} » vaut pour le rapport {takers[0]}, pas pour {name} : retirez-le."


def sentence(home: Home, name: str) -> str:
    with pytest.raises((PlanUnsaid, NoPlan)) as refused:
        registry.printed(home, name, Asked())
    return say(refused.value, "fr").replace(NO_BREAK, " ")


def test_which_plan_is_meant(database: Urls) -> None:
    """Of none, that there is none; of one, that one; of several, which there are."""
    with opened(database) as home:
        assert sentence(home, "plan").startswith("Il n’y a pas encore de plan à imprimer")
        enter(home, "ccsne-2019")
        home.catch_up()
        assert registry.printed(home, "plan", Asked()).name == "plan"
        enter(home, "ccsne-2022")
        home.catch_up()
        told = sentence(home, "plan")
        assert "ccsne-2019 (" in told and "ccsne-2022 (" in told and "--" not in told
