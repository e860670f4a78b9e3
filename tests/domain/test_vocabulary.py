"""Every word of the closed vocabularies resolves in the domain, and nothing in the domain is out of them."""

from __future__ import annotations

from inspect import isabstract
from pathlib import Path
from uuid import UUID

import pytest

from domain.amendments import AMENDMENTS, CorrectFact, RetractFact
from domain.base import Command, Event
from domain.case import moves
from domain.case.case import Case
from domain.case.commands import COMMANDS, AdoptCase, MoveCase, OpenThread, ProposeState, WithdrawCase
from domain.case.decisions import MOVES, RECORDS, SPECIAL, handle
from domain.case.items import OF_ITEMS, AdoptItem, NoteFollowUp
from domain.case.moves import CaseMoved, Moved
from domain.case.refusals import NotFromHere
from domain.case.told import ReadFacts
from domain.case.turns import LetOccur, TurnEvent
from domain.case.view import PartView
from domain.clocks import ClockEvent, RecomputeClocks, TakeSteps
from domain.codec import topics
from domain.conditions import BeAwaited, EndWait
from domain.demarche import decisions
from domain.demarche.commands import COMMANDS as OF_THREADS
from domain.demarche.commands import FollowOffice, ReceiveRedirection, SendDemarche
from domain.demarche.demarche import Demarche, DemarcheView
from domain.demarche.events import DemarcheEvent
from domain.demarche.pauses import DemarcheResumed
from domain.directory import BodyMeetingEvent
from domain.errors import Label
from domain.record.commands import COMMANDS as OF_RECORDS
from tests.domain.given import act, adopted, moved, recorded
from workflows.library import library
from workflows.reading import read
from workflows.vocabulary import FACTS, GENERIC, GUARDS, VERBS
from workflows.workflow import View, Workflow

RESOLUTION, DEMARCHE = library()["resolution.v1"], library()["demarche.v1"]
ITEM = library()["plan_item.v1"]
OF_PLANS = {"reword-task", "drop-task", "set-target"}
OF_FOLLOW_UPS = {"level", "verdict", "planned"}  # of a plan's items, as an import tells them
OF_THE_ACT = {"occurred"}  # a fact that every door passes beside the command
OF_THE_DOORS = {"part", "name"}  # which part; which of the organisation's own moves
CHOSEN_WITH_THE_WORKFLOW = {"kind"}
WITHOUT_A_WORKFLOW = {"create"}  # how everything else begins
# Orders of Suivi itself.
WITHOUT_A_VERB = {
    ReadFacts,
    LetOccur, NoteFollowUp, ProposeState, WithdrawCase, TakeSteps, RecomputeClocks, OpenThread, BeAwaited, EndWait,
}  # fmt: skip
OF_THREADS_WITHOUT_A_VERB = {TakeSteps, RecomputeClocks, FollowOffice, ReceiveRedirection, BeAwaited, EndWait}


def guards_of(view: type[View]) -> set[str]:
    return {name for name in GUARDS if isinstance(getattr(view, name, None), property)}


def test_every_guard_is_asked_of_a_part_or_of_a_thread() -> None:
    assert guards_of(PartView) | guards_of(DemarcheView) == set(GUARDS)
    for workflow, view in ((RESOLUTION, PartView), (ITEM, PartView), (DEMARCHE, DemarcheView)):
        assert {guard for move in workflow.definition.moves for guard in move.guards} <= guards_of(view)


@pytest.mark.parametrize("part", [0, None])
def test_every_guard_is_answered_by_yes_or_no(part: int | None) -> None:
    case = Case.fold(recorded([adopted("5", "33"), moved(moves.CaseStarted, "in_progress", "5")]))
    for view in (PartView(case, None if part is None else case.parts[part]), DemarcheView(Demarche(UUID(int=1)))):
        if isinstance(view, DemarcheView):
            view.demarche.start()
        assert all(isinstance(getattr(view, guard), bool) for guard in guards_of(type(view)))


def test_every_verb_has_a_command() -> None:
    assert set(COMMANDS) | set(OF_THREADS) | set(OF_RECORDS) == set(VERBS) | WITHOUT_A_WORKFLOW
    assert WITHOUT_A_WORKFLOW.isdisjoint(VERBS)
    assert all(command.verb == verb for each in (COMMANDS, OF_THREADS, OF_RECORDS) for verb, command in each.items())
    assert set(ITEM.verbs) == set(COMMANDS) - {GENERIC}
    assert set(RESOLUTION.verbs) == set(COMMANDS) - {GENERIC} - OF_PLANS
    assert set(DEMARCHE.verbs) == set(OF_THREADS)


def test_every_command_has_one_decision() -> None:
    decided = [*MOVES, *RECORDS, *SPECIAL, AdoptCase, AdoptItem]
    assert len(decided) == len(set(decided))
    assert set(decided) == {*COMMANDS.values(), *OF_ITEMS.values()} | WITHOUT_A_VERB


def test_every_command_of_a_thread_has_one_decision() -> None:
    decided = [*decisions.RECORDS, *decisions.SPECIAL, SendDemarche]
    assert len(decided) == len(set(decided))
    assert set(decided) == {*OF_THREADS.values()} | OF_THREADS_WITHOUT_A_VERB


def test_every_fact_is_of_a_command_and_every_fact_of_a_command_is_known() -> None:
    commands = (*COMMANDS.values(), *OF_ITEMS.values(), *OF_THREADS.values(), *OF_RECORDS.values())
    fields = {field for command in commands for field in command.__struct_fields__}
    assert set(FACTS) - OF_THE_ACT <= fields
    assert fields - OF_THE_DOORS <= set(FACTS)


