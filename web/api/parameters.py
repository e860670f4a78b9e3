"""What the addresses of the API take. A parameter that is not known is refused: a filter misspelt must not widen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from services.reading import When
from services.reading.pages import MOST

Word = Annotated[str, Field(max_length=500)]
Ref = Annotated[str, Path(max_length=200, description="A REF: `2023:17`, or `17` alone for the latest assembly.")]
Key = Annotated[str, Path(max_length=200, description="The key of the entry, or its REF.")]
Verb = Annotated[str, Path(max_length=100)]


class Nothing(BaseModel):
    """No parameter."""

    model_config = ConfigDict(extra="forbid")


class Times(Nothing):
    """The two times."""

    as_of: Word | None = Field(None, description="A date: as things stood at the end of that day.")
    known_at: Word | None = Field(None, description="An instant, or a day: what was known then.")

    @property
    def when(self) -> When:
        """Both, as typed."""
        return When(self.as_of, self.known_at)


class Paged(Nothing):
    """A page."""

    limit: int = Field(50, ge=1, le=MOST, description="The most items of a page.")
    after: Word | None = Field(None, description="Where the last page ended: follow the header `Link`.")


class PagedTimes(Times, Paged):
    """A page, at the two times."""


class CaseFilters(PagedTimes):
    """Which cases."""

    state: Word | None = Field(None, description="The identifier of a state, such as `in_progress`.")
    overdue: bool = Field(False, description="Only open cases whose due date is over.")
    standing: bool = Field(False, description="Only open cases that go on, and are reviewed.")
    owner: Word | None = Field(None, description="Who follows the case up: a REF, a key or an exact name.")
    body: Word | None = Field(None, description="The body it was referred to: a REF, a key or an exact name.")
    query: Word | None = Field(None, description="Words of the numbers, titles or text, accents or not.")


class QuestionFilters(Times):
    """Which threads a question is asked of."""

    office: Word | None = Field(None, description="The office: a REF, a key or an exact name.")
    case: Word | None = Field(None, description="A case that it serves: a REF.")
    owner: Word | None = Field(None, description="Who sees to it: a REF, a key or an exact name.")


class DemarcheFilters(QuestionFilters, Paged):
    """Which threads."""

    unanswered: bool = Field(False, description="Only those that expect an answer, when it is their turn and none came.")
    state: Word | None = Field(None, description="The identifier of a state, such as `declined`.")
    turn: Word | None = Field(None, description="Whose turn it is: us, them or nobody.")


class DeadlineFilters(Paged):
    """Which deadlines."""

    state: Word | None = Field(None, description="running, acknowledged, lapsed or spent.")
    before: Word | None = Field(None, description="A date: only those that end by the end of it.")


class LogPage(Nothing):
    """A page of the log."""

    limit: int = Field(50, ge=1, le=MOST, description="The most entries that are looked at.")
    after: int = Field(0, ge=0, le=2**62, description="The position after which the page begins.")


class InboxFilters(Paged):
    """Which notices."""

    unread: bool = Field(False, description="Only those that were not read yet.")


AtTimes = Annotated[Times, Query()]
AtPagedTimes = Annotated[PagedTimes, Query()]
OfCases = Annotated[CaseFilters, Query()]
OfDemarches = Annotated[DemarcheFilters, Query()]
OfQuestions = Annotated[QuestionFilters, Query()]
OfDeadlines = Annotated[DeadlineFilters, Query()]
OfInbox = Annotated[InboxFilters, Query()]
OfLog = Annotated[LogPage, Query()]


async def _nothing(given: Annotated[Nothing, Query()]) -> None:
    """Refuses every parameter."""


NO_QUERY = Depends(_nothing)
