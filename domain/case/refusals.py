"""Why a verb is refused, and what is possible instead."""

from __future__ import annotations

from domain.errors import Forbidden, Invalid, Refused


class NotFromHere(Refused):
    """{ref} is “{state}”: “{verb}” is not possible from there. Possible now: {possible}."""


class RoleMissing(Forbidden):
    """“{verb}” is for {allowed}; your role is {roles}."""


class NoRole(Forbidden):
    """“{verb}” is for {allowed}; you have no role here."""


class FactsMissing(Invalid):
    """“{verb}” also needs: {missing}."""


class GuardUnmet(Refused):
    """“{verb}” is possible for {ref} only if {guard}. Possible now: {possible}."""


class PartUnknown(Refused):
    """{ref} has no part “{part}”. Its parts: {parts}."""


class WholeOnly(Invalid):
    """“{verb}” concerns the whole of {ref}: it cannot be said of the part “{part}” alone."""


class NumbersUnknown(Invalid):
    """{ref}: its numbers and those of its titles and parts differ: {numbers}."""


class StateUnknown(Invalid):
    """There is no such state here. The states: {states}."""


class KindUnknown(Invalid):
    """There is no kind of case “{kind}” here. The kinds: {kinds}."""


class NothingProposed(Refused):
    """No state is proposed for {ref}: say which one, among {states}."""


class CompletionMissing(Refused):
    """A case that is established as done needs to say how far: full, partial or temporary."""


class UntilPast(Refused):
    """It is to be postponed until a date later than the day of the act ({day}); {until} is not."""


class FutureAct(Refused):
    """It cannot have happened on {occurred}: that day has not come. For a date to come, use “postpone” or “set-due”."""


class TaskUnknown(Refused):
    """{ref} has no open task {task}. Open tasks: {tasks}."""


class DateOrCondition(Invalid):
    """A task has a date, or waits until something has ended: give “due” or “upon”, not both."""


class WithinWhat(Invalid):
    """“within” counts from the end of something: say of what (upon=demarche:3), or give a date (due=…)."""


class WithinUnfit(Invalid):
    """A task can be due within 1 to {most} working days; {within} is not among these."""


class MoveFollowed(Refused):
    """Event {version} cannot be retracted: a later move ({later}) of the same part stands. Retract that one first."""


class StateFixed(Refused):
    """The state that an event led to cannot be corrected; retract the event, then act again."""


class TitleMissing(Invalid):
    """Each number needs its title: none is given for {numbers}."""


class SamePart(Invalid):
    """Two parts have the same label or number: {label}."""


class SuccessorMoved(Refused):
    """{ref} cannot be reopened: its successor {successor} has already moved."""


class SelfReference(Refused):
    """{ref} cannot refer to itself."""


class NobodyNamed(Invalid):
    """A case restricted to named people needs at least one of them."""
