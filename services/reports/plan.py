"""A plan in the form that plans of its kind are printed in: axes, orientations, or work; any of them as a work plan, with
what became of each item."""

from __future__ import annotations

from collections.abc import Iterator

from domain.errors import Invalid, NotFound
from services.home import Home
from services.reading.choosing import plans_offered
from services.reports.asked import Asked, Ground, ground
from services.reports.plan_axes import axes
from services.reports.plan_front import front
from services.reports.plan_orientations import orientations
from services.reports.plan_sheet import Sheet, sheet_of
from services.reports.plan_work import work
from services.reports.printed import Block, Columns, Heading, Item, Items, Printed, Table
from services.reports.words import written

STANDING = "standing"
"""The filter: as a work plan, with the state of each item."""

ABREAST = 3  # columns of a list that has none of its own
FORMS = {"axes": axes, "orientations": orientations, "work": work}


class PlanUnsaid(Invalid):
    """Which plan is to be printed? Name one by its key: {known}."""


class NoPlan(NotFound):
    """There is no plan to print yet: bring one in from its document first."""


def plan(home: Home, asked: Asked) -> Printed:
    """The plan asked for. Raises `PlanUnsaid`, `NoPlan` and `PlanUnknown`."""
    on = ground(home, asked)
    sheet = sheet_of(on, _key(on, asked), standing=STANDING in asked.filters)
    blocks = list(_blocks(sheet))  # a plan is read whole: its tree has an end
    return Printed(
        "plan", (sheet.title,), on.lang, on.day, blocks, sheet.organisation, landscape=True, large=asked.large,
        template=lambda: {"plan": sheet.row}, steps=sum(map(_steps, blocks)), subject=sheet.title,
    )  # fmt: skip


def _key(on: Ground, asked: Asked) -> str:
    if asked.to:
        return asked.to.removeprefix("plan:")
    match plans_offered(on.home):
        case []:
            raise NoPlan()
        case [only]:
            return only.value
        case several:
            raise PlanUnsaid(known=[f"{one.value} ({one.words})" for one in several])


def _blocks(sheet: Sheet) -> Iterator[Block]:
    yield from front(sheet)
    yield from FORMS["work" if sheet.standing else sheet.row["form"]](sheet)
    for each in sheet.row["lists"]:
        yield Heading(written(each["title"]))
        columns = _abreast([list(column) for column in each["columns"]])
        yield Columns(tuple(Items(tuple(Item(written(entry)) for entry in column)) for column in columns))


def _abreast(columns: list[list[str]]) -> list[list[str]]:
    """The columns as they are; one long one over several."""
    if len(columns) != 1 or len(columns[0]) <= ABREAST:
        return columns
    height = -(-len(columns[0]) // ABREAST)
    return [columns[0][at : at + height] for at in range(0, len(columns[0]), height)]


def _steps(block: Block) -> int:
    return sum(not row.whole for row in block.rows) if isinstance(block, Table) else 0
