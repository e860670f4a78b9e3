"""`suivi deliver` and `suivi outbox`, as a person types them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import pytest

from projections.phrases.dates import write_instant
from services.schema import Urls
from tests.cli.conftest import Suivi
from tests.services.mailing import RUNG, PostOffice, post_office, sink


@pytest.fixture
def office(database: Urls) -> Iterator[PostOffice]:
    """A step was taken; nothing is written yet."""
    with post_office(database) as office:
        office.due()
        office.reach(RUNG)
        yield office


def test_without_a_server_a_message_waits_and_is_read(suivi: Suivi, office: PostOffice) -> None:
    done = suivi.done("deliver", user="ana")
    assert "1 message rédigé." in done.words and "Il n’y a pas de serveur de courriel" in done.words
    listed = suivi.done("outbox", user="ana")
    assert "Marie" in listed.words and "2023:17 : échéance dépassée" in listed.words and "part dès" in listed.words
    (row,) = suivi.done("outbox", "--json", user="ana").json["items"]
    assert (row["state"], row["case"], row["recipient"]["name"]) == ("waiting", "2023:17", "Marie")
    read = suivi.done("outbox", row["id"][:8], user="ana")
    assert "Ce dossier était à régler le 17 septembre 2024." in read.words
    assert suivi.done("outbox", row["id"][:8], "--json", user="marie").json["text"] == office.rows()[0]["body"]
    assert suivi("outbox", row["id"][:8], user="zoe").code == 1


def test_what_a_pass_says_next_leads_to_the_messages(suivi: Suivi, office: PostOffice) -> None:
    told = suivi.done("sweep", "--now", "2024-09-25T10:00", user="ana").words
    assert "1 rappel consigné." in told
    for command in re.findall(r"suivi (deliver|outbox)", told):
        read = suivi.done(command, user="ana")
    assert read.words.count("2023:17 : échéance dépassée") == 3  # to the owner twice, the second time to the secretary too


def test_hours_are_those_of_the_organisation(suivi: Suivi, office: PostOffice) -> None:
    suivi.done("deliver", user="ana")
    (row,) = suivi.done("outbox", "--json", user="ana").json["items"]
    for zone in ("America/Toronto", "America/Vancouver"):
        suivi.done("organisation", "--set", f"zone={zone}", user="ana")
        when = write_instant(datetime.fromisoformat(row["next_try"]), "fr", zone)
        assert when.replace("\u00a0", " ") in suivi.done("outbox", row["id"][:8], user="ana").words


def test_one_pass_sends(suivi: Suivi, office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_FROM", "suivi@example.org")
    with sink() as relay:
        monkeypatch.setenv("SMTP_URL", relay.url)
        done = suivi.done("deliver", "--json", user="ana")
        assert (done.json["written"], done.json["sent"], done.json["trouble"]) == (1, 1, None)
        assert "Rien à envoyer." in suivi.done("deliver", user="ana").words
    assert len(relay.ids) == 1
    assert "parti : 18" in suivi.done("outbox", "--state", "parti", user="ana").words


def test_a_server_that_is_away_is_said(suivi: Suivi, office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_FROM", "suivi@example.org")
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:1")
    done = suivi("deliver", user="ana")
    assert done.code == 1 and done.err.count("hors d’usage") == 1 and "1 message sera essayé de nouveau." in done.out


def test_what_was_set_aside_is_sent_again(suivi: Suivi, office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_FROM", "suivi@example.org")
    office.do("person:marie", "set-address", mail="marie@bureau")
    with sink() as relay:
        monkeypatch.setenv("SMTP_URL", relay.url)
        assert suivi.done("deliver", "--json", user="ana").json["parked"] == 1
        listed = suivi.done("outbox", "--state", "parked", user="ana")
        assert "mis de côté" in listed.words and "Corrigez-la, puis renvoyez le message." in listed.words
        assert "Raison" in suivi.done("outbox", str(office.rows()[0]["id"])[:8], user="ana").words
        assert len(listed.out.splitlines()) < 8  # the reason has room
        office.do("person:marie", "set-address", mail="marie@example.org")
        id = str(office.rows()[0]["id"])[:8]
        assert suivi("outbox", "--retry", id, user="marie").code == 1
        assert suivi.done("outbox", "--retry", id, "--json", user="ana").json["state"] == "waiting"
        assert suivi.done("deliver", "--json", user="ana").json["sent"] == 1


def test_what_is_mistyped_is_said(suivi: Suivi, office: PostOffice) -> None:
    assert suivi("outbox", "--state", "perdu").code == 2
    assert suivi("outbox", "abcd", "--retry", "abcd").code == 2
    assert "suivi outbox" in suivi("outbox", "abcd").err
    assert "Aucun message encore" in suivi.done("outbox").words
