"""What cases belong to: assemblies and plans, which share one set of keys, so that a REF means one case."""

from __future__ import annotations

from domain.directory import Assembly
from domain.errors import Refused
from domain.plan.plan import Plan
from services.execute import Work

HOME = "home"
"""The scope in which both take their keys."""


class HomeTaken(Refused):
    """The key “{key}” is that of {other} already: assemblies and plans share one set of keys. Choose another. Nothing was recorded."""  # noqa: E501 - one sentence


class NumberTaken(Refused):
    """The number {ref} belongs to the case {case} already. Nothing was recorded."""


def keys_of(scope: str, key: str) -> tuple[tuple[str, str], ...]:
    """The keys that an entry of the directory takes, and frees when it goes."""
    return ((scope, key), (HOME, key)) if scope in ("assembly", "plan") else ((scope, key),)


def claimed(work: Work, scope: str, key: str) -> tuple[tuple[str, str], ...]:
    """The keys of something new. Raises `HomeTaken`."""
    keys = keys_of(scope, key)
    if (HOME, key) in keys and work.key(HOME, key):
        other = "plan" if work.key("plan", key) else "assembly"
        raise HomeTaken(key=key, other=f"{other}:{key}")
    return keys


def home_of(work: Work, key: str) -> Assembly | Plan:
    """The assembly or the plan of that key, which this very work may have entered. Raises `AssemblyUnknown`."""
    if stream := work.key("plan", key):
        return work.load(Plan, stream)
    return work.load(Assembly, work.key("assembly", key) or work.refs.assembly(key))
