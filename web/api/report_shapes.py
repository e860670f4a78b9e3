"""Drafts and tabled reports, as the API answers them."""

from __future__ import annotations

from typing import Literal

from domain.values import Lang
from web.api.case_shapes import Named, Shape


class Drafted(Shape):
    """What a report may say of a case, to be changed and approved."""

    ref: str
    text: str


class Tabled(Shape):
    """A report that an assembly was given: `version` is that of its entry, by which it is had again; `cases`: how many it
    tells of; `as_of`: the day that it tells of."""

    version: int
    report: str
    format: Literal["docx", "pdf", "xlsx", "html", "csv"]
    lang: Lang
    name: str
    sha256: str
    size: int
    type: str
    as_of: str
    occurred: str | None
    tabled_by: Named | str | None
    tabled_at: str
    cases: int
