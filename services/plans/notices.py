"""What has to be said of a plan that comes in again, by a document that says more than it, less, or something else."""

from __future__ import annotations

from domain.errors import Invalid


class OtherPlan(Invalid):
    """The plan {key} is here already, and says something else under {different} of the {count} numbers that this document has
    as well. If it is another plan, give it a key of its own."""


class SaysAnother(Invalid):
    """Line {line}: {number} says here what {known} says in the plan. Give it the number that it has there, or change the plan
    first: one would be taken for the other."""


class NumberedNext(Invalid):
    """Line {line}: “{text}” is new; as the plan has another {number}, it is called {given}."""


class PlanTitleOtherwise(Invalid):
    """Line {line}: the plan is called “{told}” here, and entered as “{known}”, which stays unless you take the change."""


class WordedOtherwise(Invalid):
    """Line {line}: {number} says “{told}” here, and “{known}” in the plan, which stays unless you take the change."""


class LineOtherwise(Invalid):
    """Line {line}: under {number}, “{told}” stands here for “{known}”, which stays unless you take the change."""


class WhoOtherwise(Invalid):
    """Line {line}: for {number}, “{told}” stands here under who sees to it, and “{known}” in the plan, which stays unless you take the change."""  # noqa: E501 - one sentence


class AimOtherwise(Invalid):
    """Line {line}: {number} aims at “{told}” here, and at “{known}” in the plan, which stays unless you take the change."""


class StaysClosed(Invalid):
    """Line {line}: {number} is over, and what is added to it or changed was left out: {texts}. Reopen it, then bring the document in again."""  # noqa: E501 - one sentence


class PlanOtherwise(Invalid):
    """Line {line}: {what} of the plan: “{told}” here, “{known}” in the plan, which stays. It is put right in the history of the plan (correct)."""  # noqa: E501 - one sentence


class ListOtherwise(Invalid):
    """Line {line}: the list “{title}” of the plan has other entries here; it stays as it was. It is put right on the page of the plan (list)."""  # noqa: E501 - one sentence


class AdoptionOtherwise(Invalid):
    """Line {line}: on the adoption of the plan, the document says “{told}” and the plan “{known}”, which stays. It is put right in the history of the plan (correct)."""  # noqa: E501 - one sentence


class NotInDocument(Invalid):
    """In the plan, and not in this document, which takes nothing out: {numbers}."""


class LinesNotInDocument(Invalid):
    """Line {line}: {number} says more in the plan than here, and keeps it: {texts}."""


class DroppedBefore(Invalid):
    """Line {line}: “{text}” was taken out of {number} since it came; it stays out."""


class StandsElsewhere(Invalid):
    """Line {line}: {number} stands under {told} here, and under {known} in the plan, where it stays. To move it: move-node."""


class NotShown(Invalid):
    """Line {line}: {number} is not shown to you, and nothing of it was taken."""
