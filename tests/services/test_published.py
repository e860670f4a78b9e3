"""A version of the organisation's own rules that cases follow stays as it is, at whichever door the home is opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.home import Home
from services.published import SCOPE, hold
from services.schema import Urls
from tests.errands import FIRST, SECOND, in_use
from tests.homes import do, lists, opened, secretary
from workflows import library
from workflows.errors import VersionChanged, VersionGone

RULES = "  - {verb: move, name: run, label: {fr: lancer, en: run}, from: [asked], to: running, roles: [officer, secretary]}"


@pytest.fixture
def home(database: Urls, tmp_path: Path) -> Iterator[Home]:
    with in_use(tmp_path), opened(database) as home:
        secretary(home)
        do(home, "assembly:2023", "create", name="Annuelle 2023", date="2023-05-13")
        home.catch_up()
        yield home


def rewritten(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    library._read.cache_clear()


def held(home: Home) -> dict[str, str]:
    asked = "SELECT key, stream::text FROM suivi.keys WHERE scope = %s"
    return dict(home.store.connection.execute(asked, (SCOPE,)).fetchall())


def followed(home: Home) -> None:
    hold(home.store.connection)
    do(home, "2023:1", "adopt", title="Course 1", kind="errand")
    home.catch_up()


def test_what_no_case_follows_may_change(home: Home, tmp_path: Path) -> None:
    hold(home.store.connection)
    first = held(home)
    rewritten(tmp_path, "errand.v1.yaml", FIRST.replace("after: 5", "after: 7"))
    hold(home.store.connection)
    assert held(home) != first and set(held(home)) == {"errand.v1"}


@pytest.mark.parametrize(
    "change", [("after: 5", "after: 7"), ("  running: ", "  waning: "), ("[officer, secretary]}\n", "[officer]}\n")]
)
def test_a_version_that_cases_follow_does_not(home: Home, tmp_path: Path, change: tuple[str, str]) -> None:
    followed(home)
    before, shown = held(home), lists(home)
    rewritten(tmp_path, "errand.v1.yaml", FIRST.replace("running", "waning") if "waning" in change[1] else FIRST.replace(*change))
    with pytest.raises(VersionChanged, match=r"errand\.v1\.yaml, line 2, column 10: .*errand\.v2\.yaml"):
        hold(home.store.connection)
    assert (held(home), lists(home)) == (before, shown)
    rewritten(tmp_path, "errand.v1.yaml", FIRST)
    hold(home.store.connection)


def test_its_words_may_be_corrected_and_comments_written(home: Home, tmp_path: Path) -> None:
    followed(home)
    rewritten(tmp_path, "errand.v1.yaml", "# revu en mai\n" + FIRST.replace("fr: Demandée", "fr: À faire"))
    hold(home.store.connection)


def test_the_next_version_comes_beside_it(home: Home, tmp_path: Path) -> None:
    followed(home)
    rewritten(tmp_path, "errand.v2.yaml", SECOND)
    hold(home.store.connection)
    assert set(held(home)) == {"errand.v1", "errand.v2"}


def test_a_version_that_was_followed_stays_there(home: Home, tmp_path: Path) -> None:
    followed(home)
    rewritten(tmp_path, "errand.v2.yaml", SECOND)
    hold(home.store.connection)
    do(home, "2023:1", "migrate", to="2")
    home.catch_up()
    (tmp_path / "errand.v1.yaml").unlink()
    library._read.cache_clear()
    with pytest.raises(VersionGone, match=r"errand\.v1\.yaml"):
        hold(home.store.connection)


def test_one_that_nobody_followed_may_go(home: Home, tmp_path: Path) -> None:
    hold(home.store.connection)
    (tmp_path / "errand.v1.yaml").unlink()
    library._read.cache_clear()
    hold(home.store.connection)
