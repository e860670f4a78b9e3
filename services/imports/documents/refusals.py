"""What is said of a file that cannot be read, and of what a reader left aside. Facts: `name` of the file; `line`, `page` and
`cell` where it stands."""

from __future__ import annotations

from domain.errors import Invalid


class TooManyLines(Invalid):
    """“{name}” has more than {most} lines: cut it into several files, each with a part of the document."""
