"""`suivi bounce`, as a person types it."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from services.mail import deliver
from services.schema import Urls
from tests.cli.conftest import Suivi
from tests.services import notices
from tests.services.mailing import PostOffice, post_office, sink


@pytest.fixture
def office(database: Urls) -> Iterator[PostOffice]:
    """A reminder has gone to Marie."""
    with post_office(database) as office, sink() as relay:
        office.due()
        office.ring()
        deliver(office.store, office.sending_to(relay.url))
        yield office


@pytest.fixture
def notice(office: PostOffice, tmp_path: Path) -> Path:
    path = tmp_path / "avis.eml"
    path.write_bytes(notices.postfix(office.rows()[0]["message_id"]))
    return path


def test_a_message_that_came_back_is_recorded_and_shown(suivi: Suivi, office: PostOffice, notice: Path) -> None:
    id = str(office.rows()[0]["id"])
    done = suivi.done("bounce", str(notice), user="ana").words
    assert f"Le message {id[:8]} est revenu et il est mis de côté : {notices.BROKEN}" in done
    assert "1 personne sera avertie." in done
    listed = suivi.done("outbox", "--state", "revenu", user="ana").words
    assert "revenu : 18" in listed and "n’ont pas pu le remettre" in listed
    assert "Raison" in suivi.done("outbox", id[:8], user="ana").words
    again = suivi.done("bounce", str(notice), "--json", user="ana").json
    assert (again["id"], again["state"], again["told"]) == (id, "bounced", 0)
    suivi.done("outbox", "--retry", id[:8], user="ana")
    assert "part dès" in suivi.done("outbox", id[:8], user="ana").words


def test_a_delay_is_said(suivi: Suivi, office: PostOffice, notice: Path) -> None:
    notice.write_bytes(notices.postfix(office.rows()[0]["message_id"], "delayed", "4.4.1", "smtp; 451 no answer"))
    assert "n’est pas encore remis" in suivi.done("bounce", str(notice), user="ana").words
    id = str(office.rows()[0]["id"])[:8]
    shown = suivi.done("outbox", id, user="ana").words
    assert "parti : 18" in shown and "Pas encore remis (4.4.1 451 no answer)" in shown


def test_a_notice_may_come_by_the_input(suivi: Suivi, notice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(notice.read_bytes()), isatty=lambda: False))
    assert suivi.done("bounce", "-", "--json", user="ana").json["state"] == "bounced"


def test_what_cannot_be_taken_is_said(suivi: Suivi, office: PostOffice, notice: Path, tmp_path: Path) -> None:
    assert "vous n’avez ni l’un ni l’autre rôle" in suivi("bounce", str(notice), user="marie").err.replace("\n", " ")
    for path in (tmp_path / "absent.eml", tmp_path):
        answer = suivi("bounce", str(path), user="ana")
        assert answer.code == 1 and "Il n’y a pas de fichier" in answer.err, answer.err
    notice.write_bytes(notices.holiday(office.rows()[0]["message_id"]))
    assert "Ce n’est pas un avis de non-remise." in suivi("bounce", str(notice), user="ana").err
    assert office.states() == ["sent"]