@pytest.mark.parametrize(
    ("workflow", "commands", "verb"),
    [*((RESOLUTION, COMMANDS, verb) for verb in RESOLUTION.verbs),
     *((ITEM, OF_ITEMS, verb) for verb in ITEM.verbs),
     *((DEMARCHE, OF_THREADS, verb) for verb in DEMARCHE.verbs)],
)  # fmt: skip
def test_a_command_has_the_facts_of_its_verb(
    workflow: Workflow, commands: dict[str, type[Command]], verb: str
) -> None:
    fields = set(commands[verb].__struct_fields__) - {"part"}
    facts = {fact for move in workflow.moves(verb) for fact in (*move.required, *move.optional)}
    assert fields - (CHOSEN_WITH_THE_WORKFLOW if verb == "adopt" else set()) == facts - OF_THE_ACT


def test_every_event_of_a_thread_has_what_it_says_from_its_command() -> None:
    by_the_thread = {"state", "loaded", "holder"}
    for command, event in decisions.RECORDS.items():
        by_itself = {"upon"} if event is DemarcheResumed else set()
        said = set(event.__struct_fields__) - set(Event.__struct_fields__) - by_the_thread - by_itself
        assert said <= set(command.__struct_fields__), (command, event)
        assert set(command.__struct_fields__) - {"holder"} <= said, (command, event)


def test_every_move_becomes_an_event_of_its_own() -> None:
    confirmed = {moves.CaseConfirmed}
    assert {*MOVES.values()} | confirmed == {*_concrete(Moved)}
    assert len({*MOVES.values()}) == len(MOVES)


def test_every_event_of_a_case_has_what_it_says_from_its_command() -> None:
    by_the_case = {"parts", "state", "number", "completions"} | OF_FOLLOW_UPS
    for command, event in {**MOVES, **RECORDS}.items():
        said = set(event.__struct_fields__) - set(Event.__struct_fields__) - by_the_case
        assert said <= set(command.__struct_fields__), (command, event)
        assert set(command.__struct_fields__) - {"part"} <= said | {"part"}, (command, event)


def test_amendments_are_the_domains_own() -> None:
    assert SPECIAL.keys() >= {CorrectFact, RetractFact}
    assert {event.__name__ for event in AMENDMENTS} == {"FactCorrected", "FactRetracted"}


def test_every_event_says_its_effect() -> None:
    for name, event in topics().items():
        assert event in {*AMENDMENTS, ClockEvent, TurnEvent, BodyMeetingEvent} or event.apply is not Event.apply, name
        if issubclass(event, DemarcheEvent) and event.__subclasses__() == []:
            assert event.change is not DemarcheEvent.change, name
        assert name == event.__name__ and event.__doc__


def test_what_is_fixed_is_a_fact() -> None:
    for event in topics().values():
        assert event.fixed <= set(event.__struct_fields__), event


OWN = """
workflow: resolution
version: 7
label: {fr: Résolution, en: Resolution}
initial: adopted
states:
  adopted: {label: {fr: Adoptée, en: Adopted}}
  printed: {final: true, label: {fr: Imprimée, en: Printed}}
moves:
  - {verb: adopt, from: nothing, to: adopted, roles: [officer], facts: {numbers: required, titles: required}}
  - verb: move
    name: print
    label: {fr: imprimer, en: print}
    from: adopted
    to: printed
    roles: [officer]
  - {verb: note, from: any, to: unchanged, roles: [officer], facts: {text: required}}
"""


@pytest.fixture
def own(tmp_path: Path) -> Workflow:
    file = tmp_path / "resolution.v7.yaml"
    file.write_text(OWN, encoding="utf-8")
    return Workflow(read(file))


def test_a_move_of_the_organisations_own(own: Workflow) -> None:
    class OwnCase(Case):
        workflow = own  # type: ignore[assignment]  # pinned by the adoption; here, by the test

    case = OwnCase.fold(recorded([adopted()]))
    with pytest.raises(NotFromHere) as refusal:
        handle(case, MoveCase(name="fold"), act())
    assert refusal.value.facts["possible"] == [Label("imprimer", "print"), "note"]
    handle(case, MoveCase(name="print", reason="le tirage est prêt"), act())
    assert (case.state, case.version) == ("printed", 2)
    event = case.new[0].event
    assert isinstance(event, CaseMoved) and (event.name, event.parts) == ("print", {"17": "printed"})


def _concrete(kind: type[Event]) -> list[type[Event]]:
    below = kind.__subclasses__()
    return [each for sub in below for each in _concrete(sub)] if below else [kind]


def test_no_command_is_left_over() -> None:
    def commands_of(kind: type[Command]) -> set[type[Command]]:
        return {kind} | {each for sub in kind.__subclasses__() for each in commands_of(sub)}

    known = {*COMMANDS.values(), *OF_ITEMS.values(), *OF_THREADS.values()} | WITHOUT_A_VERB | OF_THREADS_WITHOUT_A_VERB
    rooms = tuple(f"domain.{room}" for room in (
        "attachments", "case.bundles", "case.commands", "case.items", "case.migration", "case.told", "case.turns",
        "clocks.commands", "conditions", "demarche.commands",
    ))  # fmt: skip
    ours = {each for each in commands_of(Command) if each.__module__ in rooms}
    assert {each for each in ours if each.verb or not each.__subclasses__()} == known - {CorrectFact, RetractFact}
    assert not any(isabstract(each) for each in ours)
