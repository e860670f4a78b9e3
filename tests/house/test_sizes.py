"""Small files, small functions: what is read in one look."""

from __future__ import annotations

import ast

from tests.house.sources import ROOMS, name, python_files

LINES_OF_FILE = 300
LINES_OF_FUNCTION = 40


def test_files_are_short() -> None:
    files = python_files(*ROOMS, "tests", "bench")
    sizes = {name(path): len(path.read_text().splitlines()) for path in files}
    assert not {file: lines for file, lines in sizes.items() if lines > LINES_OF_FILE}


def test_functions_are_short() -> None:
    long = {
        f"{name(path)}:{node.lineno} {node.name}": lines
        for path in python_files(*ROOMS, "tests", "bench")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (lines := (node.end_lineno or 0) - node.lineno + 1) > LINES_OF_FUNCTION
    }
    assert not long
