"""A package hands on nothing under the name of a module of its own that is another thing: whoever loads that module
puts it in its place."""

from __future__ import annotations

import ast

from tests.house.sources import ROOMS, name, python_files


def test_no_module_takes_the_place_of_what_its_package_hands_on() -> None:
    taken = []
    for init in (path for path in python_files(*ROOMS) if path.name == "__init__.py"):
        package = name(init.parent).replace("/", ".")
        modules = {path.stem for path in init.parent.iterdir()}
        for node in ast.parse(init.read_text()).body:
            if isinstance(node, ast.ImportFrom):
                taken += [f"{package}.{each.asname or each.name}" for each in node.names
                          if (each.asname or each.name) in modules
                          and node.module not in (f"{package}.{each.asname or each.name}", package)]  # fmt: skip
    assert not taken
