"""Offices: who speaks for them on which day, what they are called, and what takes their place."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.amendments import CorrectFact, FactFixed, FactRetracted, RetractFact
from domain.base import FactNeeded
from domain.directory import (
    Appointed,
    AppointToOffice,
    CreateOffice,
    DirectoryRole,
    DissolveOffice,
    EndOfficeTerm,
    HeirUnnamed,
    MergeOffice,
    MovePortfolio,
    Office,
    OfficeAddressChanged,
    OfficeCreated,
    OfficeDissolved,
    OfficeGone,
    OfficeItself,
    OfficeMerged,
    OfficeRenamed,
    OfficeSplit,
    OfficeSucceeded,
    OfficeTookOver,
    PortfolioMoved,
    RenameOffice,
    SetOfficeAddress,
    SplitInOne,
    SplitOffice,
    TakeOver,
    TermEnded,
    TermUnknown,
)
from domain.directory.addresses import MailUnfit
from tests.domain.given import CASE, OTHER, PERSON, act, given, recorded

HER, HIM, HEIR, SECOND = PERSON, OTHER, UUID(int=31), UUID(int=32)
LABOUR = OfficeCreated(key="entry", name="ministre du Travail", legislature="QC")
SINCE_2022 = Appointed(person=HER, charge="holder", occurred="2022-10-20")


def office(*events: Any) -> Office:
    """The ministry of labour after some events, all recorded on 1 January 2024."""
    return Office.fold(recorded([LABOUR, *events]))


def test_an_office_is_created_with_its_addresses_line_by_line() -> None:
    command = CreateOffice(
        name="ministre du Travail", kind="ministre", legislature="QC", mail=" bureau@example.org ",
        address=("200, chemin Sainte-Foy\n\n5e étage ", "Québec"), phone="418 555-0123",
    )  # fmt: skip
    then = given(kind=Office).when(command).then(
        OfficeCreated(
            key="entry", name="ministre du Travail", kind="ministre", legislature="QC", mail="bureau@example.org",
            address=("200, chemin Sainte-Foy", "5e étage", "Québec"), phone="418 555-0123",
        )
    )  # fmt: skip
    then.leaving(legislature="QC", closed=None, successors=())
    given(kind=Office).when(command, roles=frozenset({"auditor"})).then(DirectoryRole)


@pytest.mark.parametrize("mail", ["a@b\nBcc: c@d", "a@b\r\n", "sans arobas", "a b@c", "a@b@c", "@c", "a@"])
def test_an_address_for_mail_is_one_address(mail: str) -> None:
    given(kind=Office).when(CreateOffice(name="ministre", mail=mail)).then(MailUnfit, mail=mail)
    given(LABOUR, kind=Office).when(SetOfficeAddress(mail=mail)).then(MailUnfit)


def test_what_is_left_out_of_an_address_stays_and_what_is_empty_goes() -> None:
    moved = OfficeAddressChanged(address=("1, rue Neuve",), mail="a@example.org", phone="1")
    asked = SetOfficeAddress(mail="", address=())
    given(LABOUR, moved, kind=Office).when(asked).then(OfficeAddressChanged(mail="", address=())).leaving(
        mail=None, address=(), phone="1"
    )


def test_holders_overlap_and_an_interim_speaks_for_the_office() -> None:
    interim = Appointed(person=HIM, charge="interim", occurred="2023-05-01")
    back = TermEnded(person=HIM, charge="interim", occurred="2023-06-01")
    held = office(SINCE_2022, interim, back)
    assert held.holder_on(date(2023, 4, 30)) == HER
    term = held.term_on(date(2023, 5, 15))
    assert term and (term.person, term.interim) == (HIM, True)
    assert held.holder_on(date(2023, 6, 2)) == HER
    assert held.holder_on(date(2022, 10, 19)) is None
    assert office().holder_on(date(2023, 1, 1)) is None


def test_the_chief_of_staff_may_go_unnamed_and_never_speaks_for_the_office() -> None:
    chief = AppointToOffice(charge="chief-of-staff")
    then = given(LABOUR, kind=Office).when(chief, occurred="2023")
    then.then(Appointed(person=None, charge="chief-of-staff"))
    assert then.aggregate.chief_on(date(2024, 1, 2)).person is None
    assert then.aggregate.holder_on(date(2024, 1, 2)) is None
    begun = Appointed(person=None, charge="chief-of-staff")
    over = given(LABOUR, begun, kind=Office).when(EndOfficeTerm(charge="chief-of-staff"))
    over.then(TermEnded(person=None, charge="chief-of-staff"))
    given(LABOUR, kind=Office).when(AppointToOffice()).then(FactNeeded, fact="person")
    given(LABOUR, kind=Office).when(EndOfficeTerm()).then(TermUnknown, role="holder")


def test_the_term_that_ends_is_of_the_last_who_took_the_charge() -> None:
    him = Appointed(person=HIM, charge="holder", occurred="2023-01")
    given(LABOUR, SINCE_2022, him, kind=Office).when(EndOfficeTerm()).then(TermEnded(person=HIM, charge="holder"))
    given(LABOUR, SINCE_2022, him, kind=Office).when(EndOfficeTerm(person=HER)).then(TermEnded(person=HER, charge="holder"))


@pytest.mark.parametrize(
    ("since", "until", "met", "may"),
    [
        ("2022-10-20", "2023-09-05", "2023-09-05", True),
        ("2022-10-20", "2023-09-05", "2023-09-06", False),
        ("2022-10-20", "2023-09-05", "2022-10-19", False),
        ("2022-10", "2023-09", "2023-09-30", True),
        ("2022-10", "2023-09", "2023-10", False),
        ("2022-10", "2023-09", "2023", True),
        ("2022-10", "2023-09", "2022-09", False),
        ("2022/..", "2023", "2022-01-01", True),
        (None, "2023-09", "1998", True),
        ("2022-10", None, "2024-01-01", True),
        ("2022-10", None, "2024-02", False),
    ],
)
def test_only_what_is_certainly_outside_a_term_is(since: str | None, until: str | None, met: str, may: bool) -> None:
    ended = TermEnded(person=HER, charge="holder", occurred=until)
    held = office(Appointed(person=HER, charge="holder", occurred=since), ended)
    assert held.may_have_held(HER, met) is may
    assert held.may_have_held(HIM, met) is False


def test_what_is_announced_for_later_holds_from_then() -> None:
    held = office(
        SINCE_2022, TermEnded(person=HER, charge="holder", occurred="2024-03-01"),
        Appointed(person=HIM, charge="holder", occurred="2024-03-01"),
        OfficeRenamed(name="ministre de l’Emploi", occurred="2024-03-01"),
    )  # fmt: skip
    assert held.holder_on(date(2024, 2, 29)) == HER and held.title_on(date(2024, 2, 29)).name == "ministre du Travail"
    assert held.holder_on(date(2024, 3, 1)) == HIM and held.title_on(date(2024, 3, 1)).name == "ministre de l’Emploi"


def test_an_office_that_is_no_more_names_who_took_its_place() -> None:
    then = given(LABOUR, SINCE_2022, kind=Office).when(MergeOffice(into=HEIR, reason="remaniement"), occurred="2024-02-01")
    then.then(OfficeMerged(into=HEIR, reason="remaniement")).leaving(successors=(HEIR,))
    merged = then.aggregate
    assert merged.holder_on(date(2024, 1, 31)) == HER and merged.holder_on(date(2024, 2, 1)) is None
    assert merged.over_on(date(2024, 2, 1)) and not merged.over_on(date(2024, 1, 31))
    gone = OfficeMerged(into=HEIR)
    for command in (RenameOffice(name="x"), AppointToOffice(person=HIM), DissolveOffice(), TakeOver(office=HEIR)):
        given(LABOUR, gone, kind=Office, heirs=("ministre de l’Emploi",)).when(command).then(
            OfficeSucceeded, name="ministre du Travail", heirs=["ministre de l’Emploi"]
        )
    given(LABOUR, OfficeDissolved(), kind=Office).when(AppointToOffice(person=HIM)).then(OfficeGone)


def test_a_merger_that_did_not_happen_is_taken_back() -> None:
    then = given(LABOUR, SINCE_2022, OfficeMerged(into=HEIR), kind=Office).when(RetractFact(event=3, reason="erreur"))
    then.then(FactRetracted(version=3, reason="erreur")).leaving(closed=None, successors=())
    assert then.aggregate.holder_on(date(2024, 6, 1)) == HER
    fix = CorrectFact(event=2, set={"into": str(SECOND)}, reason="erreur")
    given(LABOUR, OfficeMerged(into=HEIR), kind=Office).when(fix).then(FactFixed, fact="into")


def test_a_split_says_who_takes_the_open_threads() -> None:
    then = given(LABOUR, kind=Office).when(SplitOffice(into=(HEIR, SECOND), to=SECOND))
    then.then(OfficeSplit(into=(HEIR, SECOND), to=SECOND)).leaving(successors=(SECOND, HEIR))
    given(LABOUR, kind=Office).when(SplitOffice(into=(HEIR,))).then(SplitInOne)
    given(LABOUR, kind=Office).when(SplitOffice(into=(HEIR, HEIR))).then(SplitInOne)
    given(LABOUR, kind=Office).when(SplitOffice(into=(HEIR, SECOND), to=HIM)).then(HeirUnnamed)


@pytest.mark.parametrize(
    "command",
    [
        MergeOffice(into=CASE), SplitOffice(into=(HEIR, CASE)), DissolveOffice(successor=CASE),
        MovePortfolio(to=CASE, what="la faune"),
    ],
    ids=lambda command: command.verb,
)  # fmt: skip
def test_no_office_takes_its_own_place(command: Any) -> None:
    given(LABOUR, kind=Office).when(command).then(OfficeItself)


def test_a_portfolio_moves_and_the_office_stays() -> None:
    then = given(LABOUR, SINCE_2022, kind=Office).when(MovePortfolio(to=HEIR, what="la faune", threads=(CASE,)))
    then.then(PortfolioMoved(to=HEIR, what="la faune", threads=(CASE,))).leaving(closed=None)
    given(LABOUR, kind=Office).when(MovePortfolio(to=HEIR, what=" ")).then(FactNeeded, fact="what")
    taken = given(LABOUR, kind=Office).when(TakeOver(office=HEIR, what="la faune"))
    taken.then(OfficeTookOver(office=HEIR, what="la faune")).leaving(name="ministre du Travail")


def test_the_name_is_in_both_genders() -> None:
    then = given(LABOUR, kind=Office).when(RenameOffice(name="président du Trésor", feminine="présidente du Trésor"))
    then.then(OfficeRenamed(name="président du Trésor", feminine="présidente du Trésor"))
    assert then.aggregate.title_on(act().today).feminine == "présidente du Trésor"
    given(LABOUR, kind=Office).when(RenameOffice(name=" ")).then(FactNeeded, fact="name")
