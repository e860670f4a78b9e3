"""Encryption and login, with a mail server that has them."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from services.mail import deliver, reasons
from services.mail.relay import Place
from services.schema import Urls
from services.settings import OAuth
from tests.services.mailing import PostOffice, post_office, sink
from tests.services.tokens import Office365, provider

pytestmark = pytest.mark.skipif(which("openssl") is None, reason="openssl makes the certificates of these tests")


@pytest.fixture
def office(database: Urls) -> Iterator[PostOffice]:
    with post_office(database) as office:
        office.due()
        office.ring()
        yield office


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of the local machine, which nobody has signed."""
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-keyout", "key.pem", "-out", "certificate.pem", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture
def encrypted(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "certificate.pem", certificate / "key.pem")
    return context


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an administrator would say that this certificate is good."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "certificate.pem"))


def known(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    assert isinstance(data, LoginPassword)
    return AuthResult(success=(data.login, data.password) == (b"suivi", b"mot de passe/@"), handled=False)


LOGIN = "suivi:mot%20de%20passe%2F%40@"
ASKING = {"authenticator": known, "auth_required": True}


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("query", ["", "?starttls=required"])
def test_encryption_that_is_offered_is_used_and_then_the_login_goes(
    office: PostOffice, encrypted: ssl.SSLContext, query: str
) -> None:
    with sink(login=LOGIN, query=query, tls_context=encrypted, require_starttls=True, **ASKING) as relay:
        done = deliver(office.store, office.sending_to(relay.url))
    assert (done.sent, len(relay.ids)) == (1, 1)


@pytest.mark.usefixtures("trusted")
def test_encryption_from_the_start(office: PostOffice, encrypted: ssl.SSLContext) -> None:
    with sink("smtps", ssl_context=encrypted) as relay:
        assert deliver(office.store, office.sending_to(relay.url)).sent == 1


@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_is_a_fault_of_the_relay_and_is_not_repeated(
    office: PostOffice, encrypted: ssl.SSLContext, caplog: pytest.LogCaptureFixture
) -> None:
    with sink(login="suivi:secret-7@", tls_context=encrypted, require_starttls=True, **ASKING) as relay:
        done = deliver(office.store, office.sending_to(relay.url))
    assert (done.postponed, type(done.trouble)) == (1, reasons.LoginRefused)
    assert "secret-7" not in f"{office.rows()} {caplog.text} {done.trouble}"


def test_a_certificate_that_nobody_trusts_gets_no_mail(office: PostOffice, encrypted: ssl.SSLContext) -> None:
    with sink(tls_context=encrypted) as offering, sink("smtps", ssl_context=encrypted) as speaking:
        for relay in (offering, speaking):
            done = deliver(office.store, office.sending_to(relay.url))
            assert (done.postponed, type(done.trouble), relay.taken) == (1, reasons.RelayAway, [])
            office.let_leases_end()


def test_on_this_machine_encryption_may_be_left_out(office: PostOffice, encrypted: ssl.SSLContext) -> None:
    with sink(query="?starttls=never", tls_context=encrypted) as relay:
        assert deliver(office.store, office.sending_to(relay.url)).sent == 1


def test_encryption_that_is_required_and_not_there(office: PostOffice) -> None:
    with sink(query="?starttls=required") as relay:
        done = deliver(office.store, office.sending_to(relay.url))
    assert (type(done.trouble), relay.taken) == (reasons.RelayAway, [])


def test_no_password_goes_in_the_clear_but_on_this_machine(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    with sink(login=LOGIN, auth_require_tls=False, authenticator=known) as relay:
        with monkeypatch.context() as elsewhere:
            elsewhere.setattr(Place, "here", False)
            done = deliver(office.store, office.sending_to(relay.url))
            assert (type(done.trouble), relay.taken) == (reasons.LoginInTheClear, [])
        office.let_leases_end()
        assert deliver(office.store, office.sending_to(relay.url)).sent == 1


def test_a_login_that_cannot_be_said_is_told(office: PostOffice) -> None:
    with sink(login="zo%C3%A9:x@", auth_require_tls=False, authenticator=known) as relay:
        done = deliver(office.store, office.sending_to(relay.url))
    assert (done.postponed, type(done.trouble), relay.taken) == (1, reasons.LoginUnfit, [])


@pytest.mark.usefixtures("trusted")
def test_a_token_comes_and_goes_encrypted(office: PostOffice, encrypted: ssl.SSLContext, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s")
    relay = Office365("t1")
    with provider(encrypted) as gives, sink(taking=relay, tls_context=encrypted, require_starttls=True):
        application = OAuth(gives.url, "a", tmp_path / "secret")
        assert deliver(office.store, replace(office.sending_to(relay.url), smtp_oauth=application)).sent == 1
    assert gives.url.startswith("https://") and len(gives.asked) == 1


def test_a_provider_whose_certificate_nobody_trusts_gets_no_secret(
    office: PostOffice, encrypted: ssl.SSLContext, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("s")
    relay = Office365("t1")
    with provider(encrypted) as gives, sink(taking=relay, auth_require_tls=False):
        application = OAuth(gives.url, "a", tmp_path / "secret")
        done = deliver(office.store, replace(office.sending_to(relay.url), smtp_oauth=application))
    assert (type(done.trouble), done.postponed, gives.asked) == (reasons.TokenAway, 1, [])


def test_places() -> None:
    assert Place.of("smtp://relay.example") == Place("relay.example", 587, False, "offered", None, "")
    assert Place.of("smtps://a:b%40c@relay.example:466") == Place("relay.example", 466, True, "offered", "a", "b@c")
    assert Place.of("smtp://localhost:25?starttls=never").here
