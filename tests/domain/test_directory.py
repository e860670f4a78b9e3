"""The directory: entries are created, renamed, and hold charges; imports are taken back once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.amendments import CorrectFact, CreationStands, FactCorrected, FactFixed, FactRetracted, RetractFact
from domain.base import FactNeeded
from domain.directory import (
    AddressChanged,
    Appoint,
    Appointed,
    Assembly,
    AssemblyCreated,
    Body,
    BodyCreated,
    Create,
    CreateAssembly,
    CreateBody,
    CreatePerson,
    DirectoryRole,
    EndTerm,
    LanguageChanged,
    NumbersSettled,
    Person,
    PersonCreated,
    Rename,
    Renamed,
    SetAddress,
    SetLanguage,
    SettleNumbers,
    TermEnded,
    TermUnknown,
)
from domain.directory.addresses import MailUnfit
from domain.imports import AlreadyUndone, Import, Touched
from tests.domain.given import ASSEMBLY, CASE, OTHER, PERSON, act, given

COMMITTEE = BodyCreated(key="entry", name="Comité environnement", kind="committee")
CHAIR = Appointed(person=PERSON, charge="chair", occurred="2023-06")

CREATED: list[tuple[type[Any], Create, Any]] = [
    (Body, CreateBody(name="Comité environnement", kind="committee"), COMMITTEE),
    (Person, CreatePerson(name="Ada", mail="ada@example.org"), PersonCreated(key="entry", name="Ada", mail="ada@example.org")),
    (
        Assembly,
        CreateAssembly(name="Annuelle 2023", date="2023-05-13", kind="congress", quorum="50", numbers={"4": "defeated"}),
        AssemblyCreated(
            key="entry", name="Annuelle 2023", date="2023-05-13", kind="congress", quorum="50", numbers={"4": "defeated"}
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "command", "event"), CREATED)
def test_an_entry_is_created(kind: type[Any], command: Create, event: Any) -> None:
    given(kind=kind).when(command).then(event).leaving(key="entry", name=event.name, withdrawn=False)
    given(kind=kind).when(command, roles=frozenset({"auditor"})).then(DirectoryRole)


def test_a_name_is_not_blank() -> None:
    given(kind=Body).when(CreateBody(name=" ")).then(FactNeeded, fact="name")
    given(COMMITTEE, kind=Body).when(Rename(name="")).then(FactNeeded, fact="name")


def test_an_entry_is_renamed_from_a_day_on() -> None:
    then = given(COMMITTEE, kind=Body).when(Rename(name="Comité climat"), occurred="2024-01")
    then.then(Renamed(name="Comité climat", occurred="2024-01")).leaving(name="Comité climat", key="entry")


@pytest.mark.parametrize("kind", [Body, Assembly])
def test_a_charge_is_taken_and_left(kind: type[Any]) -> None:
    created = COMMITTEE if kind is Body else CREATED[2][2]
    taken = given(created, kind=kind).when(Appoint(person=PERSON), occurred="2023-06").then(CHAIR)
    assert taken.aggregate.held(PERSON, "chair") and taken.aggregate.holder("chair") == PERSON
    left = given(created, CHAIR, kind=kind).when(EndTerm(person=PERSON), occurred="2024-01")
    left.then(TermEnded(person=PERSON, charge="chair"))
    term = left.aggregate.terms[0]
    assert (term.since, term.until, term.over, left.aggregate.holder("chair")) == ("2023-06", "2024-01", True, None)


def test_the_holder_is_the_last_appointed() -> None:
    then = given(COMMITTEE, CHAIR, kind=Body).when(Appoint(person=OTHER))
    assert then.aggregate.holder("chair") == OTHER


@pytest.mark.parametrize("command", [EndTerm(person=OTHER), EndTerm(person=PERSON, charge="secretary")])
def test_a_charge_that_is_not_held_does_not_end(command: EndTerm) -> None:
    given(COMMITTEE, CHAIR, kind=Body).when(command).then(TermUnknown, role=command.charge)


def test_an_address_changes() -> None:
    created = CREATED[1][2]
    given(created, kind=Person).when(SetAddress(mail="a@example.org")).then(AddressChanged(mail="a@example.org"))
    given(created, kind=Person).when(SetAddress()).then(AddressChanged()).leaving(mail=None)


@pytest.mark.parametrize("mail", ["ada", "ada@", "a b@example.org", "a@example.org\r\nBcc: x@example.org", "a@b\n"])
def test_what_is_no_address_is_refused(mail: str) -> None:
    given(CREATED[1][2], kind=Person).when(SetAddress(mail=mail)).then(MailUnfit, mail=mail)
    given(kind=Person).when(CreatePerson(name="Ada", mail=mail)).then(MailUnfit)


def test_a_person_is_written_to_in_their_language() -> None:
    created = PersonCreated(key="ada", name="Ada")
    given(created, kind=Person).when(SetLanguage(lang="en")).then(LanguageChanged(lang="en")).leaving(lang="en")
    english = LanguageChanged(lang="en")
    given(created, english, kind=Person).when(SetLanguage()).then(LanguageChanged()).leaving(lang=None)
    given(kind=Person).when(CreatePerson(name="Ada", lang="fr")).then(
        PersonCreated(key="entry", name="Ada", lang="fr")
    ).leaving(lang="fr")


def test_what_became_of_numbers_is_settled_number_by_number() -> None:
    then = given(CREATED[2][2], kind=Assembly).when(SettleNumbers(numbers={"9": "withdrawn"}))
    then.then(NumbersSettled(numbers={"9": "withdrawn"})).leaving(numbers={"4": "defeated", "9": "withdrawn"})


def test_an_entry_is_corrected_and_what_it_says_taken_back() -> None:
    fix = CorrectFact(event=1, set={"name": "Comité écologie"}, reason="faute")
    then = given(COMMITTEE, Renamed(name="Climat"), kind=Body).when(fix)
    then.then(FactCorrected(version=1, facts={"name": "Comité écologie"}, reason="faute")).leaving(name="Climat")
    back = given(COMMITTEE, Renamed(name="Climat"), kind=Body).when(RetractFact(event=2, reason="faute"))
    back.then(FactRetracted(version=2, reason="faute")).leaving(name="Comité environnement")
    given(COMMITTEE, kind=Body).when(CorrectFact(event=1, set={"key": "x"}, reason="faute")).then(FactFixed)
    given(COMMITTEE, kind=Body).when(RetractFact(event=1, reason="faute")).then(CreationStands)


@pytest.mark.parametrize(
    ("command", "fact"),
    [
        (RetractFact(event=2, reason=" "), "reason"),
        (CorrectFact(event=1, set={"name": "Climat"}, reason=""), "reason"),
        (CorrectFact(event=1, set={}, reason="faute"), "set"),
        (CorrectFact(event=1, set={"name": " "}, reason="faute"), "name"),
    ],
)
def test_an_amendment_says_what_and_why(command: Any, fact: str) -> None:
    given(COMMITTEE, Renamed(name="Climat"), kind=Body).when(command).then(FactNeeded, fact=fact)


def test_an_import_is_taken_back_once() -> None:
    touched = (Touched(CASE, "2023:17", 2, True),)
    document = Import.record(
        UUID(int=50), act(), key="1", file="suivi.txt", sha256="00", kind="follow-up", assembly=ASSEMBLY, reference="2024",
        touched=touched,
    )  # fmt: skip
    assert document.imported is not None and document.imported.touched == touched
    document.undo(act())
    assert document.undone and Import.fold(list(document.history)).undone
    with pytest.raises(AlreadyUndone):
        document.undo(act())
