"""The due rows that the append writes are those that the folded case would have, however its events come in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from domain.base import Recorded
from domain.case.case import Case
from domain.clocks import ClockRecomputed, StepAcknowledged
from projections import due
from projections.due import due_rows
from tests.domain.clockwork import Clockwork

Table = dict[UUID, dict[str, Any]]


def write(table: Table, events: Sequence[Recorded]) -> None:
    """What the append does with the rows: a new one, another state of one, or none any more."""
    for row in due_rows(events):
        facts = {key: value for key, value in row.items() if key not in ("op", "clock")}
        match row["op"]:
            case "start":
                assert row["clock"] not in table
                table[row["clock"]] = facts
            case "move":
                assert facts.keys() <= table[row["clock"]].keys()
                table[row["clock"]] |= facts
            case _:
                assert row["op"] == "stop" and not facts
                table.pop(row["clock"], None)


def rows_of(case: Case) -> Table:
    """The same from the clocks as they stand."""
    return {
        clock.id: {
            "stream": case.id, "kind": clock.kind, "about": clock.about, "due": clock.due, "state": clock.state,
            "ends": clock.ends, "calendar": clock.calendar,
            "step": clock.next.step if clock.next else None, "repetition": clock.next.repetition if clock.next else None,
            "next_id": clock.next.id if clock.next else None, "next_at": clock.next.at if clock.next else None,
        }
        for clock in case.clocks.values()
    }  # fmt: skip


class Rows(Clockwork):
    def __init__(self) -> None:
        super().__init__()
        self.table: Table = {}
        self.written = 0

    @invariant()
    def written_as_they_come(self) -> None:
        """All the events of an act at once, as an append stores them."""
        write(self.table, self.case.history[self.written :])
        self.written = len(self.case.history)
        assert self.table == rows_of(self.case)

    def teardown(self) -> None:
        if hasattr(self, "case"):
            history = self.case.history
            for size in (1, 2, 3, 7, len(history)):
                table: Table = {}
                for start in range(0, len(history), size):
                    write(table, history[start : start + size])
                assert table == rows_of(self.case), f"{size} events at a time"
        super().teardown()


Rows.TestCase.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
TestRows = Rows.TestCase

SEARCH = settings(
    max_examples=300, stateful_step_count=40, deadline=None, phases=[Phase.generate], derandomize=True,
    report_multiple_bugs=False, database=None,
)  # fmt: skip


def an_answer_leaves_the_next_step(event: Any, row: dict[str, Any]) -> dict[str, Any]:
    return {"op": "move", "clock": event.clock} if isinstance(event, StepAcknowledged) else row


def other_working_days_leave_the_version(event: Any, row: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k != "calendar"} if isinstance(event, ClockRecomputed) else row


def a_batch_forgets_how_it_began(event: Any, row: dict[str, Any]) -> dict[str, Any]:
    return row | {"op": "start"} if row["op"] == "move" else row


FAULTS = (an_answer_leaves_the_next_step, other_working_days_leave_the_version, a_batch_forgets_how_it_began)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_planted_fault_is_found(fault: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    right = due._row
    monkeypatch.setattr(due, "_row", lambda event, stream: fault(event, right(event, stream)))
    with pytest.raises((AssertionError, KeyError)):
        run_state_machine_as_test(Rows, settings=SEARCH)


def test_what_no_clock_did_writes_nothing() -> None:
    machine = Rows()
    machine.adopt()
    assert due_rows(machine.case.history) == []
