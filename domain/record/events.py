"""What happened to a record, and its effect. A record says when it took place by its own `date`: its events hold
whatever the day that is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from domain.base import Event, Recorded
from domain.figures import Figure
from domain.values import AnyParty, Awaitable, Count, Edtf, FreeText

if TYPE_CHECKING:
    from domain.record.record import Record

Kind = Literal[
    "activity",
    "presentation",
    "kiosk",
    "advocacy",
    "publication",
    "alliance",
    "funding",
    "figure",
    "committee",
    "resolution",
]
"""`activity`: something held or taken part in; `presentation`: what was told of it elsewhere; `kiosk`: a stand at an event
of others; `advocacy`: a letter or a support that a report tells of; `resolution`: what an assembly declared, with no number
to follow."""

Relation = Literal["member", "delegate", "seat", "support", "collaboration"]
"""What we are in an alliance: a member, sent there as a delegate, with a seat on its board; or we only support it, or work
with it now and then."""

Form = Literal[
    "letter", "collective_letter", "support", "congratulations", "declaration", "resolution", "press_release", "brief",
    "interview", "article", "petition",
]  # fmt: skip
"""What was written: of a letter of advocacy or of a publication."""

EXPECT_REPLY: frozenset[Form] = frozenset({"letter", "collective_letter", "petition"})
"""What asks something of someone; congratulations, a declaration or the press await no answer."""


class RecordEvent(Event, frozen=True, kw_only=True):
    """Something of a record."""

    timeless = True

    def apply(self, record: Record, at: Recorded) -> None:
        self.change(record)

    def change(self, record: Record) -> None:
        """What it changes in the record."""


class Told(RecordEvent, frozen=True, kw_only=True):
    """What a record says. `date`: when it took place, began or came out (EDTF); `addressees`: of a letter;
    `parties`: partners, payers, authors; `published`: where it came out, a journal or an address; `text`: what is told of it."""

    title: FreeText
    date: Edtf | None = None
    place: FreeText | None = None
    form: Form | None = None
    addressees: tuple[AnyParty, ...] = ()
    parties: tuple[AnyParty, ...] = ()
    cosigners: Count | None = None
    relation: Relation | None = None
    figures: tuple[Figure, ...] = ()
    published: FreeText | None = None
    text: FreeText | None = None

    def change(self, record: Record) -> None:
        record.told = self


class RecordCreated(Told, frozen=True, kw_only=True):
    """A record begins, the `number`-th of the store."""

    fixed = frozenset({"number"})

    number: int
    kind: Kind

    def change(self, record: Record) -> None:
        super().change(record)
        record.created = self


class RecordReworded(Told, frozen=True, kw_only=True):
    """It says this from then on, whole."""


class RecordLinked(RecordEvent, frozen=True, kw_only=True):
    """It goes with a case, an item of a plan or a thread. `opened`: the thread was opened by it."""

    to: Awaitable
    opened: bool = False

    def change(self, record: Record) -> None:
        if self.to not in record.links:
            record.links.append(self.to)
        if self.opened and self.to not in record.threads:
            record.threads.append(self.to)


class RecordWithdrawn(RecordEvent, frozen=True, kw_only=True):
    """It is listed no more: recorded by mistake, or its import was taken back."""

    reason: FreeText

    def change(self, record: Record) -> None:
        record.withdrawn = True
