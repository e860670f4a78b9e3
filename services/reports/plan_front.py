"""What stands above the tables of a plan: whose it is, its title, how far its parts are adopted, its objectives, and what it
says before it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.time.vocabulary import fold
from projections.phrases.catalogue import N_, say
from services.imports.plans.adoption import read_adoption
from services.letters.wording import NUMBERS
from services.reports.plan_sheet import Node, Sheet
from services.reports.printed import Block, Heading, Item, Items, Run, Text
from services.reports.words import runs, written

OBJECTIVES = N_("STRATEGIC OBJECTIVES")
COUNTED = N_("To reach these objectives, the plan has {words} ({n}) axes:")
COUNTED_ONE = N_("The plan has one axis:")
ALONE = N_("The plan has {words} ({n}) axes:")
ADOPTED = {"orientations": N_("Adopted (orientations): {facts}"), "plan": N_("Adopted: {facts}")}
PROPOSED = N_("For adoption: {facts}")
STANDING = N_("What became of it, as of {day}")

_PAIR = re.compile(r"^(?P<first>.*\b(?:19|20)\d\d\S*)\s+(?P<and>et|and)\s+(?P<second>.+)$", re.IGNORECASE)
_AXES = re.compile(r"\b(?:axes?|orientations|priorit\w+)\b")


def front(sheet: Sheet) -> Iterator[Block]:
    """All of it, in the order of the page."""
    if " " in sheet.organisation:  # an acronym alone would be no title page’s
        yield Text(written(sheet.organisation), "lead")
    yield Heading(tuple(_joined(title_lines(sheet))), 1)
    if sheet.standing:
        yield Text(runs(sheet.on.say(STANDING, day=sheet.on.date(sheet.on.day.isoformat()))), "subtitle")
    if sheet.row["objectives"]:
        yield Heading(runs(sheet.on.say(OBJECTIVES)))
        yield Items(tuple(Item(written(each)) for each in sheet.row["objectives"]))
    yield from _preamble(list(sheet.row["preamble"]))
    if sheet.row["form"] == "axes" and (said := _axes_counted(sheet)):
        yield Text(runs(said))


def _joined(lines: list[str]) -> Iterator[Run]:
    for n, line in enumerate(lines):
        yield from ((Run("\n"),) if n else ())
        yield from written(line)


def title_lines(sheet: Sheet) -> list[str]:
    """The title; of a plan of two parts, each with what is said of its adoption: « LES ORIENTATIONS … », « (Adoptées …) »,
    « ET », « LE PLAN … », « (Pour adoption …) »."""
    said = {part["what"]: adoption_of(sheet, part) for part in sheet.row["adoption"]}
    pair = _PAIR.match(sheet.title)
    if pair is None:
        return [sheet.title, *(f"({words})" for words in said.values())]
    lines = [pair["first"], said.get("orientations"), pair["and"], pair["second"], said.get("plan")]
    return [line if at in (0, 2, 3) else f"({line})" for at, line in enumerate(lines) if line]


def adoption_of(sheet: Sheet, part: Node) -> str:
    """As written, as long as that is how it stands; else the body and the day."""
    words = part["words"] or ""
    if words and all(read.state == part["state"] for read in read_adoption([(words, 1)])):
        return str(words)
    body = part["body"]["name"] if isinstance(part["body"], dict) else part["body"]
    facts = ", ".join(filter(None, (part["by"] or body, sheet.on.date(part["on"])))) or "—"
    template = ADOPTED[part["what"]] if part["state"] == "adopted" else PROPOSED
    return sheet.on.say(template, facts=facts)


def _preamble(told: list[str]) -> Iterator[Block]:
    """Paragraphs; after a colon, those that end in semicolons are a list of letters, to the full stop."""
    at = 0
    while at < len(told):
        yield Text(written(told[at]))
        at += 1
        upto = at
        while told[at - 1].endswith(":") and upto < len(told) and told[upto].rstrip().endswith(";"):
            upto += 1
        if upto > at:
            upto = min(upto + 1, len(told))
            yield Items(tuple(Item(written(each)) for each in told[at:upto]), "a.")
            at = upto


def _axes_counted(sheet: Sheet) -> str | None:
    """« cinq (5) axes »; nothing where the page says it in its own words."""
    if any(_AXES.search(fold(text)) for text in sheet.row["preamble"]):
        return None
    count = sum(node["kind"] == "axis" for node in sheet.row["nodes"])
    if not count:
        return None
    words = say(NUMBERS[count], sheet.on.lang) if count < len(NUMBERS) else str(count)
    if count == 1:
        return sheet.on.say(COUNTED_ONE)
    return sheet.on.say(COUNTED if sheet.row["objectives"] else ALONE, words=words, n=count)
