"""A template that no report can be printed in is told before one is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from projections.phrases.catalogue import say
from services.doctor import examine
from services.reports.checking import template_faults
from services.schema import Urls
from services.templates.faults import FieldUnknown
from tests.homes import opened
from tests.services.reports.printing import DAY, spaced
from tests.services.reports.test_docx import own


def test_what_each_report_gives_is_tried(tmp_path: Path) -> None:
    assert not list(template_faults(tmp_path, "fr", DAY))
    lines = ("{%p for one in resolutions %}", "{{ one.title }} {% for each in one.answers %}{{ each }}{% endfor %}",
             "{{ one.bodies | join(', ') }}", "{%p endfor %}")  # fmt: skip
    own(tmp_path, *lines, name="report-register")
    assert not list(template_faults(tmp_path, "fr", DAY))
    path = own(tmp_path, *lines, name="report-unanswered")
    (fault,) = template_faults(tmp_path, "fr", DAY)
    assert isinstance(fault, FieldUnknown) and f"« {path} »" in spaced(say(fault, "fr"))
    assert "{%p for one in resolutions %}, au paragraphe 1 du texte" in spaced(say(fault, "fr"))


def test_the_doctor_looks_at_them(database: Urls, tmp_path: Path) -> None:
    with opened(database) as plain:
        home = replace(plain, settings=replace(plain.settings, home=tmp_path))
        own(tmp_path, "{{ blocks }}")
        assert not [one for one in examine(home).findings if isinstance(one, FieldUnknown)]
        own(tmp_path, "{{ blocks }}", "{{ ministre }}")
        assert [one for one in examine(home).findings if isinstance(one, FieldUnknown)]
