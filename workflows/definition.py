"""The shape of a definition file. Its JSON Schema is published as docs/workflows/definition.schema.json
(`python -m workflows.definition` writes it anew)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from workflows.vocabulary import CLOCKS, ELSE, FACTS, GUARDS, NOTHING, ROLES, SOURCES, TELL, VERBS

SCHEMA = Path(__file__).parents[1] / "docs" / "workflows" / "definition.schema.json"


def _one_of(words: Mapping[str, str]) -> Any:
    """A word of a closed vocabulary. The schema lists them for editors; `workflows.checks` refuses with the
    place."""
    return Field(json_schema_extra={"enum": list(words)})


Verb = Annotated[str, _one_of(VERBS)]
Role = Annotated[str, _one_of(ROLES)]
Guard = Annotated[str, _one_of(GUARDS)]
Fact = Annotated[str, _one_of(FACTS)]
Clock = Annotated[str, _one_of(CLOCKS)]
Reader = Annotated[str, _one_of(TELL)]


class Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Label(Shape):
    """What a person reads, in French and in English."""

    fr: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __getitem__(self, lang: str) -> str:
        return self.fr if lang == "fr" else self.en


class State(Shape):
    """A state; `final`: nothing is left to do."""

    label: Label
    final: StrictBool = False


class OpenBut(Shape):
    """Every state that is not final, but these."""

    open_but: tuple[str, ...] = Field(min_length=1)


class AnyBut(Shape):
    """Every state, but these."""

    any_but: tuple[str, ...] = Field(min_length=1)


States = Annotated[tuple[str, ...], Field(min_length=1)]
STATE = "^[a-z][a-z0-9_]*$"


class Move(Shape):
    """One verb: from these states to that one, who may do it, under which guards, with which facts.

    `to` is a state, a word (unchanged, before, stated, restored), or a target for each state of `from`, with
    `else`. `given`: the move is the one meant when this fact is given.
    """

    verb: Verb
    name: str | None = Field(default=None, pattern="^[a-z][a-z0-9-]*$")
    label: Label | None = None
    source: str | States | OpenBut | AnyBut = Field(alias="from")
    to: str | dict[str, str]
    given: Fact | None = None
    roles: tuple[Role, ...] = Field(min_length=1)
    guards: tuple[Guard, ...] = ()
    facts: dict[Fact, Literal["required", "optional"]] = {}

    @cached_property
    def key(self) -> str:
        """What it is asked by: the verb, or the name of a move of the organisation's own."""
        return self.name or self.verb

    @cached_property
    def required(self) -> tuple[str, ...]:
        named = tuple(name for name, need in self.facts.items() if need == "required")
        return named if self.given is None or self.given in named else (*named, self.given)

    @cached_property
    def optional(self) -> tuple[str, ...]:
        return tuple(name for name in self.facts if name not in self.required)

    @cached_property
    def creates(self) -> bool:
        return self.source == NOTHING

    def target(self, state: str) -> str | None:
        """Where it leads from a state: a state, a word of TARGETS, or None when the file does not say."""
        return self.to if isinstance(self.to, str) else self.to.get(state, self.to.get(ELSE))


class Repeat(Shape):
    """Again `every` so many working days, `times` in all."""

    every: StrictInt = Field(ge=1, le=250)
    times: StrictInt = Field(ge=2, le=50)


class LadderStep(Shape):
    """So many working days `after` the due day (0: that day, or the next working one), these are told. `draft`: the
    letter that is prepared with it, for someone to send."""

    after: StrictInt = Field(ge=0, le=1000)
    tell: tuple[Reader, ...] = Field(min_length=1)
    repeat: Repeat | None = None
    draft: Literal["reminder"] | None = None


class Definition(Shape):
    """A workflow: its states, and the moves between them. Of several moves of one verb, the first whose
    conditions hold is taken. `clocks`: the ladder that is climbed when a date of that kind has passed."""

    workflow: str = Field(pattern="^[a-z][a-z0-9_]*$")
    version: StrictInt = Field(ge=1)
    label: Label
    initial: str
    states: dict[Annotated[str, Field(pattern=STATE)], State] = Field(min_length=1)
    moves: tuple[Move, ...] = Field(min_length=1)
    clocks: dict[Clock, str] = {}
    ladders: dict[str, Annotated[tuple[LadderStep, ...], Field(min_length=1)]] = {}

    @property
    def name(self) -> str:
        return f"{self.workflow}.v{self.version}"

    def sources(self, move: Move) -> tuple[str, ...]:
        """The states that a move starts from, in the order of the file (`nothing` for one that creates)."""
        match move.source:
            case OpenBut(open_but=but):
                found = set(self.stand_for("open")) - set(but)
            case AnyBut(any_but=but):
                found = set(self.states) - set(but)
            case str() as word:
                found = set(self.stand_for(word))
            case words:
                found = {state for word in words for state in self.stand_for(word)}
        return tuple(state for state in (NOTHING, *self.states) if state in found)

    def stand_for(self, word: str) -> tuple[str, ...]:
        """The states that a word of `from` means; a state means itself."""
        if word not in SOURCES or word == NOTHING:
            return (word,)
        return tuple(
            s for s, state in self.states.items() if word == "any" or state.final == (word == "final")
        )


def schema() -> str:
    """The JSON Schema of a definition file, as published."""
    return json.dumps(Definition.model_json_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema(), encoding="utf-8")
