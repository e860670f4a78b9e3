"""Every sentence that a person reads has its French, said with the typography of Quebec."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.house.sources import ROOMS, ROOT, name, python_files

CATALOGUES = sorted((ROOT / "projections" / "phrases" / "fr").glob("*.po"))
MARKS = {"_", "N_", "gettext", "ngettext"}
FACT = re.compile(r"\{(\w+)[^{}]*\}")
FAULTS = {
    "a straight apostrophe": re.compile(r"\w'\w"),
    "an ordinary space inside « »": re.compile(r"« | »|«[^\u00a0]|[^\u00a0]»"),
    "an ordinary space before : $ or %": re.compile(r" [:$%]"),
    "a space before ; ! or ?": re.compile(r"[ \u00a0\u202f][;!?]"),
}


def errors(trees: list[ast.Module]) -> Iterator[str]:
    """The default message of each error: its docstring on one line."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    known, size = {"SuiviError"}, 0
    while size != len(known):
        size = len(known)
        known |= {node.name for node in classes if known & {getattr(base, "id", "") for base in node.bases}}
    for node in classes:
        if node.name in known and (text := ast.get_docstring(node)):
            yield " ".join(text.split())


def marked(trees: list[ast.Module]) -> Iterator[str]:
    """The arguments of the calls that gettext knows."""
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MARKS:
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def messages() -> list[tuple[str, Message]]:
    return [(path.stem, message) for path in CATALOGUES for message in _read(path.read_bytes()) if message.id]


def _read(text: bytes) -> Catalog:
    return read_po(text.splitlines(keepends=True), locale="fr", abort_invalid=True)


def strings(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """A message, or its singular and plural."""
    return [value] if isinstance(value, str) else list(value or [""])


def test_every_sentence_has_its_french() -> None:
    trees = [ast.parse(path.read_text()) for path in python_files(*ROOMS)]
    said = {*errors(trees), *marked(trees)}
    translated = {strings(message.id)[0] for _, message in messages() if all(strings(message.string))}
    assert "This cannot be done now." in said
    missing = sorted(said - translated)
    assert not missing, "\n".join(["no French for:", *missing])


def test_no_french_is_left_over() -> None:
    nodes = (node for path in python_files(*ROOMS) for node in ast.walk(ast.parse(path.read_text())))
    said = {" ".join(node.value.split()) for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    templates = "".join(path.read_text() for path in (ROOT / "web" / "templates").glob("*.html"))
    english = [strings(message.id)[0] for _, message in messages()]
    assert not [text for text in english if " ".join(text.split()) not in said and text not in templates]


def test_french_and_english_name_the_same_facts() -> None:
    assert not [
        (area, message.id)
        for area, message in messages()
        if set(FACT.findall(strings(message.id)[-1])) != set(FACT.findall(strings(message.string)[-1]))
    ]


def test_one_sentence_has_one_french() -> None:
    said: dict[str, set[str]] = {}
    for _, message in messages():
        said.setdefault(strings(message.id)[0], set()).add(strings(message.string)[0])
    assert not {english: french for english, french in said.items() if len(french) > 1}


@pytest.mark.parametrize("fault", FAULTS)
def test_french_is_well_printed(fault: str) -> None:
    faulty = [(area, text) for area, message in messages() for text in strings(message.string)]
    assert not [(area, text) for area, text in faulty if FAULTS[fault].search(text)]


def test_no_translation_waits_for_a_review() -> None:
    assert not [(area, message.id) for area, message in messages() if message.fuzzy]


def test_catalogues_are_named() -> None:
    assert [name(path) for path in CATALOGUES]
