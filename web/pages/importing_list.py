"""What an import asks to settle and to check, as a list for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from projections.phrases.catalogue import N_
from projections.phrases.rows import CONFIDENCE
from services.imports.bringing import Bringing
from services.imports.report import Proposal
from services.spreadsheet import Cells
from web.pages.importing_checked import said_of
from web.pages.importing_source import rehearsed, unsure
from web.pages.states import shown_state
from web.rendering import Page

LIST_NAME = N_("to-check.csv")
HEADS = (N_("Line"), N_("Sign"), N_("What is to be looked at"), N_("Text of the line"))
SIGNS = {"error": N_("to settle"), "warning": N_("to check")}
READ_SO = N_("Number {number}: proposed state {state}, {confidence}.")
PART_READ_SO = N_("Number {number}, {part}: proposed state {state}, {confidence}.")


def list_cells(page: Page, bringing: Bringing) -> Cells:
    """Every problem, and every state that was read with less than high confidence, by line; headings first."""
    result, lines = rehearsed(bringing), bringing.source.lines
    found = [(one.line, SIGNS[one.severity], said_of(page, one)) for one in result.problems]
    found += [(one.evidence[0].first_line, SIGNS["warning"], _read_so(page, one)) for one in unsure(result)]
    return [
        [page.say(head) for head in HEADS],
        *([str(line), page.say(sign), said, _quoted(lines, line)] for line, sign, said in sorted(found, key=lambda one: one[0])),
    ]


def _read_so(page: Page, one: Proposal) -> str:
    state = shown_state(page, {"state": one.state, "completion": one.completion}).whole.lower()
    told = {"number": one.number, "state": state, "confidence": page.say(CONFIDENCE[one.confidence])}
    return page.say(PART_READ_SO, part=one.part, **told) if one.part else page.say(READ_SO, **told)


def _quoted(lines: Sequence[str], line: int) -> str:
    return " ".join(lines[line - 1].split()) if 0 < line <= len(lines) else ""
