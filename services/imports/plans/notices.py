"""What is said to a person of a plan that could only be read in part, or with a supposition.

Facts: `line` from 1; numbers, words and headings as printed; `{because}` a sentence that says more."""

from __future__ import annotations

from domain.errors import Invalid


class ItemTwice(Invalid):
    """The number {number} stands for two items, at lines {first} and {line}: correct one of them, then give the document
    again."""


class NoItems(Invalid):
    """“{name}” has the headings of a plan and not one item under them: check that its rows came with it."""


class NumberMended(Invalid):
    """Line {line}: “{printed}” was read as {number}."""


class NumberGiven(Invalid):
    """Line {line}: “{text}” has no number of its own: it is called {number} here."""


class OutOfPlace(Invalid):
    """Line {line}: {number} stands under {parent}: it was left where it stands."""


class ColumnSupposed(Invalid):
    """Line {line}: the heading “{heading}” was not understood; by the other ones, it can only be the column “{column}”."""


class RowShifted(Invalid):
    """Line {line}: the cells of this row stand one column off: “{text}” was taken as {column}. Check its row."""


class CellLost(Invalid):
    """Line {line}: nothing is left in the column “{column}” for “{text}”. If the document says something there, add it."""


class RunTogether(Invalid):
    """Line {line}: the bullets of a list are lost; it was cut into {count} items, where another seems to begin with a
    capital: {items}. Check where each one begins."""


class NotAPlan(Invalid):
    """“{name}” has no table with the headings of a plan. Known are: axis, means, activities, expected results; goals,
    objectives, actions, times; what, how and when, who, follow-up."""


class NotAttached(Invalid):
    """Line {line}: “{text}” belongs to nothing that stands above it: it was left out of the plan."""


class SeveralHeads(Invalid):
    """Line {line}: one cell names {count} items; what stands beside them was given to the first, “{text}”."""


class WhenUnread(Invalid):
    """Line {line}: the time “{words}” was kept as text: {because}"""


class WhenMissing(Invalid):
    """Line {line}: nothing says when for “{text}”."""


class WhenUnmatched(Invalid):
    """Line {line}: the time “{words}” answers to no action beside it: it was left out."""


class WhenShared(Invalid):
    """Line {line}: a single time, “{words}”, stands beside {count} actions: it was given to each."""


class WhenByOrder(Invalid):
    """Line {line}: the times have no letters: each was given to the action that stands in the same place."""


class WhenOtherwise(Invalid):
    """Line {line}: the text says “{told}” and the column “{words}”: the column was followed, and the text is kept as
    written."""


class WhenDoubtful(Invalid):
    """Line {line}: “{words}” may mean more than one time: the likeliest was proposed. Check it before it is recorded."""


class DayInferred(Invalid):
    """Line {line}: “{words}” has no year; by what stands around it, {day} was proposed."""


class DayFromBelow(Invalid):
    """Line {line}: “{text}” has no day; the follow-up below comes back to it, and its day was proposed: {day}."""


class DayUndated(Invalid):
    """Line {line}: “{words}” has no year, and nothing around it says which: it was left without a date."""


class PeriodOtherwise(Invalid):
    """Line {line}: the headings say {other}, the title {period}: the title was followed."""


class PeriodUnsaid(Invalid):
    """The document does not say which years the plan covers: what depends on them (“mandat complet”, “reste du mandat”)
    was kept as text. State the period, for instance 2024-2027."""


class OrganisationSupposed(Invalid):
    """The document does not name its organisation: by its acronym, “{name}” was proposed."""


class ReasonMissing(Invalid):
    """Line {line}: {number} is said not to be done, and no reason is given. A reason is needed to record it so."""


class RowContinued(Invalid):
    """Line {line}: a row without item goes on with {number}."""


class RowCut(Invalid):
    """Line {line}: this row begins in the middle of a sentence; it was joined to the last row of the page before."""


class AxesOtherwise(Invalid):
    """Line {line}: the text announces {announced} axes, and the tables hold {count}."""


class ListedTwice(Invalid):
    """Line {line}: “{text}” stands twice in “{title}”: both were kept."""
