"""A simulated year over the demonstration, hour by hour: each silent office is chased on the right working day, never
in a recess, never before a date that it gave; and the letters that are then drafted wait for an officer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from domain.clocks import EscalationStepTaken
from domain.demarche.demarche import Demarche
from domain.time import Calendar
from services.demonstration import STANDS_AT, load
from services.home import Home
from services.organisation import configure
from services.refs import Refs
from services.schema import Urls
from services.simulation import advance, begin
from services.sweeping import sweep
from tests.homes import do, opened, secretary
from tests.services.mailing import sink
from tests.stories.years import hours, make_passes, print_calendar, sent_between

ZONE = ZoneInfo("America/Toronto")
RECESSES = {"recesses": {"QC": ["2024-12-07/2025-01-27", "2025-06-07/2025-09-15"]}}
THEIRS = {"answer", "reminder", "announced"}
WINTER, SUMMER = (date(2024, 12, 7), date(2025, 1, 27)), (date(2025, 6, 7), date(2025, 9, 15))

# the office, then each day on which whoever follows the thread up is told that nothing came
CHASED = {
    "environnement": ["2024-11-01", "2024-11-25", "2025-02-04", "2025-02-25", "2025-03-18"],
    "securite-publique": ["2024-11-01", "2024-11-25", "2025-02-04", "2025-02-25", "2025-03-18"],
    "education": ["2024-10-10", "2024-10-25", "2024-11-18", "2025-01-28", "2025-02-18"],
    "services-sociaux": ["2024-10-10", "2025-03-03", "2025-03-14", "2025-04-04", "2025-04-29"],
}


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        begin(home.store, STANDS_AT)
        actor = secretary(home)
        do(home, "person:ana", "set-address", by=actor, mail="ana@example.org")
        configure(home.store, actor, RECESSES)
        load(home, actor)
        yield home


def threads(home: Home) -> dict[str, Demarche]:
    """The key of the office -> its thread; of the last one, where there are several."""
    refs = Refs(home.store)
    offices = {stream: key for key, stream in refs.keys("office").items()}
    found = (home.store.load(Demarche, stream) for stream in refs.keys("demarche").values())
    return {offices[one.office]: one for one in found if one.office}


def steps(demarche: Demarche) -> list[EscalationStepTaken]:
    return [r.event for r in demarche.history if isinstance(r.event, EscalationStepTaken)]


def test_each_silent_office_on_the_right_day(home: Home) -> None:
    answered = False
    with sink() as mail:
        for hour in hours(home.store, STANDS_AT, datetime(2025, 9, 18, 9, tzinfo=ZONE)):
            advance(home.store, hour)
            if not answered and hour >= datetime(2024, 10, 15, 10, tzinfo=ZONE):
                ref = threads(home)["services-sociaux"].ref
                do(home, ref, "acknowledge", by=secretary(home), wait_until="2025-02-28", reason="consultations")
                answered = True
            sweep(home.store)
            make_passes(home, mail.url)
        ids = list(mail.ids)
    assert len(ids) == len(set(ids))
    found = threads(home)
    print_calendar(sent_between(home))
    told: dict[str, list[str]] = defaultdict(list)
    for office in CHASED:
        for step in steps(found[office]):
            told[office].append(step.at.astimezone(ZONE).date().isoformat())
    assert {office: days[:5] for office, days in told.items()} == CHASED
    check_never_in_vain(found)
    assert {office: len(found[office].attachments) for office in CHASED} == dict.fromkeys(CHASED, 1), "a letter prepared once"


def check_never_in_vain(found: dict[str, Demarche]) -> None:
    """Neither in a recess, nor on a day off, nor before what was announced, nor twice within a week."""
    calendar = Calendar()
    for office, demarche in found.items():
        days = [(step.kind, step.at.astimezone(ZONE).date()) for step in steps(demarche)]
        for kind, day in days:
            assert calendar.works(day), (office, day)
            if kind in THEIRS:
                assert not any(first <= day <= last for first, last in (WINTER, SUMMER)), (office, day)
        for (_, before), (_, after) in pairwise(days):
            assert (after - before).days >= 5, (office, before, after)
    assert all(step.at.astimezone(ZONE).date() > date(2025, 2, 28)
               for step in steps(found["services-sociaux"]) if step.kind == "announced")  # fmt: skip
    family = [(step.kind, step.at.astimezone(ZONE).date()) for step in steps(found["famille"])]
    assert family[0] == ("meeting", date(2024, 9, 25))  # the day after the meeting that was fixed, not before
    for silent_no_more in ("economie", "immigration", "langue-francaise", "ressources-naturelles"):
        assert not steps(found[silent_no_more]), silent_no_more
