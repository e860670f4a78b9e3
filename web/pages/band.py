"""The cases on one axis of time: from its adoption to its next date, each in the states that it went through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from domain.time import latest
from projections.case_lives import Stage
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row
from services.reading.lists import lives
from web.pages.listing_frame import Frame
from web.pages.listing_rows import row_model
from web.pages.states import said_of, shown_state
from web.rendering import Page

ROWS = 60  # cases of one page
WIDTH = 640  # of the axis
NAME = 36  # width of a year's name
DRAWN = ("adopted", "referred", "in_progress", "postponed", "blocked", "done", "not_done")  # each in its own way
LONG = timedelta(days=366 * 12)  # of a life that is drawn whole


class Axis(NamedTuple):
    """The days that the page spans."""

    first: date
    last: date

    def x(self, day: date) -> int:
        """Where a day stands."""
        return round(
            (min(max(day, self.first), self.last) - self.first).days * WIDTH / max((self.last - self.first).days, 1)
        )


def band_model(frame: Frame) -> dict[str, Any]:
    """One band for each case, over the years."""
    page, found = frame.page, frame.rows(ROWS, after=frame.filters.after)
    went = lives(frame.home, [row["ref"] for row in found.rows])
    axis = axis_of(found.rows, went, frame.day)
    return {
        "bands": [_band(frame, row, went.get(row["ref"], []), axis) for row in found.rows],
        "width": WIDTH,
        "years": years_of(axis),
        "now": axis.x(frame.day),
        "here": page.day(frame.day),
        "key": [{"state": state, "word": said_of(page, state, frame.rules)} for state in DRAWN],
        "following": page.here(after=found.next) if found.next else None,
        "first": page.here(after=None) if frame.filters.after else None,
    }  # fmt: skip


def axis_of(rows: Sequence[Row], went: dict[str, list[Stage]], day: date) -> Axis:
    """From the month of the first adoption to the last of the next dates."""
    begun = [stage.since for stages in went.values() for stage in stages[:1] if stage.since > date.min]
    ends = [end for row in rows if row["next"] and (end := latest(row["next"]["date"])) and end < day + LONG]
    first = max(min([*begun, day]), day - LONG)
    last = max([*ends, day + timedelta(days=60)])
    return Axis(first.replace(day=1), last)


def years_of(axis: Axis) -> list[dict[str, int]]:
    """The beginning of each year, and that of the axis; a name that has no room is left out."""
    begins = [date(year, 1, 1) for year in range(axis.first.year + 1, axis.last.year + 1)]
    found = [{"x": axis.x(day), "year": day.year} for day in begins]
    roomy = not found or found[0]["x"] > NAME
    return ([{"x": 0, "year": axis.first.year}] if roomy else []) + found


def _band(frame: Frame, row: Row, stages: Sequence[Stage], axis: Axis) -> dict[str, Any]:
    page, end = frame.page, latest(row["next"]["date"]) if row["next"] else None
    shown = [stage for stage in stages if stage.since <= frame.day]
    until = [*(stage.since for stage in shown[1:]), frame.day]
    return row_model(page, row, frame.day) | {
        "segments": [_segment(page, row, stage, over, axis) for stage, over in zip(shown, until, strict=True)],
        "ahead": {"x": axis.x(frame.day), "end": axis.x(end)} if end and end > frame.day and not row["final"] else None,
        "words": words(page, row, shown),
    }


def _segment(page: Page, row: Row, stage: Stage, until: date, axis: Axis) -> dict[str, Any]:
    x, end = axis.x(stage.since), axis.x(until)
    return {"state": stage.state, "completion": stage.completion, "x": x, "width": max(end - x, 3),
            "word": _said(page, row, stage)}  # fmt: skip


def words(page: Page, row: Row, stages: Sequence[Stage]) -> str:
    """« Adoptée le 13 mai 2023; en cours depuis le 30 juin 2024 », for who reads the table."""
    told = [
        page.say(N_("{state}, from {day}"), state=_said(page, row, one), day=one.since)
        for one in stages
    ]
    return "; ".join(told)


def _said(page: Page, row: Row, stage: Stage) -> str:
    return shown_state(page, stage._asdict(), row["workflow"]).whole
