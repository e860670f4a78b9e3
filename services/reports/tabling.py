"""A report given to an assembly: made once, kept byte for byte, and had again as it was."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.base import Recorded
from domain.case.refusals import FutureAct
from domain.directory import Assembly, ReportTabled, TabledCase, TableReport
from domain.errors import Invalid, NotFound
from domain.time import earliest, read_date
from projections.case_lists import Known
from services import access
from services.attachments.contents import Attached
from services.attachments.files import upload
from services.execute import Actor, Outcome, Work, commit
from services.home import Home, Viewer
from services.reading.histories import utc
from services.reading.names import named
from services.reading.when import placed, today
from services.refs import Refs
from services.reports import follow_up, registry, writing
from services.reports.asked import Asked
from services.reports.printed import Printed
from services.reports.selecting import NAME
from services.reports.words import Progress, title


class TabledWhere(Invalid):
    """Say to which assembly the report is tabled: --to KEY. Nothing was recorded."""


class NotTabled(NotFound):
    """No report was tabled to {assembly} under this number. Those that were: suivi history assembly:{assembly}"""


def table(
    home: Home, actor: Actor, name: str, asked: Asked, format: str, command: UUID | None = None, occurred: str | None = None,
    progress: Progress | None = None,
) -> Outcome:  # fmt: skip
    """Makes the report and records that the assembly `asked.to` was given it. Raises `TabledWhere`, and all that the making
    of a report raises; nothing is recorded then."""
    if asked.to is None:
        raise TabledWhere()
    registry.fitting(name, asked)
    key = asked.to.removeprefix("assembly:")
    stream = Refs(home.store).assembly(key)
    told = follow_up.told(home, asked) if name == NAME else None
    document = told.printed if told else _for_everybody(home, name, asked)
    out = io.BytesIO()
    writing.write(document, format, out, progress, home.settings.home)
    sent = upload(f"{title(document)} – {document.as_of.isoformat()}.{format}", out.getvalue())
    command_of = TableReport(
        name=name, format=format, file=replace(sent.file, type=writing.format_of(format).media_type.partition(";")[0]),
        as_of=document.as_of.isoformat(), position=told.position if told else 0, lang=document.lang,
        cases=tuple(_cases(told)) if told else (),
    )  # fmt: skip

    def decide(work: Work) -> None:
        work.contents[sent.file.sha256] = sent.content
        work.load(Assembly, stream).table(command_of, work.act)

    when = _given(home, occurred)
    request = {"table": name, "to": key, "format": format, "as_of": asked.as_of, "known_at": asked.known_at,
               "occurred": occurred, **asked.filters}  # fmt: skip
    return commit(home.store, actor, request, decide, command, occurred=when)


def _for_everybody(home: Home, name: str, asked: Asked) -> Printed:
    """A report of what is open to all: whoever reads of the assembly reads what it was given, members too, who are told
    nothing of letters but by a report that is about them. Whoever tables it must be one who may have it."""
    office = registry.allow(home, name).office
    viewer = Viewer() if office else Viewer(roles=frozenset({"member"}))
    return registry.printed(dataclasses.replace(home, known_viewer=viewer), name, asked)


def _given(home: Home, occurred: str | None) -> str | None:
    """When it was given, read from what was typed. Raises `FutureAct` for what is to come."""
    if occurred is None:
        return None
    day = read_date(occurred, today(home))
    if (begins := earliest(day)) and begins.isoformat() > today(home):
        raise FutureAct(occurred=day)
    return day


def made(home: Home, outcome: Outcome, key: str) -> dict[str, Any]:
    """The row of what `table` recorded, then or before."""
    (version,) = outcome.versions.values()
    return next(row for row in tabled(home, key) if row["version"] == version)


def _cases(told: follow_up.FollowUp) -> Iterator[TabledCase]:
    withheld = set(told.withheld)
    for row in told.selection.rows:
        if row["ref"] not in withheld:
            yield TabledCase(told.selection.ids[row["ref"]], row["version"], row["final"])


def tabled(home: Home, key: str) -> list[dict[str, Any]]:
    """The reports that an assembly was given, in order: each with the `version` of its entry, by which it is had again."""
    entries = placed(home, f"assembly:{key}", Known())
    by_version = {entry.originator_version: entry for entry in entries}
    rows = [_row(event, by_version[version]) for version, event in Assembly.fold(entries).tabled]
    return named(home, rows)


def _row(event: ReportTabled, at: Recorded) -> dict[str, Any]:
    return {
        "version": at.originator_version, "report": event.report, "format": event.format, "lang": event.lang, "name": event.name,
        "sha256": event.file, "size": event.size, "type": event.type, "as_of": event.as_of, "occurred": event.occurred,
        "tabled_by": str(event.on_behalf_of or at.actor), "tabled_at": utc(at.recorded_at), "cases": len(event.cases),
    }  # fmt: skip


def document(home: Home, key: str, version: int) -> Attached:
    """A report that was tabled, whose bytes `services.attachments.contents` has. Raises `NotTabled`."""
    assembly = Assembly.fold(placed(home, f"assembly:{key}", Known()))
    event = next((event for number, event in assembly.tabled if number == version), None)
    if event is None:
        raise NotTabled(assembly=key)
    access.record(home.store, "exported", home.viewer().person, f"report {event.report}")
    return Attached(assembly.id, version, event)
