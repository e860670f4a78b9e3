"""`POST /bounces`: a mailbox feeds the notices it gets."""

from __future__ import annotations

from typing import Any

from services.mail.returned import LARGEST
from tests.services import notices
from tests.web.browser import entered
from tests.web.desk import API, Client, Town
from tests.web.test_outbox_and_health import put

MAIL = {"Content-Type": "message/rfc822"}


def feed(client: Client, content: bytes) -> Any:
    return client.request("POST", f"{API}/bounces", MAIL, content=content)


def test_a_notice_is_taken_once_and_shown(place: Town) -> None:
    place.someone("louise", "officer")
    id = put(place, "2023:17", "louise", "sent", created_at="now", sent_at="now",
             message_id="<0f8fad5b-d9cb-469f-a165-70867728950e@example.org>")  # fmt: skip
    notice = notices.postfix("<0f8fad5b-d9cb-469f-a165-70867728950e@example.org>")
    assert feed(place.ana, notice).json() == {"id": id, "state": "bounced", "answer": notices.BROKEN, "told": 1}
    assert feed(place.ana, notice).json()["told"] == 0
    sheet = entered(place).read("/envois")
    assert [head.text for head in sheet.main.all("h2")] == ["Revenus", "En attente"]
    assert "Il est revenu : les serveurs de courriel n’ont pas pu le remettre" in sheet.text and "Revenu le" in sheet.text
    assert "Suivi – un message est revenu" in sheet.text
    assert place.nobody.get("/health").json()["components"]["outbox"]["parked"] == 1


def test_what_is_refused(place: Town) -> None:
    louise = place.someone("louise", "officer")
    notice = notices.postfix("<0f8fad5b-d9cb-469f-a165-70867728950e@example.org>")
    assert [feed(client, notice).status_code for client in (place.nobody, louise, place.ana)] == [401, 403, 404]
    assert feed(place.ana, notices.holiday("<1@example.org>")).status_code == 422
    assert feed(place.ana, b"x" * (LARGEST + 1)).status_code == 422
    assert feed(place.ana, b"").status_code == 422
