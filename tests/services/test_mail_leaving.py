"""How news goes is for its reader to say: in their rhythm, and until they leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from services.one_button import SECRET, offer, press, way_out
from services.schema import Urls
from services.simulation import advance
from tests.services.mailing import MONDAY, post_office
from tests.services.newsroom import Newsroom


@pytest.fixture
def room(database: Urls) -> Iterator[Newsroom]:
    with post_office(database) as office:
        yield Newsroom(office)


def test_the_rhythm_of_the_reader_holds_for_news(room: Newsroom) -> None:
    room.office.do("person:marie", "set-notices", kinds={"news": "weekly"})
    room.office.do("person:paul", "set-notices", kinds={"news": "none"})
    room.do("start")
    room.later()
    assert {row["recipient"]: row["channel"] for row in room.office.rows()} == {
        room.people["marie"]: "digest", room.people["paul"]: "inbox",
    }  # fmt: skip
    advance(room.store, datetime(2024, 9, 23, 14, tzinfo=MONDAY.tzinfo))
    ((to, message),) = room.send()
    assert to == ["marie@example.org"] and message["List-Unsubscribe"] is None
    said = message.get_body(("plain",)).get_content().replace("\u00a0", " ")
    assert "Cette résolution est maintenant en cours" in " ".join(said.split())


def test_one_click_leaves_and_the_header_says_where(room: Newsroom) -> None:
    room.do("start")
    room.later()
    messages = {to[0]: message for to, message in room.send()}
    message = messages["marie@example.org"]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    where = str(message["List-Unsubscribe"])
    assert where.startswith("<https://suivi.example.org/geste?lien=") and where.endswith(">")
    secret = where[1:-1].partition(f"{SECRET}=")[2]
    assert not offer(room.store, secret).done  # looking changes nothing
    press(room.store, secret)
    assert press(room.store, secret).done
    room.do("complete", completion="full")
    assert room.later() == 1
    room.do("subscribe", person="Marie")
    assert not press(room.store, secret).refusal  # whoever came back may leave again
    assert offer(room.store, secret).done


def test_someone_without_an_account_may_leave(room: Newsroom) -> None:
    room.office.do("person:rose", "create", name="Rose", mail="rose@example.org")
    room.office.do("2023:19", "adopt", titles={"19": "Un pré"}, mover="Rose")
    room.office.do("2023:19", "start")
    assert room.later() == 1
    ((to, _),) = room.send()
    row = room.store.connection.execute("SELECT recipient, stream FROM suivi.outbox WHERE kind = 'news'").fetchone()
    assert row and to == ["rose@example.org"]
    press(room.store, way_out(room.store, *row))
    room.office.do("2023:19", "complete", completion="full")
    assert room.later() == 0
