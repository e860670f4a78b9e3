"""What looks at pages deletes and ends only what it made itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import kept


@pytest.fixture
def looking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of what is kept."""
    home = tmp_path / "look"
    home.mkdir()
    monkeypatch.setattr(kept, "HOME", home)
    return home


def test_a_checkout_is_never_deleted_wherever_it_stands(looking: Path, tmp_path: Path) -> None:
    """What a file names may be anybody's: only copies that were made here go."""
    inside, copy = looking / "postgres", looking / "tree-1"
    elsewhere, named_alike = tmp_path / "checkout", tmp_path / "tree-2"
    link = looking / "tree-3"
    for each in (inside, copy, elsewhere, named_alike):
        each.mkdir()
        (each / "file").write_text("work")
    link.symlink_to(elsewhere)
    for each in (inside, copy, elsewhere, named_alike, link, kept.ROOT, looking, looking / "tree-1" / ".." / "..", tmp_path):
        kept.forget(each)
    assert not copy.exists()
    assert all((each / "file").read_text() == "work" for each in (inside, elsewhere, named_alike))
    assert (kept.ROOT / "tests").is_dir()


def test_checkouts_share_nothing(tmp_path: Path) -> None:
    assert kept.HOME == kept.home_of(kept.ROOT) != kept.home_of(tmp_path)


def test_a_process_that_has_the_number_of_another_is_not_ended(looking: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        said = looking / "web.json"
        said.write_text(json.dumps(kept.who(process.pid) | {"began": 1.0}))
        kept.stop(said)
        assert kept.running(said) is None and process.poll() is None
        said.write_text(json.dumps(kept.who(process.pid)))
        assert kept.running(said)
        kept.stop(said)
        assert process.wait(60) != 0
    assert kept.running(said) is None
