"""The settings of the process."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from services.settings import (
    OAuth,
    Settings,
    SignInIncomplete,
    TwoProviders,
    TwoSignIns,
    UnreadableAddress,
    UnreadableInterval,
    UnreadableLanguage,
    UnreadableSender,
    UnreadableTenant,
)


def test_nothing_given() -> None:
    settings = Settings.from_environment({"LANG": "en_CA.UTF-8"})
    assert settings.lang == "fr"
    assert settings.user == pwd.getpwuid(os.geteuid()).pw_name
    assert settings.home.is_absolute() and settings.home.name == "suivi"
    assert settings.database_url is None and settings.broker_url is None and settings.smtp_url is None
    assert (settings.url, settings.sweep_every) == ("http://127.0.0.1:8017", 60)


def test_everything_given(tmp_path: Path) -> None:
    person = {"SUIVI_HOME": str(tmp_path), "SUIVI_USER": "louise", "SUIVI_LANG": "en"}
    databases = {"DATABASE_URL": "postgresql:///a", "DATABASE_WRITER_URL": "postgresql:///b"}
    doors = {"BROKER_URL": "redis+socket:///run/b.sock", "SMTP_URL": "smtp://h:25", "MAIL_FROM": "Suivi <s@h.org>"}
    outside = {"SUIVI_URL": "https://suivi.example.org/", "SWEEP_EVERY": "1"}
    settings = Settings.from_environment({**person, **databases, **doors, **outside, "DATABASE_READER_URL": ""})
    assert settings == Settings(
        tmp_path, "louise", "en", "postgresql:///a", "postgresql:///b", None, "redis+socket:///run/b.sock",
        "smtp://h:25", "Suivi <s@h.org>", "https://suivi.example.org", 1,
    )  # fmt: skip


def test_the_home_is_the_same_from_any_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings.from_environment({"SUIVI_HOME": "here"}).home == tmp_path / "here"


def test_an_unknown_language_says_which_are_known() -> None:
    with pytest.raises(UnreadableLanguage, match="fr, en"):
        Settings.from_environment({"SUIVI_LANG": "de"})


def test_a_language_may_be_in_capitals() -> None:
    assert Settings.from_environment({"SUIVI_LANG": "EN"}).lang == "en"


@pytest.mark.parametrize("name", ["BROKER_URL", "SMTP_URL", "SUIVI_URL"])
@pytest.mark.parametrize("given", ["localhost:6379", "ftp://secret@host", "redis://", "http://", "smtp://h:port", "smtp://a b"])
def test_an_unreadable_address_is_refused_by_name_and_not_repeated(name: str, given: str) -> None:
    with pytest.raises(UnreadableAddress, match=name) as refused:
        Settings.from_environment({name: given})
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("given", ["0", "-1", "1.5", "121", "²", "a minute", "1e3"])
def test_an_unreadable_interval_is_refused(given: str) -> None:
    with pytest.raises(UnreadableInterval, match="SWEEP_EVERY"):
        Settings.from_environment({"SWEEP_EVERY": given})


@pytest.mark.parametrize("given", ["suivi", "@example.org", "suivi@", "a@example.org\nBcc: b@example.org"])
def test_an_unreadable_sender_is_refused(given: str) -> None:
    with pytest.raises(UnreadableSender, match="MAIL_FROM"):
        Settings.from_environment({"MAIL_FROM": given})


APPLICATION = {"SMTP_URL": "smtp://smtp.office365.com:587", "SMTP_OAUTH_TENANT": "example.onmicrosoft.com",
               "SMTP_OAUTH_CLIENT_ID": "app-1", "SMTP_OAUTH_CLIENT_SECRET_FILE": "/run/secrets/smtp"}  # fmt: skip


def test_an_application_of_microsoft_365() -> None:
    assert Settings.from_environment(APPLICATION).smtp_oauth == OAuth(
        "https://login.microsoftonline.com/example.onmicrosoft.com/oauth2/v2.0/token", "app-1", Path("/run/secrets/smtp"),
        "https://outlook.office365.com/.default",
    )  # fmt: skip
    assert Settings.from_environment({"SMTP_URL": "smtp://h:25"}).smtp_oauth is None


@pytest.mark.parametrize(("url", "fit"), [("https://id.example.org/token?a=b", True), ("http://127.0.0.1:9/token", True),
                                          ("http://id.example.org/token", False), ("ftp://id.example.org", False)])  # fmt: skip
def test_an_application_of_another_provider(url: str, fit: bool) -> None:
    environ = APPLICATION | {"SMTP_OAUTH_TENANT": "", "SMTP_OAUTH_TOKEN_URL": url}
    if fit:
        assert Settings.from_environment(environ).smtp_oauth == OAuth(url, "app-1", Path("/run/secrets/smtp"))
        return
    with pytest.raises(UnreadableAddress, match="SMTP_OAUTH_TOKEN_URL"):
        Settings.from_environment(environ)


@pytest.mark.parametrize("name", ["TENANT", "CLIENT_ID", "CLIENT_SECRET_FILE"])
def test_an_application_is_told_in_whole(name: str) -> None:
    with pytest.raises(SignInIncomplete, match=f"SMTP_OAUTH_{name}"):
        Settings.from_environment(APPLICATION | {f"SMTP_OAUTH_{name}": ""})


@pytest.mark.parametrize(("more", "refusal"), [
    ({"SMTP_OAUTH_TOKEN_URL": "https://id.example.org"}, TwoProviders),
    ({"SMTP_URL": "smtp://a:b@h:25"}, TwoSignIns),
    ({"SMTP_OAUTH_TENANT": "../common"}, UnreadableTenant),
    ({"SMTP_OAUTH_TENANT": "a/b"}, UnreadableTenant),
    ({"BOUNCES_TO": "a@example.org\nBcc: b@example.org"}, UnreadableSender),
])  # fmt: skip
def test_an_application_that_contradicts_itself_is_refused(more: dict[str, str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        Settings.from_environment(APPLICATION | more)
