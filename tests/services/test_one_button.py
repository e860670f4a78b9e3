"""Signed links: for one person, one clock, one act; whoever looks changes nothing, whoever presses does it once."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.case.case import Case
from domain.clocks.refusals import NothingRang
from domain.errors import SuiviError
from services import one_button
from services.accounts import add, disable
from services.one_button import Button, LinkOver, LinkUnfit, Settled, offer, press, read, signed
from services.schema import Urls
from services.simulation import advance
from tests.services.mailing import RUNG, PostOffice, post_office


@pytest.fixture
def office(database: Urls) -> Iterator[PostOffice]:
    with post_office(database) as office:
        office.due()
        office.ring()
        yield office


def links(office: PostOffice) -> list[str]:
    (row,) = office.rows()
    return list(dict.fromkeys(re.findall(r"https://suivi\.example\.org/geste\?lien=(\S+)", row["body"])))


def case(office: PostOffice) -> Case:
    return office.store.load(Case, office.rows()[0]["stream"])


def kinds(office: PostOffice) -> list[str]:
    return [type(recorded.event).__name__ for recorded in case(office).history]


def test_a_reminder_has_two_of_them_and_looking_changes_nothing(office: PostOffice) -> None:
    before = kinds(office)
    seen, later = (offer(office.store, link) for link in links(office))
    assert (seen.button.deed, later.button.deed, seen.done, seen.refusal) == ("seen", "later", False, None)
    assert seen.person.name == "Marie" and seen.clock and seen.clock.kind == "due"
    assert kinds(office) == before


def test_pressing_does_it_once_in_the_name_of_the_person(office: PostOffice) -> None:
    seen, _ = links(office)
    assert press(office.store, seen).done and press(office.store, seen).done and offer(office.store, seen).done
    last = case(office).history[-1]
    assert kinds(office).count("StepAcknowledged") == 1
    assert (last.actor, last.event.role) == (office.rows()[0]["recipient"], "officer")


def test_later_is_two_weeks_from_the_pressing(office: PostOffice) -> None:
    _, later = links(office)
    advance(office.store, RUNG + timedelta(days=2))
    assert press(office.store, later).done
    snoozed: Any = case(office).history[-1].event
    assert snoozed.until == "2024-10-04"
    advance(office.store, RUNG + timedelta(days=5))
    assert press(office.store, later).done
    assert kinds(office).count("ClockSnoozed") == 1


def test_it_serves_forty_five_days(office: PostOffice) -> None:
    seen, _ = links(office)
    advance(office.store, RUNG + timedelta(days=45) - timedelta(seconds=1))
    assert offer(office.store, seen)
    advance(office.store, RUNG + timedelta(days=45))
    for use in (offer, press):
        with pytest.raises(LinkOver):
            use(office.store, seen)
    assert "StepAcknowledged" not in kinds(office)


def test_no_letter_of_it_can_be_another(office: PostOffice) -> None:
    seen, _ = links(office)
    content = urlsafe_b64decode(seen + "=" * (-len(seen) % 4))
    for place in range(len(content)):
        other = bytes(byte ^ (1 << place % 8) if n == place else byte for n, byte in enumerate(content))
        with pytest.raises(LinkUnfit):
            read(office.store, urlsafe_b64encode(other).decode().rstrip("="))
    for cut in (seen[:-1], seen[1:], "", "x", seen + "AAAA", seen[: len(seen) // 2]):
        with pytest.raises(LinkUnfit):
            press(office.store, cut)
    assert "StepAcknowledged" not in kinds(office)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_whatever_is_given_is_refused_in_a_sentence(office: PostOffice, text: str) -> None:
    with pytest.raises(LinkUnfit):
        offer(office.store, text)


def test_a_key_of_another_store_signs_nothing_here(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    button = read(office.store, links(office)[0])
    with monkeypatch.context() as elsewhere:
        elsewhere.setitem(vars(office.store), "request_key", b"another")
        forged = signed(office.store, button)
    with pytest.raises(LinkUnfit):
        press(office.store, forged)
    assert press(office.store, signed(office.store, button)).done


def test_the_person_acts_with_the_roles_they_have_by_then(office: PostOffice) -> None:
    seen, _ = links(office)
    add(office.store, office.ana, "marie", ["auditor"], "Marie")
    assert offer(office.store, seen).refusal
    with pytest.raises(SuiviError):
        press(office.store, seen)
    disable(office.store, office.ana, "marie")
    with pytest.raises(SuiviError):
        press(office.store, seen)
    assert "StepAcknowledged" not in kinds(office)


def test_of_a_case_that_is_hidden_by_then_nothing_is_told(office: PostOffice) -> None:
    seen, _ = links(office)
    office.do("2023:17", "restrict", visibility="named", people=["ana"])
    for use in (offer, press):
        with pytest.raises(LinkUnfit):
            use(office.store, seen)


def test_of_what_others_settled_nothing_is_left_to_do(office: PostOffice) -> None:
    seen, _ = links(office)
    office.do("2023:17", "acknowledge-step")
    assert isinstance(offer(office.store, seen).refusal, NothingRang)
    office.do("2023:17", "set-due", due="2025-01-10")
    assert isinstance(offer(office.store, seen).refusal, Settled)
    with pytest.raises(Settled):
        press(office.store, seen)


def test_it_allows_that_one_act_on_that_one_clock(office: PostOffice) -> None:
    button = read(office.store, links(office)[0])
    for other in (replace(button, clock=uuid4()), replace(button, stream=uuid4()), replace(button, person=uuid4())):
        with pytest.raises(SuiviError):
            press(office.store, signed(office.store, other))
    assert "StepAcknowledged" not in kinds(office)


def test_two_who_press_at_once_do_it_once(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second has looked before the first was done."""
    seen, _ = links(office)
    asked = one_button._offer
    first = True

    def looked(*given: Any) -> Any:
        nonlocal first
        found = asked(*given)
        if first:
            first = False
            with office.another() as store:
                assert press(store, seen).done
        return found

    monkeypatch.setattr(one_button, "_offer", looked)
    assert press(office.store, seen).done
    assert kinds(office).count("StepAcknowledged") == 1


def test_who_may_do_nothing_gets_no_button(office: PostOffice) -> None:
    office.person("zoe", "Zoé", "zoe@example.org", "auditor")
    found = case(office)
    (clock,) = found.clocks
    zoe = office.store.connection.execute("SELECT person FROM suivi.accounts WHERE login = 'zoe'").fetchone()
    assert zoe and one_button.buttons(office.store, zoe[0], found, clock) == []
    assert len(one_button.buttons(office.store, office.ana.person, found, clock)) == 2


def test_a_button_is_read_as_it_was_signed(office: PostOffice) -> None:
    expires = office.store.present.now.replace(microsecond=0) + timedelta(days=1)
    button = Button("later", uuid4(), uuid4(), uuid4(), expires)
    assert read(office.store, signed(office.store, button)) == button
