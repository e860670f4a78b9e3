"""What the doctor says of mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from services import doctor
from services.home import Home
from services.mail import deliver, reasons
from services.schema import Urls
from services.settings import OAuth
from services.simulation import advance
from tests.homes import opened
from tests.ports import free_port
from tests.services.mailing import RUNG, post_office


def waits(home: Home) -> bool:
    return any(isinstance(finding, doctor.MailWaits) for finding in doctor.examine(home).findings)


def test_mail_that_waits_in_vain_is_told_where_there_is_a_server(database: Urls) -> None:
    with post_office(database) as office, opened(database) as home:
        settings = office.sending_to(f"smtp://127.0.0.1:{free_port()}")
        served = replace(home, settings=settings)
        office.due()
        office.ring()
        deliver(office.store, settings)
        assert not waits(served)
        advance(office.store, RUNG + timedelta(hours=2))
        assert waits(served) and not waits(home)


def test_the_doctor_says_how_mail_is_signed_in_to(database: Urls, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    with post_office(database) as office, opened(database) as home:
        application = OAuth("https://id.example.org/token", "a", secret)
        settings = replace(office.sending_to("smtp://h.example.org"), smtp_oauth=application)
        seen = doctor.examine(replace(home, settings=settings))
        assert seen.facts["mail"] == "h.example.org:587, connexion par jeton (XOAUTH2) au nom de suivi@example.org"
        assert any(isinstance(finding, reasons.SecretUnreadable) for finding in seen.findings)
        secret.write_text("s")
        findings = doctor.examine(replace(home, settings=settings)).findings
        assert not any(isinstance(finding, reasons.Trouble) for finding in findings)
        for url, said in [("smtp://a:b@h.example.org:25", "h.example.org:25, connexion par mot de passe au nom de a"),
                          ("smtp://h.example.org", "h.example.org:587, sans connexion"),
                          (None, "aucun\u00a0: les messages attendent")]:  # fmt: skip
            assert doctor.examine(replace(home, settings=office.sending_to(url))).facts["mail"] == said
        lost = replace(office.sending_to("smtp://h.example.org"), mail_from=None)
        findings = doctor.examine(replace(home, settings=lost)).findings
        assert any(isinstance(finding, reasons.SenderUnknown) for finding in findings)
