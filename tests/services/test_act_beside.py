"""What one act also does: the successor of a carry-over, the other end of a link, several things or none; and the
events that `correct` and `retract` mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from domain.amendments import FactCorrected, FactFixed
from domain.case.refusals import GuardUnmet, MoveFollowed, NotFromHere, SelfReference, SuccessorMoved
from services.act import EventMissing
from services.facts import NotAChoice
from services.refs import AssemblyUnknown
from services.schema import Urls
from tests.services.desk import Desk, furnished, opened


@pytest.fixture
def desk(database: Urls) -> Iterator[Desk]:
    with opened(database) as desk:
        yield furnished(desk)


def bundle(desk: Desk) -> None:
    titles = {"5": "Un", "33": "Deux", "36": "Trois"}
    desk.act("2023:5", "adopt", numbers=["5", "33", "36"], titles=titles, text="Que…")


def test_the_successor_is_created_in_the_same_append(desk: Desk) -> None:
    bundle(desk)
    desk.act("2023:5", "complete", part="33", completion="full")
    outcome = desk.act("2023:5", "carry-over", to="2024:2", reason="manque de temps", occurred="2024-01")
    case, successor = desk.case("2023:5"), desk.case("2024:2")
    assert outcome.versions == {case.id: 3, successor.id: 1}
    assert {part.label: part.state for part in case.parts} == {"5": "carried_over", "33": "done", "36": "carried_over"}
    assert case.links == [("successor", successor.id)]
    assert successor.adopted and successor.adopted.origin == case.id
    assert (successor.title, successor.text) == ("Un – Trois", "Que…"), "what was done does not go on"
    assert successor.history[0].event.occurred == "2024-05-11", "adopted by its own assembly, on its date"
    assert successor.history[0].command_id == case.history[-1].command_id


def test_what_remains_is_the_text_of_its_successor(desk: Desk) -> None:
    desk.act("2023:17", "complete", completion="partial", residuals=["la formation"])
    desk.act("2023:17", "carry-over", to="2024:2", residual="la formation")
    assert (desk.case("2023:17").state, desk.case("2024:2").text) == ("done", "la formation")


def test_a_successor_that_exists_is_linked_both_ways(desk: Desk) -> None:
    desk.act("2024:2", "adopt", title="Encore des vélos")
    desk.act("2023:17", "carry-over", to="2024:2")
    case, successor = desk.case("2023:17"), desk.case("2024:2")
    assert (case.links, successor.links) == ([("successor", successor.id)], [("origin", case.id)])
    assert successor.state == "adopted" and not successor.moved


def test_what_takes_the_place_of_a_case_is_linked_both_ways(desk: Desk) -> None:
    desk.act("2024:2", "adopt", title="Encore des vélos")
    desk.act("2023:17", "supersede", by="2024:2")
    case, other = desk.case("2023:17"), desk.case("2024:2")
    assert (case.state, case.links, other.links) == (
        "superseded", [("superseded_by", other.id)], [("supersedes", case.id)],
    )  # fmt: skip


def test_nothing_follows_itself(desk: Desk) -> None:
    for verb, fact in (("carry-over", "to"), ("supersede", "by")):
        with pytest.raises(SelfReference):
            desk.act("2023:17", verb, **{fact: "2023:17"})


def test_a_case_is_reopened_unless_its_successor_has_moved(desk: Desk) -> None:
    desk.act("2023:17", "carry-over", to="2024:2")
    desk.act("2023:17", "reopen", reason="erreur")
    desk.act("2023:17", "carry-over", to="2024:2")
    desk.act("2024:2", "start")
    with pytest.raises(SuccessorMoved) as refusal:
        desk.act("2023:17", "reopen", reason="erreur")
    assert refusal.value.facts == {"ref": "2023:17", "successor": "2024:2"}


def test_each_part_has_its_own_successor(desk: Desk) -> None:
    bundle(desk)
    desk.act("2023:5", "carry-over", part="5", to="2024:2")
    desk.act("2023:5", "carry-over", part="33", to="2024:3")
    desk.act("2023:5", "close-undone", part="36", reason="manque de temps")
    desk.act("2024:2", "start")
    with pytest.raises(SuccessorMoved):
        desk.act("2023:5", "reopen", part="5", reason="erreur")
    desk.act("2023:5", "reopen", reason="erreur")
    states = {part.label: part.state for part in desk.case("2023:5").parts}
    assert states == {"5": "carried_over", "33": "in_progress", "36": "in_progress"}
    with pytest.raises((GuardUnmet, NotFromHere)):
        desk.act("2023:5", "reopen", reason="encore")


def test_several_things_are_done_together_or_not_at_all(desk: Desk) -> None:
    before = desk.count()
    with pytest.raises(NotFromHere):
        desk.act_all(desk.ask("2023:17", "start"), desk.ask("2023:17", "start"))
    with pytest.raises(AssemblyUnknown):
        desk.act_all(desk.ask("body:parcs", "create", name="Parcs"), desk.ask("2031:1", "adopt", title="A"))
    assert desk.count() == before and desk.refs.key("body", "parcs") is None
    outcome = desk.act_all(desk.ask("2023:17", "start"), desk.ask("2023:17", "note", text="c’est parti"))
    assert outcome.versions == {desk.case("2023:17").id: 3}


def test_what_one_thing_makes_the_next_may_name(desk: Desk) -> None:
    outcome = desk.act_all(
        desk.ask("body:parcs", "create", name="Comité des parcs"),
        desk.ask("assembly:2025", "create", name="Annuelle 2025", date="2025-05-10"),
        desk.ask("2025:1", "adopt", title="Un parc"),
        desk.ask("2025:1", "refer", body="body:parcs"),
        desk.ask("2023:17", "refer", body="Comité des parcs"),
        desk.ask("2023:17", "link", to="2025:1", kind="même sujet"),
        desk.ask("2025:1", "refer", body="Comité de lecture"),
        desk.ask("2023:17", "refer", body="Comité de lecture"),
        desk.ask("2023:17", "carry-over", residual="la formation", to="2025:2"),
        desk.ask("2025:1", "carry-over", to="2025:2"),
    )
    assert outcome.entered == ("body:comite-de-lecture",)
    parcs, reading, new = desk.body("parcs"), desk.body("comite-de-lecture"), desk.case("2025:1")
    for ref in ("2025:1", "2023:17"):
        assert [body for body, _ in desk.case(ref).referrals] == [parcs.id, reading.id]
    assert ("même sujet", new.id) in desk.case("2023:17").links
    assert desk.case("2025:2").links == [("origin", new.id)]


def test_an_event_is_meant_by_its_position_or_by_its_stream_and_version(desk: Desk) -> None:
    desk.act("2023:17", "refer", body="Comité des parcs")
    desk.settle()
    stream = desk.case("2023:17").id
    for event in (desk.position("2023:17", 2), "2023:17@2", f"{stream}@2", "@2"):
        desk.act("2023:17", "correct", event=str(event), set={"due": "d’ici juin 2024"}, reason="oubli")
    assert desk.case("2023:17").referrals[0][1] == "../2024-06"
    desk.act("2023:17", "retract", event="2023:17@2", reason="n’a pas eu lieu")
    assert desk.case("2023:17").state == "adopted"


def test_an_event_of_another_history_is_not_meant(desk: Desk) -> None:
    desk.act("2023:4", "adopt", title="Un parc")
    desk.act("2023:4", "start")
    desk.settle()
    for event in (desk.position("2023:4", 2), "2023:4@2", "abc", "-1", f"{desk.case('2023:4').id}@2"):
        with pytest.raises(EventMissing):
            desk.act("2023:17", "retract", event=str(event), reason="erreur")


def test_what_is_corrected_is_read_like_what_is_said(desk: Desk) -> None:
    desk.act("2023:17", "refer", body="Comité des parks")
    desk.act("2023:17", "correct", event="@1", set={"titles": {"17": "Des vélos"}}, reason="coquille")
    outcome = desk.act("2023:17", "correct", event="@2", set={"body": "Comité des parcs"}, reason="coquille")
    assert outcome.entered == ("body:comite-des-parcs",)
    case = desk.case("2023:17")
    assert (case.title, case.referrals) == ("Des vélos", [(desk.body("comite-des-parcs").id, None)])


@pytest.mark.parametrize(
    ("verb", "facts", "changes", "refusal"),
    [
        ("complete", {"completion": "full"}, {"completion": "almost"}, NotAChoice),
        ("note", {"text": "à voir"}, {"tone": "sec"}, FactFixed),
    ],
)
def test_a_correction_that_does_not_fit(desk: Desk, verb: str, facts: Any, changes: Any, refusal: Any) -> None:
    desk.act("2023:17", verb, **facts)
    with pytest.raises(refusal):
        desk.act("2023:17", "correct", event="@2", set=changes, reason="coquille")


def test_moves_are_taken_back_from_the_last_and_corrections_too(desk: Desk) -> None:
    desk.act("2023:17", "start")
    desk.act("2023:17", "postpone", until="2099", reason="trop tôt")
    desk.act("2023:17", "correct", event="@3", set={"until": "2098"}, reason="coquille")
    corrected = next(r for r in desk.case("2023:17").history if isinstance(r.event, FactCorrected))
    with pytest.raises(MoveFollowed):
        desk.act("2023:17", "retract", event="@2", reason="erreur")
    desk.act("2023:17", "retract", event=f"@{corrected.originator_version}", reason="la date était juste")
    assert desk.case("2023:17").postponements == ["2099"]
    desk.act("2023:17", "retract", event="@3", reason="erreur")
    assert desk.case("2023:17").state == "in_progress"
