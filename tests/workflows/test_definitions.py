"""Every shipped definition, and what is generated from it."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from workflows import errors
from workflows.definition import SCHEMA, schema
from workflows.diagram import CATALOGUE, PAGES, catalogue, mermaid, page, reminders, rows
from workflows.library import SHIPPED, library
from workflows.reading import problems
from workflows.vocabulary import CLOCKS, FACTS, GUARDS, RESERVED, ROLES, SOURCES, TARGETS, TELL, VERBS
from workflows.workflow import Workflow

FILES = sorted(SHIPPED.glob("*.yaml"))
WORKFLOWS = list(library())
CLASSES = [
    kind for kind in vars(errors).values() if inspect.isclass(kind) and issubclass(kind, errors.WorkflowError)
]
SENTENCES = [
    *(word for words in (VERBS, GUARDS, ROLES, FACTS, CLOCKS, TELL, SOURCES, TARGETS) for word in words.values()),
    *(" ".join((kind.__doc__ or "").split()) for kind in CLASSES),
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_is_wrong_with_it(file: Path) -> None:
    assert problems(file) == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=str)
def test_every_state_is_reached_and_every_open_one_is_left_towards_an_end(workflow: Workflow) -> None:
    moves = [
        (state, move.target(state))
        for move in workflow.definition.moves
        for state in workflow.definition.sources(move)
    ]
    reached, leading = {workflow.initial}, {state for state in workflow.states if workflow.is_final(state)}
    for _ in workflow.states:
        reached |= {str(end) for start, end in moves if start in reached and end in workflow.states}
        leading |= {start for start, end in moves if end in leading}
    assert reached == set(workflow.states)
    assert leading >= set(workflow.states)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=str)
def test_every_word_resolves(workflow: Workflow) -> None:
    for move in workflow.definition.moves:
        assert move.verb in VERBS
        assert set(move.guards) <= set(GUARDS)
        assert set(move.roles) <= set(ROLES)
        assert {*move.required, *move.optional} <= set(FACTS)
        assert {move.target(state) for state in workflow.definition.sources(move)} <= {
            *workflow.states,
            *TARGETS,
        }
    assert not RESERVED & set(workflow.states)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=str)
def test_every_deadline_has_a_ladder_that_is_climbed_upwards(workflow: Workflow) -> None:
    definition = workflow.definition
    assert set(definition.clocks) <= set(CLOCKS)
    assert set(definition.clocks.values()) == set(definition.ladders)
    for steps in definition.ladders.values():
        offsets = [
            step.after + n * (step.repeat.every if step.repeat else 0)
            for step in steps
            for n in range(step.repeat.times if step.repeat else 1)
        ]
        assert offsets == sorted(set(offsets))
        assert all(set(step.tell) <= set(TELL) for step in steps)


def test_the_published_schema_is_current() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema(), "run: python -m workflows.definition"


def test_the_published_schema_lists_the_vocabularies() -> None:
    move = json.loads(schema())["$defs"]["Move"]["properties"]
    assert move["verb"]["enum"] == list(VERBS)
    assert move["roles"]["items"]["enum"] == list(ROLES)
    assert json.loads(schema())["$defs"]["LadderStep"]["properties"]["tell"]["items"]["enum"] == list(TELL)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=str)
def test_the_page_is_current(workflow: Workflow) -> None:
    written = (PAGES / f"{workflow.name}.md").read_text(encoding="utf-8")
    assert written == page(workflow, catalogue()), "run: python -m workflows.diagram"


def test_the_diagram_names_states_and_verbs_in_the_language_asked_for() -> None:
    resolution = library()["resolution.v1"]
    french, english = mermaid(resolution, "fr", catalogue()), mermaid(resolution, "en")
    assert french.startswith("stateDiagram-v2\n") and english.startswith("stateDiagram-v2\n")
    assert 'state "Confiée" as referred' in french
    assert "adopted --> referred : confier à une instance" in french
    assert "adopted --> referred : refer to a body" in english
    assert "final --> in_progress : reopen" in english
    assert "[*] --> adopted : adopt" in english


def test_the_table_has_a_row_for_every_move() -> None:
    resolution = library()["resolution.v1"]
    table = {(row.name, row.target): row for row in rows(resolution, "en")}
    assert len(table) == len(resolution.definition.moves)
    assert table["block", "Blocked"].source == "any open state but: Blocked"
    assert (
        table["refer", "Referred from Adopted; otherwise unchanged"].facts[0] == "`body`* the body in charge"
    )
    assert table["restrict", "unchanged"].roles == ("secretary", "administrator")


def test_the_reminders_of_a_deadline_are_said_in_words() -> None:
    resolution = library()["resolution.v1"]
    assert len(reminders(resolution, "en")) == 16
    french = [(each.clock, each.when) for each in reminders(resolution, "fr", catalogue())]
    assert french[:3] == [
        ("due", "le jour ouvrable suivant"),
        ("due", "6 jours ouvrables après"),
        ("due", "16 jours ouvrables après, puis tous les 15 jours ouvrables, 4 fois en tout"),
    ]
    assert ("until", "ce jour-là ou le jour ouvrable suivant") in french
    english = {cell for each in reminders(resolution, "en") for cell in (each.deadline, each.when, *each.told)}
    said = {cell for each in reminders(resolution, "fr", catalogue()) for cell in (each.deadline, each.when, *each.told)}
    assert not english & said


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_is_said_in_french_with_the_same_facts(sentence: str) -> None:
    said = {}
    for file in CATALOGUE.parent.glob("*.po"):  # the name of a role is said elsewhere too, once
        with file.open("rb") as opened:
            said |= {message.id: message.string for message in read_po(opened, locale="fr")}
    french = str(said.get(sentence) or "")
    assert french, f"{CATALOGUE.parent.name} lacks: {sentence}"
    assert _fields(french) == _fields(sentence)


def _fields(template: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(template) if field}
