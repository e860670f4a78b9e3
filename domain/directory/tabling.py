"""A report that was given to an assembly: which document, byte for byte, and what it told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from domain.attachments import File
from domain.base import Act, Command, Event, Recorded, said
from domain.errors import Forbidden
from domain.values import CaseId, Edtf, FreeText, Lang

if TYPE_CHECKING:
    from domain.directory.entries import Assembly

KEEPERS = frozenset({"officer", "secretary"})


class TablingRole(Forbidden):
    """A report is tabled by officers and the secretary; you have neither role. Nothing was recorded."""


class TabledCase(Struct, frozen=True):
    """A case as a report told it: at that `version`, over or not."""

    case: CaseId
    version: int
    final: bool


class TableReport(Command, frozen=True, kw_only=True):
    """`name` is that of the report; `as_of` the day that it tells of, `position` the last entry of the log that it knew."""

    verb = "table-report"
    name: str
    format: str
    file: File
    as_of: Edtf
    position: int
    lang: Lang
    cases: tuple[TabledCase, ...] = ()


class ReportTabled(Event, frozen=True, kw_only=True):
    """A report was given to the assembly. `file` is the SHA-256 of the document, kept as attached files are; `position`
    the last entry of the log that it knew."""

    fixed = frozenset({"report", "format", "file", "size", "type", "as_of", "position", "lang", "cases"})

    report: str
    format: str
    file: str
    name: FreeText
    size: int
    type: str
    as_of: Edtf
    position: int
    lang: Lang
    cases: tuple[TabledCase, ...] = ()

    def apply(self, assembly: Assembly, at: Recorded) -> None:
        assembly.tabled.append((at.originator_version, self))


def tabled(command: TableReport, act: Act) -> ReportTabled:
    """What is recorded of it. Raises `TablingRole`."""
    if not act.roles & KEEPERS:
        raise TablingRole()
    file = command.file
    return ReportTabled(
        report=command.name, format=command.format, file=file.sha256, name=file.name, size=file.size, type=file.type,
        as_of=command.as_of, position=command.position, lang=command.lang, cases=command.cases, **said(act),
    )  # fmt: skip
