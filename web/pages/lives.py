"""The life of a case as its figure shows it: its states, and a lane for each thread with an office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from domain.time import latest
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row, state_word_of
from web.figures import Lane, Life, Point, Stage, life, outcome_mark
from web.figures.days import short
from web.pages.correspondence import chained, office_name
from web.pages.waiting import Thresholds, outcome_model, tally_model, waiting_model
from web.rendering import Page

MET = {"staff": N_("staff"), "holder": N_("holder")}


def life_figure(
    page: Page, row: Row, stages: Sequence[Row], threads: Sequence[Row], limits: Thresholds, day: date
) -> Markup | None:
    """The figure; null where it would say no more than the state does."""
    rows = chained(threads)
    if len(stages) < 2 and not rows:
        return None
    places = {one["ref"]: place for place, one in enumerate(rows)}
    title = page.say(N_("The life of case {ref}"), ref=row["ref"])
    return life(Life(title, [_stage(page, row, one) for one in stages],
                     [_lane(page, one, places, limits) for one in rows], day), page)  # fmt: skip


def _stage(page: Page, row: Row, stage: Row) -> Stage:
    word = state_word_of(stage, page.lang, row["workflow"])
    return Stage(word[:1].upper() + word[1:], stage["state"], stage["since"])


def _lane(page: Page, row: Row, places: dict[str, int], limits: Thresholds) -> Lane:
    outcome, wait = outcome_model(page, row), waiting_model(page, row, limits)
    to = places.get(row["goes_on_as"] or "")
    level: Any = wait["level"] if wait else "attente"
    return Lane(
        office=office_name(page, row).partition(" et ")[0],
        outcome=outcome["words"],
        mark=outcome_mark(outcome["key"]),
        since=row["first_sent"],
        until=row["ended"],
        words=tally_model(page, row)["words"],
        points=[point for one in row["meetings"] if (point := _point(page, one))],
        open=not row["final"],
        level="tres" if row["silent"] or row["result"] == "no_answer" else level,
        onward=None if to is None else (to, row["ended"]),
    )


def _point(page: Page, one: Row) -> Point | None:
    """A meeting that was held, or that is fixed."""
    if one["state"] not in ("held", "fixed") or not one["date"] or (day := latest(one["date"])) is None:
        return None
    met = page.say(MET[one["met"]]) if one["state"] == "held" and one["met"] in MET else ""
    return Point(one["date"], ", ".join(filter(None, (short(page, day), met))))
