"""What is asked at a door, from the words that a person typed to what is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from domain.amendments import EventUnknown
from domain.case.moves import CaseReferred
from domain.case.refusals import NotFromHere, PartUnknown, RoleMissing
from domain.directory import BodyCreated, DirectoryRole
from domain.errors import SuiviError
from domain.values import Party
from services.act import AlreadyThere, Ask, EventMissing, NotYet, VerbUnknown
from services.companions import NumberTaken, RefUnlike
from services.facts import FactMissing, FactUnknown, FactUnreadable, NotAChoice
from services.homes import HomeTaken
from services.refs import AssemblyUnknown, CaseUnknown, EntryUnknown, KeyUnfit, NameShared, RefUnreadable
from services.schema import Urls
from tests.services.desk import AUDITOR, Desk, furnished, opened


@pytest.fixture
def desk(database: Urls) -> Iterator[Desk]:
    with opened(database) as desk:
        yield furnished(desk)


def test_a_case_is_adopted_on_the_date_of_its_assembly(desk: Desk) -> None:
    outcome = desk.act("2023:4", "adopt", title="Un parc", submitted_by="le comité des parcs", text="Que…")
    case = desk.case("2023:4")
    assert outcome.versions == {case.id: 1} and not outcome.repeated
    assert (case.ref, case.title, case.state, case.text) == ("2023:4", "Un parc", "adopted", "Que…")
    assert case.history[0].event.occurred == "2023-05-13"
    assert case.adopted and case.adopted.submitted_by == Party("words", words="le comité des parcs")


def test_any_number_finds_a_bundle(desk: Desk) -> None:
    titles = {"36": "Trois", "5": "Un", "33": "Deux"}
    desk.act("2023:5", "adopt", numbers=["5", "33", "36"], titles=titles, parts={"nord": ["5", "33"], "sud": "36"})
    for ref in ("2023:5", "2023:33", "2023:36"):
        assert desk.case(ref).ref == "2023:5"
    assert desk.case("2023:36").title == "Un – Deux – Trois"
    desk.act("2023:33", "start", part="sud")
    assert {part.label: part.state for part in desk.case("2023:5").parts} == {"nord": "adopted", "sud": "in_progress"}


def test_a_number_alone_is_of_the_latest_assembly(desk: Desk) -> None:
    desk.act("9", "adopt", title="Un parc")
    assert desk.case("2024:9").ref == desk.case("9").ref == "2024:9"


@pytest.mark.parametrize(
    ("ref", "verb", "facts", "refusal"),
    [
        ("2023:17", "adopt", {"title": "Encore"}, AlreadyThere),
        ("2023:40", "adopt", {"numbers": ["40", "17"], "titles": {"40": "A", "17": "B"}}, NumberTaken),
        ("2023:40", "adopt", {"numbers": "41", "titles": {"41": "A"}}, RefUnlike),
        ("2023:40", "adopt", {"assembly": "2024", "title": "A"}, RefUnlike),
        ("2019:1", "adopt", {"title": "A"}, AssemblyUnknown),
        ("2023:40", "adopt", {}, FactMissing),
        ("2023:40", "start", {}, CaseUnknown),
        ("2023:17", "fly", {}, VerbUnknown),
        ("2023:17", "move", {}, VerbUnknown),
        ("2023:17", "resume", {}, NotFromHere),
        ("2023:17", "postpone", {"until": "2099"}, FactMissing),
        ("2023:17", "postpone", {"until": "2099", "reason": "x", "mood": "sad"}, FactUnknown),
        ("2023:17", "complete", {"completion": "almost"}, NotAChoice),
        ("2023:17", "finish-task", {"task": "une"}, FactUnreadable),
        ("2023:17", "assign", {"owner": "Ada"}, EntryUnknown),
        ("2023:17", "refer", {"body": "body:nulle-part"}, EntryUnknown),
        ("2023:17", "start", {"part": "en Ontario"}, PartUnknown),
        ("2023:17", "carry-over", {"to": "2031:1"}, AssemblyUnknown),
        ("2023:17", "carry-over", {"to": "body:x"}, CaseUnknown),
        ("2023:17", "supersede", {"by": "2023:99"}, CaseUnknown),
        ("2023:17", "retract", {"event": "2023:17@9", "reason": "x"}, EventUnknown),
        ("2023:17", "retract", {"event": "0", "reason": "x"}, EventMissing),
        ("deux mots", "start", {}, RefUnreadable),
        ("import:2023-1", "create", {"name": "Encore"}, NotYet),
        ("plan:2023", "create", {"name": "Plan d’action"}, HomeTaken),
        ("plan:2026", "enter-node", {"kind": "item", "number": "1", "text": "A"}, EntryUnknown),
        ("body:parcs", "rename", {"name": "Parcs"}, EntryUnknown),
        ("assembly:2023", "create", {"name": "Encore"}, AlreadyThere),
        ("assembly:person", "create", {"name": "Encore"}, KeyUnfit),
        ("assembly:2023", "set-address", {}, VerbUnknown),
    ],
)
def test_a_refusal_records_nothing(desk: Desk, ref: str, verb: str, facts: Any, refusal: type[SuiviError]) -> None:
    before = desk.count()
    with pytest.raises(refusal):
        desk.act(ref, verb, part=facts.pop("part", None), **facts)
    assert desk.count() == before


def test_an_auditor_writes_nothing(desk: Desk) -> None:
    with pytest.raises(RoleMissing):
        desk.act("2023:17", "note", actor=AUDITOR, text="à voir")
    with pytest.raises(DirectoryRole):
        desk.act("body:parcs", "create", actor=AUDITOR, name="Parcs")


def test_an_unknown_body_is_entered_by_the_same_act_which_says_so(desk: Desk) -> None:
    outcome = desk.act("2023:17", "refer", body="Comité de l’environnement", occurred="2023-06-01")
    assert outcome.entered == ("body:comite-de-l-environnement",)
    case, body = desk.case("2023:17"), desk.body("comite-de-l-environnement")
    assert outcome.versions == {case.id: 2, body.id: 1}
    assert case.referrals == [(body.id, None)] and body.name == "Comité de l’environnement"
    assert {entry.history[-1].command_id for entry in (case, body)} == {case.history[-1].command_id}
    created = body.history[0].event
    assert isinstance(created, BodyCreated) and created.occurred is None, "it did not begin with its mention"


def test_a_body_is_found_again_by_its_name_or_its_reference(desk: Desk) -> None:
    desk.act("2023:17", "refer", body="Comité de l’environnement")
    for said in ("comité de l'environnement", "body:comite-de-l-environnement", " Comité de l’environnement "):
        assert desk.act("2023:17", "refer", body=said).entered == ()
    desk.act("body:comite-de-l-environnement", "rename", name="Comité climat")
    desk.settle()
    assert desk.act("2023:17", "refer", body="Comité climat").entered == ()
    assert {body for body, _ in desk.case("2023:17").referrals} == {desk.body("comite-de-l-environnement").id}


def test_a_name_that_two_bear_is_asked_about(desk: Desk) -> None:
    for key in ("parcs-a", "parcs-b"):
        desk.act(f"body:{key}", "create", name="Comité des parcs")
    desk.settle()
    with pytest.raises(NameShared) as refusal:
        desk.act("2023:17", "refer", body="Comité des parcs")
    assert sorted(refusal.value.facts["refs"]) == ["body:parcs-a", "body:parcs-b"]


def test_who_is_awaited_may_be_words_and_is_someone_known_when_they_are(desk: Desk) -> None:
    desk.act("person:ada", "create", name="Ada Tremblay")
    desk.settle()
    desk.act("2023:17", "wait", on="la ministre de l’époque")
    desk.act("2023:17", "wait", on="Ada Tremblay", since="printemps 2023")
    words, known = desk.case("2023:17").waiting_on
    assert (words.on, known.on.kind, known.since) == (
        Party("words", words="la ministre de l’époque"),
        "person",
        "2023-21",
    )
    desk.act("2023:17", "assign", owner="Ada Tremblay")
    assert desk.case("2023:17").owner == known.on


def test_dates_in_words_are_read_and_kept_as_written(desk: Desk) -> None:
    desk.act("2023:17", "refer", body="Comité", due="automne 2024", occurred="le 26 juin 2023")
    event = desk.last("2023:17")
    assert isinstance(event, CaseReferred) and (event.due, event.occurred) == ("2024-23", "2023-06-26")
    assert event.words == {"due": "automne 2024", "occurred": "le 26 juin 2023"}
    desk.act("2023:17", "note", text="appel", occurred="2023-07")
    assert (desk.last("2023:17").occurred, desk.last("2023:17").words) == ("2023-07", {})


def test_when_it_happened_is_also_a_fact(desk: Desk) -> None:
    facts = {"text": "appel", "occurred": "le 3 juillet 2023"}
    desk.act_all(Ask(ref="2023:17", verb="note", facts=facts))
    note = desk.last("2023:17")
    assert (note.occurred, note.words) == ("2023-07-03", {"occurred": "le 3 juillet 2023"})
