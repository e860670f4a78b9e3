"""What became of a case, drafted in sentences from its events, for an officer to edit and approve. Pure."""

from services.reports.narrative.drafting import draft
from services.reports.narrative.ground import Directory, Ground
from services.reports.narrative.paragraph import plain, read_paragraph

__all__ = ["Directory", "Ground", "draft", "plain", "read_paragraph"]
