"""Offices with a life: what takes their place, and their open threads, which follow in the same append."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Barrier, Thread, local
from typing import Any

import pytest

from domain.demarche.demarche import Demarche
from domain.demarche.events import DemarcheTransferred
from domain.directory import Office, OfficeItself, OfficeMerged, OfficeSucceeded, OfficeTookOver
from domain.errors import SuiviError
from services import portfolio
from services.act import Ask, act
from services.home import Home
from services.portfolio import HeirNeeded, NotItsThread
from services.reading import When, entry, history, offices
from services.schema import Urls
from services.store import Store
from tests.homes import do, opened, secretary


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    """Three ministers, two threads with the first, one of them over."""
    with opened(database) as home:
        do(home, "assembly:2023", "create", name="Annuelle 2023")
        do(home, "2023:17", "adopt", title="Eau potable")
        for key, name in (("eau", "ministre de l’Eau"), ("faune", "ministre de la Faune"), ("parcs", "ministre des Parcs")):
            do(home, f"office:{key}", "create", name=name, legislature="QC")
        for number in (1, 2):
            do(home, f"demarche:{number}", "send", "2024-06", cases="2023:17", office="office:eau", kind="letter")
            do(home, f"demarche:{number}", "remind", "2024-07")
        do(home, "demarche:2", "answer", "2024-08", answer="refuses")
        yield home


def thread(home: Home, number: int) -> Demarche:
    found = home.store.find(Demarche, "demarche", str(number))
    assert found
    return found


def office(home: Home, key: str) -> Office:
    found = home.store.find(Office, "office", key)
    assert found
    return found


def refused(home: Home, ref: str, verb: str, **facts: Any) -> SuiviError:
    with pytest.raises(SuiviError) as refusal:
        do(home, ref, verb, **facts)
    return refusal.value


@pytest.mark.parametrize(
    ("verb", "facts"),
    [
        ("merge", {"into": "office:faune"}),
        ("split", {"into": ["office:parcs", "office:faune"], "to": "office:faune"}),
        ("dissolve", {"successor": "office:faune"}),
        ("move-portfolio", {"to": "office:faune", "what": "la faune"}),
    ],
)
def test_open_threads_follow_in_the_same_append(home: Home, verb: str, facts: dict[str, Any]) -> None:
    do(home, "office:faune", "appoint", "2023", person=_person(home, "Noé Faune"))
    outcome = do(home, "office:eau", verb, "2024-09-05", **facts)
    moved, over = thread(home, 1), thread(home, 2)
    assert {moved.id, office(home, "eau").id, office(home, "faune").id} <= outcome.versions.keys()
    assert moved.office == office(home, "faune").id and over.office == office(home, "eau").id
    assert moved.reminders.min == 1 and moved.holder == office(home, "faune").terms[0].person
    assert [type(r.event) for r in moved.history].count(DemarcheTransferred) == 1
    assert office(home, "faune").new == [] and isinstance(office(home, "faune").history[-1].event, OfficeTookOver)


def test_some_threads_follow_where_some_are_chosen(home: Home) -> None:
    do(home, "demarche:3", "send", "2024-06", cases="2023:17", office="office:eau", kind="letter")
    do(home, "office:eau", "move-portfolio", to="office:faune", what="les poissons", threads="demarche:3")
    assert (thread(home, 1).office, thread(home, 3).office) == (office(home, "eau").id, office(home, "faune").id)
    both = ["demarche:1", "demarche:3"]
    refusal = refused(home, "office:eau", "move-portfolio", to="office:faune", what="le reste", threads=both)
    assert isinstance(refusal, NotItsThread) and refusal.facts["refs"] == ["demarche:3"]
    assert refusal.facts["known"] == ["demarche:1"]
    assert thread(home, 1).office == office(home, "eau").id


def test_a_split_with_open_threads_says_who_takes_them(home: Home) -> None:
    several = {"into": ["office:faune", "office:parcs"]}
    refusal = refused(home, "office:eau", "split", **several)
    assert isinstance(refusal, HeirNeeded) and refusal.facts["refs"] == ["demarche:1"]
    assert office(home, "eau").closed is None and len(office(home, "faune").history) == 1
    do(home, "demarche:1", "close", reason="dépassé")
    do(home, "office:eau", "split", **several)
    assert len(office(home, "eau").successors) == 2


def test_what_is_no_more_is_not_acted_on_and_names_its_successor(home: Home) -> None:
    do(home, "office:eau", "merge", into="office:faune")
    wanted = ["ministre de la Faune (office:faune)"]
    for verb, facts in (("rename", {"name": "x"}), ("merge", {"into": "office:parcs"}), ("end-term", {})):
        refusal = refused(home, "office:eau", verb, **facts)
        assert isinstance(refusal, OfficeSucceeded) and refusal.facts["heirs"] == wanted
    for verb, facts in (("merge", {"into": "office:eau"}), ("move-portfolio", {"to": "office:eau", "what": "x"})):
        refusal = refused(home, "office:parcs", verb, **facts)
        assert isinstance(refusal, OfficeSucceeded) and refusal.facts["name"] == "ministre de l’Eau"
    assert isinstance(refused(home, "office:faune", "merge", into="office:eau"), OfficeSucceeded)  # no circle
    assert isinstance(refused(home, "office:faune", "merge", into="office:faune"), OfficeItself)
    late = refused(home, "demarche:3", "send", cases="2023:17", office="office:eau", kind="letter")
    assert isinstance(late, OfficeSucceeded) and late.facts["heirs"] == wanted


def merged_at_once(home: Home, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What becomes of two mergers that both decide before either is stored."""
    actor, urls, gate, outcomes = secretary(home), home.urls, Barrier(2), list[str]()
    stored, waited = Store.save, local()

    def save(store: Store, *changed: Any, **more: Any) -> Any:
        if not getattr(waited, "once", False):
            waited.once = True
            gate.wait(120)
        return stored(store, *changed, **more)

    def merge(one: str, other: str) -> None:
        with Store(urls.writer) as store:
            try:
                act(store, actor, Ask(ref=f"office:{one}", verb="merge", facts={"into": f"office:{other}"}))
                outcomes.append("recorded")
            except OfficeSucceeded:
                outcomes.append("refused")

    monkeypatch.setattr(Store, "save", save)
    threads = [Thread(target=merge, args=pair) for pair in (("faune", "parcs"), ("parcs", "faune"))]
    for each in threads:
        each.start()
    for each in threads:
        each.join(240)
    return sorted(outcomes)


