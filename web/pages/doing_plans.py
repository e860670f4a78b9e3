"""The forms of a plan: what each field is called, what may be chosen, and what stands in it already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from projections.phrases.catalogue import N_
from projections.phrases.plans import FORMS, KINDS, PARTS
from services.home import Home
from services.reading import When
from services.reading.pages import Row
from services.reading.plans import ordered, plan
from web.rendering import Page

LABELS = {
    "create.period": N_("Its period"), "create.body": N_("The body whose plan it is"),
    "create.author": N_("Whose plan it is, in words"),
    "create.form": N_("How it is laid out"), "create.objectives": N_("Strategic objectives"), "create.preamble": N_("Preamble"),
    "adopt-part.what": N_("What was adopted"), "adopt-part.body": N_("The body that adopted it"),
    "adopt-part.by": N_("Who adopted it, in words"), "adopt-part.on": N_("Date of the adoption"),
    "adopt-part.said": N_("As the document says it"),
    "enter-node.kind": N_("What is added"), "enter-node.number": N_("Its number or letter"),
    "enter-node.under": N_("Under which number"),
    "enter-node.before": N_("Before which number"), "enter-node.printed": N_("As it is printed"),
    "enter-node.heading": N_("Heading above it"), "enter-node.group": N_("For whom"),
    "enter-node.results": N_("Expected results"),
    "reword-node.number": N_("Number"), "reword-node.line": N_("Line, if it is one"), "reword-node.text": N_("New words"),
    "move-node.number": N_("Number"), "move-node.under": N_("Under which number"), "move-node.before": N_("Before which number"),
    "remove-node.number": N_("Number"), "remove-node.line": N_("Line, if it is one"),
    "set-target.number": N_("Number, if it is of one item"), "set-target.measures": N_("What is measured"),
    "set-target.words": N_("What is to be reached, in words"), "set-target.value": N_("In figures"),
    "set-target.bound": N_("How far it binds"), "set-target.unit": N_("Unit"), "set-target.per": N_("How often"),
    "list.title": N_("Title of the list"), "list.entries": N_("Its entries"),
    "plan_item.carry-over.to": N_("The item that takes it up"),
    "carry-over.items": N_("Which items"), "carry-over.residuals": N_("What is left of those done in part goes on too"),
    "schedule": N_("When, as the plan says it"), "who": N_("Who sees to it"),
}  # fmt: skip
HELPS = {
    "create.period": N_("From one year to another, such as “2024-2027”."),
    "adopt-part.on": N_("A day, a month, a season or a year: “14 February {year}”, “spring {year}”, “{year}”."),
    "enter-node.under": N_("Empty, where its number says."), "enter-node.before": N_("Empty, last."),
    "move-node.under": N_("Empty, at the top."), "move-node.before": N_("Empty, last."),
    "enter-node.who": N_("Of an item or of a line, one by one."), "enter-node.results": N_("Of an item, one by one."),
    "schedule": N_("For instance: “May 2026”, “twice a month”, “at each board meeting”. The words are kept."),
    "set-target.words": N_("For instance: “at least 30 persons”."),
    "set-target.per": N_("In all, unless said: FREQ=YEARLY for each year."),
    "list.entries": N_("Without any, the list is taken away."),
    "plan_item.carry-over.to": N_("The key of the other plan and a number, such as conseil-2025:1.4. One that does not exist yet"
                                  " is entered there."),
    "plan_item.merge.other": N_("Of the same plan; its number then leads here."),
}  # fmt: skip
BOUNDS = {"exact": N_("exactly"), "about": N_("about"), "at_least": N_("at least"), "at_most": N_("at most")}
CHOICES = FORMS | KINDS | PARTS | BOUNDS
FOLDED = {
    "enter-node": frozenset({"under", "before", "printed", "heading", "group"}),
    "set-target": frozenset({"value", "bound", "unit", "per"}),
    "create": frozenset({"author", "objectives", "preamble"}), "adopt-part": frozenset({"by", "said"}),
}  # fmt: skip
"""What is seldom filled in."""
LEAVES = {
    "axes": ("axis", "means", "activity"), "orientations": ("section", "objective", "action"),
    "work": ("section", "item", "step"),
}  # fmt: skip
"""By the form of a plan: what stands at the top, what is followed, what says how and when."""
MOST_WORDS = 90


@dataclass(frozen=True)
class PlanFields:
    """The places of the plan that a form is about."""

    page: Page
    home: Home
    ref: str

    @cached_property
    def row(self) -> Row:
        """The plan with its tree."""
        return plan(self.home, self.ref, When(), self.page.lang)

    @cached_property
    def places(self) -> list[Row]:
        """Everything in its tree that has a number of its own."""
        return [node for node in ordered(self.row["nodes"]) if node["task"] is None]

    def offered(self, name: str) -> list[tuple[str, str]]:
        """The numbers that a field takes, each with what stands there."""
        if name == "line":
            found = self._place(self.page.asked.get("number", ""))
            return [(line["called"], _short(line)) for line in (found or {}).get("nodes", ()) if line["called"]]
        return [(node["called"], _short(node)) for node in self.places]

    def standing(self, verb: str, name: str) -> Sequence[str]:
        """What a field begins with."""
        if verb == "reword-node" and name in ("text", "schedule"):
            return self._words(name)
        if verb == "list" and name == "entries":
            title = self.page.asked.get("title", "")
            columns = [column for each in self.row["lists"] if each["title"] == title for column in each["columns"]]
            return [entry for column in columns for entry in column]
        if verb == "enter-node" and name in ("kind", "number"):
            return [self._suggested()[name]]
        return []

    def _words(self, name: str) -> Sequence[str]:
        """Of the line that is meant, else of the place."""
        found, label = self._place(self.page.asked.get("number", "")), self.page.asked.get("line", "")
        if found and label:
            found = next((line for line in found["nodes"] if line["called"] == label), None)
        if found is None:
            return []
        said = found["text"] if name == "text" else (found["schedule"] or {}).get("words")
        return [said] if said else []

    def _place(self, number: str) -> Row | None:
        return next((node for node in self.places if node["called"] == number), None)

    def _suggested(self) -> Mapping[str, str]:
        """What is added most likely under what the address names, and its number."""
        top, item, line = LEAVES[self.row["form"]]
        above = self._place(self.page.asked.get("under", ""))
        if above is None:
            return {"kind": top, "number": _following([node["called"] for node in self.row["nodes"]])}
        below = [node["called"] for node in above["nodes"]]
        if above["ref"]:
            return {"kind": line, "number": _following(below)}
        kinds = [node["kind"] for node in above["nodes"]]
        return {"kind": kinds[-1] if kinds else item, "number": _following(below, f"{above['called']}.")}


def _short(node: Row) -> str:
    return (node["text"] or "")[:MOST_WORDS]


def _following(numbers: Sequence[Any], before: str = "") -> str:
    """The number or the letter after the last one of those."""
    last = str(numbers[-1]).rpartition(".")[2] if numbers else ""
    if last.isdecimal():
        return f"{before}{int(last) + 1}"
    if len(last) == 1 and "a" <= last < "z":
        return chr(ord(last) + 1)
    return f"{before}{len(numbers) + 1}"
