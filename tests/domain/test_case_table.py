"""No sequence of verbs leaves the table: the case against the plain reading of it, at every step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.amendments import CorrectFact, RetractFact
from domain.base import Command
from domain.case import commands
from domain.case.case import Case
from domain.case.commands import AdoptCase, CarryOverCase, ConfirmCase, PostponeCase, ProposeState, SupersedeCase
from domain.case.decisions import handle
from domain.errors import SuiviError
from domain.values import Evidence, Limb, Proposal
from tests.domain.given import ASSEMBLY, BODY, CASE, HER, act, standing_of, stored
from tests.domain.table import FINAL, STATES, Entry, Plain, may_be_postponed

SUCCESSORS = {"next": UUID(int=81), "other": UUID(int=82)}
ANYONE = frozenset({"officer", "secretary"})

MOVES: dict[str, Command] = {
    "refer": commands.ReferCase(body=BODY),
    "report-back": commands.ReportBack(body=BODY),
    "start": commands.StartCase(),
    "block": commands.BlockCase(on=HER, reason="grève"),
    "resume": commands.ResumeCase(),
    "close-undone": commands.CloseCaseUndone(reason="manque de temps"),
    "reopen": commands.ReopenCase(reason="à revoir"),
}
RECORDS: dict[str, Command] = {
    "note": commands.NoteCase(text="à voir"),
    "approve-report": commands.ApproveReport(text="Nous avons écrit."),
    "link": commands.LinkCase(to=BODY, kind="same meeting"),
    "restrict": commands.RestrictCase(visibility="officers"),
    "reword": commands.RewordCase(text="Que l’on…"),
    "assign": commands.AssignCase(owner=HER),
    "set-due": commands.SetDue(due="2025"),
    "wait": commands.AwaitParty(on=HER),
    "add-task": commands.AddTask(text="écrire"),
}
DAYS = {
    "2024-06-20": date(2024, 6, 20),
    "2024-06": date(2024, 6, 26),
    "2023": date(2023, 12, 31),
    None: date(2024, 6, 26),
}
UNTIL = {"2024-01": date(2024, 1, 31), "2024-06-26": date(2024, 6, 26), "2025": date(2025, 12, 31)}

parts = st.none() | st.integers(0, 2)
versions = st.integers(0, 20)
states = st.sampled_from(STATES)


class Table(RuleBasedStateMachine):
    @initialize(count=st.integers(1, 3))
    def adopt(self, count: int) -> None:
        self.labels = [f"volet {n}" for n in range(count)]
        limbs = tuple(Limb(label, ("17",)) for label in self.labels)
        command = AdoptCase(assembly=ASSEMBLY, numbers=("17",), titles={"17": "Titre"}, parts=limbs)
        self.case = Case.adopt(CASE, command, act(), ("2023", "2023-05-13"))
        self.plain = Plain(self.labels)

    @rule(verb=st.sampled_from([*MOVES]), part=parts)
    def move(self, verb: str, part: int | None) -> None:
        label = self._label(part)
        self._moved(MOVES[verb], label, Entry(verb, _to(self.plain.answer(verb, label))))

    @rule(until=st.sampled_from([*UNTIL]), occurred=st.sampled_from([*DAYS]), part=parts)
    def postpone(self, until: str, occurred: str | None, part: int | None) -> None:
        label = self._label(part)
        fits = may_be_postponed(UNTIL[until], DAYS[occurred])
        to = self.plain.answer("postpone", label) if fits else {}
        self._moved(PostponeCase(until=until, reason="trop tôt"), label, Entry("postpone", _to(to)), occurred)

    @rule(completion=st.sampled_from(["full", "partial", "temporary"]), part=parts)
    def complete(self, completion: Any, part: int | None) -> None:
        label = self._label(part)
        to = {name: (state, completion) for name, state in self.plain.answer("complete", label).items()}
        self._moved(commands.CompleteCase(completion=completion), label, Entry("complete", to))

    @rule(residual=st.sampled_from([None, "", "la formation"]), to=st.sampled_from([*SUCCESSORS]), part=parts)
    def carry_over(self, residual: str | None, to: str, part: int | None) -> None:
        label = self._label(part)
        answer = self.plain.answer("carry-over residual" if residual else "carry-over", label)
        stands = self.plain.parts()
        led = {name: (state, stands[name].completion if residual else None) for name, state in answer.items()}
        self._moved(CarryOverCase(to=SUCCESSORS[to], residual=residual), label, Entry("carry-over", led, to))

    @rule(by=st.sampled_from([*SUCCESSORS]), part=parts)
    def supersede(self, by: str, part: int | None) -> None:
        label = self._label(part)
        entry = Entry("supersede", _to(self.plain.answer("supersede", label)), by)
        self._moved(SupersedeCase(by=SUCCESSORS[by]), label, entry)

    @rule(successor=st.sampled_from([*SUCCESSORS]))
    def successor_moves(self, successor: str) -> None:
        self.plain.moved.add(successor)
        self.case.moved_successors = frozenset(SUCCESSORS[name] for name in self.plain.moved)

    @rule(part=parts, state=states)
    def propose(self, part: int | None, state: str) -> None:
        label = self._label(part)
        completion = "partial" if state == "done" else None
        proposal = Proposal(state, (Evidence("d’après le rapport", 1, 2),), "low", label, completion)
        self._try(ProposeState(proposals=(proposal,)), None, Entry("propose", proposed={label: state}), True)

    @rule(part=parts, state=st.none() | states, completion=st.sampled_from([None, "full"]))
    def confirm(self, part: int | None, state: str | None, completion: Any) -> None:
        label, pending = self._label(part), self.plain.proposed()
        led = self.plain.establishes(state, label)
        how: dict[str, tuple[str, str | None]] = {}
        for name, to in led.items():
            agreed = (pending.get(name) or pending.get(None)) == to
            how[name] = (to, (completion or ("partial" if agreed else None)) if to == "done" else None)
        if ("done", None) in how.values():
            how = {}
        self._moved(ConfirmCase(state=state, completion=completion), label, Entry("confirm", how))

    @rule(verb=st.sampled_from([*RECORDS]))
    def record(self, verb: str) -> None:
        self._try(RECORDS[verb], None, Entry(verb), self.plain.records(verb))

    @rule(version=versions)
    def correct(self, version: int) -> None:
        command = CorrectFact(event=version, set={"occurred": "2024"}, reason="mal noté")
        self._try(command, None, Entry("correct", about=version), self.plain.corrects(version))

    @rule(version=versions)
    def retract(self, version: int) -> None:
        command = RetractFact(event=version, reason="n’a pas eu lieu")
        self._try(command, None, Entry("retract", about=version), self.plain.takes_back(version))

    @invariant()
    def stands_as_the_table_says(self) -> None:
        stands = self.plain.parts()
        assert {p.label: (p.state, p.completion, p.moved) for p in self.case.parts} == {
            label: (part.state, part.completion, part.moved) for label, part in stands.items()
        }
        assert {part.label: part.before for part in self.case.parts if part.state not in FINAL} == {
            label: part.before for label, part in stands.items() if part.state not in FINAL
        }
        assert (self.case.state, self.case.completion) == (self.plain.state(), self.plain.completion())
        assert {p.part: p.state for p in self.case.proposals} == self.plain.proposed()
        assert self.case.version == len(self.plain.entries)

    @invariant()
    def folds_to_what_stands_in_memory(self) -> None:
        assert stored(self.case.history) == self.case.history
        assert standing_of(Case.fold(stored(self.case.history))) == standing_of(self.case)

    def _label(self, part: int | None) -> str | None:
        return None if part is None else self.labels[part % len(self.labels)]

    def _moved(self, command: Command, label: str | None, entry: Entry, occurred: str | None = None) -> None:
        self._try(command, label, entry, entry.moves, occurred)

    def _try(self, command: Any, label: str | None, entry: Entry, allowed: bool, occurred: str | None = None) -> None:
        if label is not None:
            command = type(command)(**{f: getattr(command, f) for f in command.__struct_fields__} | {"part": label})
        before = standing_of(self.case)
        try:
            handle(self.case, command, act(roles=ANYONE, occurred=occurred))
        except SuiviError as refusal:
            assert not allowed, f"{entry} was refused: {refusal}"
            assert standing_of(self.case) == before
        else:
            assert allowed, f"{entry} was let through"
            new = self.case.history[len(self.plain.entries) + 1 :]
            assert all(recorded.event.machine for recorded in new)
            self.plain.entries += [entry, *(Entry("clock") for _ in new)]


def _to(led: Mapping[str, str]) -> dict[str, tuple[str, str | None]]:
    return {label: (state, None) for label, state in led.items()}


Table.TestCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
TestTable = Table.TestCase
