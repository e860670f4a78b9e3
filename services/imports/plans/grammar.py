"""From a document to a plan: what it is by the headings of its tables, and what it says by the grammar of that form."""

from __future__ import annotations

from collections.abc import Callable

from domain.time.notation import latest
from domain.time.schedules import Context
from domain.values import Edtf
from services.imports.documents.document import Document
from services.imports.plans import notices
from services.imports.plans.aligning import aligned
from services.imports.plans.axes import read_axes
from services.imports.plans.dating import date_follow_ups
from services.imports.plans.front import Front, read_front
from services.imports.plans.lists import read_lists
from services.imports.plans.orientations import read_orientations
from services.imports.plans.reading import Form, PlanReading
from services.imports.plans.sheet import Heading, Sheet, lay
from services.imports.plans.shifts import named
from services.imports.plans.timing import Findings
from services.imports.plans.tree import Growing, frozen, items, places, refuse_twice
from services.imports.plans.verdicts import propose_state
from services.imports.plans.work import read_work
from services.imports.report import Confidence

GRAMMARS: dict[Form, Callable[[Sheet, Context, str, Findings], list[Growing]]] = {
    "axes": read_axes,
    "orientations": read_orientations,
    "work": read_work,
}


def recognise(document: Document) -> tuple[Form, Confidence] | None:
    """Which form of plan a document is, by the headings of its tables: sure if all of a form's were read."""
    sheet = lay(document)
    if sheet is None:
        return None
    read = max(heading.columns.read for heading in sheet.headings)
    return sheet.form, "high" if read > 3 else "medium" if read == 3 else "low"


def read_plan(document: Document, reference: Edtf | None = None, period: Edtf | None = None) -> PlanReading:
    """The plan that a document holds, with all that had to be supposed. `reference`: its date, `period`: the years of the
    plan, where a person says them. Raises NotAPlan for a document without the headings of a plan."""
    sheet = lay(document)
    if sheet is None:
        raise notices.NotAPlan(name=document.name)
    findings = Findings()
    if not document.made_here:  # whose cells stand where they were printed
        sheet = aligned(sheet, findings)
    front = read_front(document, sheet)
    years = period or front.period
    context = Context(reference=reference or _adopted_on(front), period=years)
    roots = GRAMMARS[sheet.form](sheet, context, front.title, findings)
    follow_ups = date_follow_ups(items(roots), context, document.text, findings)
    proposals = {item.number: state for item in items(roots)
                 if (state := propose_state(item, follow_ups.get(item.number, ()), findings))}  # fmt: skip
    _tell(document, sheet, front, years, roots, findings)
    return PlanReading(
        front.title, sheet.form, years, front.organisation or front.acronym, front.objectives, front.preamble,
        front.adoption, frozen(roots), follow_ups, proposals, read_lists(sheet, findings), findings.sorted(), places(roots),
    )  # fmt: skip


def _adopted_on(front: Front) -> Edtf | None:
    """The last day of an adoption: months without year are the first after it."""
    days = [day for part in front.adoption if part.on and (day := latest(part.on))]
    return max(days).isoformat() if days else None


def _tell(
    document: Document, sheet: Sheet, front: Front, period: Edtf | None, roots: list[Growing], findings: Findings
) -> None:
    """What holds for the whole document."""
    if not any(items(roots)):
        findings.refuse(1, notices.NoItems(name=document.name))
    refuse_twice(roots, findings)
    for heading in sheet.headings:
        _tell_supposed(heading, findings)
    for line in sheet.cuts:
        findings.warn(line, notices.RowCut(line=line))
    if period is None:
        findings.warn(1, notices.PeriodUnsaid())
    for line, other in front.other_periods:
        findings.warn(line, notices.PeriodOtherwise(line=line, other=_years(other), period=_years(front.period)))
    if front.acronym and not front.organisation:
        findings.warn(1, notices.OrganisationSupposed(name=front.acronym))
    axes = [each for each in roots if each.kind == "axis"]
    if axes and front.announced and front.announced[0] != len(axes):
        count, line = front.announced
        findings.warn(line, notices.AxesOtherwise(line=line, announced=count, count=len(axes)))


def _tell_supposed(heading: Heading, findings: Findings) -> None:
    for at, words in heading.columns.supposed.items():
        role = heading.columns.roles[at]
        findings.warn(heading.line, notices.ColumnSupposed(line=heading.line, heading=words, column=named(role)))


def _years(period: Edtf | None) -> str:
    return (period or "").replace("/", "-")
