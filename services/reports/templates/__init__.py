"""The templates of reports in Word. `python -m services.reports.templates` builds the one that comes with Suivi, always
alike; an organisation's own bear the name of a report, or of all of them: `report-register.docx`, `report.docx`."""

from __future__ import annotations

from pathlib import Path

from services.templates import own

ALL = "report"


def template_of(home: Path | None, report: str) -> Path:
    """The template of that report: the organisation's own for it, its own for all, else the one that comes with Suivi."""
    if home is None:
        return shipped()
    return own(home, name_of(report)) or own(home, ALL) or shipped()


def name_of(report: str) -> str:
    """What the file of a report's own template is called, without its extension."""
    return f"{ALL}-{report}"


def shipped() -> Path:
    """The one that comes with Suivi, for every report."""
    return Path(__file__).with_name(f"{ALL}.docx")
