"""What a person reads of plans: verbs, forms, parts, kinds of places."""

from __future__ import annotations

from collections.abc import Mapping

from projections.phrases.catalogue import N_, listed, plural

VERBS = {
    "create": N_("enter a plan"),
    "rename": N_("rename"),
    "adopt-part": N_("adopt a part of the plan"),
    "enter-node": N_("enter a place, an item or a line"),
    "reword-node": N_("reword a place, an item or a line"),
    "move-node": N_("move a place or an item"),
    "remove-node": N_("take a place, an item or a line out"),
    "set-target": N_("set a target"),
    "list": N_("keep a list that stands with the plan"),
    "carry-over": N_("carry items over to another plan"),
    "conclude": N_("conclude the plan"),
    "correct": N_("correct a recorded fact"),
    "retract": N_("retract a recorded fact"),
}
FORMS = {"axes": N_("axes and means"), "orientations": N_("orientations and actions"), "work": N_("work plan")}
PARTS = {"orientations": N_("orientations"), "plan": N_("action plan")}
STATES = {"proposed": N_("proposed"), "adopted": N_("adopted")}
KINDS = {
    "axis": N_("axis"), "section": N_("section"), "goal": N_("goal"), "objective": N_("objective"), "means": N_("means"),
    "item": N_("item"), "activity": N_("activity"), "action": N_("action"), "step": N_("step"),
}  # fmt: skip

ADDED = {
    "items": (N_("{n} new item"), "{n} new items"), "places": (N_("{n} new heading"), "{n} new headings"),
    "lines": (N_("{n} new line"), "{n} new lines"), "results": (N_("{n} new result"), "{n} new results"),
    "targets": (N_("{n} new target"), "{n} new targets"), "follow_ups": (N_("{n} follow-up"), "{n} follow-ups"),
    "states": (N_("{n} proposed state"), "{n} proposed states"), "lists": (N_("{n} new list"), "{n} new lists"),
    "adoptions": (N_("{n} adoption"), "{n} adoptions"), "changes": (N_("{n} change taken"), "{n} changes taken"),
}  # fmt: skip
"""What a document adds to a plan that is known, by sort."""
UNCHANGED = (N_("{n} item unchanged"), "{n} items unchanged")


def added_said(added: Mapping[str, int], unchanged: int, lang: str) -> str:
    """« 2 nouvelles actions, 14 suivis et 12 actions inchangées »."""
    told = [plural(one, many, added[sort], lang) for sort, (one, many) in ADDED.items() if added.get(sort)]
    if unchanged or not told:
        told.append(plural(*UNCHANGED, unchanged, lang))
    return listed(told, lang)
