"""A template that no letter can be made from is told before a letter is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from services.doctor import examine
from services.schema import Urls
from services.templates.faults import FieldUnknown
from tests.homes import opened
from tests.services.letters.test_rendering import template


def test_the_doctor_looks_at_a_template_of_ones_own(database: Urls, tmp_path: Path) -> None:
    with opened(database) as plain:
        home = replace(plain, settings=replace(plain.settings, home=tmp_path))

        def told() -> bool:
            return any(isinstance(finding, FieldUnknown) for finding in examine(home).findings)

        assert not told()
        (tmp_path / "templates").mkdir()
        template(tmp_path / "templates", "{{ organisation }}", "{%p for line in demand %}", "{{ line }}", "{%p endfor %}")
        assert not told()
        template(tmp_path / "templates", "{%p for line in demand %}", "{{ ministre }}", "{%p endfor %}")
        assert told()
