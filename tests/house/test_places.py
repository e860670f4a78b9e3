"""Nothing of the machine where something was written goes into the project."""

from __future__ import annotations

import re

from tests.house.sources import name, text_files

PRIVATE = re.compile(r"/(?:root|home|Users|work)/\w+|[A-Z]:\\\\Users")
INDEX = re.compile(r"--(?:extra-)?index-url|--find-links|--trusted-host|\w+://")
PIN = re.compile(r"[\w.-]+==\S+ \\\n\s+--hash=sha256:[0-9a-f]{64}")


def test_no_path_of_somebodys_machine() -> None:
    assert not [name(path) for path in text_files() if PRIVATE.search(path.read_text())]


def test_the_locks_name_no_index() -> None:
    locks = [path for path in text_files() if path.name.startswith("requirements")]
    assert locks
    assert not [name(path) for path in locks if INDEX.search(path.read_text())]


def test_every_dependency_is_locked_with_its_hashes() -> None:
    for path in (path for path in text_files() if path.name.startswith("requirements")):
        pins = re.split(r"\n(?=[a-z0-9])", re.sub(r"(?m)^#.*\n", "", path.read_text()).strip())
        assert not [pin for pin in pins if not PIN.match(pin)]
