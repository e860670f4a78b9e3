"""What the API answers, as its description and its tests know it. Dates are EDTF as recorded, instants are UTC."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

Status = Literal["ok", "late", "down"]


class Shape(Struct, forbid_unknown_fields=True, kw_only=True):
    """Nothing more than its fields."""


class Named(Shape):
    """An entry of the directory."""

    ref: str
    name: str


class Party(Shape):
    """Someone: an entry of the directory, or only words (`ref` is then null)."""

    kind: Literal["person", "body", "office", "words"]
    ref: str | None
    name: str | None


class Part(Shape):
    """A number of a bundle, or a limb of one resolution."""

    label: str
    numbers: list[str]
    state: str
    completion: str | None


class Evidence(Shape):
    """The lines of a document that a proposal rests on."""

    text: str
    first_line: int
    last_line: int


class Proposal(Shape):
    """The state that an import reads; an officer confirms it or does otherwise."""

    ref: str
    part: str | None
    state: str
    completion: str | None
    evidence: list[Evidence]
    confidence: Literal["high", "medium", "low"]
    alternatives: list[str]


class Awaited(Shape):
    """Someone who is waited for."""

    on: Party
    since: str | None
    condition: str | None


class CaseRow(Shape):
    """A case, as the list shows it."""

    ref: str
    assembly: str
    numbers: list[str]
    title: str
    titles: dict[str, str]
    text: str | None
    kind: str
    state: str
    completion: str | None
    parts: list[Part]
    proposal: Proposal | None
    proposals: list[Proposal]
    owner: Party | None
    submitted_by: Party | None
    adopted_on: str | None
    due: str | None
    waiting_on: list[Awaited]
    bodies: list[Named | str]
    visibility: Literal["open", "officers", "named"]
    version: int
    final: bool


class Referral(Shape):
    """A body that it was referred to, and by when the body reports."""

    body: Named | str
    due: str | None


class Task(Shape):
    """Something to do."""

    task: int
    text: str
    owner: Party | None
    due: str | None
    done: bool


class Note(Shape):
    """What somebody noted; `lines` are those of its document."""

    position: int
    text: str
    audience: Literal["internal", "assembly"]
    occurred: str | None
    part: str | None
    lines: list[int] | None


class Link(Shape):
    """Another case."""

    kind: str
    to: str


class Blocked(Shape):
    """What nothing can proceed without."""

    on: Party
    reason: str
    since: str | None
    condition: str | None


class Ring(Shape):
    """The reminder that comes next: the classes of people it is for, and whom it would reach now."""

    at: str
    step: int
    repetition: int
    tell: list[str]
    told: list[Named | str]


class Clock(Shape):
    """A date towards which a clock runs."""

    clock: str
    kind: str
    about: Named | str
    due: str
    state: str
    last: str | None
    next: Ring | None


class Action(Shape):
    """A verb as you may use it now."""

    verb: str
    allowed: bool
    to: str | None
    required: list[str]
    optional: list[str]
    refusal: str | None


class Possible(Action):
    """The same, with its name, and why it is not possible now."""

    label: str
    why_not: str | None


class Case(CaseRow):
    """A case, whole."""

    referrals: list[Referral]
    postponed_until: list[str]
    residuals: list[str]
    tasks: list[Task]
    notes: list[Note]
    links: list[Link]
    blocked_on: list[Blocked]
    people: list[Named | str]
    clocks: list[Clock]
    actions: list[Action]


class Happened(Shape):
    """An entry of a history, or of the log. `machine`: Suivi itself acted; `data`: the facts as recorded."""

    position: int
    stream: str
    version: int
    event: str
    occurred: str | None
    recorded_at: str
    logged_at: str
    actor: str | None
    machine: bool
    on_behalf_of: str | None
    text: str
    data: dict[str, Any]
    corrected_by: int | None
    retracted_by: int | None


class Term(Shape):
    """Who holds which charge, since and until when."""

    person: Named | str
    charge: str
    since: str | None
    until: str | None
    over: bool


class Assembly(Shape):
    """An assembly, with what became of its numbers."""

    ref: str
    key: str
    name: str
    date: str | None
    kind: Literal["assembly", "congress", "council", "executive", "emergency"]
    quorum: str | None
    numbers: dict[str, Literal["adopted", "defeated", "withdrawn", "referred", "not_reached", "unknown"]]
    terms: list[Term]
    version: int


class Body(Shape):
    """A committee, a service, a council."""

    ref: str
    key: str
    name: str
    kind: str | None
    terms: list[Term]
    version: int


class Person(Shape):
    """Someone of the directory."""

    ref: str
    key: str
    name: str
    mail: str | None
    gender: Literal["f", "m"] | None
    lang: Literal["fr", "en"] | None
    version: int


class Deadline(Shape):
    """A date towards which a clock runs; `ends` is the end of its last day."""

    ref: str
    title: str
    kind: str
    about: Named | str
    due: str
    ends: str
    state: Literal["running", "acknowledged", "lapsed", "spent"]
    next_at: str | None
    step: int | None
    owner: Party | None


class State(Shape):
    """A state of a workflow."""

    name: str
    label: str
    final: bool


class Workflow(Shape):
    """The rules that cases of a kind follow."""

    name: str
    label: str
    verbs: list[str]
    states: list[State]


class Recorded(Shape):
    """What was recorded, where the thing itself cannot be shown: the lists are late, or the act hid it from you."""

    ref: str
    version: int | None


class Component(Struct, kw_only=True):
    """A part of the system; durations in seconds."""

    status: Status
    seconds: float | None = None


class Health(Shape):
    """The worst status of the parts, and each part."""

    status: Status
    components: dict[str, Component]
    simulated: bool = False


class Ready(Shape):
    """Requests are served."""

    status: Literal["ok"]


class Fault(Shape):
    """One thing that is not as expected: where in the body, or in which parameter."""

    detail: str
    pointer: str | None = None
    parameter: str | None = None


class Problem(Shape):
    """RFC 9457. `missed`: what was recorded since the version that If-Match names."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Fault] | None = None
    missed: list[Happened] | None = None
    incident: str | None = None


LISTS: dict[str, type[Struct]] = {
    "/cases": CaseRow, "/cases/{ref}/history": Happened, "/cases/{ref}/actions": Possible,
    "/assemblies": Assembly, "/bodies": Body, "/people": Person,
    "/assemblies/{key}/history": Happened, "/bodies/{key}/history": Happened, "/people/{key}/history": Happened,
    "/events": Happened, "/deadlines": Deadline, "/workflows": Workflow,
}  # fmt: skip
"""GET -> what its `items` are."""

THINGS: dict[str, type[Struct]] = {
    "/cases/{ref}": Case, "/assemblies/{key}": Assembly, "/bodies/{key}": Body, "/people/{key}": Person,
    "/health": Health, "/ready": Ready,
}  # fmt: skip
"""GET -> what it answers."""
