"""A case, as the API answers it. Dates are EDTF as recorded, instants are UTC."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from domain.case.told import Because


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


class Standing(Shape):
    """Of a case that goes on: in which rhythm it is reviewed (`rrule`: RFC 5545), and when next."""

    cadence: str
    rrule: str | None
    review: str | None


class CaseRow(Shape):
    """A case, as the list shows it: of an assembly or of a plan; `home` is the key of the one or the other."""

    ref: str
    assembly: str | None
    plan: str | None
    home: str
    numbers: list[str]
    title: str
    titles: dict[str, str]
    text: str | None
    kind: str
    workflow: str
    state: str
    completion: str | None
    parts: list[Part]
    proposal: Proposal | None
    proposals: list[Proposal]
    owner: Party | None
    submitted_by: Party | None
    adopted_on: str | None
    due: str | None
    standing: Standing | None
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
    """Something to do: by a date, or `within` so many working days once `upon`, a case or a thread, has ended. It `waits`
    until then; what you may not see is null."""

    task: int
    text: str
    owner: Party | None
    due: str | None
    done: bool
    waits: bool
    upon: str | None
    within: int | None


class Note(Shape):
    """What somebody noted; `lines` are those of its document."""

    position: int
    text: str
    audience: Literal["internal", "assembly"]
    occurred: str | None
    part: str | None
    lines: list[int] | None


class ToldFact(Shape):
    """What its documents tell of a day and nobody has noted yet; `because`: why it has that date."""

    occurred: str
    role: Literal["occurred", "target"]
    words: str
    text: str
    first_line: int
    last_line: int
    confidence: Literal["high", "medium", "low"]
    because: Because


class Paragraph(Shape):
    """What was approved for the report to `assembly` (null: to any); `since`: how many facts became known after it."""

    position: int
    text: str
    assembly: Named | str | None
    occurred: str | None
    approved_by: Named | str | None
    approved_at: str
    since: int


class Attachment(Shape):
    """A file that came with it. `type` is its media type by its content; `as_named`: whether its name says the same."""

    sha256: str
    name: str
    size: int
    type: str
    kind: str
    position: int
    version: int
    note: int | None
    occurred: str | None
    recorded_at: str
    as_named: bool


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
    turn: Literal["us", "them"]
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
    paragraphs: list[Paragraph]
    facts: list[ToldFact]
    links: list[Link]
    blocked_on: list[Blocked]
    people: list[Named | str]
    attachments: list[Attachment]
    clocks: list[Clock]
    actions: list[Action]