def test_two_offices_at_once_do_not_take_each_other_s_place(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    assert merged_at_once(home, monkeypatch) == ["recorded", "refused"]
    merged = [key for key in ("faune", "parcs") if office(home, key).closed is not None]
    assert len(merged) == 1 and isinstance(office(home, merged[0]).history[-1].event, OfficeMerged)


def test_if_heirs_were_not_told_they_would(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted bug."""
    monkeypatch.setattr(portfolio, "tell_heirs", lambda office, heirs, command, act: None)
    assert merged_at_once(home, monkeypatch) == ["recorded", "recorded"]


def test_the_list_says_who_speaks_for_each_on_a_day(home: Home) -> None:
    do(home, "office:eau", "appoint", "2022-10-20", person=_person(home, "Ada Eau"))
    do(home, "office:eau", "appoint", "2024-09-05", person=_person(home, "Noé Faune"), charge="intérimaire")
    do(home, "office:eau", "appoint", "2023", charge="Directrice de cabinet", person=_person(home, "Zoé Chef"))
    do(home, "office:parcs", "dissolve", "2024-07")
    home.catch_up()
    before, after = (next(row for row in offices(home, When(day)) if row["key"] == "eau") for day in ("2024-09-04", "2024-09-05"))
    assert (before["holder"]["name"], before["interim"]) == ("Ada Eau", False)
    assert (after["holder"]["name"], after["interim"]) == ("Noé Faune", True)
    assert after["chief_of_staff"]["ref"] == "person:zoe-chef"
    gone = entry(home, "office:parcs")
    assert (gone["standing"], gone["closed"], gone["successors"]) == (False, "2024-07", [])
    assert entry(home, "office:parcs", When("2024-06"))["standing"]
    told = [each["text"].replace("\u00a0", " ") for each in history(home, "office:eau", When(), "fr")]
    assert "Ada Eau" in told[1] and told[1].endswith(": titulaire.")
    assert told[3].endswith(": direction du cabinet.")


def _person(home: Home, name: str) -> str:
    key = name.lower().replace(" ", "-").replace("é", "e")
    do(home, f"person:{key}", "create", name=name, gender="f")
    return f"person:{key}"
