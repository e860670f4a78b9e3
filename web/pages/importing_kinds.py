"""What is shown of a plan and of an annual report before they come in: the tree with its times, the records as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from domain.plan.nodes import Node
from domain.words import plain
from projections.phrases.annals import KINDS
from projections.phrases.catalogue import N_
from projections.phrases.schedules import write_schedule
from services.imports.annual.service import AnnualImport, recorded
from services.imports.bringing import Bringing
from services.imports.plans.reading import FollowUp
from services.imports.plans.service import PlanBrought
from web.pages.importing_source import page_of
from web.rendering import Page

SURE = {"high": "", "medium": N_("read with some doubt"), "low": N_("read with much doubt")}


def items_of(page: Page, bringing: Bringing) -> Mapping[str, Mapping[str, Any]]:
    """Of a plan, what stands above and below each item, by its number; nothing of other documents."""
    if not isinstance(bringing, PlanBrought):
        return {}
    return dict(_items(page, bringing, bringing.reading.nodes, ()))


def _items(
    page: Page, bringing: PlanBrought, nodes: Sequence[Node], above: tuple[Node, ...]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    first = above
    for node in nodes:
        if node.followed:
            yield node.number, _item(page, bringing, node, first)
        else:
            yield from _items(page, bringing, node.nodes, (*first, node))
        first = ()


def _item(page: Page, bringing: PlanBrought, node: Node, above: Sequence[Node]) -> Mapping[str, Any]:
    """All of an item that is new; of one that is known, what is new in it."""
    told: Sequence[FollowUp] = bringing.reading.follow_ups.get(node.number, ())
    if fresh := bringing.fresh.get(node.number):
        node = replace(node, heading=None, who=(), results=tuple(fresh.results), nodes=tuple(fresh.lines))
        told = fresh.told
    return {
        "above": [" – ".join(filter(None, (one.printed, one.text))) for one in above], "heading": node.heading or "",
        "who": ", ".join(node.who), "results": node.results, "lines": [_line(page, line) for line in node.lines],
        "told": [_told(page, one) for one in told],
    }  # fmt: skip


def _line(page: Page, line: Node) -> Mapping[str, str]:
    """« a. Rencontrer la ville · printemps 2024 (du 20 mars au 19 juin 2024) »."""
    words = line.schedule.words if line.schedule else ""
    meaning = write_schedule(line.schedule, page.lang) if line.schedule else ""
    same = plain(meaning) in plain(words) or plain(words) in plain(meaning)
    return {"mark": line.printed or "–", "text": line.text, "when": words, "meaning": "" if same else meaning,
            "who": ", ".join(line.who)}  # fmt: skip


def _told(page: Page, one: FollowUp) -> Mapping[str, str]:
    return {"text": one.text, "day": page.day(one.occurred) if one.occurred else ""}


def records_of(page: Page, bringing: Bringing) -> list[dict[str, Any]]:
    """Of an annual report, what would be recorded, in the order of the page; nothing of other documents."""
    if not isinstance(bringing, AnnualImport):
        return []
    lines = bringing.source.lines
    return [
        {"line": one.first_line, "page": page_of(lines, one.first_line), "kind": page.say(KINDS[one.kind]), "title": one.title,
         "date": page.day(one.date) if one.date else page.say(N_("date not said")), "words": _written(page, one.date, one.words),
         "doubt": page.say(SURE[one.confidence]) if SURE[one.confidence] else "",
         "with": ", ".join((*one.addressees, *one.parties, *(figure.words for figure in one.figures)))}
        for one in sorted(recorded(bringing.reading), key=lambda each: each.first_line)
    ]  # fmt: skip


def _written(page: Page, date: str | None, words: str | None) -> str:
    return words if date and words and plain(words) not in plain(page.day(date)) else ""


def title_of(bringing: Bringing) -> str:
    """What a plan calls itself; nothing of other documents, which say it otherwise."""
    return bringing.reading.title if isinstance(bringing, PlanBrought) else ""
