"""Why something cannot be done to a plan, and what is possible instead."""

from __future__ import annotations

from domain.errors import Forbidden, Invalid, NotFound, Refused


class PlanRole(Forbidden):
    """Plans are kept by officers and by the secretary; you have neither role."""


class SameNumber(Invalid):
    """Two places of the plan have the number {number}. Give one of them another number. Nothing was recorded."""


class SameLine(Invalid):
    """The item {item} has two lines {number}. Give one of them another letter or number. Nothing was recorded."""


class NumberUnfit(Invalid):
    """“{number}” cannot be the number of an item: up to 64 letters, digits, dots and dashes, such as 3.1.3 or DS. Nothing was recorded."""  # noqa: E501 - one sentence


class TextMissing(Invalid):
    """The place {number} of the plan has no text. Nothing was recorded."""


class LineElsewhere(Invalid):
    """A line says how and when, under an item that is followed: {number} cannot stand under {under}. Nothing was recorded."""


class ItemWithin(Invalid):
    """The item {number} cannot stand under {under}, which is followed itself: only lines can. Nothing was recorded."""


class PlaceWithin(Invalid):
    """{number} groups items: it cannot stand under {under}, which is followed. Nothing was recorded."""


class WithinItself(Refused):
    """{number} cannot stand under itself. Nothing was recorded."""


class ParentUnknown(NotFound):
    """There is no place {number} in this plan under which something could stand. Those that there are: {known}."""


class NodeUnknown(NotFound):
    """There is no place {number} in this plan. Those that there are: {known}."""


class NotBeside(Invalid):
    """{before} does not stand there: {number} can only come before one of {known}, or last. Nothing was recorded."""


class BranchNotEmpty(Refused):
    """{number} still has what stands below it: {below}. Remove or move that first. Nothing was recorded."""


class PartStands(Refused):
    """The part “{what}” is adopted already. Nothing was recorded."""


class PlanPartUnknown(Refused):
    """This plan has no part “{what}” of its own: it is adopted as a whole (what=plan). Nothing was recorded."""


class TreeActStands(Refused):
    """What was entered, moved or removed in the tree is not retracted: move it back, remove it, or enter it again. Nothing was recorded."""  # noqa: E501 - one sentence


class PlanOver(Refused):
    """The plan is concluded. To change it, retract its conclusion first. Nothing was recorded."""


class ItemsOpen(Refused):
    """The plan still has open items: {items}. Close them, or carry them over to another plan. Nothing was recorded."""


class TooManyPlaces(Invalid):
    """A plan has up to {most} places and lines; this one has {found}. Nothing was recorded."""


class TreeTooDeep(Invalid):
    """A plan has up to {most} levels: {number} stands deeper. Nothing was recorded."""
