"""The second step of an import: beside its source, what would be made of it; nothing is recorded yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import to_builtins

from domain.case.told import ToldFact
from projections.phrases.catalogue import N_
from projections.phrases.lines import after_its_line
from projections.phrases.plans import added_said
from projections.phrases.rows import CONFIDENCE, label_of
from projections.phrases.told import fact_said, why_said
from services.imports.bringing import Bringing
from services.imports.deciding import otherwise
from services.imports.follow_up_service import DateUnsaid, FollowUpImport
from services.imports.plans.service import PlanBrought
from services.imports.register.columns import FIELDS
from services.imports.register.service import RegisterImport
from services.imports.report import Block, Problem, Proposal
from services.imports.result import Result
from services.reading.plan_sheets import KIND as ITEM
from web.pages.importing_given import COLUMN, value_of
from web.pages.importing_kinds import items_of, records_of, title_of
from web.pages.importing_source import page_of, problems_of, proposals_of, rehearsed, runs, source_lines, unsure
from web.pages.states import DEFAULT, shown_state
from web.rendering import Page, address_of

BARS = {"low": 1, "medium": 2, "high": 3}
MOST = 300  # states that can be spoken of one by one: a form has so many fields
QUOTED = 170  # characters of a sentence that is cited
UNDATED = N_("The date of this document is not known: what it tells counts as happened by today. Say it under “How this document is read”.")  # noqa: E501 - one sentence


def checked_model(page: Page, bringing: Bringing) -> dict[str, Any]:
    """What the page of a document shows beside it."""
    result = rehearsed(bringing)
    known = bringing.result.id  # where the same document was brought in before
    report = bringing.report if isinstance(bringing, FollowUpImport) else None
    blocks = bringing.blocks if isinstance(bringing, PlanBrought) else report.blocks if report else ()
    plan, told = items_of(page, bringing), records_of(page, bringing)
    known_plan = isinstance(bringing, PlanBrought) and bringing.known
    changes = sum(one.change is not None for one in result.problems)
    errors = [one for one in result.problems if one.severity == "error"]
    first, lines = blocks[0].line if blocks else 0, bringing.source.lines
    return {
        "title": (report.title if report else title_of(bringing)) or bringing.source.name,
        "file": bringing.source.name,
        "kind": result.kind,
        "runs": runs(source_lines(lines, report, result)),
        "cases": [_case(page, block, following, result, lines, ITEM if plan else DEFAULT) | {"item": plan.get(block.numbers[0])}
                  for block, following in _pairs(blocks)],
        "general": [_problem(page, one, lines) for one in result.problems if not blocks or one.line < first],
        "columns": (columns := _columns(page, bringing)), "unsure": any(not one["sure"] for one in columns),
        "entries": _entries(result) if not blocks and not told else [], "records": told,
        "plans": int(isinstance(bringing, PlanBrought) and not known_plan),
        "added": added_said(result.added, len(result.unchanged), page.lang) if known_plan else "",
        "n_cases": len(blocks) or len(told) or len(_touched(result)),
        "n_numbers": sum(len(block.numbers) for block in blocks),
        "errors": [_problem(page, one) for one in errors],
        "to_check": len(result.problems) - len(errors) + len(unsure(result)),
        "missing": list(result.missing_numbers),
        "created": len(blocks) if errors else sum(not ref.startswith("plan:") for ref in result.created),
        "updated": sum(not ref.startswith("plan:") for ref in result.updated),
        "known": known if known and not result.created and not result.updated else "",
        "nothing": not result.created and not result.updated and not changes,
        "assembly": result.assembly,
        "may_decide": ((report and result.created) or plan) and not errors and len(result.proposals) + changes <= MOST,
    }  # fmt: skip


def _columns(page: Page, bringing: Bringing) -> list[dict[str, Any]]:
    """What the columns of a register hold, to be said otherwise."""
    if not isinstance(bringing, RegisterImport):
        return []
    words = [(field, page.say(word)) for field, word in FIELDS.items()]
    return [{"name": f"{COLUMN}{column.at + 1}", "heading": column.heading, "field": column.field or "", "sure": column.sure,
             "fields": words} for column in bringing.reading.columns]  # fmt: skip


def _pairs(blocks: Sequence[Block]) -> list[tuple[Block, Block | None]]:
    return list(zip(blocks, [*blocks[1:], None], strict=False))


def _touched(result: Result) -> list[str]:
    return [*result.created, *result.updated, *result.unchanged]


def _case(
    page: Page, block: Block, following: Block | None, result: Result, lines: Sequence[str], rules: str
) -> dict[str, Any]:
    ref = f"{result.assembly}:{block.numbers[0]}"
    proposals = proposals_of(block, following, result)
    return {
        "line": block.line, "numbers": block.numbers,
        "title": " – ".join(dict.fromkeys(block.titles.values())),
        "news": "updated" if ref in result.updated else "unchanged" if ref in result.unchanged else "",
        "proposals": [_proposal(page, one, lines, rules) for one in proposals],
        "facts": [_fact(page, fact) for of, fact in result.facts if of == ref],
        "problems": [_problem(page, one, lines) for one in problems_of(block, following, result.problems)],
    }  # fmt: skip


def _proposal(page: Page, one: Proposal, lines: Sequence[str], rules: str) -> dict[str, Any]:
    alternatives = [label_of(each, page.lang, rules).lower() for each in one.alternatives]
    return {
        "part": one.part, "state": shown_state(page, {"state": one.state, "completion": one.completion}, rules),
        "bars": BARS[one.confidence], "confidence": page.say(CONFIDENCE[one.confidence]),
        "juste": value_of(one, one.state, one.completion),
        "otherwise": [(value_of(one, *way), _state_words(page, *way, rules)) for way in otherwise(one, rules)],
        "evidence": [{"text": _short(each.text), "line": each.first_line, "last": each.last_line,
                      "page": page_of(lines, each.first_line)} for each in one.evidence],
        "alternatives": alternatives,
    }  # fmt: skip


def _fact(page: Page, fact: ToldFact) -> dict[str, Any]:
    """A dated fact, to be noted once its case is there."""
    told = to_builtins(fact)
    return {"said": fact_said(told, page.lang), "why": why_said(told, page.lang), "text": _short(fact.text),
            "line": fact.first_line}  # fmt: skip


def _state_words(page: Page, state: str, completion: str | None, rules: str) -> str:
    return shown_state(page, {"state": state, "completion": completion}, rules).whole


def _short(text: str) -> str:
    whole = " ".join(text.split())
    return whole if len(whole) <= QUOTED else whole[: whole.rfind(" ", 0, QUOTED)] + " …"


def said_of(page: Page, one: Problem) -> str:
    """A problem in words; what a terminal asks for by an option is asked for in the settings here."""
    return page.say(UNDATED) if isinstance(one.notice, DateUnsaid) else page.say(one.notice)


def _problem(page: Page, one: Problem, lines: Sequence[str] = ()) -> dict[str, Any]:
    quoted = " ".join(lines[one.line - 1].split())[:QUOTED] if 0 < one.line <= len(lines) else ""
    return {"line": one.line, "page": page_of(lines, one.line), "error": one.severity == "error",
            "text": after_its_line(said_of(page, one), one.line, page.lang), "quoted": quoted, "change": one.change}


def _entries(result: Result) -> list[dict[str, str]]:
    """What a table would enter in the directory, or change there."""
    words = {"new": result.created, "updated": result.updated, "unchanged": result.unchanged}
    return [{"ref": ref, "news": word, "href": address_of(ref) if word != "new" and not ref.startswith("record:") else ""}
            for word, refs in words.items() for ref in refs]  # fmt: skip


LOCKED = {
    "line": N_("Settle line {line} to create."), "lines": N_("Settle lines {lines} to create."),
}  # fmt: skip


def locked_because(page: Page, errors: Sequence[dict[str, Any]]) -> str:
    """Why nothing can be created yet; empty if it can."""
    lines = list(dict.fromkeys(one["line"] for one in errors))
    if not lines:
        return ""
    return page.say(LOCKED["line"], line=lines[0]) if len(lines) == 1 else page.say(LOCKED["lines"], lines=lines)
