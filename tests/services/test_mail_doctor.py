"""What the doctor says of mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from services import doctor
from services.home import Home
from services.mail import deliver
from services.schema import Urls
from services.simulation import advance
from tests.homes import opened
from tests.services.mailing import RUNG, free_port, post_office


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
