"""Whether reports can be printed in the templates of the organisation's own, before anyone asks for one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from domain.errors import SuiviError
from domain.values import Lang
from services.reports.as_docx import write
from services.reports.printed import Printed
from services.reports.registry import REPORTS
from services.reports.templates import shipped, template_of


class Anything:
    """Stands for what a field may hold: it has every part, and goes through once."""

    def __getattr__(self, name: str) -> Anything:
        if name.startswith("_"):
            raise AttributeError(name)
        return self

    def __iter__(self) -> Iterator[Anything]:
        return iter((self,))

    def __getitem__(self, key: object) -> Anything:
        return self

    def __str__(self) -> str:
        return "…"


def template_faults(folder: Path, lang: Lang, day: date) -> Iterator[SuiviError]:
    """What ails the templates of the organisation's own, one sentence for each report that none can be printed of."""
    for name, report in REPORTS.items():
        if template_of(folder, name) == shipped():
            continue
        fields: dict[str, Any] = dict.fromkeys(report.fields, Anything())
        example = Printed(name, ("…",), lang, day, (), "…", template=partial(dict, fields))
        try:
            write(example, io.BytesIO(), None, folder)
        except SuiviError as error:
            yield error
