"""A thread with an office, and what is asked of threads together, as the API answers it. Dates are EDTF as recorded."""

from __future__ import annotations

from typing import Literal

from web.api.case_shapes import Action, Attachment, Clock, Named, Party, Shape

Turn = Literal["us", "them", "nobody"]
Result = Literal[
    "meeting_planned", "met", "answered", "declined", "redirected", "overtaken", "no_answer"
]


class Count(Shape):
    """How many: at least `min`, at most `max` (null where nobody knows); `text`: the words that said it."""

    min: int
    max: int | None
    text: str | None


class Holder(Shape):
    """Who holds an office; `former`: who held it then, and no more on the day that is read about."""

    ref: str
    name: str
    former: bool


class Held(Shape):
    """A meeting, or one link of its chain. `delegation`: in which capacity -> how many of us."""

    date: str | None
    state: Literal["hoped", "fixed", "moved", "cancelled", "held"]
    met: Literal["holder", "staff"] | None
    place: str | None
    holder: Holder | None
    delegation: dict[str, str]
    reason: str | None


class Pause(Shape):
    """A time during which nobody is chased; `over`: when it ended; `days`: for how long, up to then or to the day read about."""

    since: str
    reason: str
    until: str | None
    upon: str | None
    over: str | None
    days: int


class Response(Shape):
    """The first sign from the office that was more than a receipt."""

    occurred: str | None


class DemarcheRow(Shape):
    """A thread with an office, as the list shows it. `since`: the day from which `days_waiting` are counted;
    `counted_from`: that from which the delay of an answer runs, in working days; `silent`: that delay is over, and
    nothing came back; `mailing`: the other threads that the same mailing opened; `ended`: when it ended, as told."""

    ref: str
    number: int
    cases: list[str]
    office: Named | None
    redirected_to: Named | None
    goes_on_as: str | None
    redirected_from: str | None
    former_offices: list[Named | str]
    holder: Holder | None
    legislature: Literal["QC", "CA"] | None
    owner: Party | None
    kind: Literal["letter", "request", "meeting_request", "petition", "open_letter", "press_release", "congratulations"]
    workflow: str
    expects_reply: bool
    channel: str | None
    by: Party | None
    behalf: Party | None
    cosigners: Count | None
    subject: str | None
    text: str | None
    mailing: list[str]
    state: str
    final: bool
    result: Result | None
    answer: str | None
    reason: str | None
    attempts: Count
    reminders: Count
    meetings: list[Held]
    whose_turn: Turn
    unanswered: bool
    silent: bool
    awaits: bool
    wait_until: str | None
    paused: bool
    pauses: list[Pause]
    first_sent: str | None
    last_contact: str | None
    since: str | None
    counted_from: str
    response: Response | None
    ended: str | None
    days_waiting: int | None
    days_since_contact: int | None
    version: int


class ThreadNote(Shape):
    """What somebody noted."""

    position: int
    text: str
    audience: Literal["internal", "assembly"]
    occurred: str | None


class Demarche(DemarcheRow):
    """A thread, whole."""

    notes: list[ThreadNote]
    attachments: list[Attachment]
    clocks: list[Clock]
    actions: list[Action]


class Unanswered(Shape):
    """An office that has not answered: its threads, and over them all the letters, the reminders, the days."""

    office: Named
    holder: Holder | None
    demarches: list[str]
    cases: list[str]
    attempts: Count
    reminders: Count
    days_waiting: int | None
    days_since_contact: int | None


class ChainLink(Shape):
    """A thread in a chain; `redirected_on`: when we were sent on."""

    demarche: str
    office: Named | None
    holder: Holder | None
    first_sent: str | None
    state: str
    result: Result | None
    whose_turn: Turn
    days_waiting: int | None
    redirected_to: Named | None
    redirected_on: str | None


class Chain(Shape):
    """The offices that we were sent along, from the one written to first."""

    cases: list[str]
    links: list[ChainLink]


class Ahead(Held):
    """A meeting to come, of a thread that is open."""

    demarche: str
    cases: list[str]
    office: Named | None


class Met(Shape):
    """A meeting that was held, counted once whatever it served."""

    date: str | None
    met: Literal["holder", "staff"]
    holder: Holder | None
    offices: list[Named]
    demarches: list[str]
    cases: list[str]
    place: str | None
    delegation: dict[str, str]


class Waiting(Shape):
    """What waits on us, or on them, of what someone sees to."""

    turn: Literal["us", "them"]
    owner: Party | None
    demarches: list[str]
    days_since_contact: int | None


class Measure(Shape):
    """How an office answers: `threads` that count, those `answered`, their share (0 to 1), the median of the days until
    the first answer; how many are `open`, and how many were `left_out` because it still has time to answer."""

    threads: int
    answered: int
    rate: float | None
    median_days: float | None
    open: int
    left_out: int


class OfYear(Measure):
    """The same, of the threads that began in a year."""

    year: str


class Responsiveness(Measure):
    """The same, in all and year by year."""

    office: Named
    years: list[OfYear]
