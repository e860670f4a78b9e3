"""The reports by name: what each says, for whom it is, and how it becomes a document."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from domain.errors import Forbidden, Invalid
from projections.phrases.catalogue import N_
from services import access
from services.home import Home
from services.reports import writing
from services.reports.annual import annual
from services.reports.asked import Asked
from services.reports.board import board
from services.reports.follow_up import follow_up
from services.reports.plan import plan
from services.reports.printed import Printed
from services.reports.register import register
from services.reports.unanswered import unanswered
from services.reports.words import Progress, title

LONGEST = 120  # letters of a title in the name of a file
_UNFIT = re.compile(r'[\\/:*?"<>|]+')


class ReportUnknown(Invalid):
    """“{name}” is not a report. The reports: {names}."""


class FilterForAnother(Invalid):
    """“{filter}” is for the report {others}, not for {name}: leave it out."""


class ReportForTheOffice(Forbidden):
    """This report is for the office. Ask your secretary’s office for it."""


@dataclass(frozen=True)
class Report:
    """What it is, in a line; how it is made, of what the viewer may see; `fields`: those that a template of one's own may
    name beside those of every report (`COMMON`); `office`: it tells of the office's own work, and is not for members;
    `filters`: those that it knows (`Asked.filters`)."""

    said: str
    make: Callable[[Home, Asked], Printed]
    fields: tuple[str, ...] = ()
    office: bool = False
    filters: tuple[str, ...] = ()


COMMON = ("organisation", "title", "title_lines", "as_of", "foot", "of", "front", "blocks")
"""The fields that every template may name; `docs/reports.md` tells what each holds."""

REPORTS: dict[str, Report] = {
    "follow-up": Report(N_("what became of the resolutions, for an assembly: what is approved, else noted for it"), follow_up,
                        ("cases",), office=True, filters=("gaps",)),
    "register": Report(N_("every number of an assembly, or of all, and what became of it"), register, ("resolutions",)),
    "assembly": Report(N_("the board of an assembly: how many stand where, and each number"), board,
                       ("assembly", "counts", "resolutions")),
    "annual": Report(N_("what an organisation did in a year: letters, activities, publications, alliances, figures"), annual,
                     ("year", "acronyms", "people", "activities", "stands", "letters", "figures", "publications", "alliances",
                      "fundings", "committees", "declarations", "undated"), office=True, filters=("year",)),
    "plan": Report(N_("a plan in its own form, or as a work plan with the state of each item"), plan, ("plan",),
                   filters=("standing",)),
    "unanswered": Report(N_("what awaits an answer: each office, since when, how many reminders"), unanswered,
                         ("threads",), office=True),
}  # fmt: skip


def report_of(name: str) -> Report:
    """The report of that name. Raises `ReportUnknown`."""
    if name not in REPORTS:
        raise ReportUnknown(name=name, names=sorted(REPORTS))
    return REPORTS[name]


def printed(home: Home, name: str, asked: Asked) -> Printed:
    """The report, ready to be written: what it tells is read as it is. Raises `ReportForTheOffice` and
    `FilterForAnother`."""
    report = allow(home, name)
    fitting(name, asked)
    return report.make(home, asked)


def fitting(name: str, asked: Asked) -> None:
    """Refuses a filter that the report does not know. Raises `FilterForAnother`."""
    for filter in sorted(asked.filters.keys() - set(report_of(name).filters)):
        others = [other for other, report in REPORTS.items() if filter in report.filters]
        raise FilterForAnother(filter=filter, others=others, name=name)


def allow(home: Home, name: str) -> Report:
    """The report, if the viewer may have it. Raises `ReportForTheOffice`."""
    report = report_of(name)
    if report.office and not home.viewer().works_here:
        raise ReportForTheOffice()
    return report


def write(
    home: Home, name: str, asked: Asked, format: str, out: BinaryIO, progress: Progress | None = None
) -> tuple[date, str]:
    """Writes a report in a format, which the access log is told; returns the day that it tells of, and the name of the
    file as people see it, such as « Registre des résolutions – 2024-09-18.docx »."""
    writing.format_of(format)
    document = printed(home, name, asked)
    access.record(home.store, "exported", home.viewer().person, f"report {name}")
    writing.write(document, format, out, progress, home.settings.home)
    called = " ".join(_UNFIT.sub(" ", title(document)).split())[:LONGEST].strip()
    return document.as_of, f"{called} – {document.as_of.isoformat()}.{format}"
