"""What was given to an assembly, in words that agree with « l’assemblée »."""

from __future__ import annotations

from domain.directory import ReportTabled
from projections.phrases.catalogue import N_
from projections.phrases.dates import write_date
from projections.phrases.events.registry import clauses
from projections.phrases.telling import Clauses, Telling

REPORTS = {
    "follow-up": N_("follow-up of the resolutions"), "register": N_("register of the resolutions"),
    "annual": N_("annual report"), "plan": N_("work plan"), "unanswered": N_("what awaits an answer"),
    "assembly": N_("board of the assembly"),
}  # fmt: skip


@clauses.register
def table_report(event: ReportTabled, tell: Telling) -> Clauses:
    report = tell.say(REPORTS.get(event.report, event.report))
    yield tell.say(N_("report tabled: {report}, as of {day}"), report=report, day=write_date(event.as_of, tell.lang))
    if event.cases:
        yield tell.ngettext("it tells of {n} case", "it tells of {n} cases", len(event.cases))
    yield tell.say(N_("the document: {name}, {format}"), name=tell.quote(event.name), format=event.format.upper())
