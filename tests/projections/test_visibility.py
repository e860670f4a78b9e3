"""Who may see a case: whoever may not is answered as if it were not there, at any time read about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import uuid4

import pytest

from domain.case.case import Case
from services import accounts
from services.home import Home
from services.imports.service import record_import, undo_import
from services.reading import When, assemblies, case, cases, history, people
from services.refs import CaseUnknown
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.services.imports.reports import SAMPLE
from workflows.vocabulary import ROLES

NOW = When()
PAST = (NOW, When(as_of="2024-01-01"), When(known_at="2100-01-01"), When("2100-01-01", "2100-01-01"))
WHO = ("ana", "olivier", "vera", "nora", "adele", "mara", "nobody")  # secretary, officer, auditor, named, administrator, member
SEEN = {
    "2023:1": set(WHO),
    "2023:2": set(WHO) - {"mara", "nobody"},
    "2023:3": {"ana", "nora", "vera"},  # an auditor too: each reading is written down (tests/services/test_access.py)
}


@pytest.fixture
def homes(database: Urls) -> Iterator[dict[str, Home]]:
    """The same cases, as each of several people opens them."""
    with ExitStack() as stack:
        home = stack.enter_context(opened(database))
        actor = secretary(home)
        for login, role in (("olivier", "officer"), ("vera", "auditor"), ("nora", "officer"), ("adele", "administrator"),
                            ("mara", "member")):  # fmt: skip
            accounts.add(home.store, actor, login, [role], login.title(), f"{login}@exemple.org")
        do(home, "assembly:2023", "create", name="Assemblée", date="2023-05-13")
        for number in "123":
            do(home, f"2023:{number}", "adopt", title=f"Titre secret {number}", text="Un texte")
        do(home, "2023:1", "link", to="2023:3", kind="same meeting")
        do(home, "2023:1", "link", to="2023:2", kind="same meeting")
        do(home, "2023:2", "restrict", visibility="officers")
        do(home, "2023:3", "restrict", visibility="named", people=["Nora"])
        home.catch_up()
        yield {login: stack.enter_context(opened(database, login)) for login in WHO}


def seen(ref: str) -> set[str]:
    return SEEN[ref]


@pytest.mark.parametrize("when", PAST, ids=str)
def test_lists_show_each_what_is_theirs(homes: dict[str, Home], when: When) -> None:
    for login, home in homes.items():
        expected = [ref for ref in SEEN if login in seen(ref)]
        assert [row["ref"] for row in cases(home, when)] == expected, login
        assert [row["ref"] for row in cases(home, when, query="secret")] == expected
        assert [row["ref"] for row in cases(home, when, state="adopted")] == expected
        (assembly,) = assemblies(home, when)
        assert sorted(assembly["numbers"]) == [ref.split(":")[1] for ref in expected]


@pytest.mark.parametrize("when", PAST, ids=str)
@pytest.mark.parametrize("read", [lambda home, ref, when: case(home, ref, when),
                                  lambda home, ref, when: history(home, ref, when, "fr")])  # fmt: skip
def test_one_case_is_there_or_unknown(homes: dict[str, Home], when: When, read: Any) -> None:
    for login, home in homes.items():
        for ref in SEEN:
            if login in seen(ref):
                assert read(home, ref, when)
                continue
            with pytest.raises(CaseUnknown) as hidden:
                read(home, ref, when)
            with pytest.raises(CaseUnknown) as absent:
                read(home, "2023:99", when)
            assert hidden.value.facts == {"ref": ref} and absent.value.facts == {"ref": "2023:99"}
            with pytest.raises(CaseUnknown) as short:
                read(home, ref.split(":")[1], when)
            assert short.value.facts == {"ref": ref}


def test_nothing_else_tells_of_it(homes: dict[str, Home]) -> None:
    """Neither a link of a case that may be seen, nor its history."""
    for login, home in homes.items():
        links = [link["to"] for link in case(home, "2023:1", NOW)["links"]]
        assert links == [ref for ref in ("2023:3", "2023:2") if login in seen(ref)]
        told = " ".join(entry["text"] for entry in history(home, "2023:1", NOW, "fr"))
        for ref in ("2023:2", "2023:3"):
            assert (ref in told) is (login in seen(ref)), (login, told)


def test_nobody_acts_on_what_they_may_not_see(homes: dict[str, Home]) -> None:
    """Nor learns from a refusal where it stands, nor that a link to it would do."""
    for login in ("olivier", "nora"):
        home = homes[login]
        actor = home.actor()
        if login in seen("2023:3"):
            do(home, "2023:3", "start", by=actor)
            continue
        for ref, verb, facts in (("2023:3", "start", {}), ("2023:1", "link", {"to": "2023:3", "kind": "x"})):
            with pytest.raises(CaseUnknown) as hidden:
                do(home, ref, verb, by=actor, **facts)
            assert hidden.value.facts == {"ref": "2023:3"}


@pytest.mark.parametrize("visibility", ["open", "officers", "named"])
def test_the_lists_and_the_acts_agree_on_who_sees(homes: dict[str, Home], visibility: str) -> None:
    me, other = uuid4(), uuid4()
    case = Case(uuid4())
    case.start()
    case.visibility = visibility
    for named in ((), (other,), (me, other)):
        case.people = named
        for role in (*ROLES, None):
            roles = [role] if role else []
            asked = (visibility, list(named), me, roles)
            row = homes["ana"].reader.execute("SELECT suivi.may_see(%s, %s, %s, %s)", asked).fetchone()
            assert row == (case.seen_by(me, roles),), asked


def test_a_case_opened_again_is_everyones(homes: dict[str, Home]) -> None:
    do(homes["ana"], "2023:3", "restrict", visibility="open")
    homes["ana"].catch_up()
    assert [row["ref"] for row in cases(homes["olivier"], When(as_of="2023-12-31"))] == list(SEEN)
    assert len(cases(homes["nobody"], NOW)) == 2


def test_addresses_are_for_those_who_work_here(homes: dict[str, Home]) -> None:
    for login, home in homes.items():
        mails = {row["mail"] for row in people(home, NOW)}
        told = str([history(home, f"person:{who}", NOW, "fr") for who in ("olivier", "nora")])
        if login in ("mara", "nobody"):
            assert mails == {None} and "@exemple.org" not in told
        else:
            assert "nora@exemple.org" in mails and "@exemple.org" in told


@contextmanager
def closed(home: Home, login: str) -> Iterator[None]:
    """An account closed for a while."""
    accounts.disable(home.store, secretary(home), login)
    yield
    accounts.add(home.store, secretary(home), login, ["officer"])


def test_a_closed_account_sees_what_strangers_see(homes: dict[str, Home]) -> None:
    with closed(homes["ana"], "nora"):
        assert [row["ref"] for row in cases(homes["nora"], NOW)] == ["2023:1"]
    assert [row["ref"] for row in cases(homes["nora"], NOW)] == list(SEEN)


def test_a_withdrawn_case_is_read_at_what_was_known_as_restricted(homes: dict[str, Home]) -> None:
    ana = homes["ana"]
    result, _ = record_import(ana, secretary(ana), SAMPLE, assembly="2022")
    do(ana, "2022:17", "restrict", visibility="named", people=["Nora"])
    ana.catch_up()
    restricted = ana.reader.execute("SELECT max(logged_at)::text FROM suivi.log").fetchone()
    version = len(history(ana, "2022:17", NOW, "fr"))
    do(ana, "2022:17", "retract", event=f"@{version}", reason="essai")
    undo_import(ana, secretary(ana), result.id or "")
    ana.catch_up()
    assert restricted
    then = When(known_at=restricted[0])
    assert "2022:17" in [row["ref"] for row in cases(ana, then)]
    assert case(ana, "2022:17", then)["visibility"] == "named"
