"""Plans, as the API answers them. Dates are EDTF as recorded."""

from __future__ import annotations

from typing import Any, Literal

from web.api.case_shapes import Named, Party, Proposal, Shape


class PartAdopted(Shape):
    """How far a part of a plan is adopted: by a body, or by whom as written; `on`: when it was, or is to be."""

    what: Literal["orientations", "plan"]
    state: Literal["proposed", "adopted"]
    body: Named | str | None
    by: str | None
    on: str | None
    words: str | None


class PlanRow(Shape):
    """A plan, as the list shows it. `items`: how many are followed; `states`: how many of those that you may see are in each
    state; `open`: how many of them are not over."""

    ref: str
    key: str
    title: str
    period: str | None
    body: Named | str | None
    author: str | None
    form: Literal["axes", "orientations", "work"]
    adoption: list[PartAdopted]
    concluded: bool
    items: int
    states: dict[str, int]
    open: int
    version: int


class PlanTarget(Shape):
    """What is to be reached, in its own words; `per`: in each period of a rhythm (RFC 5545), else in all."""

    measures: str
    words: str
    value: str | None
    bound: Literal["exact", "about", "at_least", "at_most"]
    unit: str | None
    per: str | None


class FollowUp(Shape):
    """What is told of an item. `planned`: for when it was only to come; `level`: its depth in the list; `verdict`: the part
    of the text that is underlined; `words`: those of its date."""

    text: str
    occurred: str | None
    planned: str | None
    words: str | None
    level: int
    verdict: str | None
    audience: Literal["internal", "assembly"]


class ItemLink(Shape):
    """Another case."""

    kind: str
    to: str


class ItemCase(Shape):
    """The case of an item: the rest is at `/cases/{ref}`."""

    ref: str
    title: str
    workflow: str
    state: str
    completion: str | None
    owner: Party | None
    due: str | None
    visibility: Literal["open", "officers", "named"]
    version: int
    proposal: Proposal | None
    residuals: list[str]
    links: list[ItemLink]


class Place(Shape):
    """A place of the tree. `number`: as printed; `called`: by which it is named here. An item has a `ref` and its `case`; a
    line has the number of its `task` there, and whether it is `done`. `hidden`: an item that you may not see."""

    ref: str | None
    number: str
    called: str | None
    kind: Literal["axis", "section", "goal", "objective", "means", "item", "activity", "action", "step"]
    heading: str | None
    group: str | None
    text: str | None
    hidden: bool
    schedule: dict[str, Any] | None
    who: list[str]
    results: list[str]
    targets: list[PlanTarget]
    follow_ups: list[FollowUp]
    task: int | None
    done: bool | None
    due: str | None
    owner: Party | None
    case: ItemCase | None
    nodes: list[Place]


class Listing(Shape):
    """A list that stands with the plan, in the columns of its page."""

    title: str
    columns: list[list[str]]


class WentOn(Shape):
    """Items that go on in another plan: number here, and there."""

    to: Named | str
    items: dict[str, str]
    reason: str | None


class CameFrom(Shape):
    """Items that come from another plan: number there, and here."""

    origin: Named | str
    items: dict[str, str]


class Plan(PlanRow):
    """A plan, with its tree."""

    objectives: list[str]
    preamble: list[str]
    targets: list[PlanTarget]
    lists: list[Listing]
    carried_over: list[WentOn]
    taken_over: list[CameFrom]
    nodes: list[Place]


class Carried(Shape):
    """What a carry-over would do with an item: its number in the other plan, what goes on of it (null: all), and whether
    it would be entered there or linked to an item that is there."""

    number: str
    ref: str
    title: str
    state: str
    to: str
    residual: str | None
    new: bool
