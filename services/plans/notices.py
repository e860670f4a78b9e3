"""What has to be said of a plan that comes in again, by a document that says more than it, less, or something else."""

from __future__ import annotations

from domain.errors import Invalid


class OtherPlan(Invalid):
    """The plan {key} is here already, and says something else under {different} of the {count} numbers that this document has
    as well. If it is another plan, give it a key of its own."""


class SaysAnother(Invalid):
    """{number} says here what {known} says in the plan. Give it the number that it has there, or change the plan
    first: one would be taken for the other."""


class NumberedNext(Invalid):
    """“{text}” is new; as the plan has another {number}, it is called {given}."""


class PlanTitleOtherwise(Invalid):
    """The plan is called “{told}” here, and entered as “{known}”, which stays unless you take the change."""


class WordedOtherwise(Invalid):
    """{number} says “{told}” here, and “{known}” in the plan, which stays unless you take the change."""


class SaysOther(Invalid):
    """{number} says “{told}” here, and “{known}” in the plan: nothing of it is taken unless you take the change."""


class LineOtherwise(Invalid):
    """Under {number}, “{told}” stands here for “{known}”, which stays unless you take the change."""


class WhoOtherwise(Invalid):
    """For {number}, “{told}” stands here under who sees to it, and “{known}” in the plan, which stays unless you take the change."""  # noqa: E501 - one sentence


class AimOtherwise(Invalid):
    """{number} aims at “{told}” here, and at “{known}” in the plan, which stays unless you take the change."""


class StaysClosed(Invalid):
    """{number} is over, and what is added to it or changed was left out: {texts}. Reopen it, then bring the document in again."""


class PlanOtherwise(Invalid):
    """{what} of the plan: “{told}” here, “{known}” in the plan, which stays. It is put right in the history of the plan (correct)."""  # noqa: E501 - one sentence


class ListOtherwise(Invalid):
    """The list “{title}” of the plan has other entries here; it stays as it was. It is put right on the page of the plan (list)."""  # noqa: E501 - one sentence


class AdoptionOtherwise(Invalid):
    """On the adoption of the plan, the document says “{told}” and the plan “{known}”, which stays. It is put right in the history of the plan (correct)."""  # noqa: E501 - one sentence


class NotInDocument(Invalid):
    """In the plan, and not in this document, which takes nothing out: {numbers}."""


class LinesNotInDocument(Invalid):
    """{number} says more in the plan than here, and keeps it: {texts}."""


class DroppedBefore(Invalid):
    """“{text}” was taken out of {number} since it came; it stays out."""


class StandsElsewhere(Invalid):
    """{number} stands under {told} here, and under {known} in the plan, where it stays. To move it: move-node."""


class NotShown(Invalid):
    """{number} is not shown to you, and nothing of it was taken."""


class GoesOnWithOthers(Invalid):
    """{number} goes on together with {others}: its wording, who sees to it, its results and its targets were left as they are."""
