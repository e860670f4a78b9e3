"""Signing in with a token (XOAUTH2): each thing that can go wrong is told apart, and no secret gets out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from projections.phrases.catalogue import say
from services.mail import access, deliver, reasons
from services.mail.delivery import Delivered
from services.schema import Urls
from services.settings import OAuth, Settings
from tests.faults.relays import relay as plain_relay
from tests.services.mailing import PostOffice, free_port, post_office, sink
from tests.services.tokens import Office365, Provider, provider

SECRET = "s3cr~t.of=the+application"


@pytest.fixture
def office(database: Urls) -> Iterator[PostOffice]:
    with post_office(database) as office:
        office.due()
        office.tasks(2)
        office.ring()
        yield office


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    access._kept.clear()
    yield
    access._kept.clear()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text(f"{SECRET}\n")
    return path


@contextmanager
def server(*good: str, refusal: str | None = None) -> Iterator[Office365]:
    office = Office365(*good, **({"refusal": refusal} if refusal else {}))
    with sink(taking=office, auth_require_tls=False, auth_exclude_mechanism=["LOGIN", "PLAIN"]):
        yield office


def told(office: PostOffice, taking: Office365, gives: Provider | str, secret: Path) -> Settings:
    url = gives if isinstance(gives, str) else gives.url
    return replace(office.sending_to(taking.url), smtp_oauth=OAuth(url, "application-7", secret, "mail/.default"))


def tried(office: PostOffice, settings: Settings) -> Delivered:
    office.let_leases_end()
    return deliver(office.store, settings)


def test_a_token_is_asked_for_once_and_signs_in(office: PostOffice, secret: Path) -> None:
    with server("t1") as mail, provider() as gives:
        settings = told(office, mail, gives, secret)
        assert tried(office, settings).sent == 3
        office.reach(office.rows()[0]["not_before"].replace(day=30))
        tried(office, settings)
    assert gives.asked == [
        ("/tenant/token", {"grant_type": ["client_credentials"], "client_id": ["application-7"],
                           "client_secret": [SECRET], "scope": ["mail/.default"]})
    ]  # fmt: skip
    assert len(mail.presented) == 1


def test_the_mailbox_may_be_named_by_the_address_of_the_server(office: PostOffice, secret: Path) -> None:
    with server("t1") as mail, provider() as gives:
        mail.url = mail.url.replace("//", "//suivi%40example.org@")
        settings = replace(told(office, mail, gives, secret), mail_from="Suivi <autre@example.org>")
        assert tried(office, settings).sent == 3


def test_a_token_that_was_withdrawn_is_replaced_once(office: PostOffice, secret: Path) -> None:
    with server("t1") as mail, provider() as gives:
        settings = told(office, mail, gives, secret)
        assert settings.smtp_oauth and access.token_of(settings.smtp_oauth) == ("t1", True)
        mail.good = {"t2"}
        assert tried(office, settings).sent == 3
        assert [each[-5:-2] for each in mail.presented] == [" t1", " t2"]
        mail.good = set()
        access.forget(settings.smtp_oauth)
        assert len(gives.asked) == 2


def test_a_mailbox_that_is_refused_is_not_hammered(office: PostOffice, secret: Path) -> None:
    with server() as mail, provider() as gives:
        done = tried(office, told(office, mail, gives, secret))
        assert type(done.trouble) is reasons.TokenRejected and "5.7.3" in say(done.trouble, "fr")
        assert (done.postponed, len(mail.presented), len(gives.asked)) == (1, 1, 1)
        tried(office, told(office, mail, gives, secret))
        assert len(gives.asked) == 2  # what was refused is not kept


@pytest.mark.parametrize(("lasts", "asked"), [(3600, 1), ("3600", 1), (0, 2), (None, 2), (-5, 2), ("x", 2)])
def test_a_token_serves_until_shortly_before_its_end(secret: Path, lasts: Any, asked: int) -> None:
    with provider(lasts=lasts) as gives:
        application = OAuth(gives.url, "a", secret)
        for _ in range(2):
            access.token_of(application)
        assert len(gives.asked) == asked
        assert "scope" not in gives.asked[0][1]


def test_a_token_is_renewed_five_minutes_early(secret: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("services.mail.access.time.monotonic", lambda: now[0])
    with provider() as gives:
        application = OAuth(gives.url, "a", secret)
        for now[0], asked in ((1000.0, 1), (4299.0, 1), (4301.0, 2)):
            access.token_of(application)
            assert len(gives.asked) == asked


def microsoft(number: int, error: str = "invalid_client") -> tuple[int, dict[str, Any]]:
    return 401, {"error": error, "error_description": f"AADSTS{number}: of {SECRET}\r\nTrace ID: 1", "error_codes": [number]}


@pytest.mark.parametrize(
    ("refuses", "kind", "said"),
    [
        (microsoft(90002, "invalid_request"), reasons.TenantUnknown, "AADSTS90002"),
        (microsoft(900023, "invalid_request"), reasons.TenantUnknown, "AADSTS900023"),
        (microsoft(700016, "unauthorized_client"), reasons.ApplicationUnknown, "AADSTS700016"),
        (microsoft(7000215), reasons.SecretWrong, "AADSTS7000215"),
        (microsoft(7000222), reasons.SecretExpired, "AADSTS7000222"),
        (microsoft(7000112, "unauthorized_client"), reasons.TokenRefused, "AADSTS7000112"),
        ((401, {"error": "invalid_client"}), reasons.SecretWrong, "401"),
        ((400, {"error": "invalid_scope"}), reasons.TokenRefused, "invalid_scope"),
        ((400, b"<html>"), reasons.TokenRefused, "400"),
        ((400, b"[" * 60_000), reasons.TokenRefused, "400"),
        ((302, b""), reasons.TokenRefused, "302"),
        ((503, {"error": "temporarily_unavailable"}), reasons.TokenAway, "503"),
        ((429, {}), reasons.TokenAway, "429"),
        ((200, {"expires_in": 3600}), reasons.TokenAway, "access_token"),
        ((200, {"access_token": "a\x01b", "expires_in": 3600}), reasons.TokenAway, "access_token"),
        ((200, b"not JSON"), reasons.TokenAway, "access_token"),
    ],
)
def test_why_there_is_no_token(
    office: PostOffice, secret: Path, caplog: pytest.LogCaptureFixture, refuses: Any, kind: type, said: str
) -> None:
    with server("t1") as mail, provider() as gives, caplog.at_level(logging.DEBUG):
        gives.refuses = refuses
        done = tried(office, told(office, mail, gives, secret))
        assert (type(done.trouble), done.sent, done.postponed, len(gives.asked)) == (kind, 0, 1, 1)
        assert done.trouble and said in say(done.trouble, "fr")
        assert SECRET not in f"{office.rows()} {caplog.text} {say(done.trouble, 'fr')} {done!r}"
        gives.refuses = None
        mail.good = {"t2"}
        assert tried(office, told(office, mail, gives, secret)).sent == 3  # once mended, all that waited goes


def test_a_provider_that_is_away_is_asked_again_later(office: PostOffice, secret: Path) -> None:
    with server("t1") as mail:
        done = tried(office, told(office, mail, f"http://127.0.0.1:{free_port()}/token", secret))
    assert (type(done.trouble), done.postponed, done.parked) == (reasons.TokenAway, 1, 0)


def test_a_provider_that_says_nothing_is_not_waited_for(
    office: PostOffice, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "WHOLE", 0.5)
    with server("t1") as mail, plain_relay(hello="trickle") as silent:
        done = tried(office, told(office, mail, silent.url.replace("smtp", "http"), secret))
    assert (type(done.trouble), done.postponed) == (reasons.TokenAway, 1)


@pytest.mark.parametrize("content", [None, "", " \n", b"\xff"])
def test_a_secret_that_cannot_be_read_is_told_by_its_file(office: PostOffice, secret: Path, content: Any) -> None:
    secret.unlink() if content is None else secret.write_bytes(content if isinstance(content, bytes) else content.encode())
    with server("t1") as mail, provider() as gives:
        done = tried(office, told(office, mail, gives, secret))
        assert done.trouble and type(done.trouble) is reasons.SecretUnreadable
        assert (str(secret) in say(done.trouble, "fr"), gives.asked) == (True, [])
        secret.write_text(SECRET)
        assert tried(office, told(office, mail, gives, secret)).sent == 3  # read for each token: no new start is needed


def test_sending_by_smtp_may_be_switched_off_for_the_mailbox(office: PostOffice, secret: Path) -> None:
    closed = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox"
    with server(refusal=closed) as mail, provider() as gives:
        done = tried(office, told(office, mail, gives, secret))
    assert type(done.trouble) is reasons.MailboxClosed


def test_a_server_that_is_busy_with_signing_in_is_tried_again(office: PostOffice, secret: Path) -> None:
    with server(refusal="454 4.7.0 Temporary authentication failure") as mail, provider() as gives:
        done = tried(office, told(office, mail, gives, secret))
    assert type(done.trouble) is reasons.RelayAway


def test_a_server_without_xoauth2_is_told_and_gets_no_token(office: PostOffice, secret: Path) -> None:
    with sink(auth_require_tls=False) as mail, provider() as gives:
        settings = replace(office.sending_to(mail.url), smtp_oauth=OAuth(gives.url, "a", secret))
        done = tried(office, settings)
    assert (type(done.trouble), gives.asked) == (reasons.TokenNotWanted, [])


def test_a_challenge_that_cannot_be_read_is_a_fault_of_the_server(office: PostOffice, secret: Path) -> None:
    with plain_relay(ehlo="250-relay\r\n250 AUTH XOAUTH2", auth="334 a") as mail, provider() as gives:
        settings = replace(office.sending_to(mail.url), smtp_oauth=OAuth(gives.url, "a", secret))
        done = tried(office, settings)
    assert (type(done.trouble), done.postponed) == (reasons.RelayAway, 1)


@pytest.mark.parametrize(
    "answer",
    ["550 5.7.60 SMTP; Client does not have permissions to send as this sender",
     "554 5.2.252 SendAsDenied; suivi@example.org not allowed to send as other@example.org"],
)  # fmt: skip
def test_an_address_that_the_mailbox_may_not_use_is_a_fault_of_the_sender(office: PostOffice, answer: str) -> None:
    with plain_relay(done=answer) as mail:
        done = tried(office, office.sending_to(mail.url))
    assert (type(done.trouble), done.postponed, done.parked) == (reasons.SenderRefused, 1, 0)


def test_neither_secret_nor_token_is_shown(secret: Path) -> None:
    with provider() as gives:
        application = OAuth(gives.url, "a", secret)
        access.token_of(application)
        assert "t1" not in repr(access._kept) and SECRET not in repr(application)


def test_everything_is_encrypted_where_it_leaves_the_machine(office: PostOffice, secret: Path, monkeypatch: Any) -> None:
    from services.mail.relay import Place

    with server("t1") as mail, provider() as gives:
        monkeypatch.setattr(Place, "here", False)
        done = tried(office, told(office, mail, gives, secret))
    assert (type(done.trouble), mail.presented, gives.asked) == (reasons.LoginInTheClear, [], [])
