"""The settings of the process."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from services.settings import Settings, UnknownLanguage


def test_nothing_given() -> None:
    settings = Settings.from_environment({"LANG": "en_CA.UTF-8"})
    assert settings.lang == "fr"
    assert settings.user == pwd.getpwuid(os.geteuid()).pw_name
    assert settings.home.is_absolute() and settings.home.name == "suivi"
    assert settings.database_url is None


def test_everything_given(tmp_path: Path) -> None:
    person = {"SUIVI_HOME": str(tmp_path), "SUIVI_USER": "louise", "SUIVI_LANG": "en"}
    databases = {"DATABASE_URL": "postgresql:///a", "DATABASE_WRITER_URL": "postgresql:///b"}
    settings = Settings.from_environment({**person, **databases, "DATABASE_READER_URL": ""})
    assert settings == Settings(tmp_path, "louise", "en", "postgresql:///a", "postgresql:///b", None)


def test_the_home_is_the_same_from_any_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings.from_environment({"SUIVI_HOME": "here"}).home == tmp_path / "here"


def test_an_unknown_language_says_which_are_known() -> None:
    with pytest.raises(UnknownLanguage, match="fr, en"):
        Settings.from_environment({"SUIVI_LANG": "de"})


def test_a_language_may_be_in_capitals() -> None:
    assert Settings.from_environment({"SUIVI_LANG": "EN"}).lang == "en"
