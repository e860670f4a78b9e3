"""What the API answers, as its description and its tests know it. Dates are EDTF as recorded, instants are UTC."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from domain.media import OPEN_XML
from web.api import demarche_shapes
from web.api.case_shapes import Case, CaseRow, Named, Party, Possible, Shape
from web.api.demarche_shapes import Demarche, DemarcheRow
from web.api.import_shapes import Hit
from web.api.plan_shapes import Carried, Plan, PlanRow
from web.api.record_shapes import Record
from web.api.report_shapes import Drafted, Tabled

Status = Literal["ok", "late", "down"]


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
    """Who holds which charge, since and until when. In an office, one of the staff may go
    unnamed. `ended`: the day by which it was over for certain."""

    person: Named | str | None
    charge: str
    since: str | None
    until: str | None
    over: bool
    ended: str | None


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


class PastMeeting(Shape):
    """What a meeting was before: its date, and why that changed."""

    date: str
    state: str
    reason: str | None


class BodyMeeting(Shape):
    """A meeting of a body: `state` is announced, cancelled or held; `before`, the dates that it had."""

    number: int
    date: str
    state: str
    place: str | None
    confirmed: bool
    reason: str | None
    before: list[PastMeeting]


class Body(Shape):
    """A committee, a service, a council."""

    ref: str
    key: str
    name: str
    kind: str | None
    meetings: list[BodyMeeting]
    terms: list[Term]
    version: int


class Away(Shape):
    """An absence, from one day to another, both included; until they come back, without a last day."""

    since: str
    until: str | None
    replaced_by: Named | str | None


class Person(Shape):
    """Someone of the directory."""

    ref: str
    key: str
    name: str
    mail: str | None
    gender: Literal["f", "m"] | None
    lang: Literal["fr", "en"] | None
    away: Away | None
    version: int


class Office(Shape):
    """An office of an authority. `holder`: who speaks for it on the day asked about, `interim` until someone is
    appointed; `feminine`: the title of a woman who holds it, where it differs; `closed`: when it ended
    (EDTF), `standing`: whether it stood on the day asked about; `successors`: who takes its open threads first."""

    ref: str
    key: str
    name: str
    feminine: str | None
    kind: str | None
    legislature: Literal["QC", "CA"] | None
    address: list[str]
    mail: str | None
    phone: str | None
    holder: Named | str | None
    interim: bool
    chief_of_staff: Named | str | None
    standing: bool
    closed: str | None
    successors: list[Named | str]
    terms: list[Term]
    version: int


class Deadline(Shape):
    """A date towards which a clock of a case or of a thread runs; `ends` is the end of its last day."""

    ref: str
    title: str
    office: Named | None
    kind: str
    turn: Literal["us", "them"]
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


class Notice(Shape):
    """Something that one was told. `kind`: a reminder of a deadline, news of what one subscribed to, or a reminder that one
    asked for; `read_at`: null while it was not read."""

    id: str
    ref: str
    kind: Literal["reminder", "news", "personal"]
    subject: str
    summary: str | None
    text: str
    lang: Literal["fr", "en"]
    created_at: str
    read_at: str | None


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


class Bounce(Shape):
    """A message that came back (`bounced`), or that is only late (`sent`): what the mail servers say, and how many people
    will be told."""

    id: str
    state: Literal["bounced", "sent"]
    answer: str
    told: int


class ReportListed(Shape):
    """A report that may be printed, and what it says."""

    name: str
    says: str


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
    "/assemblies": Assembly, "/bodies": Body, "/people": Person, "/offices": Office,
    "/assemblies/{key}/history": Happened, "/bodies/{key}/history": Happened, "/people/{key}/history": Happened,
    "/offices/{key}/history": Happened,
    "/demarches": DemarcheRow, "/demarches/{ref}/history": Happened, "/demarches/{ref}/actions": Possible,
    "/demarches/unanswered": demarche_shapes.Unanswered, "/demarches/redirections": demarche_shapes.Chain,
    "/demarches/meetings": demarche_shapes.Ahead, "/demarches/met": demarche_shapes.Met,
    "/demarches/turns": demarche_shapes.Waiting, "/demarches/responsiveness": demarche_shapes.Responsiveness,
    "/events": Happened, "/deadlines": Deadline, "/inbox": Notice, "/workflows": Workflow,
    "/plans": PlanRow, "/plans/{ref}/history": Happened, "/plans/{ref}/actions": Possible,
    "/plans/{ref}/preview": Carried,
    "/assemblies/{key}/reports": Tabled,
    "/search": Hit, "/records": Record, "/records/{ref}/history": Happened,
    "/reports": ReportListed,
}  # fmt: skip
"""GET -> what its `items` are."""

THINGS: dict[str, type[Struct]] = {
    "/cases/{ref}": Case, "/demarches/{ref}": Demarche, "/records/{ref}": Record, "/plans/{ref}": Plan,
    "/assemblies/{key}": Assembly, "/bodies/{key}": Body, "/people/{key}": Person, "/offices/{key}": Office,
    "/cases/{ref}/draft": Drafted, "/health": Health, "/ready": Ready,
}  # fmt: skip
"""GET -> what it answers."""

TAKEN: dict[str, tuple[str, type[Struct]]] = {"/bounces": ("message/rfc822", Bounce)}
"""POST of something that is no JSON -> its media type, and what it answers."""

MARKS: dict[str, type[Struct]] = {"/inbox/{id}/read": Notice, "/reports/{name}/table": Tabled}
"""POST without a body -> what it answers."""

CALENDAR = "/calendar/{token}.ics"
FILES: dict[str, str] = {
    "/demarches/{ref}/letter": OPEN_XML + "wordprocessingml.document", "/reports/{name}": "*/*", "/export": "*/*",
                         "/assemblies/{key}/reports/{entry}": "*/*", CALENDAR: "text/calendar",
}  # fmt: skip
"""GET -> the media type of the file that it gives."""
