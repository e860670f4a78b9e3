"""The clocks of a case the simplest way, from what its stored history says of its deadlines: days are counted one by
one, holidays and clock changes are a list, and nothing is asked of the domain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tests.domain.naive import Line, amended

DAY = timedelta(days=1)
HOLIDAYS = {
    2024: ("07-01", "09-02", "09-30", "10-14", "11-11", "12-25", "12-26"),
    2025: ("01-01", "04-18", "04-21", "05-19", "06-24", "07-01", "09-01", "09-30", "10-13", "11-11", "12-25", "12-26"),
    2026: ("01-01", "04-03", "04-06", "05-18", "06-24", "07-01", "09-07", "09-30", "10-12", "11-11", "12-25", "12-28"),
    2027: ("01-01", "03-26", "03-29", "05-24", "06-24", "07-01", "09-06", "09-30", "10-11", "11-11", "12-27", "12-28"),
}
WINTERS = [("2024-11-03", "2025-03-09"), ("2025-11-02", "2026-03-08"), ("2026-11-01", "2027-03-14"), ("2027-11-07", "2028-03-12")]
LADDERS: dict[str, list[int]] = {
    "due": [1, 6, 16, 31, 46, 61], "task": [1, 6, 16, 31, 46, 61], "report": [1, 6, 16, 31, 46, 61],
    "until": [0, 5, 15, 30, 45, 60], "review": [0, 5, 15, 30, 45, 60],
}  # fmt: skip
PLACES = [(1, 1), (2, 1), (3, 1), (3, 2), (3, 3), (3, 4)]
LAST: dict[str, date | None] = {
    "2024": date(2024, 12, 31), "2024-23": date(2024, 12, 20), "2024-09~": date(2024, 9, 30), "2025-02": date(2025, 2, 28),
    "2023": date(2023, 12, 31), "2024-07/..": None, "9999": None,
}  # fmt: skip
"""The last day of each imprecise date that is used."""

Key = tuple[str, str, str]  # kind, about, date


def last_day(due: str) -> date | None:
    return LAST[due] if due in LAST else date.fromisoformat(due)


@dataclass
class Days:
    """The working days of one version."""

    version: int = 0
    off: frozenset[date] = frozenset()
    opens: int = 8

    def works(self, day: date) -> bool:
        return day.weekday() < 5 and f"{day:%m-%d}" not in HOLIDAYS.get(day.year, ()) and day not in self.off

    def after(self, day: date, n: int) -> date:
        if n == 0 and self.works(day):
            return day
        left = n or 1
        while left:
            day += DAY
            left -= self.works(day)
        return day

    def opening(self, day: date) -> datetime:
        return datetime.combine(day, time(self.opens + offset(day)), UTC)


def offset(day: date) -> int:
    """Hours by which mornings in Montréal are behind UTC."""
    return 5 if any(first <= day.isoformat() < last for first, last in WINTERS) else 4


@dataclass
class PlainClock:
    """`place`: how many steps were taken; `base`: the day that the distances count from; `at`: the next instant."""

    offsets: list[int]
    base: date
    state: str
    reckoned: int
    at: datetime | None = None
    place: int = 0
    already: int = 0
    last: datetime | None = None

    def place_next(self, days: Days, last: datetime | None) -> None:
        day = days.after(self.base, self.offsets[self.place] - self.already)
        while last and day <= (last - timedelta(hours=4)).date():
            day = days.after(day, 1)
        self.at = days.opening(day)


@dataclass
class PlainClocks:
    """Everything that runs, by what it runs towards."""

    known: dict[Key, PlainClock] = field(default_factory=dict)

    def wind(self, wanted: set[Key], now: datetime, days: Days) -> None:
        for key in self.known.keys() - wanted:
            del self.known[key]
        for key in wanted - self.known.keys():
            base = last_day(key[2])
            assert base
            lapsed = (now - timedelta(hours=offset(now.date()))).date() > base
            clock = PlainClock(LADDERS[key[0]], base, "lapsed" if lapsed else "running", days.version)
            if not lapsed:
                clock.place_next(days, None)
            self.known[key] = clock

    def sweep(self, now: datetime, days: Days) -> list[tuple[Key, tuple[int, int], datetime, bool]]:
        """Every step that has come: its clock, its place, its instant, and whether it is the highest."""
        steps = []
        for key, clock in self.known.items():
            if clock.state == "running" and clock.reckoned < days.version:
                clock.place_next(days, clock.last)
                clock.reckoned = days.version
            while clock.state == "running" and clock.at and clock.at <= now:
                place, instant = PLACES[clock.place], clock.at
                clock.place, clock.last = clock.place + 1, instant
                if clock.place == len(PLACES):
                    clock.state, clock.at = "spent", None
                else:
                    clock.place_next(days, instant)
                steps.append((key, place, instant, clock.at is None or clock.at > now))
        return steps

    def acknowledge(self, kind: str | None) -> bool:
        ringing = [c for k, c in self.known.items() if kind in (None, k[0]) and c.last and c.state != "acknowledged"]
        for clock in ringing:
            clock.state = "acknowledged"
        return bool(ringing)

    def snooze(self, kind: str | None, until: date, today: date, days: Days) -> bool:
        meant = [c for k, c in self.known.items() if kind in (None, k[0]) and c.state in ("running", "acknowledged") and c.at]
        running = [c for c in meant if c.state == "running"]
        chosen = [c for c in running if c.last] or running or meant
        instant = days.opening(days.after(until, 0))
        later = [c for c in chosen if c.state != "running" or (c.at and instant > c.at)]
        if until <= today or not later:
            return False
        for clock in later:
            clock.state, clock.at, clock.base, clock.already = "running", instant, until, clock.offsets[clock.place]
        return True


def deadlines(lines: Sequence[Line]) -> set[Key]:
    """What is due once everything that stands is read from the beginning."""
    case: dict[str, Any] = {"parts": {}, "due": None, "expected": {}, "tasks": {}, "moved": False, "withdrawn": False}
    for line in amended(lines):
        if effect := EFFECTS.get(line.topic):
            effect(case, line.facts)
        if line.topic != "CaseAdopted" and "parts" in line.facts:
            _move(case, line.topic, line.facts)
    if case["withdrawn"] or not (case["moved"] or case["ours"]):
        return set()
    found = {("until", "", p["until"]) for p in case["parts"].values()}
    found |= {("review", "", p["review"]) for p in case["parts"].values()}
    if any(p["state"] not in ("done", "not_done", "carried_over", "superseded") for p in case["parts"].values()):
        found |= {("due", "", case["due"])} | {("report", body, due) for body, due in case["expected"].items()}
        found |= {("task", str(number), due) for number, due in case["tasks"].items()}
    return {(kind, about, due) for kind, about, due in found if due and last_day(due)}


def _adopt(case: dict[str, Any], facts: dict[str, Any]) -> None:
    labels = [limb["label"] for limb in facts["parts"]]
    case["parts"] = {label: {"state": "adopted", "until": None, "review": None} for label in labels}
    case["ours"] = "source" not in facts


def _refer(case: dict[str, Any], facts: dict[str, Any]) -> None:
    case["expected"][facts["body"]] = facts.get("due") or case["expected"].get(facts["body"])


def _move(case: dict[str, Any], topic: str, facts: dict[str, Any]) -> None:
    case["moved"] = True
    for label, state in facts["parts"].items():
        part = case["parts"][label]
        if topic == "CasePostponed":
            part["until"] = facts["until"]
        elif part["state"] != state:
            part["until"] = None
        part["state"], part["review"] = state, facts.get("review") if topic == "CaseCompleted" else None


EFFECTS: dict[str, Callable[[dict[str, Any], dict[str, Any]], Any]] = {
    "CaseAdopted": _adopt,
    "CaseDueSet": lambda case, facts: case.update(due=facts["due"]),
    "CaseReferred": _refer,
    "ReportReceived": lambda case, facts: case["expected"].pop(facts["body"], None),
    "TaskAdded": lambda case, facts: case["tasks"].update({facts["number"]: facts.get("due")}),
    "TaskFinished": lambda case, facts: case["tasks"].pop(facts["task"], None),
    "CaseWithdrawn": lambda case, facts: case.update(withdrawn=True),
}
